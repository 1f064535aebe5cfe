import { observeAccount } from '../apps/index.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import type { ClaimedAction } from './claim-due-actions.ts';
import { addMissingActions } from './plan-leaving.ts';
import type { Outcome } from './record-outcome.ts';

/**
 * Takes in an account that was made for a person, or found under their user name, as theirs; also when its action was withdrawn meanwhile, because
 * it is there. If they are leaving by now, the leaver's plan closes it too; what undoes its making learns which account it is.
 */
export async function takeInCreated(ctx: Context, action: ClaimedAction, outcome: Outcome): Promise<void> {
  const { personId } = action;
  if (!outcome.record || outcome.record === 'gone' || personId === null) return;
  const { accountId } = await observeAccount(ctx, {
    appId: action.appId,
    record: outcome.record,
    personId,
    asOf: ctx.now.toString(),
    label: `Read back from ${action.app}`,
    source: 'read-back',
  });
  const account = await ctx.db.selectFrom('apps_accounts').select('person_id').where('id', '=', accountId).executeTakeFirst();
  if (account?.person_id !== action.personId) return;
  await ctx.db.updateTable('access_actions').set({ account_id: accountId }).where('id', '=', action.id).execute();
  await sql`
    update access_actions set account_id = ${accountId}
    where person_id = ${action.personId} and app_id = ${action.appId} and account_id is null and kind = 'suspend' and status = 'planned'`.execute(
    ctx.db,
  );
  const { rows } = await sql<{ id: string; due_at: string | null; concealment_id: string | null }>`
    select p.id, p.due_at, p.concealment_id from access_plans p
    where p.person_id = ${action.personId} and p.purpose = 'leave' and p.status in ('applying', 'applied')
      -- The exit of an earlier time here closes nothing of who came back.
      and exists (select from people_employments e where e.organization_id = p.organization_id and e.person_id = p.person_id and e.current
        and e.created_at <= p.created_at)`.execute(ctx.db);
  for (const plan of rows) {
    await addMissingActions(ctx, {
      planId: plan.id,
      personId,
      dueAt: plan.due_at ?? ctx.now.toString(),
      concealmentId: plan.concealment_id,
    });
  }
}
