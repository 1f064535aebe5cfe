import { z } from '@hono/zod-openapi';
import { cutOffInstant, type Person } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import { leavingMoment } from '../leaving-terms.ts';
import type { PlaybookMoment } from '../schedule/playbook-definition.ts';
import type { Anchors } from '../schedule/step-instant.ts';

const localTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'Write a local time like 2026-11-27T17:00.');

/** The dates to try a playbook with, local to the person; what is left out is taken as a usual exit or hire in two weeks has it. */
export const tryDates = z.object({
  cutOffLocal: localTime.optional(),
  toldLocal: localTime.optional(),
  lastWorkingDay: z.iso.date().optional(),
  legalEnd: z.iso.date().optional(),
  startDate: z.iso.date().optional(),
  startTime: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time like 09:00.')
    .optional(),
  endDate: z.iso.date().optional(),
});
export type TryDates = z.infer<typeof tryDates>;

/** The dates that were used, as `tryDates` takes them, and what the schedule counts from. */
export type TriedDates = { dates: TryDates; anchors: Anchors; note: string | null };

/** Never reads a date of an exit that the person may have: only what was given, or a usual day in two weeks. */
export function triedDates(ctx: Context, person: Person, moment: PlaybookMoment, given: TryDates): TriedDates {
  const zone = person.time_zone;
  const inTwoWeeks = ctx.now.toZonedDateTimeISO(zone).toPlainDate().add({ days: 14 });
  // People mostly leave on a Friday and begin on a Monday.
  return moment === 'leaver'
    ? ofLeaver(ctx, person, given, nextWeekday(inTwoWeeks, 5))
    : ofJoiner(ctx, person, given, nextWeekday(inTwoWeeks, 1));
}

const nextWeekday = (day: Temporal.PlainDate, weekday: number) => day.add({ days: (weekday - day.dayOfWeek + 7) % 7 });

function ofLeaver(ctx: Context, person: Person, given: TryDates, day: Temporal.PlainDate): TriedDates {
  const zone = person.time_zone;
  const at = given.cutOffLocal ?? `${day}T17:00`;
  const told = given.toldLocal ? localInstantOf(given.toldLocal, zone, 'toldLocal') : null;
  const terms = {
    at,
    lastWorkingDay: given.lastWorkingDay ?? at.slice(0, 10),
    legalEnd: given.legalEnd,
    sensitive: false,
    namedMemberIds: [],
  };
  const moment = leavingMoment(ctx, person, { ...terms, toldAt: told?.toString() });
  return {
    dates: { cutOffLocal: at, toldLocal: given.toldLocal, lastWorkingDay: moment.lastWorkingDay, legalEnd: given.legalEnd },
    anchors: {
      told: Temporal.Instant.from(moment.toldAt),
      confirmed: ctx.now,
      cutOff: Temporal.Instant.from(moment.cutOffAt),
      lastWorkingDay: Temporal.PlainDate.from(moment.lastWorkingDay),
      legalEnd: moment.legalEnd ? Temporal.PlainDate.from(moment.legalEnd) : null,
      start: null,
      firstMorning: null,
    },
    note: moment.note,
  };
}

function ofJoiner(ctx: Context, person: Person, given: TryDates, day: Temporal.PlainDate): TriedDates {
  const startDate = given.startDate ?? day.toString();
  const startTime = given.startTime ?? '09:00';
  const { instant, words } = localMoment(`${startDate}T${startTime}`, person.time_zone, 'startDate');
  if (given.endDate !== undefined && given.endDate < startDate)
    throw invalid('end_before_start', 'The end is before the start.', [{ field: 'endDate', message: 'Choose a later day.' }]);
  return {
    dates: { startDate, startTime, endDate: given.endDate },
    anchors: {
      told: ctx.now,
      confirmed: ctx.now,
      cutOff: null,
      lastWorkingDay: given.endDate ? Temporal.PlainDate.from(given.endDate) : null,
      legalEnd: null,
      start: Temporal.PlainDate.from(startDate),
      firstMorning: instant,
    },
    note: words,
  };
}

const localInstantOf = (local: string, zone: string, field: string) => localMoment(local, zone, field).instant;

function localMoment(local: string, zone: string, field: string): { instant: Temporal.Instant; words: string | null } {
  try {
    const { instant, note } = cutOffInstant(local, zone);
    return { instant, words: note?.words ?? null };
  } catch {
    throw invalid('impossible_date', `"${local}" is no day and time.`, [{ field, message: 'Choose a day that exists.' }]);
  }
}
