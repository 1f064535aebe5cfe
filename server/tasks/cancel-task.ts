import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { emit } from '../platform/events.ts';
import { taskWithdrawn } from './events.ts';
import { refuseNever } from './refuse-never.ts';
import { untellAssignee } from './tell-assignee.ts';

/** Ends a task that nobody needs to do any more. Harmless when it is done or ended already. */
export async function cancelTask(ctx: Context, taskId: string, reason: string): Promise<void> {
  const task = await ctx.db
    .updateTable('tasks_tasks')
    .set({ status: 'cancelled', note: reason, done_at: ctx.now.toString(), done_by: ctx.actor.name })
    .where('id', '=', taskId)
    .where('status', '=', 'open')
    .returning(['title', 'concealment_id'])
    .executeTakeFirst();
  if (!task) return;
  await untellAssignee(ctx, taskId);
  await appendAudit(ctx, {
    action: 'task.cancelled',
    subject: { kind: 'task', id: taskId, name: task.title },
    reason,
    concealmentId: task.concealment_id,
  });
}

/** A person ends a task before it was done. Whatever waited for it hears so (`task.withdrawn`) and decides what follows. */
export async function withdrawTask(ctx: Context, taskId: string, reason: string): Promise<void> {
  const task = await ctx.db.selectFrom('tasks_tasks').selectAll().where('id', '=', taskId).forUpdate().executeTakeFirst();
  if (!task) throw notFound('task');
  refuseNever(ctx, task);
  if (task.status !== 'open')
    throw conflict('not_open', `This is ${task.status === 'done' ? 'done' : 'not needed any more'} already. Nothing was changed.`);
  await cancelTask(ctx, taskId, reason);
  await emit(ctx, taskWithdrawn, { taskId, aboutKind: task.about_kind, aboutId: task.about_id });
}
