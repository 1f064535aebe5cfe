import { formatInZones, type Place } from './format-in-zones.ts';

/** A moment as people say it: date `2026-11-27`, time `17:00`, in a zone. */
export type LocalMoment = { date: string; time: string; zone: string };

/** `gap`: the clock jumps over this time. `overlap`: it comes twice. */
export type ResolvedMoment = { instant: number; kind: 'plain' | 'gap' | 'overlap' };

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the clock of a zone is ahead of UTC at an instant, in milliseconds. */
const offsetAt = (instant: number, zone: string): number => {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)])) as Record<string, number>;
  const wall = Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second);
  return wall - Math.floor(instant / 1_000) * 1_000;
};

/**
 * The instant of a local moment, read as `Temporal`'s `compatible` does: a time that comes twice is its first, a time that the clock
 * jumps over is moved on by the length of the jump. Null while date or time are incomplete or the zone is unknown.
 */
export function resolveLocalMoment({ date, time, zone }: LocalMoment): ResolvedMoment | null {
  const wall = /^\d{4}-\d\d-\d\d$/.test(date) && /^\d\d:\d\d(:\d\d)?$/.test(time) ? Date.parse(`${date}T${time}Z`) : Number.NaN;
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(date)) return null;
  try {
    const day = 24 * 3_600_000;
    const before = offsetAt(wall - day, zone);
    const after = offsetAt(wall + day, zone);
    const fits = [...new Set([before, after])]
      .map((offset) => wall - offset)
      .filter((instant) => offsetAt(instant, zone) === wall - instant);
    if (fits.length === 0) return { instant: wall - before, kind: 'gap' };
    return { instant: Math.min(...fits), kind: fits.length === 1 ? 'plain' : 'overlap' };
  } catch {
    return null;
  }
}

/** What to say about a time that does not exist or comes twice; null where nothing is to be said. */
export function localMomentNote(moment: LocalMoment, place: Place, now: number): string | null {
  const resolved = resolveLocalMoment(moment);
  if (resolved === null || resolved.kind === 'plain') return null;
  const said = formatInZones(resolved.instant, [place], { now });
  if (resolved.kind === 'gap') {
    return `${moment.time} does not exist in ${place.name} on that day: the clock is put forward. It becomes ${said}.`;
  }
  return `${moment.time} comes twice in ${place.name} on that day: the clock is put back. The first of the two counts.`;
}
