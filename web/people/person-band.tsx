import { type BandDate, DateBand } from '../design/date-band.tsx';
import { formatDay, formatSpan } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { StatusChip } from '../design/status-chip.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { type Person, placeOf } from './words.ts';

type Dated = BandDate & { order: string };

/** The dates of a person as a line through *Now*. Who simply works here has none. */
export function PersonBand({ person, told }: { person: Person; told: string | null }) {
  const now = useNow();
  const quiet = person.status === 'working' && person.lastWorkingDay === null && person.legalEnd === null;
  if (quiet || person.erasedAt !== null) return null;
  const place = placeOf(person);
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: place.zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
  const day = (key: string, name: string, date: string | null, note?: string): Dated[] =>
    date === null
      ? []
      : [
          {
            key,
            order: `${date}T${key === 'start' ? '00' : '23'}`,
            kind: date < today ? 'good-vouched' : 'planned',
            past: date <= today,
            today: date === today,
            name,
            when: date === today ? `Today, ${formatDay(date, { now })}` : formatDay(date, { now }),
            note,
          },
        ];
  const moment = (key: string, name: string, instant: string | null): Dated[] =>
    instant === null
      ? []
      : [
          {
            key,
            order: localOrder(instant, place.zone),
            kind: Date.parse(instant) <= now ? 'good-vouched' : 'planned',
            past: Date.parse(instant) <= now,
            main: key === 'cut-off',
            name,
            when: <ZonedTime instant={instant} place={place} />,
          },
        ];
  const dates = [
    ...day('start', 'Start', person.startDate),
    ...moment('told', 'Told', told),
    ...day('leave-from', 'Away from', person.leaveFrom),
    ...day('leave-until', 'Away until', person.leaveUntil),
    ...day('last', 'Last working day', person.lastWorkingDay),
    ...moment('cut-off', 'Access cut-off', person.cutOffAt),
    ...day('legal', 'Legal end', person.legalEnd, 'end of the day there'),
  ].sort((a, b) => (a.past === b.past ? a.order.localeCompare(b.order) : a.past ? -1 : 1));
  return <DateBand title={titleOf(person, now)} lede={<Lede person={person} />} status={<Status person={person} />} dates={dates} />;
}

const localOrder = (instant: string, zone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
    .format(Date.parse(instant))
    .replace(' ', 'T');

function titleOf(person: Person, now: number): string {
  if (person.status === 'left') return `${person.givenName} has left`;
  if (person.cutOffAt !== null) return `Access closes in ${formatSpan(Date.parse(person.cutOffAt) - now)}`;
  if (person.lastWorkingDay !== null) return `The last working day is ${formatDay(person.lastWorkingDay, { now })}`;
  if (person.status === 'joining' && person.startDate !== null) return `Starts on ${formatDay(person.startDate, { now })}`;
  if (person.status === 'away')
    return person.leaveUntil === null ? 'Away, without an end yet' : `Away until ${formatDay(person.leaveUntil, { now })}`;
  return 'The dates';
}

function Lede({ person }: { person: Person }) {
  const instant = person.cutOffAt ?? person.leftAt;
  if (person.status === 'left' && person.departureWords !== null) return <>{person.departureWords}.</>;
  if (instant === null) return null;
  if (person.cutOffAt === null) return <>Counts as left when that day ends in {placeOf(person).name}.</>;
  return <ZonedTime instant={instant} place={placeOf(person)} strong />;
}

const chips = {
  left: ['good-vouched', 'Left'],
  leaving: ['waiting', 'Leaving'],
  joining: ['starts', 'Starts soon'],
  away: ['away', 'Away'],
  working: ['working', 'Working'],
} as const;

function Status({ person }: { person: Person }) {
  const [kind, word] = chips[person.status];
  return (
    <StatusChip kind={kind} alone>
      {word}
    </StatusChip>
  );
}
