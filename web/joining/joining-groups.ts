import type { Group } from '../design/group-rows.ts';
import { numberWord } from '../design/number-word.ts';
import type { OutputOf } from '../shell/call.ts';

export type JoiningRow = OutputOf<'listJoining'>['rows'][number];

export const joiningGroups: Group[] = [
  { key: 'week', heading: 'Within a week' },
  { key: 'later', heading: 'Later' },
  { key: 'started', heading: 'Started' },
  { key: 'off', heading: 'Do not come' },
];

const aDay = 86_400_000;
const lately = 30 * aDay;

const dayIn = (instant: number, zone: string) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);

/** The same day a week later, `2026-11-29`: on a Friday whoever starts on Monday is near. */
const weekAfter = (day: string): string => new Date(Date.parse(`${day}T12:00:00Z`) + 7 * aDay).toISOString().slice(0, 10);

/** Whether somebody does not come after all. */
export const isOff = ({ status, outcome }: Pick<JoiningRow, 'status' | 'outcome'>): boolean =>
  outcome === 'no-show' || status === 'cancelled' || status === 'rescinded';

type Dated = Pick<JoiningRow, 'status' | 'outcome' | 'startsAt' | 'startOn' | 'zone'>;

/** The group of a hire by its first morning, on their own clock; null where it belongs on the board no more. */
export function joiningGroup(row: Dated, now: number): 'week' | 'later' | 'started' | 'off' | null {
  const begins = Date.parse(row.startsAt);
  const isOver = now - begins > lately;
  if (isOff(row)) return isOver ? null : 'off';
  if (begins <= now) return isOver && row.status !== 'running' && row.status !== 'paused' ? null : 'started';
  return row.startOn <= weekAfter(dayIn(now, row.zone)) ? 'week' : 'later';
}

/** Soonest first; who has started behind them, the newest first. */
export const bySoonest =
  (now: number) =>
  (a: JoiningRow, b: JoiningRow): number => {
    const [comes, otherComes] = [a, b].map(({ startsAt }) => Date.parse(startsAt) > now);
    if (comes !== otherComes) return comes ? -1 : 1;
    return comes ? a.startsAt.localeCompare(b.startsAt) : b.startsAt.localeCompare(a.startsAt);
  };

const counted = (count: number, one: string, many: string) => `${numberWord(count)} ${count === 1 ? one : many}`;

/** The sentence of the whole: who starts, and who would not have everything. */
export function joiningTitle(rows: JoiningRow[], now: number): string {
  const of = (key: string) => rows.filter((row) => joiningGroup(row, now) === key);
  const coming = [...of('week'), ...of('later')];
  if (coming.length === 0) {
    const waiting = of('started').filter(({ readiness }) => readiness?.state === 'not-ready').length;
    return waiting === 0
      ? 'Nobody is about to start.'
      : `Nobody is about to start. ${counted(waiting, 'person who started lacks', 'people who started lack')} something.`;
  }
  const [week, later] = [of('week').length, of('later').length];
  const starts =
    week === 0
      ? `${counted(later, 'person starts', 'people start')} in more than a week.`
      : `${counted(week, 'person starts', 'people start')} within a week${later === 0 ? '' : `, ${numberWord(later).toLowerCase()} later`}.`;
  const unready = coming.filter(({ readiness }) => readiness?.state === 'not-ready').length;
  return unready === 0 ? starts : `${starts} ${counted(unready, 'is not ready', 'are not ready')}.`;
}
