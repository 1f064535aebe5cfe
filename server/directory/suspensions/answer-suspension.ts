import { getPerson, setLeave } from '../../people/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { openTask } from '../../tasks/index.ts';
import { endSuspension, type Suspension } from './end-suspension.ts';

export type Answer = 'leaving' | 'leave' | 'mistake';

/**
 * What somebody answers about a suspension. Leaving: the sign-in stays paused and the dates are asked, because an exit has dates that a person
 * confirms. Leave of absence: it is set from today on their own clock. A mistake: everything is restored. Answering twice changes nothing.
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
  const leave = answer === 'leave' ? await beginLeave(ctx, suspension) : null;
  const taskId = answer === 'leaving' ? await askDates(ctx, suspension, person.name) : null;
  await ctx.db
    .updateTable('directory_suspensions')
    .set({
      status: answer === 'leave' ? 'away' : 'leaving',
      answered_by: by,
      answered_at: ctx.now.toString(),
      task_id: taskId,
      leave_before: leave ? JSON.stringify(leave) : null,
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

async function beginLeave(ctx: Context, { person_id: personId }: Suspension) {
  const person = await getPerson(ctx, personId);
  const before = { from: person.leave_from, until: person.leave_until };
  const set = {
    from: ctx.now
      .toZonedDateTimeISO(person.time_zone ?? 'UTC')
      .toPlainDate()
      .toString(),
    until: null,
  };
  await setLeave(ctx, personId, set);
  return { before, set };
}

const askDates = (ctx: Context, suspension: Suspension, name: string): Promise<string> =>
  openTask(ctx, {
    kind: 'task',
    title: `${name} is leaving: give the dates.`,
    instructions: 'Confirm the exit with its last working day. Until then only their sign-in to Groundcrew is paused; no app is closed.',
    linkUrl: `${ctx.platform.config.publicUrl}/people/${suspension.person_id}`,
    aboutKind: 'directory-leaving',
    aboutId: suspension.id,
    subjectPersonId: suspension.person_id,
    candidates: [],
    never: suspension.person_id,
    dueAt: ctx.now.add({ hours: 24 }).toString(),
  });
