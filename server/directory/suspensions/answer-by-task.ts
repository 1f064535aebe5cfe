import type { Context } from '../../platform/context.ts';
import { type Answer, answerSuspension } from './answer-suspension.ts';

/** Does what the question's task was answered. Harmless when the question has been answered on its page. */
export async function answerByTask(ctx: Context, taskId: string, suspensionId: string): Promise<void> {
  const task = await ctx.db.selectFrom('tasks_tasks').select(['answer', 'done_by', 'status']).where('id', '=', taskId).executeTakeFirst();
  if (task?.status !== 'done' || !task.answer) return;
  await answerSuspension(ctx, suspensionId, task.answer as Answer, task.done_by ?? 'Somebody');
}
