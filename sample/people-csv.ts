import { foldLetters, writeCsv } from '../server/platform/tabular/index.ts';
import { romanised } from './names.ts';
import type { SamplePerson } from './sample-people.ts';

/** Who of the list leaves: the index of the person, and their last working day (ISO date). */
export type Leavers = ReadonlyMap<number, string>;

/** The people as a payroll system exports them: UTF-8, commas, ISO dates. Leavers are on it with their last day, or, with `omitLeavers`, not at all. */
export function peopleCsv(people: SamplePerson[], leavers: Leavers = new Map(), options: { omitLeavers?: boolean } = {}): Uint8Array {
  const headings = [
    'Employee number',
    'Given name',
    'Family name',
    'Preferred name',
    'Job title',
    'Employment type',
    'Department',
    'Location',
    'Time zone',
    'Country',
    'Manager email',
    'Cost centre',
    'Work email',
    'Personal email',
    'Start date',
    'Leave from',
    'Leave until',
    ...(options.omitLeavers ? [] : ['Last working day']),
  ];
  return writeCsv(headings, rows());

  function* rows() {
    for (const [index, person] of people.entries()) {
      if (options.omitLeavers && leavers.has(index)) continue;
      const row = [
        person.number,
        person.givenName,
        person.familyName,
        person.preferredName,
        person.title,
        person.employmentType,
        person.department,
        person.place,
        person.timeZone,
        person.country,
        managerOf(people, person, options.omitLeavers ? leavers : new Map()),
        person.costCentre,
        person.workAddress,
        person.personalAddress,
        person.startDate,
        person.leaveFrom,
        person.leaveUntil,
      ];
      yield options.omitLeavers ? row : [...row, leavers.get(index) ?? null];
    }
  }
}

/** The same list as a German payroll office exports it: Windows-1252, semicolons, days as 27.11.2026, a line break of its own. */
export function germanPeopleCsv(people: SamplePerson[], leavers: Leavers = new Map()): Uint8Array {
  const lines = [
    'Personalnummer;Nachname;Vorname;Stellenbezeichnung;Abteilung;Standort;Zeitzone;Personalnummer Vorgesetzter;E-Mail dienstlich;Eintrittsdatum;Letzter Arbeitstag',
    ...people.map((person, index) =>
      [
        person.number,
        person.familyName ?? '',
        person.givenName,
        person.title,
        person.department,
        person.place,
        person.timeZone,
        person.manager === null ? '' : people[person.manager]!.number,
        person.workAddress,
        germanDay(person.startDate),
        germanDay(leavers.get(index) ?? ''),
      ].join(';'),
    ),
  ];
  return windows1252(`${lines.join('\r\n')}\r\n`);
}

// Somebody whose manager is not on the list reports to the next one above who is.
function managerOf(people: SamplePerson[], person: SamplePerson, gone: Leavers): string | null {
  for (let at = person.manager; at !== null; at = people[at]!.manager) if (!gone.has(at)) return people[at]!.workAddress;
  return null;
}

const germanDay = (day: string) => day.split('-').reverse().join('.');

const letters = new Map(
  [...new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))].map((letter, byte) => [letter, byte]),
);

/** The bytes of a text in Windows-1252. What it cannot write loses its marks, or is written in Latin letters. */
function windows1252(text: string): Uint8Array {
  const latin = text.replaceAll(/\p{Script=Han}+/gu, (name) => capital(romanised[name] ?? '?'));
  const bytes = [...latin].flatMap((letter) => {
    const byte = letters.get(letter);
    if (byte !== undefined) return [byte];
    const bare = [...foldLetters(letter)].map((each) => letters.get(each) ?? 0x3f);
    return letter === letter.toLowerCase()
      ? bare
      : bare.map((each, index) => (index === 0 && each >= 0x61 && each <= 0x7a ? each - 0x20 : each));
  });
  return Uint8Array.from(bytes);
}

const capital = (name: string) => name[0]!.toUpperCase() + name.slice(1);
