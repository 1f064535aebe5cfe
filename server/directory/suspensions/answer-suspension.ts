import { getPerson } from '../../people/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { openTask } from '../../tasks/index.ts';
import { endSuspension, type Suspension } from './end-suspension.ts';

export type Answer = 'leaving' | 'leave' | 'mistake';

/**
 * What somebody answers about a suspension. Leaving: it stays suspended and the dates are asked, because an exit has dates that a person confirms.
 * Leave of absence: the one that began with the suspension goes on. A mistake: everything is restored. Answering twice changes nothing.
 */
export async function answerSuspension(ctx: Context, suspensionId: string, answer: Answer, by: string): Promise<void> {
  const suspension = await ctx.db
    .selectFrom('directory_suspensions')
    .selectAll()
    .where('id', '=', suspensionId)
    .forUpdate()
    .executeTakeFirst();
  if (!suspension) throw notFound('question');
  if (suspension.status !== 'open') return;
  if (answer === 'mistake') return endSuspension(ctx, { ...suspension, task_id: null }, 'It was a mistake.', by);
  const person = await getPerson(ctx, suspension.person_id);
  const taskId = answer === 'leaving' ? await askDates(ctx, suspension, person.name) : null;
  await ctx.db
    .updateTable('directory_suspensions')
    .set({
      status: answer === 'leave' ? 'away' : 'leaving',
      answered_by: by,
      answered_at: ctx.now.toString(),
      task_id: taskId,
    })
    .where('id', '=', suspension.id)
    .execute();
  await appendAudit(ctx, {
    action: 'directory.suspension-answered',
    subject: { kind: 'person', id: person.id, name: person.name },
    after: { answer },
    people: [person.id],
  });
}

const askDates = (ctx: Context, suspension: Suspension, name: string): Promise<string> =>
  openTask(ctx, {
    kind: 'task',
    title: `${name} is leaving: give the dates.`,
    instructions: 'Confirm the exit with its last working day. Until then their accounts are suspended as for a leave of absence.',
    linkUrl: `${ctx.platform.config.publicUrl}/people/${suspension.person_id}`,
    aboutKind: 'directory-leaving',
    aboutId: suspension.id,
    subjectPersonId: suspension.person_id,
    candidates: [],
    never: suspension.person_id,
    dueAt: ctx.now.add({ hours: 24 }).toString(),
  });
