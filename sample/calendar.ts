import { beginning } from './story.ts';

/** The days of the story, counted from today in the company's zone. */
export type Calendar = {
  /** The instant of a local time on the working day that is `days` from today, or on the nearest one before it (after it, where it is to come). */
  at(days: number, time: string, zone?: string): Temporal.Instant;
  day(days: number): Temporal.PlainDate;
  present: Temporal.Instant;
};

export const companyZone = 'Europe/Berlin';

export function calendarFrom(present: Temporal.Instant): Calendar {
  const today = present.toZonedDateTimeISO(companyZone).toPlainDate();
  const day = (days: number) => {
    const wanted = today.add({ days });
    const weekend = Math.max(0, wanted.dayOfWeek - 5);
    return weekend === 0 ? wanted : days > 0 ? wanted.add({ days: 3 - weekend }) : wanted.subtract({ days: weekend });
  };
  return {
    present,
    day,
    at: (days, time, zone = companyZone) => day(days).toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(zone).toInstant(),
  };
}

/** The instant at which the story of a sample begins, for a sample that is made at `present`. */
export const sampleBeginning = (present: Temporal.Instant): Temporal.Instant => calendarFrom(present).at(beginning, '08:00');

/** A local time in the hour that the next change of the clocks skips or repeats in the zone; in ten weeks where the clocks never change. */
export function nextClockChange(present: Temporal.Instant, zone: string): Temporal.PlainDateTime {
  const earliest = present.toZonedDateTimeISO(zone).add({ days: 1 });
  const change = earliest.getTimeZoneTransition('next');
  if (!change) return present.toZonedDateTimeISO(zone).add({ weeks: 10 }).toPlainDateTime().round('hour');
  const before = change.subtract({ nanoseconds: 1 });
  const isSpring = change.offsetNanoseconds > before.offsetNanoseconds;
  const local = isSpring ? before.toPlainDateTime().add({ minutes: 30 }) : change.toPlainDateTime().add({ minutes: 30 });
  return local.round('minute');
}
