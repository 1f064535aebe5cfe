import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { emit } from '../platform/events.ts';
import { chooseAssignee, findSecrecy, ownersWhoMay } from './choose-assignee.ts';
import { taskEscalated } from './events.ts';
import { refuseNever } from './refuse-never.ts';
import { tellAssignee, untellAssignee } from './tell-assignee.ts';

const shortestHours = 1;
const longestHours = 24;

/**
 * Hands an open task on: first to the deputy, then to the owners of the organization; never to whom it is about. Whoever was asked before may
 * still do it. The deputy gets as long as the first had (1 to 24 hours) before the owners are asked.
 */
export async function escalateTask(ctx: Context, taskId: string, about: { reason: string }): Promise<void> {
  const task = await ctx.db
    .selectFrom('tasks_tasks')
    .selectAll()
    .where('id', '=', taskId)
    .where('status', '=', 'open')
    .forUpdate()
    .executeTakeFirst();
  if (!task) throw notFound('task');
  const secrecy = await findSecrecy(ctx, task.concealment_id);
  const before = [task.assignee_person_id, ...task.asked_person_ids].filter((id): id is string => Boolean(id));
  const deputy = task.deputy_person_id && !before.includes(task.deputy_person_id) ? task.deputy_person_id : null;
  const who = deputy ? await chooseAssignee(ctx, { candidates: [deputy], never: task.never_person_id, secrecy }) : null;
  const owners = who?.personId ? [] : await ownersWhoMay(ctx, { never: task.never_person_id, secrecy });
  const next = who?.personId
    ? { personId: who.personId, memberId: null }
    : { personId: null, memberId: (owners.find((owner) => !owner.personId || !before.includes(owner.personId)) ?? owners[0])?.id ?? null };
  if (!next.personId && !next.memberId) {
    // Nobody may be asked: it stays where it is, and is tried again once that may have changed.
    await ctx.db
      .updateTable('tasks_tasks')
      .set({ escalate_at: ctx.now.add({ hours: shortestHours }).toString() })
      .where('id', '=', taskId)
      .execute();
    return;
  }
  const since = Temporal.Instant.from(task.created_at)
    .until(task.escalate_at ? Temporal.Instant.from(task.escalate_at) : ctx.now)
    .total('minutes');
  const minutes = Math.round(Math.min(longestHours * 60, Math.max(shortestHours * 60, since)));
  await untellAssignee(ctx, taskId);
  await ctx.db
    .updateTable('tasks_tasks')
    .set({
      assignee_person_id: next.personId,
      assignee_member_id: next.memberId,
      asked_person_ids: [...new Set(before)].filter((id) => id !== next.personId),
      escalated_at: ctx.now.toString(),
      escalate_at: next.personId ? ctx.now.add({ minutes }).toString() : null,
    })
    .where('id', '=', taskId)
    .execute();
  await appendAudit(ctx, {
    action: 'task.escalated',
    subject: { kind: 'task', id: taskId, name: task.title },
    before: { assignee: task.assignee_person_id ?? task.assignee_member_id },
    after: { assignee: next.personId ?? next.memberId },
    reason: about.reason,
    people: [...before, next.personId, task.subject_person_id].filter((id): id is string => Boolean(id)),
    concealmentId: task.concealment_id,
  });
  await tellAssignee(ctx, taskId, 'escalated');
  await emit(ctx, taskEscalated, { taskId, aboutKind: task.about_kind, aboutId: task.about_id });
}

/** Asks the deputy at once, because the one asked first will not do it in time. */
export async function askDeputy(ctx: Context, taskId: string, reason: string): Promise<void> {
  const task = await ctx.db.selectFrom('tasks_tasks').selectAll().where('id', '=', taskId).forUpdate().executeTakeFirst();
  if (!task) throw notFound('task');
  refuseNever(ctx, task);
  if (task.status !== 'open')
    throw conflict('not_open', `This is ${task.status === 'done' ? 'done' : 'not needed any more'} already. Nothing was changed.`);
  if (!task.assignee_person_id)
    throw conflict('no_deputy', 'This is with the owners already. Give it to somebody by name. Nothing was changed.');
  await escalateTask(ctx, taskId, { reason });
}
