import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lostWorkingDays, workingDaysWithin } from './lost-working-days.ts';

const days = (since: string, until: string, zone = 'Europe/Lisbon') =>
  lostWorkingDays(Temporal.Instant.from(since), Temporal.Instant.from(until), zone);

test('a whole working day counts one, a morning half a day, a weekend nothing', () => {
  assert.equal(days('2026-11-23T09:00Z', '2026-11-23T17:00Z'), 1);
  assert.equal(days('2026-11-23T09:00Z', '2026-11-23T13:00Z'), 0.5);
  assert.equal(days('2026-11-27T17:00Z', '2026-11-30T09:00Z'), 0);
  assert.equal(days('2026-11-26T09:00Z', '2026-11-30T17:00Z'), 3);
});

test('hours are those of the person’s own clock, also over a clock change', () => {
  assert.equal(days('2026-11-23T14:00Z', '2026-11-23T22:00Z', 'America/Montreal'), 1);
  assert.equal(days('2026-03-27T08:00Z', '2026-03-30T15:00Z', 'Europe/Berlin'), 2);
});

test('an end before the beginning counts nothing', () => assert.equal(days('2026-11-24T09:00Z', '2026-11-23T09:00Z'), 0));

test('what lacks at the same time counts once, what lacks one after the other counts both', () => {
  const span = (from: string, to: string) => ({ from: Temporal.Instant.from(from), to: Temporal.Instant.from(to) });
  const badge = span('2026-11-23T09:00Z', '2026-11-24T17:00Z');
  const mail = span('2026-11-24T09:00Z', '2026-11-24T17:00Z');
  const laptop = span('2026-11-26T09:00Z', '2026-11-26T13:00Z');
  assert.equal(workingDaysWithin([laptop, mail, badge], 'Europe/Lisbon'), 2.5);
});
