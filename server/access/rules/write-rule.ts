import { ensureEntitlement } from '../../apps/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { rulesRevision } from './refresh-matches.ts';
import type { RuleGrant, RuleText } from './rule-shapes.ts';

export type RuleRow = RuleText & { id: string; version: number; revision: number; archived: boolean; changedBy: string };

/** A rule as it stands, held until the transaction ends; archived ones too. */
export async function getRuleRow(ctx: Context, ruleId: string): Promise<RuleRow> {
  const row = await ctx.db.selectFrom('access_rules').selectAll().where('id', '=', ruleId).forUpdate().executeTakeFirst();
  if (!row) throw notFound('rule');
  const grants = await ctx.db
    .selectFrom('access_rule_grants')
    .select(['app_id', 'entitlement', 'entitlement_kind'])
    .where('rule_id', '=', ruleId)
    .orderBy('app_id')
    .orderBy('entitlement')
    .execute();
  return {
    id: row.id,
    name: row.name,
    when: row.condition_text,
    mend: row.mend as RuleText['mend'],
    graceDays: row.grace_days,
    grants: grants.map((each) => ({ appId: each.app_id, entitlement: each.entitlement || null, kind: each.entitlement_kind || null })),
    version: row.version,
    revision: Number(row.revision),
    archived: row.archived_at !== null,
    changedBy: row.changed_by,
  };
}

/**
 * Writes what a rule says from now on, as a new version of it; `id` null makes a new one. Whoever calls holds the rules (`holdRules`). Whom it
 * means is looked at again when that is asked for next.
 */
export async function writeRule(
  ctx: Context,
  rule: RuleText & { id: string | null; archived: boolean; reason: string | null },
): Promise<{ id: string; version: number }> {
  const before = rule.id ? await getRuleRow(ctx, rule.id) : null;
  const revision = (await rulesRevision(ctx)) + 1;
  const now = ctx.now.toString();
  const state = {
    name: rule.name,
    condition_text: rule.when,
    mend: rule.mend,
    grace_days: rule.graceDays,
    version: (before?.version ?? 0) + 1,
    revision,
    changed_at: now,
    changed_by: ctx.actor.name,
    archived_at: rule.archived ? now : null,
  };
  let id = rule.id;
  if (id) await ctx.db.updateTable('access_rules').set(state).where('id', '=', id).execute();
  else {
    const made = await ctx.db
      .insertInto('access_rules')
      .values({ organization_id: ctx.organizationId, created_at: now, ...state })
      .returning('id')
      .executeTakeFirstOrThrow();
    id = made.id;
  }
  await writeGrants(ctx, id, rule.grants);
  if (rule.archived) await ctx.db.deleteFrom('access_matches').where('rule_id', '=', id).execute();
  await ctx.db
    .insertInto('access_rule_versions')
    .values({
      organization_id: ctx.organizationId,
      rule_id: id,
      version: state.version,
      revision,
      name: rule.name,
      condition_text: rule.when,
      mend: rule.mend,
      grace_days: rule.graceDays,
      grants: JSON.stringify(rule.grants),
      archived: rule.archived,
      changed_by: ctx.actor.name,
      changed_at: now,
      reason: rule.reason,
    })
    .execute();
  await appendAudit(ctx, {
    action: rule.archived ? 'rule.archived' : before ? 'rule.changed' : 'rule.added',
    subject: { kind: 'access-rule', id, name: rule.name },
    before: before ? textOf(before) : undefined,
    after: rule.archived ? undefined : textOf(rule),
    reason: rule.reason,
  });
  return { id, version: state.version };
}

const textOf = ({ name, when, grants, mend, graceDays }: RuleText) => ({ name, when, grants, mend, graceDays });

async function writeGrants(ctx: Context, ruleId: string, grants: RuleGrant[]): Promise<void> {
  await ctx.db.deleteFrom('access_rule_grants').where('rule_id', '=', ruleId).execute();
  if (grants.length === 0) return;
  await ctx.db
    .insertInto('access_rule_grants')
    .values(
      grants.map(({ appId, entitlement, kind }) => ({
        organization_id: ctx.organizationId,
        rule_id: ruleId,
        app_id: appId,
        entitlement: entitlement ?? '',
        entitlement_kind: kind ?? '',
      })),
    )
    .execute();
  // What no machine reads has to have a name here before somebody can be asked for it.
  for (const { appId, entitlement, kind } of grants) if (entitlement) await ensureEntitlement(ctx, { appId, name: entitlement, kind });
}
