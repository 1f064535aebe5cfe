import { setAbsence } from '../../access/index.ts';
import { getPerson, type Person } from '../../people/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { openTask } from '../../tasks/index.ts';
import type { Push } from '../push.ts';
import { askAboutHeld } from './ask-about-held.ts';
import { pauseSignIn } from './pause-sign-in.ts';
import { isHeld } from './weigh-suspension.ts';

export type Cause = 'deactivated' | 'deleted';

/** What a question about a suspension is about, in the tasks. */
export const aboutSuspension = 'directory-suspension';

/**
 * A connection deactivated or deleted somebody. They are suspended so that it can be taken back: as for a leave of absence from today, their own sign-in
 * here paused, and the lead is asked what it means. More than 5 % of the people and at least 3 within a day are held: nobody is touched. Where the roster knows an end
 * already nothing is asked and nothing changes: a confirmed exit decides.
 */
export async function suspendPerson(ctx: Context, push: Push, about: { userId: string; personId: string; cause: Cause }): Promise<void> {
  // One at a time for each connection, so that two requests cannot slip past the brake together.
  await sql`select from directory_connections where id = ${push.connectionId} for update`.execute(ctx.db);
  const person = await getPerson(ctx, about.personId);
  if (person.left_at !== null || person.erased_at !== null) return;
  const { numUpdatedRows } = await ctx.db
    .updateTable('directory_suspensions')
    .set({ user_id: about.userId, cause: about.cause })
    .where('connection_id', '=', push.connectionId)
    .where('person_id', '=', person.id)
    .where('status', '<>', 'ended')
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return;
  const held = isHeld(await weightOf(ctx, push, person.id));
  const isAway = person.status === 'away';
  const status = held ? 'held' : isAway ? 'away' : 'open';
  const suspension = await ctx.db
    .insertInto('directory_suspensions')
    .values({
      organization_id: ctx.organizationId,
      connection_id: push.connectionId,
      user_id: about.userId,
      person_id: person.id,
      cause: about.cause,
      status,
      at: ctx.now.toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await appendAudit(ctx, {
    action: held ? 'directory.suspension-held' : 'directory.person-suspended',
    subject: { kind: 'person', id: person.id, name: person.name },
    after: { cause: about.cause },
    people: [person.id],
  });
  if (held) await askAboutHeld(ctx, push);
  else await takeEffect(ctx, push.name, suspension.id, person, about.cause, !isAway);
}

/**
 * Suspends as for a leave from today, which gives back exactly what was there, pauses the sign-in, and asks. Who is known to be on leave is not asked about.
 */
export async function takeEffect(
  ctx: Context,
  directory: string,
  suspensionId: string,
  person: Person,
  cause: Cause,
  asks: boolean,
): Promise<void> {
  const pausedMemberId = await pauseSignIn(ctx, person.member_id, `${directory} ${cause} ${person.name}`);
  const leave = asks ? await beginAbsence(ctx, person) : null;
  const taskId = asks ? await ask(ctx, directory, suspensionId, person, cause) : null;
  await ctx.db
    .updateTable('directory_suspensions')
    .set({ paused_member_id: pausedMemberId, task_id: taskId, leave_before: leave ? JSON.stringify(leave) : null })
    .where('id', '=', suspensionId)
    .execute();
}

async function beginAbsence(ctx: Context, person: Person) {
  const today = ctx.now
    .toZonedDateTimeISO(person.time_zone ?? 'UTC')
    .toPlainDate()
    .toString();
  const set = { from: today, until: null };
  await setAbsence(ctx, { personId: person.id, ...set, suspends: true, keepAppIds: [] });
  return { before: { from: person.leave_from, until: person.leave_until }, set };
}

const ask = (ctx: Context, directory: string, suspensionId: string, person: Person, cause: Cause): Promise<string> =>
  openTask(ctx, {
    kind: 'question',
    title: `${directory} ${cause} ${person.name}. Are they leaving, away, or is it a mistake?`,
    instructions:
      'Until you answer, their accounts are suspended as for a leave of absence, and so is their sign-in to Groundcrew. Leaving: you give the dates next. Leave of absence: it goes on. A mistake: everything is opened again exactly as it was.',
    aboutKind: aboutSuspension,
    aboutId: suspensionId,
    subjectPersonId: person.id,
    candidates: [],
    never: person.id,
    dueAt: ctx.now.add({ hours: 24 }).toString(),
    remindAt: [ctx.now.add({ hours: 4 }).toString()],
    options: [
      { value: 'leaving', label: 'They are leaving' },
      { value: 'leave', label: 'Leave of absence' },
      { value: 'mistake', label: 'It is a mistake' },
    ],
  });

/** Distinct people whom the connection took out within 24 hours, with this one, and how many work here. Who was released is not counted again. */
async function weightOf(ctx: Context, push: Push, personId: string): Promise<{ after: number; peopleNow: number }> {
  const { rows } = await sql<{ before: number; people: number }>`
    select (select count(distinct person_id)::int from directory_suspensions where connection_id = ${push.connectionId} and person_id <> ${personId}
        and at > ${ctx.now.subtract({ hours: 24 }).toString()} and released_at is null) as before,
      (select count(*)::int from people_people p join people_employments e on e.organization_id = p.organization_id and e.person_id = p.id and e.current
        where p.erased_at is null and (e.left_at is null or e.left_at > ${ctx.now.toString()})) as people`.execute(ctx.db);
  return { after: rows[0]!.before + 1, peopleNow: rows[0]!.people };
}
