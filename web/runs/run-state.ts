import { numberWord } from '../design/number-word.ts';
import type { OutputOf } from '../shell/call.ts';

export type RunDetail = OutputOf<'getRun'>;
export type Run = RunDetail['run'];
export type RunStep = RunDetail['steps'][number];
export type RunAction = RunDetail['actions'][number];
export type Handover = RunDetail['handovers'][number];
export type ProofSectionAnswer = RunDetail['sections'][number];
export type ProofLineAnswer = ProofSectionAnswer['lines'][number];

const openStatuses = new Set(['open', 'waiting', 'did-not-obey']);

/** A line that keeps the proof open. */
export const isOpenLine = ({ status }: { status: string }): boolean => openStatuses.has(status);

export const openLines = (sections: ProofSectionAnswer[]): ProofLineAnswer[] => sections.flatMap(({ lines }) => lines.filter(isOpenLine));

/** Whether access has closed by now. */
export const hasClosed = (run: Pick<Run, 'cut_off_at'>, now: number): boolean => Date.parse(run.cut_off_at) <= now;

const isGoingOn = ({ status }: Pick<Run, 'status'>) => status === 'running' || status === 'paused';

/** Somebody has just vouched for it, and the run has not taken note yet. */
export const isBeingNoted = ({ status, task_status }: { status: string; task_status: string | null }): boolean =>
  task_status === 'done' && ['asked', 'did-not-obey', 'retrying', 'unknown', 'waiting'].includes(status);

const soonMilliseconds = 120_000;

/** In how many seconds to look again because something may have changed by itself; undefined where nothing will. */
export function lookAgainSeconds({ run, actions, steps, restore }: Pick<RunDetail, 'run' | 'actions' | 'steps' | 'restore'>, now: number) {
  const soon = (action: RunAction) =>
    ['planned', 'attempting', 'reading', 'retrying'].includes(action.status) &&
    Date.parse(action.next_at ?? action.due_at) - now < soonMilliseconds;
  if (restore.some(soon)) return 3;
  if (!isGoingOn(run)) return undefined;
  const soonOver =
    actions.some((action) => soon(action) || isBeingNoted(action)) || steps.some((step) => step.status === 'working' || isBeingNoted(step));
  return soonOver ? 3 : 20;
}

/** What the run comes to, in words: the h1. `day` says a day as people do. */
export function runHeadline(detail: Pick<RunDetail, 'run' | 'sections' | 'proofStatus' | 'restore'>, now: number, day: string): string {
  const { run, sections, proofStatus, restore } = detail;
  if (run.status === 'cancelled') return `The exit of ${run.person} was called off.`;
  if (run.status === 'rescinded') {
    const back = restore.filter(({ status }) => status === 'verified' || status === 'evidenced' || status === 'overridden').length;
    if (back === restore.length) return `${run.person} stays. Everything was given back.`;
    return `${run.person} stays. ${back} of ${restore.length} accounts ${back === 1 ? 'is' : 'are'} back.`;
  }
  const paused = run.status === 'paused' ? ' The run is paused.' : '';
  if (!hasClosed(run, now)) return `${run.person} leaves on ${day}.${paused}`;
  const open = openLines(sections).length;
  if (run.attempted_at === null && isGoingOn(run)) return `${run.person} has left. Access is being closed.${paused}`;
  if (proofStatus === 'closed') return `${run.person} has left, and the proof is closed.${paused}`;
  if (open === 0) return `${run.person} has left. Every line is settled, the proof waits for a signature.${paused}`;
  return `${run.person} has left. ${numberWord(open)} ${open === 1 ? 'line is' : 'lines are'} open.${paused}`;
}

/** How many steps a change of the dates still moves. */
export const movableSteps = (steps: RunStep[]): number =>
  steps.filter(({ status, due_at }) => status === 'planned' && due_at !== null).length;
