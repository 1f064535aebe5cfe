/** Somewhere with its own clock: the IANA zone and the name people use for the place. */
export type Place = { zone: string; name: string };

/** One moment on the clock of one place. `date` is '' where it is the same as that of the place before. */
export type MomentInPlace = { date: string; time: string; place: string };

export type FormatOptions = {
  /** The present, in milliseconds: a date more than nine months away gets its year. */
  now: number;
  seconds?: boolean;
  /** The reader's habit; 24 hours where nothing is said. */
  hours?: '24' | '12';
  /** “Today” instead of the date where it is today in that place. */
  today?: boolean;
};

const nineMonths = 274 * 24 * 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();
const formatOf = (zone: string): Intl.DateTimeFormat => {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
};

type WallClock = { weekday: string; year: string; month: string; day: string; hour: string; minute: string; second: string };

const wallClock = (instant: number, zone: string): WallClock =>
  Object.fromEntries(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  ) as WallClock;

const dateText = (wall: WallClock, withYear: boolean) =>
  `${wall.weekday} ${wall.day} ${wall.month}${withYear ? ` ${wall.year.padStart(4, '0')}` : ''}`;

const timeText = ({ hour, minute, second }: WallClock, { seconds = false, hours = '24' }: FormatOptions) => {
  const tail = `${minute}${seconds ? `:${second}` : ''}`;
  if (hours === '24') return `${hour}:${tail}`;
  return `${Number(hour) % 12 || 12}:${tail} ${Number(hour) < 12 ? 'am' : 'pm'}`;
};

/** An instant in milliseconds from what an answer holds: ISO text, a Date or milliseconds. */
export const instantOf = (instant: string | number | Date): number =>
  typeof instant === 'number' ? instant : typeof instant === 'string' ? Date.parse(instant) : instant.getTime();

/**
 * An instant on the clocks of places, the first one's first: `Fri 27 Nov, 17:00 in Montréal · 23:00 in Berlin`.
 * A place whose clock shows the same as the one before is left out; the date comes again only where it differs.
 */
export function momentsInPlaces(instant: string | number | Date, places: Place[], options: FormatOptions): MomentInPlace[] {
  const at = instantOf(instant);
  const withYear = Math.abs(at - options.now) > nineMonths;
  const moments: MomentInPlace[] = [];
  let shown: { date: string; time: string } | undefined;
  for (const { zone, name } of places) {
    const wall = wallClock(at, zone);
    const plainDate = dateText(wall, withYear);
    const isToday = options.today === true && dateText(wallClock(options.now, zone), true) === dateText(wall, true);
    const date = isToday ? 'Today' : plainDate;
    const time = timeText(wall, options);
    if (shown?.date === plainDate && shown.time === time) continue;
    moments.push({ date: shown?.date === plainDate ? '' : date, time, place: name });
    shown = { date: plainDate, time };
  }
  return moments;
}

/** The same as one line of text. */
export const formatInZones = (instant: string | number | Date, places: Place[], options: FormatOptions): string =>
  momentsInPlaces(instant, places, options)
    .map(({ date, time, place }) => `${date === '' ? '' : `${date}, `}${time} in ${place}`)
    .join(' · ');

/** A calendar date without a clock, `2026-11-27`, as `Fri 27 Nov`; with the year where it is more than nine months away. */
export const formatDay = (date: string, options: { now: number }): string => {
  const at = Date.parse(`${date}T12:00:00Z`);
  return dateText(wallClock(at, 'UTC'), Math.abs(at - options.now) > nineMonths);
};

/** How long until or since, in the two largest units: `1 day 13 hours`, `19 hours`, `less than a minute`. */
export const formatSpan = (milliseconds: number): string => {
  const minutes = Math.floor(Math.abs(milliseconds) / 60_000);
  const counted = (count: number, unit: string) => (count === 0 ? '' : `${count} ${unit}${count === 1 ? '' : 's'}`);
  const days = Math.floor(minutes / 1_440);
  const hours = Math.floor(minutes / 60) % 24;
  if (days >= 14) return counted(days, 'day');
  if (days > 0) return [counted(days, 'day'), counted(hours, 'hour')].filter(Boolean).join(' ');
  if (hours > 0) return [counted(hours, 'hour'), counted(minutes % 60, 'minute')].filter(Boolean).join(' ');
  return counted(minutes, 'minute') || 'less than a minute';
};

/** The name of a zone's city, where nobody gave the place a name: `America/Sao_Paulo` is Sao Paulo. */
export const zoneCity = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
