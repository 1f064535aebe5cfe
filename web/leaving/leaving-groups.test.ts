import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byNeed, type LeavingRow, leavingGroup, leavingTitle } from './leaving-groups.ts';

const now = Date.parse('2026-11-26T08:12:00Z');
const row = (change: object): LeavingRow =>
  ({
    person: 'Rohan',
    status: 'running',
    cut_off_at: '2026-11-25T13:00:00Z',
    attempted_at: '2026-11-25T13:00:03Z',
    ended_at: null,
    proof_status: 'open',
    lines: { total: 3, settled: 3, open: 0, wrong: 0, asked: 0 },
    ...change,
  }) as unknown as LeavingRow;
const open = { lines: { total: 3, settled: 1, open: 2, wrong: 1, asked: 1 } };

test('an exit stands where it needs something: open past its cut-off, unsigned, coming, or closed lately', () => {
  assert.equal(leavingGroup(row(open), now), 'open');
  assert.equal(leavingGroup(row({ attempted_at: null }), now), 'open');
  assert.equal(leavingGroup(row({}), now), 'sign');
  assert.equal(leavingGroup(row({ cut_off_at: '2026-11-27T22:00:00Z', ...open }), now), 'leaving');
  assert.equal(leavingGroup(row({ proof_status: 'closed' }), now), 'closed');
});

test('what is over for more than thirty days leaves the board, what is open never does', () => {
  assert.equal(leavingGroup(row({ proof_status: 'closed', cut_off_at: '2026-10-01T13:00:00Z' }), now), null);
  assert.equal(leavingGroup(row({ status: 'rescinded', ended_at: '2026-10-01T13:00:00Z' }), now), null);
  assert.equal(leavingGroup(row({ ...open, cut_off_at: '2025-10-01T13:00:00Z' }), now), 'open');
});

test('the title says both sides, and what did not obey comes first', () => {
  const rows = [row({ cut_off_at: '2026-11-27T22:00:00Z' }), row({ person: 'Wrong', ...open })];
  assert.equal(leavingTitle(rows, now), 'One person is leaving. One exit is still open.');
  assert.equal(leavingTitle([], now), 'Nobody is leaving.');
  assert.equal(rows.toSorted(byNeed(now))[0]?.person, 'Wrong');
});
