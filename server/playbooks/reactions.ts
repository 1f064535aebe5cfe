import { actionChanged, actionReopened } from '../access/index.ts';
import { personReturned } from '../people/index.ts';
import { type Reaction, reaction } from '../platform/events.ts';
import { taskDone, taskWithdrawn } from '../tasks/index.ts';
import { dataQuestionEnded, settleDataQuestion } from './data/decide-data.ts';
import { endLostDaysByTask, endLostDaysOfAction } from './joining/lost-days.ts';
import { takeBackIn } from './joining/take-back-in.ts';
import { reopenProof } from './proof/reopen-proof.ts';
import { askAgainForStep, settleAccessStep, settleStepByTask } from './settle-step.ts';

export const playbooksReactions: Reaction[] = [
  reaction(taskDone, 'playbooks.settle-step', async (ctx, { taskId, aboutKind }) => {
    if (aboutKind === 'step') await settleStepByTask(ctx, taskId);
    if (aboutKind === 'data') await settleDataQuestion(ctx, taskId);
  }),
  reaction(taskDone, 'playbooks.end-lost-day', (ctx, { taskId }) => endLostDaysByTask(ctx, taskId)),
  reaction(actionChanged, 'playbooks.end-lost-days', (ctx, { actionId }) => endLostDaysOfAction(ctx, actionId)),
  reaction(taskWithdrawn, 'playbooks.ask-again', async (ctx, { taskId, aboutKind, aboutId }) => {
    if (aboutKind === 'step') await askAgainForStep(ctx, taskId);
    if (aboutKind === 'data' && aboutId) await dataQuestionEnded(ctx, aboutId);
  }),
  reaction(actionChanged, 'playbooks.settle-access', (ctx, { planId }) => settleAccessStep(ctx, planId)),
  reaction(personReturned, 'playbooks.take-back-in', (ctx, { personId }) => takeBackIn(ctx, personId)),
  reaction(actionReopened, 'playbooks.reopen-proof', (ctx, { planId, actionId }) => reopenProof(ctx, planId, actionId)),
];
