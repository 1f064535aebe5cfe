import { instantOf, type Json, objectOf, textOf } from '../kit/index.ts';

const isSeries = (event: Json): boolean => Array.isArray(event.recurrence) && event.recurrence.length > 0;

const allDayStart = (event: Json): string | null => textOf(objectOf(event.start).date);

/** Days count as in UTC: a calendar's own zone may be some hours away. */
const dayOfInstant = (at: Temporal.Instant): string => at.toString().slice(0, 10);

/** Whether an event, or the first of a series, has begun. */
function hasBegun(event: Json, now: Temporal.Instant): boolean {
  const day = allDayStart(event);
  if (day !== null) return day < dayOfInstant(now);
  const at = instantOf(objectOf(event.start).dateTime);
  return at !== null && Temporal.Instant.compare(at, now) < 0;
}

/** A series of which something has been already: deleting it would take that from everybody's calendar too. */
export const isRunningSeries = (event: Json, now: Temporal.Instant): boolean => isSeries(event) && hasBegun(event, now);

/** Whether an event begins after now, or a series goes on after now. */
export function isToCome(event: Json, now: Temporal.Instant): boolean {
  if (!isRunningSeries(event, now)) return !hasBegun(event, now);
  const rules = linesOf(event).filter((line) => line.startsWith('RRULE:'));
  const ends = rules.map((line) => /UNTIL=(\d{8}(?:T\d{6}Z)?)/.exec(line)?.[1]);
  return rules.length === 0 || ends.some((until) => until === undefined || until > compact(now).slice(0, until.length));
}

/** The rules of a running series (RFC 5545, sections 3.3.10 and 3.8.5) so that nothing follows from now on; what has been stays. */
export function endedRules(event: Json, now: Temporal.Instant): string[] {
  const yesterday = compact(now.subtract({ hours: 24 })).slice(0, 8);
  const until = allDayStart(event) === null ? compact(now) : yesterday;
  return linesOf(event).flatMap((line) => {
    if (line.startsWith('RDATE')) return datesUntil(line, yesterday);
    if (!line.startsWith('RRULE:')) return [line];
    const parts = line.slice('RRULE:'.length).split(';');
    return [`RRULE:${[...parts.filter((part) => !/^(UNTIL|COUNT)=/.test(part)), `UNTIL=${until}`].join(';')}`];
  });
}

const linesOf = (event: Json): string[] => (event.recurrence as unknown[]).map(String);

/** A list of single dates, without those after a day. */
function datesUntil(line: string, day: string): string[] {
  const [name, dates = ''] = line.split(/:(.*)/s);
  const kept = dates.split(',').filter((date) => date.slice(0, 8) <= day);
  return kept.length === 0 ? [] : [`${name}:${kept.join(',')}`];
}

/** As RFC 5545 writes an instant: 20261201T090000Z. */
const compact = (at: Temporal.Instant): string =>
  at.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString().replaceAll(/[-:]/g, '');
