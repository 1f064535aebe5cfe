/** Why a local time is not simply itself: `gap`, it does not exist that day; `overlap`, it comes twice. `words` say which is used. */
export type LocalTimeNote = { kind: 'gap' | 'overlap'; words: string };

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * The instant of a local date and time in a zone, by Temporal's `compatible` reading (ECMA-262 Temporal; RFC 5545 section 3.3.5): a time that
 * does not exist moves forward by the length of the gap, of a time that comes twice the first is taken.
 *
 * @param zone IANA name
 * @param place how people call the zone; by default the city in its name
 */
export function localInstant(
  local: Temporal.PlainDateTime,
  zone: string,
  place = placeOf(zone),
): { instant: Temporal.Instant; note: LocalTimeNote | null } {
  const chosen = local.toZonedDateTime(zone, { disambiguation: 'compatible' });
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' });
  const instant = chosen.toInstant();
  if (earlier.toInstant().equals(later.toInstant())) return { instant, note: null };
  const day = dayWords(local.toPlainDate());
  if (earlier.toPlainDateTime().equals(local)) {
    const words = `${clockWords(local)} comes twice in ${place} on ${day}, because the clocks go back. The first is used, ${utcWords(earlier)}; the second would be ${utcWords(later)}.`;
    return { instant, note: { kind: 'overlap', words } };
  }
  const words = `${clockWords(local)} does not exist in ${place} on ${day}, because the clocks go forward. ${clockWords(chosen)} is used.`;
  return { instant, note: { kind: 'gap', words } };
}

/** `Fri 27 Nov 2026, 17:00 in Montreal`. Seconds are shown where asked for. */
export function instantWords(instant: Temporal.Instant, zone: string, options: { place?: string; seconds?: boolean } = {}): string {
  const local = instant.toZonedDateTimeISO(zone);
  const seconds = options.seconds ? `:${two(local.second)}` : '';
  return `${dayWords(local.toPlainDate())}, ${clockWords(local)}${seconds} in ${options.place ?? placeOf(zone)}`;
}

/** `Fri 27 Nov 2026`. */
export const dayWords = (date: Temporal.PlainDate): string =>
  `${weekdays[date.dayOfWeek - 1]} ${date.day} ${months[date.month - 1]} ${date.year}`;

/** The city of an IANA zone name: `Europe/Berlin` is Berlin. */
export const placeOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

const clockWords = (local: { hour: number; minute: number }) => `${two(local.hour)}:${two(local.minute)}`;
const utcWords = (local: Temporal.ZonedDateTime) => `${clockWords(local.toInstant().toZonedDateTimeISO('UTC'))} UTC`;
const two = (value: number) => String(value).padStart(2, '0');
