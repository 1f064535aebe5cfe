import { numberWord } from '../design/number-word.ts';
import type { OutputOf } from '../shell/call.ts';
import { isOff } from './joining-groups.ts';

export type Joiner = OutputOf<'getJoining'>;
export type JoinerStep = Joiner['steps'][number];
export type JoinerLine = Joiner['lines'][number];
export type JoinerMilestone = Joiner['milestones'][number];

/** What the page of a joiner may open above itself. */
export type JoinerDialogKind =
  | { kind: 'move' }
  | { kind: 'no-show' }
  | { kind: 'welcome' }
  | { kind: 'pause' }
  | { kind: 'step'; step: JoinerStep }
  | { kind: 'reached'; milestone: JoinerMilestone };

export type OpenJoinerDialog = (dialog: JoinerDialogKind) => void;

export const hasStarted = ({ startsAt }: Pick<Joiner, 'startsAt'>, now: number): boolean => Date.parse(startsAt) <= now;

export const isGoingOn = ({ status }: Pick<Joiner, 'status'>): boolean => status === 'running' || status === 'paused';

/** What somebody has to do is not done, what should be there is missing. */
export const missingWord = ({ appId }: Pick<JoinerLine, 'appId'>): string => (appId === null ? 'Not done' : 'Missing');

/** What is not there; from the first morning on also what was not begun. */
export const missingLines = ({ lines, startsAt }: Pick<Joiner, 'lines' | 'startsAt'>, now: number): JoinerLine[] =>
  lines.filter(({ state }) => state === 'not-ready' || (state === 'not-yet' && Date.parse(startsAt) <= now));

/** “Amara Nwosu starts on Mon 30 Nov. Two things are missing.” */
export function joinerHeadline(joiner: Joiner, now: number, day: string): string {
  const { person, readiness, firstMorning } = joiner;
  if (isOff(joiner)) return hasStarted(joiner, now) ? `${person} did not come.` : `${person} does not come.`;
  const missing = missingLines(joiner, now).length;
  const things = missing === 1 ? 'One thing is missing.' : `${numberWord(missing)} things are missing.`;
  if (!hasStarted(joiner, now)) {
    const starts = `${person} starts on ${day}.`;
    if (readiness.state === 'ready') return `${starts} Everything is ready.`;
    if (readiness.state === 'not-ready') return `${starts} ${things}`;
    return readiness.state === 'not-yet' ? `${starts} It is too early to tell.` : `${starts} Not everything could be read.`;
  }
  const started = `${person} started on ${day}.`;
  if (missing > 0) return `${started} ${things}`;
  if (firstMorning !== 'everything') return started;
  return joiner.lost.length === 0 ? `${started} Everything was there.` : `${started} Everything is there now.`;
}

/** How soon the page looks again, in seconds; undefined once nothing changes by itself. */
export function joinerLookSeconds(joiner: Joiner, now: number): number | undefined {
  if (!isGoingOn(joiner)) return undefined;
  const isBusy = joiner.steps.some(({ status }) => status === 'working');
  return isBusy || Math.abs(Date.parse(joiner.startsAt) - now) < 3_600_000 ? 4 : 20;
}
