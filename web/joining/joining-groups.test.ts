import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bySoonest, type JoiningRow, joiningGroup, joiningTitle } from './joining-groups.ts';

// Sunday 22 November, 23:30 in Berlin, is Monday already in Auckland.
const now = Date.parse('2026-11-22T22:30:00Z');
const row = (startOn: string, change: Partial<JoiningRow> = {}) =>
  ({
    status: 'running',
    startOn,
    startsAt: `${startOn}T08:00:00Z`,
    zone: 'Europe/Berlin',
    readiness: { state: 'ready', ready: 3, total: 3, missing: [] },
    ...change,
  }) as unknown as JoiningRow;

test('near is whoever starts within seven days on their own clock, also when a weekend lies between', () => {
  assert.equal(joiningGroup(row('2026-11-23'), now), 'week');
  assert.equal(joiningGroup(row('2026-11-29'), now), 'week');
  assert.equal(joiningGroup(row('2026-11-30'), now), 'later');
  assert.equal(joiningGroup(row('2026-11-30', { zone: 'Pacific/Auckland', startsAt: '2026-11-29T20:00:00Z' }), now), 'week');
});

test('who has started stays for 30 days, and longer while the run goes on', () => {
  assert.equal(joiningGroup(row('2026-11-02', { status: 'done' }), now), 'started');
  assert.equal(joiningGroup(row('2026-10-02', { status: 'done' }), now), null);
  assert.equal(joiningGroup(row('2026-10-02'), now), 'started');
  assert.equal(joiningGroup(row('2026-11-30', { status: 'cancelled' }), now), 'off');
});

test('the title says who starts and who is not ready', () => {
  const unready = { readiness: { state: 'not-ready', ready: 1, total: 3, missing: [] } } as unknown as Partial<JoiningRow>;
  assert.equal(joiningTitle([], now), 'Nobody is about to start.');
  assert.equal(
    joiningTitle([row('2026-11-30'), row('2026-12-01', unready)], now),
    'Two people start in more than a week. One is not ready.',
  );
  assert.equal(joiningTitle([row('2026-11-23'), row('2026-12-01')], now), 'One person starts within a week, one later.');
});

test('the next first morning stands first, who has started behind, the newest first', () => {
  const days = ['2026-11-10', '2026-12-01', '2026-11-16', '2026-11-30'];
  assert.deepEqual(
    days
      .map((day) => row(day))
      .sort(bySoonest(now))
      .map(({ startOn }) => startOn),
    ['2026-11-30', '2026-12-01', '2026-11-16', '2026-11-10'],
  );
});
