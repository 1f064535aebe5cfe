import { actionChanged } from '../access/index.ts';
import { accountsRead } from '../apps/index.ts';
import { bringSyncForward } from '../connections/index.ts';
import { type Reaction, reaction } from '../platform/events.ts';
import { taskDone } from '../tasks/index.ts';
import { aboutHygiene } from './ask-second-factor.ts';
import { refreshFindings } from './refresh-findings.ts';

export const hygieneReactions: Reaction[] = [
  reaction(accountsRead, 'hygiene.refresh', (ctx, { appId, accounts }) => refreshFindings(ctx, appId, accounts ?? undefined)),
  // A role that was taken, or a second factor that somebody says is there: the app is read again, so that the list shows it.
  reaction(actionChanged, 'hygiene.read-again', async (ctx, { actionId, status }) => {
    if (status !== 'verified' && status !== 'evidenced') return;
    const action = await ctx.db
      .selectFrom('access_actions')
      .innerJoin('access_plans', 'access_plans.id', 'access_actions.plan_id')
      .select('access_actions.app_id')
      .where('access_actions.id', '=', actionId)
      .where('access_plans.purpose', '=', 'hygiene')
      .executeTakeFirst();
    if (action) await bringSyncForward(ctx, action.app_id);
  }),
  reaction(taskDone, 'hygiene.read-again-after-task', async (ctx, { aboutKind, aboutId }) => {
    if (aboutKind !== aboutHygiene || !aboutId) return;
    const account = await ctx.db.selectFrom('apps_accounts').select('app_id').where('id', '=', aboutId).executeTakeFirst();
    if (account) await bringSyncForward(ctx, account.app_id);
  }),
];
