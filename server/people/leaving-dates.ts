import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { conflict, invalid } from '../platform/errors.ts';
import { emit } from '../platform/events.ts';
import { cutOffInstant } from './cut-off-instant.ts';
import { personChanged } from './events.ts';
import { getPerson } from './get-person.ts';

/** Dates of one leaving. Days are ISO dates, `cutOffLocal` an ISO local date and time in `cutOffZone` (IANA). */
export type LeavingDates = {
  lastWorkingDay: string | null;
  cutOffLocal: string | null;
  cutOffZone: string | null;
  legalEnd?: string | null;
  reason?: string | null;
};

/** The end of a local day: the first instant of the next one in the zone. */
export const endOfDay = (day: string, zone: string): Temporal.Instant =>
  Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone).toInstant();

/** When somebody with these dates counts as left: the access cut-off, else the end of the last working day in their zone, else never (null). */
export function leftAtOf(dates: { lastWorkingDay: string | null; cutOffAt: string | null }, zone: string): string | null {
  if (dates.cutOffAt) return dates.cutOffAt;
  return dates.lastWorkingDay ? endOfDay(dates.lastWorkingDay, zone).toString() : null;
}

/**
 * Sets the leaving dates of a person's current employment. The cut-off instant follows Temporal's `compatible` reading; `note` says so in words
 * when the local time does not exist or comes twice. `by`: a confirmed exit unless said otherwise; a people list or the page does not overrule that.
 * A cut-off keeps its own zone: moving the person or their location to another zone later moves the end of a last working day, never a cut-off.
 */
export async function setLeavingDates(
  ctx: Context,
  personId: string,
  dates: LeavingDates,
  about: { concealmentId?: string | null; cutOffAt?: string; by?: 'exit' | 'import' | 'page' } = {},
): Promise<{ leftAt: string | null; cutOffAt: string | null; note: string | null }> {
  const person = await getPerson(ctx, personId);
  if (about.by === 'page') await refuseOverExit(ctx, person);
  const zone = dates.cutOffZone ?? person.time_zone;
  const cutOff = dates.cutOffLocal ? cutOffInstant(dates.cutOffLocal, zone) : null;
  // Access closed "now" has an exact instant, which a local time in whole seconds cannot give back in an hour that comes twice.
  const cutOffAt = about.cutOffAt ?? cutOff?.instant.toString() ?? null;
  const leftAt = leftAtOf({ lastWorkingDay: dates.lastWorkingDay, cutOffAt }, person.time_zone);
  if (
    person.start_date &&
    leftAt &&
    Temporal.Instant.compare(leftAt, Temporal.PlainDate.from(person.start_date).toZonedDateTime(zone).toInstant()) < 0
  ) {
    throw invalid('leaves_before_start', `${person.name} would leave before their start on ${person.start_date}. Nothing was changed.`, [
      { field: 'cutOffLocal', message: 'Choose a later day, or correct the start date first.' },
    ]);
  }
  await ctx.db
    .updateTable('people_employments')
    .set({
      last_working_day: dates.lastWorkingDay,
      cut_off_local: dates.cutOffLocal,
      cut_off_zone: dates.cutOffLocal ? zone : null,
      cut_off_at: cutOffAt,
      legal_end: dates.legalEnd ?? null,
      left_at: leftAt,
      left_reason: dates.reason ?? null,
      dates_by: about.by ?? 'exit',
    })
    .where('person_id', '=', personId)
    .where('current', '=', true)
    .execute();
  await appendAudit(ctx, {
    action: 'person.leaving-dates-set',
    subject: { kind: 'person', id: personId, name: person.name },
    before: { lastWorkingDay: person.last_working_day, cutOffAt: person.cut_off_at, legalEnd: person.legal_end },
    after: {
      lastWorkingDay: dates.lastWorkingDay,
      cutOffLocal: dates.cutOffLocal,
      cutOffZone: zone,
      cutOffAt,
      legalEnd: dates.legalEnd ?? null,
    },
    reason: dates.reason ?? null,
    people: [personId],
    concealmentId: about.concealmentId ?? null,
  });
  await emit(ctx, personChanged, { personId });
  return { leftAt, cutOffAt, note: cutOff?.note?.words ?? null };
}

/** Refuses (409) where a confirmed exit decides the dates. One that is hidden from whoever asks is not given as the reason. */
export async function refuseOverExit(ctx: Context, person: { id: string; name: string; dates_by: string | null }): Promise<void> {
  const stands = await ctx.db
    .selectFrom('people_employments')
    .select(['dates_by', 'left_at'])
    .where('person_id', '=', person.id)
    .where('current', '=', true)
    .executeTakeFirst();
  if (stands?.dates_by !== 'exit' || !stands.left_at) return;
  if (person.dates_by !== 'exit')
    throw conflict(
      'cannot_be_set_here',
      `The leaving of ${person.name} cannot be set by you here now. Ask an owner of the organization. Nothing was changed.`,
    );
  throw conflict(
    'exit_decides',
    `The dates of ${person.name} cannot be changed here now: a confirmed exit decides them. Nothing was changed.`,
  );
}

/** Takes the leaving dates back: the person stays. */
export async function clearLeavingDates(
  ctx: Context,
  personId: string,
  about: { reason: string; concealmentId?: string | null },
): Promise<void> {
  const person = await getPerson(ctx, personId);
  await ctx.db
    .updateTable('people_employments')
    .set({
      last_working_day: null,
      cut_off_local: null,
      cut_off_zone: null,
      cut_off_at: null,
      legal_end: null,
      left_at: null,
      left_reason: null,
      dates_by: null,
    })
    .where('person_id', '=', personId)
    .where('current', '=', true)
    .execute();
  await appendAudit(ctx, {
    action: 'person.leaving-dates-cleared',
    subject: { kind: 'person', id: personId, name: person.name },
    before: { lastWorkingDay: person.last_working_day, cutOffAt: person.cut_off_at, legalEnd: person.legal_end },
    reason: about.reason,
    people: [personId],
    concealmentId: about.concealmentId ?? null,
  });
  await emit(ctx, personChanged, { personId });
}
