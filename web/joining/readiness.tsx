import { numberWord } from '../design/number-word.ts';
import { StatusChip } from '../design/status-chip.tsx';
import type { StatusKind } from '../design/status-kind.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import classes from './joining.module.css';
import { isOff, type JoiningRow } from './joining-groups.ts';
import { placeOfJoiner } from './place-of-joiner.ts';

type Ready = Pick<JoiningRow, 'status' | 'outcome' | 'startsAt' | 'readiness'>;

type Opening = Ready & Pick<JoiningRow, 'opensAt' | 'zone' | 'place'>;

const aDay = 86_400_000;

/** How ready somebody is, in a word with its shape: what is missing becomes wrong on the day before. */
export function readinessStatus(row: Ready, now: number): { kind: StatusKind; word: string } {
  if (isOff(row)) return { kind: 'decided', word: Date.parse(row.startsAt) <= now ? 'Did not come' : 'Does not come' };
  const paused = row.status === 'paused' ? ', paused' : '';
  if (row.readiness === null) return { kind: 'working', word: 'Over' };
  const { state, missing } = row.readiness;
  if (state === 'ready') return { kind: 'good-read', word: `Ready${paused}` };
  if (state === 'not-ready') {
    const near = Date.parse(row.startsAt) - now < aDay;
    return { kind: near ? 'wrong' : 'waiting', word: `Not ready: ${missing.length} missing${paused}` };
  }
  if (state === 'not-yet') return { kind: 'planned', word: `Not yet${paused}` };
  return { kind: 'unknown', word: `Not known${paused}` };
}

/** The status with what is missing below it: what, why, who can mend it. */
export function Readiness({ row, now, most = 2 }: { row: Opening; now: number; most?: number }) {
  const { kind, word } = readinessStatus(row, now);
  return (
    <>
      <StatusChip kind={kind}>{word}</StatusChip>
      {row.readiness?.state === 'not-yet' && row.opensAt !== null && (
        <p className="gc-small">
          Accounts open <ZonedTime instant={row.opensAt} place={placeOfJoiner(row)} />
        </p>
      )}
      <MissingThings row={row} most={most} />
    </>
  );
}

/** What is missing, a few of it. */
export function MissingThings({ row, most = 2 }: { row: Ready; most?: number }) {
  const missing = row.readiness?.missing ?? [];
  if (isOff(row) || missing.length === 0) return null;
  const more = missing.length - most;
  return (
    <ul className={classes.missing}>
      {missing.slice(0, most).map(({ what, why, who }) => (
        <li key={what}>
          <b>{what}</b>: {sentence(why)}
          {whoWords(why, who)}
        </li>
      ))}
      {more > 0 && <li>{numberWord(more)} more.</li>}
    </ul>
  );
}

/** Who can mend it, unless the reason names them already. */
export const whoWords = (why: string, who: string | null): string => (who === null || why.includes(who) ? '' : ` ${who} can mend it.`);

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** What they answered on the first morning or since, in a word with its shape; null where it has not come. Who `waited` for something did not have everything from the start. */
export function firstMorningStatus(
  row: Pick<JoiningRow, 'firstMorning' | 'startsAt' | 'status' | 'outcome'>,
  now: number,
  waited: boolean,
): { kind: StatusKind; word: string } | null {
  const { firstMorning, startsAt } = row;
  if (isOff(row) || Date.parse(startsAt) > now) return null;
  if (firstMorning === 'everything') return { kind: 'good-vouched', word: waited ? 'Has everything now' : 'Had everything' };
  if (firstMorning === 'something-missing') return { kind: 'wrong', word: 'Something was missing' };
  return { kind: 'waiting', word: 'Has not answered yet' };
}
