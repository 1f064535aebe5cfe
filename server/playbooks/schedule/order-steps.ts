import type { PlaybookStep } from './playbook-definition.ts';
import { isDestructive, neverWaits, waitsForOf } from './step-rules.ts';

/**
 * What has become of a step of a run. `planned` has not begun; `asks` met an unknown and waits for a person's decision; `refused` is an
 * approval that was answered with no.
 */
export type StepState = 'planned' | 'asks' | 'running' | 'failed' | 'done' | 'refused' | 'skipped' | 'overridden' | 'cancelled';

/**
 * What may happen with a step now. `ready`: begin it. `skip`: its condition or an approval says no. `asks`: its condition is unknown, a person decides.
 * `to-evaluate`: it only lacks the value of its condition. `not-yet`: its instant has not come. `no-date`: its date is not known.
 * `waits`: for the steps in `waitsFor`. `under-way`, `failed`, `settled`: nothing to begin.
 */
export type Readiness = 'ready' | 'skip' | 'asks' | 'to-evaluate' | 'not-yet' | 'no-date' | 'waits' | 'under-way' | 'failed' | 'settled';

export type StepReadiness = { key: string; is: Readiness; instant: Temporal.Instant | null; waitsFor: string[] };

const settledStates: ReadonlySet<StepState> = new Set(['done', 'refused', 'skipped', 'overridden']);

/**
 * Says of each step what may happen with it at `now`. A step never begins before its instant, nor before the steps it waits for are done,
 * skipped or overridden. After a refused approval it is skipped; deleting and taking licences away also when the approval was never asked. Only a step that never waits (see neverWaits) begins at its instant whatever the others did, and also when its
 * condition is unknown.
 *
 * @param conditions the value of each condition that was evaluated: true, false, or null for unknown; absent means not evaluated yet
 * @returns ordered by instant (unknown dates last), those that never wait first, then by key, whatever the order of `steps`
 */
export function orderSteps(input: {
  steps: readonly PlaybookStep[];
  states: ReadonlyMap<string, StepState>;
  instants: ReadonlyMap<string, Temporal.Instant | null>;
  conditions: ReadonlyMap<string, boolean | null>;
  now: Temporal.Instant;
}): StepReadiness[] {
  const { steps, states, instants, conditions, now } = input;
  const keys = new Set(steps.map((step) => step.key));
  const stateOf = (key: string) => states.get(key) ?? 'planned';
  const result = steps.map((step): StepReadiness & { first: boolean } => {
    const instant = instants.get(step.key) ?? null;
    const first = neverWaits(step);
    const open = waitsForOf(step).filter((key) => keys.has(key) && !settledStates.has(stateOf(key)));
    const refused = !first && isRefused(step, stateOf, keys);
    const condition = refused ? false : step.when === undefined ? true : conditions.get(step.key);
    return { key: step.key, instant, first, ...readinessOf({ state: stateOf(step.key), instant, open, condition, first, now }) };
  });
  result.sort((a, b) => compareInstants(a.instant, b.instant) || Number(b.first) - Number(a.first) || (a.key < b.key ? -1 : 1));
  return result.map(({ key, is, instant, waitsFor }) => ({ key, is, instant, waitsFor }));
}

/** The next instant at which the clock alone makes a step begin; null when none does. Waits, answers and dates wake a run by event. */
export function nextWake(readiness: readonly StepReadiness[]): Temporal.Instant | null {
  return readiness.find((step) => step.is === 'not-yet')?.instant ?? null;
}

function isRefused(step: PlaybookStep, stateOf: (key: string) => StepState, keys: ReadonlySet<string>): boolean {
  const waited = waitsForOf(step)
    .filter((key) => keys.has(key))
    .map(stateOf);
  if (waited.includes('refused')) return true;
  return isDestructive(step) && !(step.waitsFor ?? []).every((key) => stateOf(key) === 'done' || stateOf(key) === 'overridden');
}

function readinessOf(step: {
  state: StepState;
  instant: Temporal.Instant | null;
  open: string[];
  condition: boolean | null | undefined;
  first: boolean;
  now: Temporal.Instant;
}): { is: Readiness; waitsFor: string[] } {
  const only = (is: Readiness) => ({ is, waitsFor: [] });
  if (step.state === 'running') return only('under-way');
  if (step.state === 'failed') return only('failed');
  if (step.state === 'cancelled' || settledStates.has(step.state)) return only('settled');
  if (step.instant === null) return only('no-date');
  if (Temporal.Instant.compare(step.now, step.instant) < 0) return only('not-yet');
  if (step.open.length > 0) return { is: 'waits', waitsFor: step.open };
  if (step.condition === undefined) return only('to-evaluate');
  if (step.condition === null) return only(step.first ? 'ready' : 'asks');
  return only(step.condition ? 'ready' : 'skip');
}

function compareInstants(a: Temporal.Instant | null, b: Temporal.Instant | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return Temporal.Instant.compare(a, b);
}
