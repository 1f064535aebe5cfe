import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { planRestore } from '../plan-restore.ts';
import type { HeldAccount } from './held-now.ts';
import { note, type OpenAbsence } from './open-absence.ts';

/**
 * Gives back what a leave took, and nothing else: every account that was open before it and that it closed opens again, and what each had then is
 * there again, also where the app had taken it with the account. What was closed before stays closed; what somebody took meanwhile stays away.
 */
export async function giveBackAfterAbsence(ctx: Context, absence: OpenAbsence, person: { id: string; name: string }): Promise<void> {
  const planId = absence.plan_id ? await planRestore(ctx, { planId: absence.plan_id, reason: 'Their leave is over.' }) : null;
  if (planId !== null) await giveBackRoles(ctx, planId, absence);
  await ctx.db
    .updateTable('access_absences')
    .set({ status: 'returning', return_plan_id: planId, returned_at: ctx.now.toString() })
    .where('id', '=', absence.id)
    .execute();
  await note(ctx, 'absence.returned', person, null);
}

/** Each waits until its account is open again. What is there is read, and nothing is sent for it. */
async function giveBackRoles(ctx: Context, planId: string, absence: OpenAbsence): Promise<void> {
  const restores = await ctx.db
    .selectFrom('access_actions')
    .select(['id', 'app_id', 'account_id'])
    .where('plan_id', '=', planId)
    .where('kind', '=', 'restore')
    .execute();
  const held = new Map((absence.held as HeldAccount[]).map((account) => [account.accountId, account]));
  const gone = await takenSince(ctx, absence);
  const rows = restores.flatMap((restore) =>
    (held.get(restore.account_id!)?.entitlementIds ?? [])
      .filter((id) => !gone.has(`${restore.app_id}/${id}`))
      .map((id) => ({
        organization_id: ctx.organizationId,
        plan_id: planId,
        person_id: absence.person_id,
        app_id: restore.app_id,
        via_app_id: restore.app_id,
        account_id: restore.account_id,
        kind: 'grant-entitlement',
        entitlement_id: id,
        position: 2,
        due_at: ctx.now.toString(),
        next_at: null,
        after_action_id: restore.id,
        status: 'planned',
        created_at: ctx.now.toString(),
      })),
  );
  if (rows.length > 0) await ctx.db.insertInto('access_actions').values(rows).execute();
}

/** What somebody decided to take, or a plan took, since the leave began, as `app/entitlement`. */
async function takenSince(ctx: Context, { person_id: personId, began_at: since }: OpenAbsence): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`
    select app_id || '/' || entitlement_id as key from access_decisions
      where person_id = ${personId} and decision = 'take' and withdrawn_at is null and entitlement_id is not null
    union select app_id || '/' || entitlement_id from access_actions
      where person_id = ${personId} and direction = 'take' and entitlement_id is not null and status in ('verified', 'evidenced') and created_at >= ${since}`.execute(
    ctx.db,
  );
  return new Set(rows.map(({ key }) => key));
}
