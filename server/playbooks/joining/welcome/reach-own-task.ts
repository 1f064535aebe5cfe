import type { Context } from '../../../platform/context.ts';
import { notFound } from '../../../platform/errors.ts';
import type { JoiningRun } from '../../run-row.ts';
import { ownTasks } from './own-tasks.ts';

/** Refuses (404) a task that is not the new colleague's own in this hire. */
export async function reachOwnTask(ctx: Context, run: JoiningRun, taskId: string): Promise<void> {
  const own = await ctx.db.selectFrom('tasks_tasks').select('id').where('id', '=', taskId).where(ownTasks(run)).executeTakeFirst();
  if (!own) throw notFound('task');
}
