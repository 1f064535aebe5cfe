/** Somewhere with its own clock: the IANA zone and the name people use for the place. */
export type Place = { zone: string; name: string };

const nineMonthsInHours = 274 * 24;
const day = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
const nearDay = new Intl.DateTimeFormat('en-GB', day);
const farDay = new Intl.DateTimeFormat('en-GB', { ...day, year: 'numeric' });

/** The place of a zone: `America/Sao_Paulo` is Sao Paulo. */
export const zoneCity = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');

/** An instant on the clock of a place, for mail: `Fri 27 Nov, 17:00 in Montréal`. More than nine months from `now` the year stands too. */
export function zonedWords(instant: Temporal.Instant, place: Place, now: Temporal.Instant): string {
  const local = instant.toZonedDateTimeISO(place.zone);
  const far = Math.abs(now.until(instant).total('hours')) > nineMonthsInHours;
  const words = (far ? farDay : nearDay)
    .format(Date.UTC(local.year, local.month - 1, local.day))
    .replace(',', '')
    .replace('Sept', 'Sep');
  return `${words}, ${local.toPlainTime().toString({ smallestUnit: 'minute' })} in ${place.name}`;
}
