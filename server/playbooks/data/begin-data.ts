import { addData, kindRules, planData, sessionKinds, type WantedData } from '../../access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { LeavingRun } from '../run-row.ts';
import { type DataAccount, dataAccounts } from './data-accounts.ts';

/**
 * At the cut-off: sessions and tokens end in every app whose connection can end them. Called again for accounts that were found since; what is in
 * the plan already is not added twice. It waits for nothing, and the suspension of accounts does not wait for it.
 */
export async function beginData(ctx: Context, run: LeavingRun): Promise<void> {
  const accounts = await dataAccounts(ctx, run.person_id);
  const wanted = accounts.flatMap(sessionsOf);
  if (wanted.length === 0 && !run.data_plan_id) return;
  await addData(ctx, await planOf(ctx, run), wanted);
}

async function planOf(ctx: Context, run: LeavingRun): Promise<string> {
  if (run.data_plan_id) return run.data_plan_id;
  const planId = await planData(ctx, { personId: run.person_id, dueAt: run.cut_off_at, concealmentId: run.concealment_id });
  await ctx.db.updateTable('playbooks_runs').set({ data_plan_id: planId }).where('id', '=', run.id).execute();
  run.data_plan_id = planId;
  return planId;
}

function sessionsOf(account: DataAccount): WantedData[] {
  return sessionKinds
    .filter((kind) => account.offers(kindRules[kind].by!))
    .map((kind) => ({ appId: account.appId, accountId: account.accountId, kind, first: account.signIn }));
}
