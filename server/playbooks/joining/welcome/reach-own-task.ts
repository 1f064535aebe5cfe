import type { Context } from '../../../platform/context.ts';
import { notFound } from '../../../platform/errors.ts';
import type { JoiningRun } from '../../run-row.ts';

/** Refuses (404) a task that is not the new colleague's own. */
export async function reachOwnTask(ctx: Context, run: JoiningRun, taskId: string): Promise<void> {
  const own = await ctx.db
    .selectFrom('tasks_tasks')
    .select('id')
    .where('id', '=', taskId)
    .where('assignee_person_id', '=', run.person_id)
    .executeTakeFirst();
  if (!own) throw notFound('task');
}
