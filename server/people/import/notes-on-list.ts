import { foldLetters } from '../../platform/tabular/index.ts';
import { placeOfZone } from '../cut-off-instant.ts';
import type { PersonRecord } from './person-record.ts';
import type { UnknownWord } from './read-people-rows.ts';
import { recogniseZone } from './recognise-zone.ts';
import type { UnusedEnd } from './unused-ends.ts';

const most = 12;

/** Cities that name no zone of their own, for suggestions only. */
const cities = new Map(
  Object.entries({
    'America/Los_Angeles': 'san francisco|sf|san jose|palo alto|mountain view|oakland|seattle|san diego|sacramento|las vegas',
    'America/New_York': 'nyc|boston|washington|washington dc|miami|atlanta|philadelphia|pittsburgh|charlotte|baltimore|brooklyn',
    'America/Chicago': 'austin|dallas|houston|minneapolis|st louis|nashville',
    'America/Toronto': 'montreal|ottawa|quebec',
    'Europe/Berlin':
      'munich|muenchen|munchen|hamburg|cologne|koeln|koln|frankfurt|frankfurt am main|stuttgart|dusseldorf|duesseldorf|leipzig|dresden|hannover|nuremberg|nurnberg|bonn|karlsruhe|mannheim|bremen',
    'Europe/London': 'manchester|edinburgh|glasgow|bristol|leeds|birmingham|oxford',
    'Europe/Lisbon': 'porto|braga|coimbra',
    'Europe/Madrid': 'barcelona|valencia|sevilla|seville|malaga|bilbao',
    'Europe/Paris': 'lyon|marseille|toulouse|lille|nantes|bordeaux',
    'Europe/Rome': 'milan|milano|turin|torino|naples|napoli|bologna',
    'Europe/Zurich': 'geneva|geneve|genf|basel|bern|lausanne',
    'Europe/Vienna': 'graz|linz|salzburg|wien',
    'Europe/Amsterdam': 'rotterdam|utrecht|eindhoven|the hague|den haag',
    'Europe/Brussels': 'antwerp|ghent|gent',
    'Europe/Warsaw': 'krakow|wroclaw|gdansk|poznan|lodz',
    'Asia/Kolkata': 'bangalore|bengaluru|mumbai|delhi|new delhi|hyderabad|pune|chennai|gurgaon|noida',
    'Asia/Shanghai': 'beijing|shenzhen|guangzhou|hangzhou',
    'Asia/Tokyo': 'osaka|kyoto',
    'Asia/Jerusalem': 'tel aviv|haifa',
    'Australia/Sydney': 'canberra',
    'America/Sao_Paulo': 'rio de janeiro|campinas',
    'Africa/Johannesburg': 'cape town|durban|pretoria',
  }).flatMap(([zone, names]) => names.split('|').map((name) => [name, zone] as const)),
);

/** The zone that the name of a place suggests: "San Francisco, CA" → America/Los_Angeles; null when nothing is near. */
export function suggestedZone(place: string): string | null {
  for (const part of [place, ...place.split(/[,/()–-]/)]) {
    const name = foldLetters(part)
      .replace(/\b(?:office|buero|buro|hq|headquarters|zentrale|standort|branch)\b/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    const known = cities.get(name);
    if (known !== undefined) return known;
    const found = name === '' ? { problem: '' } : recogniseZone(name);
    if ('zone' in found) return found.zone;
  }
  return null;
}

/** What the preview of a list says and asks beside its rows: words and columns that are not read, and places whose clock is not known. */
export function notesOnList(about: {
  records: PersonRecord[];
  unknown: UnknownWord[];
  ends: UnusedEnd[];
  zoneOfLocation: ReadonlyMap<string, string>;
  defaultTimeZone: string;
}): string[] {
  const ends = about.ends.map(({ heading, notice }) =>
    notice
      ? `The column "${heading}" says when notice was given and is not used. Who leaves when has to stand in a column of its own.`
      : `The column "${heading}" holds dates and speaks of an end, and is not used. Who is past it is asked about. Say below what it holds.`,
  );
  const words = about.unknown.map(({ field, value, rows, mend }) => {
    const where = `${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}`;
    return field === 'status'
      ? `The status "${value}" (${where}) is not known and was left open. ${mend}`
      : `${mend} (${where}; the zone was left open.)`;
  });
  return [...ends, ...shortened(words), ...placeNotes(about)];
}

function placeNotes({ records, zoneOfLocation, defaultTimeZone }: Parameters<typeof notesOnList>[0]): string[] {
  const open = new Map<string, string>();
  for (const { location, timeZone } of records)
    if (location !== undefined && timeZone === undefined && !zoneOfLocation.has(location.toLowerCase()))
      open.set(location.toLowerCase(), location);
  const here = `${placeOfZone(defaultTimeZone)}, the zone of this list`;
  const elsewhere: string[] = [];
  const nowhere: string[] = [];
  for (const place of open.values()) {
    const zone = suggestedZone(place);
    if (zone === null) nowhere.push(place);
    else if (zone !== defaultTimeZone)
      elsewhere.push(
        `The location ${place} has no time zone: days there would end in ${here}. Is it ${zone}? Say so under Places, or in a column of the list.`,
      );
  }
  const shown = nowhere.slice(0, most).join(', ') + (nowhere.length > most ? ', …' : '');
  const rest =
    nowhere.length === 0 ? [] : [`No time zone is known for ${shown}: days there end in ${here}. Say so under Places where it is another.`];
  return [...shortened(elsewhere), ...rest];
}

const shortened = (notes: string[]): string[] =>
  notes.length <= most ? notes : [...notes.slice(0, most), `And ${(notes.length - most).toLocaleString('en-US')} more like the last one.`];
