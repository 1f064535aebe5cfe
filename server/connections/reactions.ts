import { type Reaction, reaction } from '../platform/events.ts';
import { taskDone } from '../tasks/index.ts';
import { aboutEnd, answerAboutEnd } from './people/ask-about-ends.ts';

export const connectionsReactions: Reaction[] = [
  reaction(taskDone, 'connections.answer-about-end', async (ctx, { taskId, aboutKind, aboutId }) => {
    if (aboutKind === aboutEnd && aboutId) await answerAboutEnd(ctx, taskId, aboutId);
  }),
];
