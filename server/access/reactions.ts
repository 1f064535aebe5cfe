import { accountReappeared, accountsRead } from '../apps/index.ts';
import { peopleImported, personChanged, personMoved } from '../people/index.ts';
import type { Reaction } from '../platform/events.ts';
import { reaction } from '../platform/events.ts';
import { taskDone, taskWithdrawn } from '../tasks/index.ts';
import { followAbsence } from './absence/follow-absence.ts';
import { followAllAbsences } from './absence/follow-absences.ts';
import { decideDeletion, unaskDeletion } from './data/approve-deletion.ts';
import { settleByTask, settleSharedTask, unaskAction } from './decide-action.ts';
import { judgeByReading, reopenAction } from './judge-by-reading.ts';
import { judgeRulesByReading } from './judge-rules-by-reading.ts';
import { aboutMove, askAboutMove, decideAfterMove } from './moves/ask-about-move.ts';
import { mendAfterChange, mendAfterImport } from './plans/mend-after-change.ts';
import { mendAfterReading } from './plans/mend-after-reading.ts';
import { openAfterRights } from './take-rights.ts';

export const accessReactions: Reaction[] = [
  reaction(taskDone, 'access.settle-by-task', async (ctx, { aboutKind, aboutId, taskId }) => {
    if ((aboutKind !== 'action' && aboutKind !== 'access-plan') || !aboutId) return;
    const task = await ctx.db.selectFrom('tasks_tasks').select('done_by').where('id', '=', taskId).executeTakeFirst();
    const doneBy = task?.done_by ?? 'somebody';
    await (aboutKind === 'action' ? settleByTask(ctx, { actionId: aboutId, doneBy }) : settleSharedTask(ctx, { taskId, doneBy }));
  }),
  reaction(taskDone, 'access.decide-deletion', async (ctx, { aboutKind, taskId }) => {
    if (aboutKind === 'deletion') await decideDeletion(ctx, taskId);
  }),
  reaction(taskDone, 'access.open-after-rights', (ctx, { taskId }) => openAfterRights(ctx, taskId)),
  reaction(taskWithdrawn, 'access.ask-again', async (ctx, { aboutKind, aboutId, taskId }) => {
    if (aboutKind === 'action' && aboutId) await unaskAction(ctx, aboutId);
    if (aboutKind === 'access-plan') await settleSharedTask(ctx, { taskId, doneBy: null });
    if (aboutKind === 'deletion') await unaskDeletion(ctx, taskId);
  }),
  reaction(accountsRead, 'access.judge-by-reading', async (ctx, { appId }) => {
    await judgeByReading(ctx, appId);
    await judgeRulesByReading(ctx, appId);
  }),
  reaction(accountsRead, 'access.mend-app', (ctx, { appId, people }) => mendAfterReading(ctx, appId, people)),
  reaction(personChanged, 'access.mend-person', (ctx, { personId }) => mendAfterChange(ctx, personId)),
  reaction(peopleImported, 'access.mend-all', (ctx) => mendAfterImport(ctx)),
  reaction(personMoved, 'access.ask-about-move', (ctx, move) => askAboutMove(ctx, move)),
  reaction(taskDone, 'access.decide-after-move', async (ctx, { aboutKind, taskId }) => {
    if (aboutKind === aboutMove) await decideAfterMove(ctx, taskId);
  }),
  reaction(personChanged, 'access.follow-absence', (ctx, { personId }) => followAbsence(ctx, personId)),
  reaction(peopleImported, 'access.follow-absences', (ctx) => followAllAbsences(ctx)),
  reaction(accountReappeared, 'access.reopen', (ctx, { accountId, personId }) => reopenAction(ctx, { accountId, personId })),
];
