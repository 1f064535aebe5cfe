import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { chooseAssignee, findSecrecy } from './choose-assignee.ts';
import { refuseNever } from './refuse-never.ts';
import { tellAssignee, untellAssignee } from './tell-assignee.ts';

const cannot = (message: string) => invalid('cannot_be_given', 'Nothing was changed.', [{ field: 'personId', message }]);

/** Gives an open task to another person, who is told by mail. Links of whoever had it before open it no more. */
export async function reassignTask(ctx: Context, taskId: string, input: { personId: string; reason: string }): Promise<void> {
  const task = await ctx.db.selectFrom('tasks_tasks').selectAll().where('id', '=', taskId).forUpdate().executeTakeFirst();
  if (!task) throw notFound('task');
  refuseNever(ctx, task);
  if (task.status !== 'open')
    throw conflict('not_open', `This is ${task.status === 'done' ? 'done' : 'not needed any more'} already. Nothing was changed.`);
  const person = await ctx.db
    .selectFrom('people_roster')
    .select(['id', 'name', 'status'])
    .where('id', '=', input.personId)
    .where('erased_at', 'is', null)
    .executeTakeFirst();
  if (!person) throw notFound('person');
  if (person.id === task.never_person_id) throw cannot(`This is about ${person.name}. Choose somebody else.`);
  if (person.status === 'left') throw cannot(`${person.name} has left. Choose somebody who is still here.`);
  const who = await chooseAssignee(ctx, {
    candidates: [person.id, task.deputy_person_id],
    never: task.never_person_id,
    secrecy: await findSecrecy(ctx, task.concealment_id),
  });
  if (who.personId !== person.id) throw cannot(`${person.name} may not know of this yet. Choose one of those who do.`);
  if (person.id === task.assignee_person_id) return;
  await untellAssignee(ctx, taskId);
  await ctx.db
    .updateTable('tasks_tasks')
    .set({ assignee_person_id: person.id, assignee_member_id: null, deputy_person_id: who.deputyPersonId, asked_person_ids: [] })
    .where('id', '=', taskId)
    .execute();
  await appendAudit(ctx, {
    action: 'task.reassigned',
    subject: { kind: 'task', id: taskId, name: task.title },
    before: { assignee: task.assignee_person_id ?? task.assignee_member_id },
    after: { assignee: person.id },
    reason: input.reason,
    people: [task.assignee_person_id, person.id, task.subject_person_id].filter((id): id is string => Boolean(id)),
    concealmentId: task.concealment_id,
  });
  await tellAssignee(ctx, taskId, 'new');
}
