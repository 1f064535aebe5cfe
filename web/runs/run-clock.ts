import { formatSpan, momentsInPlaces, type Place } from '../design/format-in-zones.ts';

const wall = (instant: number, zone: string): number =>
  Date.parse(`${new Date(instant).toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T')}Z`);

/** How far the clock of `theirs` is ahead of `mine` then, in milliseconds; negative: behind. */
export const clockDifference = (mine: Place, theirs: Place, instant: number): number =>
  wall(instant, theirs.zone) - wall(instant, mine.zone);

/** “Berlin is 4 hours 30 minutes behind.”, or null where both clocks show the same. */
export function differenceWords(of: Place, to: Place, instant: number): string | null {
  const difference = clockDifference(to, of, instant);
  if (difference === 0) return null;
  return `${of.name} is ${formatSpan(difference)} ${difference < 0 ? 'behind' : 'ahead'}.`;
}

/** The same inside a sentence, where a day that is today is no name. */
export const inSentence = (words: string): string => words.replace(/^Today/, 'today');

/** The clock of a step: the time alone on the day that its heading names, with the day elsewhere; “Today” where it is. */
export function atWords(
  instant: string | number,
  place: Place,
  options: { now: number; hours: '24' | '12'; seconds?: boolean; today?: boolean; onDayOf?: string },
): string {
  const [moment] = momentsInPlaces(instant, [place], options);
  if (moment === undefined) return '';
  const [headed] = options.onDayOf === undefined ? [] : momentsInPlaces(options.onDayOf, [place], { now: options.now });
  if (headed?.date === momentsInPlaces(instant, [place], { now: options.now })[0]?.date) return moment.time;
  return `${moment.date}, ${moment.time}`;
}
