import { foldLetters } from '../../platform/tabular/index.ts';
import { windowsZone } from './windows-zones.ts';

const zones = Intl.supportedValuesOf('timeZone');
const byKey = new Map<string, string>(zones.map((zone) => [zone.toLowerCase(), zone]));
const byCity = new Map<string, string[]>();
for (const zone of zones) {
  if (!zone.includes('/')) continue;
  const city = key(zone.slice(zone.lastIndexOf('/') + 1));
  byCity.set(city, [...(byCity.get(city) ?? []), zone]);
}

const cache = new Map<string, { zone: string } | { problem: string; suggestion: string | null }>();

/** An IANA zone from its name in any case, a Windows name, or a city that names one zone alone; else a problem, with the nearest name if one is near. */
export function recogniseZone(text: string): { zone: string } | { problem: string; suggestion: string | null } {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const found = find(text);
  if (cache.size < 5000) cache.set(text, found);
  return found;
}

function find(text: string) {
  const bare = text
    .replace(/\(?\b(?:UTC|GMT)\s*[+-−–±]?\s*\d{1,2}:?\d{0,2}\)?/gi, '')
    .trim()
    .replace(/\s*\/\s*/g, '/')
    .replace(/ +/g, (space) => (text.includes('/') ? '_' : space));
  const exact = byKey.get(bare.toLowerCase()) ?? windowsZone(bare) ?? linked(bare) ?? withoutRemark(bare);
  if (exact !== undefined) return { zone: exact };
  const cities = byCity.get(key(bare.slice(bare.lastIndexOf('/') + 1)));
  if (cities?.length === 1 && !bare.includes('/')) return { zone: cities[0] as string };
  const suggestion = cities?.[0] ?? nearest(bare);
  const shown = `"${text.trim()}"`;
  if (bare === '' || /^[+-]?\d/.test(bare)) {
    return {
      problem: `${shown} is an offset and no zone: it does not know when clocks change. Write a name such as Europe/Berlin.`,
      suggestion: null,
    };
  }
  const mend = suggestion === null ? 'Write a name such as Europe/Berlin.' : `Did you mean ${suggestion}?`;
  return { problem: `${shown} is no time zone we know. ${mend}`, suggestion };
}

/** "Europe/Berlin (CET)" → Europe/Berlin. */
function withoutRemark(name: string): string | undefined {
  const bare = name.replace(/[\s_]*\([^)]*\)$/, '');
  return bare === name ? undefined : byKey.get(bare.toLowerCase());
}

/** Older names that are links to a zone of today, such as Asia/Calcutta. Abbreviations (EST, CET) are none: they tell no place. */
function linked(name: string): string | undefined {
  if (!/^[A-Za-z]+\/[A-Za-z_/+-]+$/.test(name) || /^etc\//i.test(name)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return undefined;
  }
}

function key(text: string): string {
  return foldLetters(text).replace(/[^a-z]/g, '');
}

function nearest(text: string): string | null {
  const wanted = key(text);
  if (wanted.length < 4) return null;
  let best: { zone: string; distance: number } | null = null;
  for (const zone of zones) {
    for (const name of [key(zone), key(zone.slice(zone.lastIndexOf('/') + 1))]) {
      if (Math.abs(name.length - wanted.length) > 3) continue;
      const distance = editDistance(name, wanted);
      if (best === null || distance < best.distance) best = { zone, distance };
    }
  }
  return best !== null && best.distance <= Math.max(1, Math.floor(wanted.length / 5)) ? best.zone : null;
}

function editDistance(one: string, other: string): number {
  let line = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = (line[j - 1] as number) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(change, (line[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    line = next;
  }
  return line[other.length] as number;
}
