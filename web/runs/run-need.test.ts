import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runNeeds } from './run-need.ts';
import { lookAgainSeconds, type RunDetail, runHeadline } from './run-state.ts';

const now = Date.parse('2026-11-26T08:12:00Z');
const detail = (change: object = {}, run: object = {}): RunDetail =>
  ({
    run: { person: 'Rohan Devaraj', status: 'running', cut_off_at: '2026-11-25T13:00:00Z', attempted_at: '2026-11-25T13:00:03Z', ...run },
    steps: [],
    actions: [],
    handovers: [],
    sections: [],
    restore: [],
    proofStatus: 'open',
    ...change,
  }) as unknown as RunDetail;
const action = (status: string, more: object = {}) => ({
  app: 'Chat',
  status,
  first_attempt_at: '2026-11-25T13:00:03Z',
  task_due_at: null,
  ...more,
});
const section = (...statuses: string[]) => ({ key: 'access', signature: null, lines: statuses.map((status) => ({ status })) });

test('an app that did not obey comes before everything else that waits', () => {
  const needs = runNeeds(
    detail({
      actions: [action('asked', { task_due_at: '2026-11-25T17:00:00Z' }), action('did-not-obey')],
      handovers: [{ status: 'open' }, { status: 'moved' }],
      steps: [{ status: 'asks' }],
    }),
    now,
  );
  assert.deepEqual(
    needs.map(({ kind }) => kind),
    ['disobeyed', 'decide', 'heir', 'late', 'confirm'],
  );
});

test('an app is called silent only five minutes after it was first asked', () => {
  const at = (first: string) =>
    runNeeds(detail({ actions: [action('retrying', { first_attempt_at: first, next_at: '2026-11-26T08:13:00Z' })] }), now).length;
  assert.equal(at('2026-11-26T08:10:00Z'), 0);
  assert.equal(at('2026-11-26T08:07:00Z'), 1);
});

test('an app that is being tried at this moment is not called silent, and what somebody just vouched for is not asked for again', () => {
  assert.deepEqual(runNeeds(detail({ actions: [action('retrying', { next_at: '2026-11-26T08:12:00Z' })] }), now), []);
  const vouched = action('did-not-obey', { task_status: 'done', next_at: null, due_at: '2026-11-25T13:00:00Z' });
  assert.deepEqual(runNeeds(detail({ actions: [vouched] }), now), []);
  assert.equal(lookAgainSeconds(detail({ actions: [vouched] }), now), 3);
});

test('before the cut-off only an undecided step asks, and an exit that was called off asks for nothing', () => {
  const before = { cut_off_at: '2026-11-27T22:00:00Z', attempted_at: null };
  const loud = { actions: [action('planned')], handovers: [{ status: 'open' }], steps: [{ status: 'failed' }], sections: [section()] };
  assert.deepEqual(
    runNeeds(detail(loud, before), now).map(({ kind }) => kind),
    ['decide'],
  );
  assert.deepEqual(runNeeds(detail(loud, { status: 'rescinded' }), now), []);
});

test('a section asks for its signature once no line of the proof is open', () => {
  assert.deepEqual(
    runNeeds(detail({ sections: [section('verified', 'unknown')] }), now).map(({ kind }) => kind),
    ['sign'],
  );
  assert.deepEqual(runNeeds(detail({ sections: [section('verified', 'waiting'), section('verified')] }), now), []);
});

test('the headline says the state in words', () => {
  const say = (change: object, run: object = {}) => runHeadline(detail(change, run), now, 'Fri 27 Nov');
  assert.equal(say({ sections: [section('did-not-obey', 'waiting', 'verified')] }), 'Rohan Devaraj has left. Two lines are open.');
  assert.equal(say({}, { cut_off_at: '2026-11-27T22:00:00Z' }), 'Rohan Devaraj leaves on Fri 27 Nov.');
  assert.equal(say({}, { cut_off_at: '2026-11-27T22:00:00Z', status: 'paused' }), 'Rohan Devaraj leaves on Fri 27 Nov. The run is paused.');
  assert.equal(say({ sections: [section('verified')] }), 'Rohan Devaraj has left. Every line is settled, the proof waits for a signature.');
  assert.equal(
    say({ restore: [action('verified'), action('reading')] }, { status: 'rescinded' }),
    'Rohan Devaraj stays. 1 of 2 accounts is back.',
  );
});

test('the page looks again soon while something is under way, seldom while it waits, and rests when it is over', () => {
  const soon = { next_at: null, due_at: '2026-11-25T13:00:00Z' };
  const later = { next_at: '2026-11-26T12:00:00Z', due_at: '2026-11-25T13:00:00Z' };
  assert.equal(lookAgainSeconds(detail({ actions: [action('reading', soon)] }), now), 3);
  assert.equal(lookAgainSeconds(detail({ actions: [action('retrying', later)] }), now), 20);
  assert.equal(lookAgainSeconds(detail({ restore: [action('planned', soon)] }, { status: 'rescinded' }), now), 3);
  assert.equal(lookAgainSeconds(detail({ actions: [action('planned', soon)] }, { status: 'cancelled' }), now), undefined);
});
