import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Departure, hasLeft } from './has-left.ts';

const nobody: Departure = {
  startDate: null,
  lastWorkingDay: null,
  accessCutOff: null,
  timeZone: 'Europe/Lisbon',
  place: 'Porto',
  confirmedMissingAt: null,
};
const state = (person: Partial<Departure>, now: string) => hasLeft({ ...nobody, ...person }, Temporal.Instant.from(now));

test('without a cut-off somebody has left once the next day has begun where they are', () => {
  assert.equal(state({ lastWorkingDay: '2026-11-06' }, '2026-11-06T23:59:59Z').left, false);
  const after = state({ lastWorkingDay: '2026-11-06' }, '2026-11-07T00:00:00Z');
  assert.equal(after.left, true);
  assert.equal(after.since?.toString(), '2026-11-07T00:00:00Z');
  assert.equal(after.words, 'Left on Fri 6 Nov 2026 (end of the day in Porto)');
  assert.equal(state({ lastWorkingDay: '2026-11-06', timeZone: 'America/Los_Angeles' }, '2026-11-07T07:59:00Z').left, false);
  assert.equal(
    state({ lastWorkingDay: '2018-11-03', timeZone: 'America/Sao_Paulo' }, '2018-11-04T03:00:00Z').left,
    true,
    'the next day began at 01:00 there',
  );
});

test('a cut-off decides, before and after the last working day', () => {
  const dates = { lastWorkingDay: '2026-11-06', accessCutOff: '2026-11-20T17:00', timeZone: 'America/Toronto', place: 'Montréal' };
  assert.deepEqual([state(dates, '2026-11-20T21:59:59Z').left, state(dates, '2026-11-20T22:00:00Z').left], [false, true]);
  assert.equal(state(dates, '2026-11-21T00:00:00Z').words, 'Left on Fri 20 Nov 2026, 17:00 in Montréal');
  assert.equal(state({ accessCutOff: '2026-11-02T17:00', lastWorkingDay: '2026-11-30' }, '2026-11-03T00:00:00Z').left, true);
  const elsewhere = state({ accessCutOff: '2026-11-20T17:00', cutOffZone: 'Europe/Berlin' }, '2026-11-20T16:00:00Z');
  assert.deepEqual([elsewhere.left, elsewhere.words], [true, 'Left on Fri 20 Nov 2026, 17:00 in Berlin']);
});

test('somebody confirmed as missing has left; somebody without any end has not', () => {
  const missing = state({ confirmedMissingAt: '2026-11-20T09:00:00Z' }, '2026-11-21T00:00:00Z');
  assert.deepEqual([missing.left, missing.words], [true, 'Not on the people list any more; confirmed as left on Fri 20 Nov 2026']);
  assert.equal(state({}, '2026-11-21T00:00:00Z').left, false);
});

test('what cannot be known is null: no zone on the day itself, or dates that contradict each other', () => {
  const zoneless = { lastWorkingDay: '2026-11-06', timeZone: null, place: null };
  assert.equal(state(zoneless, '2026-11-07T00:00:00Z').left, null);
  assert.equal(state(zoneless, '2026-11-06T09:59:59Z').left, false);
  assert.equal(state(zoneless, '2026-11-07T12:00:00Z').left, true);
  const wrong = state({ startDate: '2026-12-01', lastWorkingDay: '2026-11-06' }, '2026-11-21T00:00:00Z');
  assert.equal(wrong.left, null);
  assert.match(wrong.words, /contradict/);
});

test('nobody who has left works again later by the clock alone', () => {
  const date = fc.integer({ min: 0, max: 4000 }).map((days) => Temporal.PlainDate.from('2020-01-01').add({ days }).toString());
  fc.assert(
    fc.property(
      date,
      fc.constantFrom('Europe/Berlin', 'America/New_York', 'Pacific/Auckland', null),
      fc.integer({ min: 0, max: 400_000_000 }),
      fc.nat(10_000_000),
      (day, timeZone, first, more) => {
        const epoch = Temporal.Instant.from('2020-01-01T00:00:00Z');
        const [before, after] = [epoch.add({ seconds: first }), epoch.add({ seconds: first + more })];
        const rank = (left: boolean | null) => (left === false ? 0 : left === null ? 1 : 2);
        const one = hasLeft({ ...nobody, lastWorkingDay: day, timeZone }, before).left;
        const other = hasLeft({ ...nobody, lastWorkingDay: day, timeZone }, after).left;
        assert.ok(rank(one) <= rank(other));
      },
    ),
  );
});
