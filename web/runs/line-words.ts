import type { StatusKind } from '../design/status-kind.ts';
import { isBeingNoted, type ProofLineAnswer, type RunAction } from './run-state.ts';

type How = {
  read?: { connection: string; at: string; observed: string };
  evidence?: { by: string; at: string; note: string; files: { name: string }[]; links: string[] };
  override?: { by: string; at: string; reason: string };
  unknown?: { why: string };
  open?: { why: string; waitsFor: string | null; due: string | null };
};

export const howOf = (line: ProofLineAnswer): How => line.how as How;

const kinds: Record<ProofLineAnswer['status'], { kind: StatusKind; word: string }> = {
  verified: { kind: 'good-read', word: 'Verified' },
  evidenced: { kind: 'good-vouched', word: 'Evidenced' },
  overridden: { kind: 'decided', word: 'Overridden' },
  unknown: { kind: 'unknown', word: 'Unknown' },
  waiting: { kind: 'waiting', word: 'Waiting' },
  open: { kind: 'waiting', word: 'Open' },
  'did-not-obey': { kind: 'wrong', word: 'Did not obey' },
};

/** The shape and the word of a line of the proof. */
export const lineStatus = (line: ProofLineAnswer): { kind: StatusKind; word: string } => kinds[line.status];

/** By what or whom a line is known, in a few words. `clock` says an instant. */
export function lineBy(line: ProofLineAnswer, clock: (instant: string) => string): string {
  const { read, evidence, override, unknown, open } = howOf(line);
  if (read !== undefined) return line.status === 'verified' ? clock(read.at) : `${read.observed}, ${clock(read.at)}`;
  if (evidence !== undefined) return `by ${evidence.by}`;
  if (override !== undefined) return `by ${override.by}`;
  if (unknown !== undefined) return 'nobody can tell';
  return open?.waitsFor === null || open?.waitsFor === undefined ? 'not settled' : `for ${open.waitsFor}`;
}

/** The whole of what is known of a line, in sentences. */
export function lineSentences(line: ProofLineAnswer, clock: (instant: string) => string): string[] {
  const { read, evidence, override, unknown, open } = howOf(line);
  if (read !== undefined) return [`Read in ${read.connection} at ${clock(read.at)}: ${read.observed}.`];
  if (evidence !== undefined) {
    const shown = [...evidence.files.map(({ name }) => `File: ${name}`), ...evidence.links.map((link) => `Link: ${link}`)];
    return [`${evidence.by} vouched for it at ${clock(evidence.at)}.`, ...(evidence.note === '' ? [] : [`“${evidence.note}”`]), ...shown];
  }
  if (override !== undefined) return [`${override.by} decided otherwise at ${clock(override.at)}.`, `“${override.reason}”`];
  if (unknown !== undefined) return [unknown.why];
  const due = open?.due === null || open?.due === undefined ? [] : [`Due ${clock(open.due)}.`];
  return [open?.why ?? '', ...(open?.waitsFor ? [`Waits for ${open.waitsFor}.`] : []), ...due].filter(Boolean);
}

/** What happened in an app, as the head of its line in the run. */
export function actionWhat({ kind, status, app, via }: RunAction): string {
  const done = status === 'verified' || status === 'evidenced';
  if (kind === 'restore' || kind === 'grant-entitlement') return done ? `${app} given back` : app;
  if (!done) return app;
  if (kind === 'suspend') return `${app} ${status === 'evidenced' ? 'closed by hand' : 'suspended'}`;
  if (kind === 'revoke-entitlement') return via === null ? `${app} closed` : `${app} closed through ${via}`;
  return kind === 'ask' ? `${app} closed by hand` : `${app} closed`;
}

/** The shape and the word of what is known of an action. The word is null where the head says it already. */
export function actionStatus(action: RunAction): { kind: StatusKind; word: string | null } {
  if (isBeingNoted(action)) return { kind: 'waiting', word: 'Vouched for, being noted' };
  switch (action.status) {
    case 'verified':
      return { kind: 'good-read', word: null };
    case 'evidenced':
      return { kind: 'good-vouched', word: null };
    case 'overridden':
      return { kind: 'decided', word: `Overridden by ${action.decided_by ?? 'somebody'}` };
    case 'did-not-obey':
      return { kind: 'wrong', word: 'Did not obey' };
    case 'unknown':
      return { kind: 'unknown', word: 'Unknown' };
    case 'asked':
      return { kind: 'waiting', word: `Waits for ${action.asked ?? 'the owners of the organization'}` };
    case 'retrying':
      return { kind: 'waiting', word: 'Not closed yet' };
    case 'planned':
      return { kind: 'planned', word: null };
    default:
      return { kind: 'waiting', word: 'Being read back' };
  }
}

const times = (count: number, one: string) => (count === 1 ? one : `${count} times`);

/** One sentence on how an action stands. `clock` says an instant. */
export function actionDetail(action: RunAction, clock: (instant: string) => string): string {
  switch (action.status) {
    case 'verified': {
      if (action.verified_at === null || action.answered_at === null) return 'Read as it should be.';
      const seconds = Math.round((Date.parse(action.verified_at) - Date.parse(action.first_attempt_at ?? action.answered_at)) / 1000);
      return seconds < 2
        ? 'Read back at once.'
        : `Read back after ${seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`}.`;
    }
    case 'evidenced':
      return `${action.decided_by ?? 'Somebody'} vouched for it.`;
    case 'overridden':
      return `“${action.decided_reason ?? ''}”`;
    case 'did-not-obey':
      return `Answered “done”, is still ${action.observed ?? 'active'}. Tried ${times(action.attempts, 'once')}, read ${times(action.reads, 'once')}.`;
    case 'asked':
      return action.task_due_at === null ? (action.problem ?? '') : `By hand, due ${clock(action.task_due_at)}.`;
    case 'retrying':
      return `${action.problem ?? 'It could not be reached.'} Tried ${times(action.attempts, 'once')}${action.next_at === null ? '' : `, again at ${clock(action.next_at)}`}.`;
    case 'reading':
      return action.problem ?? 'It answered; its accounts are read until the change shows.';
    default:
      return action.problem ?? '';
  }
}
