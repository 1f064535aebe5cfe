import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { nextWake, orderSteps, type StepState } from './order-steps.ts';
import { parsePlaybook } from './parse-playbook.ts';
import { reschedule, type ScheduledStep } from './reschedule.ts';
import { type Anchors, stepInstant, toldOf } from './step-instant.ts';
import { isDestructive, isOnlyAfterTold, neverWaits, waitsForOf } from './step-rules.ts';

const { steps } = parsePlaybook(readFileSync(new URL('../../../blueprints/leaver.yaml', import.meta.url), 'utf8'));
const all: StepState[] = ['planned', 'asks', 'running', 'failed', 'done', 'refused', 'skipped', 'overridden', 'cancelled'];

const instant = fc
  .integer({ min: 1_790_000_000, max: 1_830_000_000 })
  .map((seconds) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000));
const date = instant.map((value) => value.toZonedDateTimeISO('UTC').toPlainDate());
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 6 });
const someAnchors: fc.Arbitrary<Anchors> = fc.record({
  told: maybe(instant),
  confirmed: maybe(instant),
  cutOff: maybe(instant),
  lastWorkingDay: maybe(date),
  legalEnd: maybe(date),
  start: maybe(date),
  firstMorning: maybe(instant),
});
const someZone = fc.constantFrom(
  'Europe/Berlin',
  'America/Toronto',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Apia',
  'UTC',
);
const someStates = fc.array(fc.constantFrom(...all), { minLength: steps.length, maxLength: steps.length });
const someConditions = fc.array(fc.constantFrom(true, false, null, undefined), { minLength: steps.length, maxLength: steps.length });

const schedule = (anchors: Anchors, zone: string) => new Map(steps.map((step) => [step.key, stepInstant(step, anchors, zone).instant]));

const run = fc
  .record({ anchors: someAnchors, zone: someZone, states: someStates, conditions: someConditions, now: instant })
  .map((given) => ({
    ...given,
    input: {
      steps,
      states: new Map(steps.map((step, index) => [step.key, given.states[index]!])),
      instants: schedule(given.anchors, given.zone),
      conditions: new Map(
        steps.flatMap((step, index) => (given.conditions[index] === undefined ? [] : [[step.key, given.conditions[index]!] as const])),
      ),
      now: given.now,
    },
  }));

const isAfter = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) > 0;

test('the order does not depend on the order in which the steps are given', () => {
  fc.assert(
    fc.property(run, fc.shuffledSubarray(steps, { minLength: steps.length }), ({ input }, shuffled) => {
      assert.deepEqual(orderSteps({ ...input, steps: shuffled }), orderSteps(input));
    }),
  );
});

test('no step begins before its instant, nor before what it waits for is settled', () => {
  const settled = new Set(['done', 'refused', 'skipped', 'overridden']);
  fc.assert(
    fc.property(run, ({ input }) => {
      for (const { key, is, instant: begins } of orderSteps(input)) {
        if (is !== 'ready' && is !== 'skip' && is !== 'asks') continue;
        assert.ok(begins && !isAfter(begins, input.now));
        const step = steps.find((one) => one.key === key)!;
        for (const before of waitsForOf(step)) assert.ok(settled.has(input.states.get(before)!));
      }
    }),
  );
});

test('closing at the cut-off is ready at its instant whatever the other steps, answers and conditions are', () => {
  fc.assert(
    fc.property(run, ({ input }) => {
      for (const step of steps.filter(neverWaits)) {
        const states = new Map(input.states).set(step.key, 'planned');
        const begins = input.instants.get(step.key);
        const found = orderSteps({
          ...input,
          states,
          steps: steps.map((one) => (one === step ? { ...one, when: 'person.onLeave' } : one)),
          conditions: new Map([[step.key, null]]),
        });
        const is = found.find((one) => one.key === step.key)!.is;
        assert.equal(is, !begins ? 'no-date' : isAfter(begins, input.now) ? 'not-yet' : 'ready');
      }
    }),
  );
});

test('an unknown condition asks and never runs a step that may wait; nothing is deleted without a given approval', () => {
  fc.assert(
    fc.property(run, ({ input }) => {
      for (const { key, is } of orderSteps(input)) {
        const step = steps.find((one) => one.key === key)!;
        if (is === 'ready' && step.when && !neverWaits(step)) assert.equal(input.conditions.get(key), true);
        if (is === 'ready' && isDestructive(step))
          for (const approval of step.waitsFor!) assert.match(input.states.get(approval)!, /^(done|overridden)$/);
      }
    }),
  );
});

test('the next wake is the earliest instant still to come', () => {
  fc.assert(
    fc.property(run, ({ input }) => {
      const readiness = orderSteps(input);
      const coming = readiness.filter((step) => step.is === 'not-yet').map((step) => step.instant!);
      const next = nextWake(readiness);
      assert.equal(next === null, coming.length === 0);
      for (const one of coming) assert.ok(!isAfter(next!, one) && isAfter(next!, input.now));
    }),
  );
});

test('what reaches the leaver or a shared place never begins before they are told, nor is it told later than the cut-off', () => {
  fc.assert(
    fc.property(someAnchors, someZone, (anchors, zone) => {
      const told = toldOf(anchors);
      if (told && anchors.cutOff) assert.ok(!isAfter(told, anchors.cutOff));
      for (const step of steps.filter(isOnlyAfterTold)) {
        const begins = stepInstant(step, anchors, zone).instant;
        assert.ok(begins === null || (told !== null && !isAfter(told, begins)));
      }
    }),
  );
});

const apply = (stored: ScheduledStep[], moved: { key: string; to: Temporal.Instant | null }[]) =>
  stored.map((step) => ({
    ...step,
    instant: moved.some((one) => one.key === step.key) ? moved.find((one) => one.key === step.key)!.to : step.instant,
  }));
const text = (stored: ScheduledStep[]) => stored.map((step) => `${step.key} ${step.instant}`);

test('rescheduling twice is rescheduling once, what has begun stays, and going back to the old dates gives the old instants', () => {
  fc.assert(
    fc.property(someAnchors, someAnchors, someZone, someZone, someStates, (before, after, zone, otherZone, states) => {
      const old = schedule(before, zone);
      const stored = steps.map((step, index): ScheduledStep => ({ key: step.key, state: states[index]!, instant: old.get(step.key)! }));
      const once = apply(stored, reschedule({ definition: steps, steps: stored, anchors: after, zone: otherZone }).moved);
      assert.deepEqual(reschedule({ definition: steps, steps: once, anchors: after, zone: otherZone }).moved, []);
      for (const [index, step] of stored.entries()) {
        if (step.state !== 'planned' && step.state !== 'asks') assert.equal(once[index]!.instant, step.instant);
      }
      const back = apply(once, reschedule({ definition: steps, steps: once, anchors: before, zone }).moved);
      assert.deepEqual(text(back), text(stored));
    }),
  );
});
