import { type Reaction, reaction } from '../platform/events.ts';
import { taskDone } from '../tasks/index.ts';
import { answerByTask } from './suspensions/answer-by-task.ts';
import { aboutSuspension } from './suspensions/suspend-person.ts';

export const directoryReactions: Reaction[] = [
  reaction(taskDone, 'directory.answer-suspension', async (ctx, { taskId, aboutKind, aboutId }) => {
    if (aboutKind === aboutSuspension && aboutId) await answerByTask(ctx, taskId, aboutId);
  }),
];
