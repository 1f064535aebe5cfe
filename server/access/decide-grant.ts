import { getPerson } from '../people/index.ts';
import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { invalid, notFound } from '../platform/errors.ts';
import { endAskedAbout } from './plans/ask-about-administrators.ts';

/**
 * Decides about something that a person has and no rule gives: it stays, or it goes with the next plan; 'undecided' takes a decision back. Nothing
 * is taken by this alone. `entitlementId` null: the account.
 */
export async function decideGrant(
  ctx: Context,
  input: { personId: string; appId: string; entitlementId: string | null; decision: 'keep' | 'take' | 'undecided'; reason?: string | null },
): Promise<void> {
  const person = await getPerson(ctx, input.personId);
  const app = await ctx.db
    .selectFrom('apps_apps')
    .select('name')
    .where('id', '=', input.appId)
    .where('archived_at', 'is', null)
    .executeTakeFirst();
  if (!app) throw notFound('app');
  const entitlement = input.entitlementId
    ? await ctx.db.selectFrom('apps_entitlements').select(['name', 'app_id']).where('id', '=', input.entitlementId).executeTakeFirst()
    : null;
  if (input.entitlementId && !entitlement) throw notFound('entitlement');
  if (entitlement && entitlement.app_id !== input.appId)
    throw invalid('entitlement_of_another_app', `${entitlement.name} is not of ${app.name}. Nothing was changed.`, [
      { field: 'entitlementId', message: `Choose one of ${app.name}.` },
    ]);
  const { rows } = await sql<{ decision: string }>`
    update access_decisions set withdrawn_at = ${ctx.now.toString()} where person_id = ${input.personId} and app_id = ${input.appId}
      and entitlement_id is not distinct from ${input.entitlementId}::uuid and withdrawn_at is null returning decision`.execute(ctx.db);
  if (input.decision !== 'undecided') {
    await ctx.db
      .insertInto('access_decisions')
      .values({
        organization_id: ctx.organizationId,
        person_id: input.personId,
        app_id: input.appId,
        entitlement_id: input.entitlementId,
        decision: input.decision,
        reason: input.reason?.trim() || null,
        decided_by: ctx.actor.name,
        decided_at: ctx.now.toString(),
      })
      .execute();
  }
  await appendAudit(ctx, {
    action: 'grant.decided',
    subject: { kind: 'person', id: input.personId, name: person.name },
    before: { decision: rows[0]?.decision ?? null },
    after: { decision: input.decision === 'undecided' ? null : input.decision, app: app.name, entitlement: entitlement?.name ?? null },
    reason: input.reason?.trim() || null,
    people: [input.personId],
  });
  if (input.decision !== 'undecided') await endAskedAbout(ctx, input.personId, input.appId);
}
