import { formatDay, type Place, zoneCity } from '../design/format-in-zones.ts';
import type { StatusKind } from '../design/status-kind.ts';
import type { OutputOf } from '../shell/call.ts';

export type PersonLine = OutputOf<'listPeople'>['rows'][number];
export type Person = OutputOf<'getPerson'>;
export type PeopleImport = OutputOf<'getPeopleImport'>;
export type ImportLine = OutputOf<'listPeopleImportRows'>['rows'][number];

const grouped = new Intl.NumberFormat('en');

/** “1 person”, “1,204 people”. */
export const counted = (count: number, one: string, many: string): string => `${grouped.format(count)} ${count === 1 ? one : many}`;

/** The place whose clock a person's times are shown on. */
export const placeOf = ({ timeZone, place }: { timeZone: string; place: string | null }): Place => ({
  zone: timeZone,
  name: place ?? zoneCity(timeZone),
});

/** The calendar day of an instant in a zone; an instant at midnight ends the day before. */
export function lastDay(instant: string, zone: string): string {
  const before = new Date(Date.parse(instant) - 1);
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(before);
}

/** How somebody stands, in a word with its shape. */
export function personStatus(person: PersonLine, now: number): { kind: StatusKind; word: string } {
  const day = (date: string | null) => (date === null ? '' : ` ${formatDay(date, { now })}`);
  const end = person.leftAt === null ? null : lastDay(person.leftAt, person.timeZone);
  switch (person.status) {
    case 'left':
      return person.canStillSignIn
        ? { kind: 'wrong', word: `Left${day(end)}, can still sign in` }
        : { kind: 'working', word: `Left${day(end)}` };
    case 'leaving':
      return { kind: 'waiting', word: `Leaving${day(end)}` };
    case 'joining':
      return { kind: 'starts', word: `Starts${day(person.startDate)}` };
    case 'away':
      return { kind: 'away', word: person.leaveUntil === null ? 'Away' : `Away until${day(person.leaveUntil)}` };
    case 'working':
      return { kind: 'working', word: 'Working' };
  }
}

export const employmentTypes = ['employee', 'contractor', 'intern', 'working student', 'freelancer', 'temporary', 'apprentice'] as const;

export const employmentWord = (type: string): string => `${type[0]?.toUpperCase()}${type.slice(1)}`;

export const importStatus: Record<PeopleImport['status'], { kind: StatusKind; word: string }> = {
  preview: { kind: 'waiting', word: 'Waits for your word' },
  held: { kind: 'waiting', word: 'Held, nobody was changed' },
  running: { kind: 'planned', word: 'Being taken in' },
  done: { kind: 'good-read', word: 'Taken in' },
  failed: { kind: 'wrong', word: 'Could not be taken in' },
  discarded: { kind: 'decided', word: 'Discarded' },
};
