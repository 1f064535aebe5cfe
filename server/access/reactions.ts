import { accountReappeared, accountsRead } from '../apps/index.ts';
import type { Reaction } from '../platform/events.ts';
import { reaction } from '../platform/events.ts';
import { taskDone, taskWithdrawn } from '../tasks/index.ts';
import { settleByTask, unaskAction } from './decide-action.ts';
import { judgeByReading, reopenAction } from './judge-by-reading.ts';

export const accessReactions: Reaction[] = [
  reaction(taskDone, 'access.settle-by-task', async (ctx, { aboutKind, aboutId, taskId }) => {
    if (aboutKind !== 'action' || !aboutId) return;
    const task = await ctx.db.selectFrom('tasks_tasks').select('done_by').where('id', '=', taskId).executeTakeFirst();
    await settleByTask(ctx, { actionId: aboutId, doneBy: task?.done_by ?? 'somebody' });
  }),
  reaction(taskWithdrawn, 'access.ask-again', async (ctx, { aboutKind, aboutId }) => {
    if (aboutKind === 'action' && aboutId) await unaskAction(ctx, aboutId);
  }),
  reaction(accountsRead, 'access.judge-by-reading', (ctx, { appId }) => judgeByReading(ctx, appId)),
  reaction(accountReappeared, 'access.reopen', (ctx, { accountId, personId }) => reopenAction(ctx, { accountId, personId })),
];
