import type { LocalTimeNote } from './local-instant.ts';
import type { StepState } from './order-steps.ts';
import type { PlaybookStep } from './playbook-definition.ts';
import { type Anchors, stepInstant } from './step-instant.ts';

/** A step of a run as stored. `instant` is when it begins; null while its date is not known. */
export type ScheduledStep = { key: string; state: StepState; instant: Temporal.Instant | null };

/** A step that moves. A step that asked goes back to `planned` when its new instant has not come. */
export type MovedStep = {
  key: string;
  from: Temporal.Instant | null;
  to: Temporal.Instant | null;
  note: LocalTimeNote | null;
  words: string;
};

/**
 * What a change of a person's dates or zone does to a run: each step that has not begun gets the instant of the new dates; what has
 * begun, ended, failed or was cancelled stays as it was. Applying the result and asking again moves nothing; going back to the old dates gives the
 * old instants.
 *
 * @returns `moved` in the order of the stored steps; `kept` are the keys of those that would have moved but have begun or ended
 */
export function reschedule(input: {
  definition: readonly PlaybookStep[];
  steps: readonly ScheduledStep[];
  anchors: Anchors;
  zone: string;
  place?: string;
}): { moved: MovedStep[]; kept: string[] } {
  const byKey = new Map(input.definition.map((step) => [step.key, step]));
  const moved: MovedStep[] = [];
  const kept: string[] = [];
  for (const { key, state, instant: from } of input.steps) {
    const step = byKey.get(key);
    if (!step) continue;
    const { instant: to, note, words } = stepInstant(step, input.anchors, input.zone, input.place);
    if (isSame(from, to)) continue;
    if (state === 'planned' || state === 'asks') moved.push({ key, from, to, note, words });
    else kept.push(key);
  }
  return { moved, kept };
}

function isSame(a: Temporal.Instant | null, b: Temporal.Instant | null): boolean {
  return a === null || b === null ? a === b : a.equals(b);
}
