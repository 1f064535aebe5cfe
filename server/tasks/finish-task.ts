import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { emit } from '../platform/events.ts';
import { attachEvidence } from './attach-evidence.ts';
import { checkAnswer } from './check-answer.ts';
import { taskDone } from './events.ts';
import { refuseNever } from './refuse-never.ts';
import { untellAssignee } from './tell-assignee.ts';

/** Finishes a task: with an answer where one was asked, with evidence where it is required. Finishing twice is refused in words. */
export async function finishTask(ctx: Context, taskId: string, input: { answer?: string | null; note?: string | null }): Promise<void> {
  const task = await ctx.db.selectFrom('tasks_tasks').selectAll().where('id', '=', taskId).forUpdate().executeTakeFirst();
  if (!task) throw notFound('task');
  refuseNever(ctx, task);
  if (task.status === 'done') throw conflict('already_done', `${task.done_by ?? 'Somebody'} has finished this already.`);
  if (task.status === 'cancelled') throw conflict('no_longer_needed', 'This is not needed any more. Nothing was changed.');
  const { answer, words, personId } = await checkAnswer(ctx, task, input.answer ?? null);
  const note = input.note?.trim() || null;
  if (task.evidence_required && !note) {
    const evidence = await ctx.db.selectFrom('tasks_evidence').select('id').where('task_id', '=', taskId).executeTakeFirst();
    if (!evidence) {
      throw invalid('evidence_missing', 'Say what shows that it is done. Nothing was changed.', [
        { field: 'note', message: 'Attach a picture or a link, or write what you saw.' },
      ]);
    }
  }
  if (note) await attachEvidence(ctx, taskId, { note });
  await ctx.db
    .updateTable('tasks_tasks')
    .set({ status: 'done', answer, note, done_at: ctx.now.toString(), done_by: ctx.actor.name })
    .where('id', '=', taskId)
    .execute();
  await untellAssignee(ctx, taskId);
  await appendAudit(ctx, {
    action: 'task.done',
    subject: { kind: 'task', id: taskId, name: task.title },
    after: { answer, words, note },
    people: [task.assignee_person_id, task.subject_person_id, personId].filter((id): id is string => Boolean(id)),
    concealmentId: task.concealment_id,
  });
  await emit(ctx, taskDone, { taskId, aboutKind: task.about_kind, aboutId: task.about_id });
}
