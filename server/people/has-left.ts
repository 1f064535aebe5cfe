import { cutOffInstant, dayInWords, placeOfZone } from './cut-off-instant.ts';

/** What is known of somebody's end. Dates are ISO 8601 and local; `accessCutOff` is YYYY-MM-DDTHH:MM in `cutOffZone`, else in `timeZone`. */
export type Departure = {
  startDate: string | null;
  lastWorkingDay: string | null;
  accessCutOff: string | null;
  timeZone: string | null;
  cutOffZone?: string | null;
  /** How a page calls the zone, usually the location's name. */
  place?: string | null;
  /** When somebody confirmed that this person, missing from a complete list, has left (ISO 8601, UTC). */
  confirmedMissingAt: string | null;
};

/** `left` null is unknown. `since` is the instant of leaving where it is known. `words` begins a sentence: "Left on Fri 6 Nov 2026 (end of the day in Porto)". */
export type LeftState = { left: boolean | null; since: Temporal.Instant | null; words: string };

/**
 * Who has left: the access cut-off is past; without one, the last working day has ended where the person is (the next local day has begun);
 * without either, somebody confirmed that they are missing from the list. A cut-off that is still to come decides too. Without a zone, and with
 * a start after the end, nobody knows, unless the day is over (or has not begun) everywhere on earth.
 */
export function hasLeft(person: Departure, now: Temporal.Instant): LeftState {
  const { startDate, lastWorkingDay, accessCutOff, timeZone, confirmedMissingAt } = person;
  const ends = accessCutOff?.slice(0, 10) ?? lastWorkingDay;
  if (startDate !== null && ends !== null && ends < startDate) {
    return { left: null, since: null, words: `The dates contradict each other: the end (${ends}) is before the start (${startDate})` };
  }
  if (accessCutOff !== null) {
    const zone = person.cutOffZone ?? timeZone;
    const place = zone === timeZone ? placeOf(person) : zone === null ? null : placeOfZone(zone);
    return judge(zone, now, (inZone) => cutOffInstant(accessCutOff, inZone).instant, cutOffWords(accessCutOff, place));
  }
  if (lastWorkingDay !== null) {
    const day = Temporal.PlainDate.from(lastWorkingDay);
    const place = placeOf(person);
    const words = `on ${dayInWords(day)} (end of the day${place === null ? '' : ` in ${place}`})`;
    return judge(timeZone, now, (zone) => day.add({ days: 1 }).toZonedDateTime(zone).toInstant(), words);
  }
  if (confirmedMissingAt !== null) {
    const since = Temporal.Instant.from(confirmedMissingAt);
    const day = dayInWords(since.toZonedDateTimeISO(timeZone ?? 'UTC').toPlainDate());
    return {
      left: Temporal.Instant.compare(since, now) <= 0,
      since,
      words: `Not on the people list any more; confirmed as left on ${day}`,
    };
  }
  return { left: false, since: null, words: 'No end is known' };
}

const placeOf = ({ place, timeZone }: Departure): string | null => place ?? (timeZone === null ? null : placeOfZone(timeZone));

function cutOffWords(accessCutOff: string, place: string | null): string {
  const local = Temporal.PlainDateTime.from(accessCutOff);
  return `on ${dayInWords(local)}, ${local.toPlainTime().toString({ smallestUnit: 'minute' })}${place === null ? '' : ` in ${place}`}`;
}

function judge(timeZone: string | null, now: Temporal.Instant, endIn: (zone: string) => Temporal.Instant, words: string): LeftState {
  const past = (end: Temporal.Instant) => Temporal.Instant.compare(end, now) <= 0;
  const say = (left: boolean) => `${left ? 'Left' : 'Leaves'} ${words}`;
  if (timeZone !== null) {
    const since = endIn(timeZone);
    return { left: past(since), since, words: say(past(since)) };
  }
  if (past(endIn('-12:00'))) return { left: true, since: null, words: say(true) };
  if (!past(endIn('+14:00'))) return { left: false, since: null, words: say(false) };
  return { left: null, since: null, words: `The end is ${words}, and the zone is not known, so nobody can say whether it is past` };
}
