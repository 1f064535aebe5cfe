import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { conflict } from '../../platform/errors.ts';
import type { Mend, RuleGrant } from './rule-shapes.ts';
import { getRuleRow, writeRule } from './write-rule.ts';

type Then = { id: string; name: string; revision: number; archived: boolean; isInPlan: boolean; version: Before | null };
type Before = { name: string; when: string; mend: Mend; graceDays: number; grants: RuleGrant[]; archived: boolean };

/**
 * Sets every rule that was changed since the plan before this one back to what it said then; one that was new, and gave something in this plan, is
 * archived. Without a plan before, the rules of this plan go back to their version before the newest. Refused, naming it, where a rule was
 * changed again after the plan was made. Returns how many were set back.
 */
export async function setRulesBack(
  ctx: Context,
  plan: { id: string; revision: string | number | null; revision_before: string | number | null },
  reason: string,
): Promise<number> {
  const made = Number(plan.revision ?? 0);
  const before = Number(plan.revision_before ?? 0);
  const { rows } = await sql<Then>`
    select r.id, r.name, r.revision::int as revision, r.archived_at is not null as archived,
      (select jsonb_build_object('name', v.name, 'when', v.condition_text, 'mend', v.mend, 'graceDays', v.grace_days, 'grants', v.grants, 'archived', v.archived)
        from access_rule_versions v where v.organization_id = r.organization_id and v.rule_id = r.id
          and case when ${before === 0} then v.version < r.version else v.revision <= ${before} end
        order by v.version desc limit 1) as version,
      exists (select from access_actions a where a.plan_id = ${plan.id} and a.rule_id = r.id) as "isInPlan"
    from access_rules r where r.revision > ${before} order by r.name`.execute(ctx.db);
  const later = rows.filter(({ revision, isInPlan }) => revision > made && isInPlan);
  if (later.length > 0) {
    const names = later.map(({ name }) => name).join(', ');
    throw conflict(
      'rule_changed_since',
      `${names} ${later.length === 1 ? 'was' : 'were'} changed again after this plan. Undo the plan without the rules, and change ${later.length === 1 ? 'it' : 'them'} by hand. Nothing was changed.`,
    );
  }
  // Names that are taken meanwhile become free first: rules that were not there before go, then the others are set back.
  const behind = rows.filter(({ isInPlan, revision }) => revision <= made && (before > 0 || isInPlan));
  const gone = behind.filter(({ version, archived, isInPlan }) => (version === null ? isInPlan : version.archived) && !archived);
  const back = behind.filter(({ version }) => version !== null && !version.archived);
  for (const { id } of gone) await archive(ctx, id, reason);
  for (const { id, version } of back) {
    const apps = new Set(
      (await ctx.db.selectFrom('apps_apps').select('id').where('archived_at', 'is', null).execute()).map((app) => app.id),
    );
    const { name, when, mend, graceDays, grants } = version!;
    await writeRule(ctx, {
      id,
      name,
      when,
      mend,
      graceDays,
      grants: grants.filter(({ appId }) => apps.has(appId)),
      archived: false,
      reason,
    });
  }
  return gone.length + back.length;
}

async function archive(ctx: Context, ruleId: string, reason: string): Promise<void> {
  await writeRule(ctx, { ...(await getRuleRow(ctx, ruleId)), archived: true, reason });
}
