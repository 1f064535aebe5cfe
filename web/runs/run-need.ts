import {
  type Handover,
  hasClosed,
  isBeingNoted,
  isOpenLine,
  type ProofSectionAnswer,
  type RunAction,
  type RunDetail,
  type RunStep,
} from './run-state.ts';

/** The one thing that a run needs from its reader now, the worst first. */
export type RunNeed =
  | { kind: 'disobeyed'; action: RunAction }
  | { kind: 'silent'; action: RunAction }
  | { kind: 'decide'; step: RunStep }
  | { kind: 'heir'; handovers: Handover[] }
  | { kind: 'late'; action: RunAction }
  | { kind: 'confirm'; handovers: Handover[] }
  | { kind: 'sign'; section: ProofSectionAnswer };

const silentAfterMilliseconds = 300_000;
const atThisMomentMilliseconds = 10_000;

/** What a run needs now, in the order of its weight; the first becomes the ask. */
export function runNeeds({ run, actions: all, steps, handovers, sections }: RunDetail, now: number): RunNeed[] {
  const actions = all.filter((action) => !isBeingNoted(action));
  const needs: RunNeed[] = [];
  const over = run.status === 'cancelled' || run.status === 'rescinded';
  if (over) return needs;
  const after = hasClosed(run, now);
  if (after) {
    for (const action of actions) if (action.status === 'did-not-obey') needs.push({ kind: 'disobeyed', action });
    for (const action of actions) if (isSilent(action, now)) needs.push({ kind: 'silent', action });
  }
  for (const step of steps) if (['asks', 'failed', 'unknown'].includes(step.status)) needs.push({ kind: 'decide', step });
  if (!after) return needs;
  const heirless = handovers.filter(({ status }) => status === 'open');
  if (heirless.length > 0) needs.push({ kind: 'heir', handovers: heirless });
  for (const action of actions) {
    if (action.status === 'asked' && action.task_due_at !== null && Date.parse(action.task_due_at) <= now)
      needs.push({ kind: 'late', action });
  }
  const fallen = handovers.filter(({ status }) => status === 'moved');
  if (fallen.length > 0) needs.push({ kind: 'confirm', handovers: fallen });
  if (run.attempted_at === null || sections.some(({ lines }) => lines.some(isOpenLine))) return needs;
  for (const section of sections) if (section.signature === null) needs.push({ kind: 'sign', section });
  return needs;
}

// An app that may still answer is not accused before its owner was asked.
const isSilent = (action: RunAction, now: number): boolean =>
  action.status === 'retrying' &&
  action.first_attempt_at !== null &&
  now - Date.parse(action.first_attempt_at) >= silentAfterMilliseconds &&
  // At this very moment it is being tried.
  action.next_at !== null &&
  Date.parse(action.next_at) - now > atThisMomentMilliseconds;
