import { numberWord } from '../design/number-word.ts';
import type { OutputOf } from '../shell/call.ts';

export type JoiningReport = OutputOf<'joiningReport'>;
export type MilestoneTimes = JoiningReport['milestones'][number];
type Cause = JoiningReport['causes'][number]['cause'];

export const spans = [
  { key: '90-days', label: 'The last 90 days', words: 'in the last 90 days' },
  { key: 'year', label: 'The last year', words: 'in the last year' },
  { key: 'all', label: 'All', words: 'so far' },
] as const;
export type Span = (typeof spans)[number];

export const causeNames: Record<Cause, string> = {
  account: 'An account',
  role: 'The right role',
  licence: 'A licence',
  device: 'A device',
  'sign-in': 'A way to sign in',
  policy: 'Something to read or sign',
  other: 'Something else',
};

/** “1 day”, “2.5 days”. */
export const dayWords = (days: number, kind = ''): string => `${days} ${kind}${days === 1 ? 'day' : 'days'}`;

/** What a wait cost; below a tenth of a day it is said in words, so that nothing that was missing reads as nothing. */
export const costWords = (days: number): string => (days === 0 ? 'less than half an hour' : dayWords(days));

/** The state in words: how many were ready on the first morning, of how many who started. */
export function reportTitle({ started, ready, unknown }: Pick<JoiningReport, 'started' | 'ready' | 'unknown'>): string {
  if (started === 0) return 'What hires waited for';
  if (unknown === started) return 'Whether hires were ready on the first morning is not known';
  if (started === 1) return ready === 1 ? 'The one hire was ready on the first morning' : 'The one hire was not ready on the first morning';
  if (ready === started) return `All ${numberWord(started).toLowerCase()} hires were ready on the first morning`;
  const who = ready === 0 ? 'None' : numberWord(ready);
  return `${who} of ${numberWord(started).toLowerCase()} hires ${ready < 2 ? 'was' : 'were'} ready on the first morning`;
}

/** How long those who reached it took, and what the target is. Those who have not are named beside, and are in no figure. */
export function timeWords({ reached, inTime, days, workingDays, targetDays, isGone }: MilestoneTimes): string {
  const target = `target: within ${dayWords(targetDays)}`;
  const gone = isGone ? ' It is not asked for any more.' : '';
  if (days === null || workingDays === null) return `Nobody has reached it yet; ${target}.${gone}`;
  const took = `${dayWords(days.median)} (${dayWords(workingDays.median, 'working ')})`;
  if (reached === 1) return `One reached it, after ${took}; ${target}.${gone}`;
  const range =
    days.least === days.most
      ? ''
      : `, from ${days.least} to ${dayWords(days.most)} (${workingDays.least} to ${dayWords(workingDays.most, 'working ')})`;
  const many = inTime === reached ? 'all' : inTime === 0 ? 'none' : numberWord(inTime).toLowerCase();
  return `${numberWord(reached)} reached it: median ${took}${range}; ${target}, kept by ${many} of them.${gone}`;
}

/** Who is in no figure for another reason than that they are not there yet; empty where there is nobody. */
export function asideWords({ left, unknown }: Pick<MilestoneTimes, 'left' | 'unknown'>): string {
  const gone = left === 0 ? '' : `${numberWord(left)} left before.`;
  const open = unknown === 0 ? '' : `Of ${numberWord(unknown).toLowerCase()} it is not known whether or when.`;
  return [gone, open].filter(Boolean).join(' ');
}
