/** Why a local time is not what it seems: clocks skip it (`gap`) or show it twice (`overlap`). `words` is for the page. */
export type CutOffNote = { kind: 'gap' | 'overlap'; words: string };

export type CutOff = { instant: Temporal.Instant; note: CutOffNote | null };

const dayWords = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** "Sun 29 Mar 2026". */
export const dayInWords = (day: Temporal.PlainDate | Temporal.PlainDateTime): string =>
  dayWords
    .format(Date.UTC(day.year, day.month - 1, day.day))
    .replace(',', '')
    .replace('Sept', 'Sep');

/** The place of a zone: "America/New_York" → "New York". */
export const placeOfZone = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');

/**
 * The instant of a local date and time (ISO 8601, YYYY-MM-DDTHH:MM) in an IANA zone, by Temporal's `compatible` reading: a time that clocks skip
 * moves on by the length of the gap, a time that comes twice is the first one. The note says so; `place` is how the page calls the zone.
 * Throws a RangeError for what is no date-time or zone.
 */
export function cutOffInstant(localDateTime: string | Temporal.PlainDateTime, zone: string, place: string = placeOfZone(zone)): CutOff {
  const local = Temporal.PlainDateTime.from(localDateTime);
  const closes = local.toZonedDateTime(zone, { disambiguation: 'compatible' });
  const instant = closes.toInstant();
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochNanoseconds === later.epochNanoseconds) return { instant, note: null };
  const change = earlier.getTimeZoneTransition('next');
  if (change === null) return { instant, note: null };
  const after = change.toPlainDateTime();
  const before = change.subtract({ nanoseconds: 1 }).toPlainDateTime().add({ nanoseconds: 1 });
  const repeated = earlier.toPlainDateTime().equals(local);
  return { instant, note: { kind: repeated ? 'overlap' : 'gap', words: repeated ? overlap() : gap() } };

  function gap(): string {
    const shown = closes.toPlainDateTime();
    const ends = shown.toPlainDate().equals(local.toPlainDate()) ? `at ${time(shown)}` : `on ${dayInWords(shown)} at ${time(shown)}`;
    if (before.until(after, { largestUnit: 'hours' }).hours >= 24) {
      return `${dayInWords(local)} does not exist in ${place}: the calendar goes from ${dayInWords(before.subtract({ nanoseconds: 1 }))} to ${dayInWords(after)}. Access closes ${ends}.`;
    }
    return `${time(local)} does not exist on ${dayInWords(local)} in ${place}: clocks go from ${time(before)} to ${time(after)}. Access closes ${ends}.`;
  }

  function overlap(): string {
    const length = after.until(before).total('minutes');
    const span = length === 60 ? 'an hour' : `${length} minutes`;
    return `${time(local)} comes twice on ${dayInWords(local)} in ${place}: clocks go back from ${time(before)} to ${time(after)}. Access closes at the first one, ${span} before the second.`;
  }
}

function time(local: Temporal.PlainDateTime): string {
  return local.toPlainTime().toString({ smallestUnit: local.second === 0 ? 'minute' : 'second' });
}
