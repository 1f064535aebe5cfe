import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { refuseNever } from './refuse-never.ts';
import { tellAssignee } from './tell-assignee.ts';

/** Writes to whoever has an open task once more, with a fresh link. */
export async function remindAssignee(ctx: Context, taskId: string): Promise<void> {
  const task = await ctx.db.selectFrom('tasks_tasks').selectAll().where('id', '=', taskId).forUpdate().executeTakeFirst();
  if (!task) throw notFound('task');
  refuseNever(ctx, task);
  if (task.status !== 'open')
    throw conflict('not_open', `This is ${task.status === 'done' ? 'done' : 'not needed any more'} already. Nothing was changed.`);
  await ctx.db.updateTable('tasks_tasks').set({ reminded_at: ctx.now.toString() }).where('id', '=', taskId).execute();
  await tellAssignee(ctx, taskId, 'reminder');
  await appendAudit(ctx, {
    action: 'task.reminded',
    subject: { kind: 'task', id: taskId, name: task.title },
    people: task.assignee_person_id ? [task.assignee_person_id] : [],
    concealmentId: task.concealment_id,
  });
}
