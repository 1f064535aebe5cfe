import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lostWorkingDays } from './lost-working-days.ts';
import { readinessKinds } from './readiness.ts';
import { type Starter, type WaitedForThing, waitedFor } from './waited-for.ts';

const now = Temporal.Instant.from('2026-11-24T16:00:00Z');

const thing = (what: string, more: Partial<WaitedForThing> = {}): WaitedForThing => ({
  what,
  cause: 'device',
  appId: null,
  app: null,
  since: '2026-11-20T08:00:00Z',
  until: null,
  ...more,
});

// Friday 20 November 2026, 09:00 in Berlin.
const starter = (person: string, more: Partial<Starter> = {}): Starter => ({
  runId: person.toLowerCase(),
  person,
  startOn: '2026-11-20',
  startsAt: '2026-11-20T08:00:00Z',
  zone: 'Europe/Berlin',
  goneAt: null,
  said: null,
  looked: null,
  lost: [],
  ...more,
});

test('a hire that began on a Friday and had everything on Monday morning lost one working day, not three', () => {
  const sum = waitedFor([starter('Amara', { lost: [thing('Laptop', { until: '2026-11-23T08:00:00Z' })] })], now);
  assert.equal(sum.days, 1);
  assert.deepEqual(sum.causes, [
    { cause: 'device', days: 1, hires: [{ runId: 'amara', person: 'Amara', days: 1, things: ['Laptop'], isOpen: false }] },
  ]);
});

test('what is missing still counts until now and is said to be open; who left does not go on losing days', () => {
  const sum = waitedFor(
    [starter('Amara', { lost: [thing('Laptop')] }), starter('Bela', { lost: [thing('Laptop')], goneAt: '2026-11-20T12:00:00Z' })],
    now,
  );
  assert.deepEqual(
    sum.hires.map(({ person, days, isOpen, morning }) => [person, days, isOpen, morning]),
    [
      ['Amara', 3, true, 'missing'],
      ['Bela', 0.5, false, 'missing'],
    ],
  );
  assert.equal(sum.days, 3.5);
});

test('two things that one hire lacks at once cost the day once, and each cause and each app its part', () => {
  const crm = { cause: 'role', appId: 'crm', app: 'CRM' } as const;
  const sum = waitedFor(
    [
      starter('Amara', {
        lost: [
          thing('Laptop', { until: '2026-11-20T16:00:00Z' }),
          thing('Screen', { until: '2026-11-20T12:00:00Z' }),
          thing('CRM as Standard', { ...crm, until: '2026-11-23T16:00:00Z' }),
        ],
      }),
      starter('Bela', { lost: [thing('CRM as Standard', { ...crm, until: '2026-11-20T12:00:00Z' })] }),
    ],
    now,
  );
  assert.equal(sum.days, 2.5);
  assert.deepEqual(
    sum.causes.map(({ cause, days, hires }) => [cause, days, hires.map(({ person }) => person)]),
    [
      ['role', 2.5, ['Amara', 'Bela']],
      ['device', 1, ['Amara']],
    ],
  );
  assert.deepEqual(
    sum.apps.map(({ app, days }) => [app, days]),
    [['CRM', 2.5]],
  );
});

test('a start that was postponed: what was missing before the new first morning is not counted, and no first morning that has not come', () => {
  const moved = starter('Amara', { startOn: '2026-11-24', startsAt: '2026-11-24T08:00:00Z', lost: [thing('Laptop')] });
  assert.equal(waitedFor([moved], now).days, 1);
  const mended = waitedFor([{ ...moved, said: 'everything', lost: [thing('Laptop', { until: '2026-11-23T08:00:00Z' })] }], now);
  assert.deepEqual([mended.started, mended.ready, mended.days], [1, 1, 0]);
  const later = { ...moved, startOn: '2026-12-01', startsAt: '2026-12-01T08:00:00Z' };
  assert.deepEqual(waitedFor([later], now), { started: 0, ready: 0, unknown: 0, days: 0, hires: [], causes: [], apps: [] });
});

test('ready is who lacked nothing and said so or was looked at; where neither is, it is not known, and never counted as ready', () => {
  const sum = waitedFor(
    [
      starter('Said', { said: 'everything' }),
      starter('Looked', { looked: 'ready' }),
      starter('Nobody'),
      starter('Blind', { looked: 'unknown' }),
      starter('Unsigned', { looked: 'not-ready' }),
      // At this very instant.
      starter('Now', { startsAt: now.toString(), lost: [thing('Laptop', { since: now.toString() })] }),
      // They have everything by now, and had not on the first morning.
      starter('Later', { said: 'everything', lost: [thing('Laptop', { until: '2026-11-20T08:10:00Z' })] }),
      starter('Never came to it', { goneAt: '2026-11-19T08:00:00Z', said: null }),
    ],
    now,
  );
  assert.deepEqual([sum.started, sum.ready, sum.unknown], [7, 2, 2]);
  assert.deepEqual(Object.fromEntries(sum.hires.map(({ person, morning }) => [person, morning])), {
    Said: 'ready',
    Looked: 'ready',
    Nobody: 'unknown',
    Blind: 'unknown',
    Unsigned: 'missing',
    Later: 'missing',
    Now: 'missing',
  });
});

const anyInstant = fc.integer({ min: -20 * 24 * 60, max: 6 * 24 * 60 }).map((minutes) => now.add({ minutes }).toString());
const anyThing = fc.record({
  what: fc.constantFrom('Laptop', 'Badge', 'CRM'),
  cause: fc.constantFrom(...readinessKinds),
  appId: fc.constantFrom('a', 'b', null),
  app: fc.constant('App'),
  since: anyInstant,
  until: fc.option(anyInstant),
});
const anyStarter = fc.record({
  runId: fc.uuid(),
  person: fc.string({ minLength: 1 }),
  startOn: fc.constant('2026-11-01'),
  startsAt: anyInstant,
  zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata'),
  goneAt: fc.option(anyInstant),
  said: fc.constantFrom('everything' as const, 'something-missing' as const, null),
  looked: fc.constantFrom('ready' as const, 'not-ready' as const, 'unknown' as const, null),
  lost: fc.array(anyThing, { maxLength: 5 }),
});

test('whatever was missing: nobody loses more than the working days since their first morning, no cause more than all together, and no hire is in two of ready, missing, unknown', () => {
  fc.assert(
    fc.property(fc.array(anyStarter, { maxLength: 6 }), (starters) => {
      const sum = waitedFor(starters, now);
      for (const hire of sum.hires) {
        const { startsAt, zone } = starters.find(({ runId }) => runId === hire.runId)!;
        // Parts that lie apart are rounded each by itself.
        assert.ok(hire.days >= 0 && hire.days <= lostWorkingDays(Temporal.Instant.from(startsAt), now, zone) + 0.3);
        assert.ok(hire.morning !== 'ready' || (hire.days === 0 && hire.things.length === 0));
      }
      const missing = sum.hires.filter(({ morning }) => morning === 'missing').length;
      assert.equal(sum.ready + sum.unknown + missing, sum.started);
      assert.equal(sum.hires.length, sum.started);
      for (const group of [...sum.causes, ...sum.apps]) assert.ok(group.days <= sum.days + 0.3 * sum.started);
      const behind = sum.causes.flatMap(({ hires }) => hires.map(({ runId }) => runId));
      assert.deepEqual(new Set(behind), new Set(sum.hires.filter(({ things }) => things.length > 0).map(({ runId }) => runId)));
    }),
    { numRuns: 200 },
  );
});
