import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionWords, changesOf, changeWords } from './words.ts';

test('an action reads as words', () => {
  assert.equal(actionWords('account.suspended'), 'Account suspended');
  assert.equal(actionWords('member.sign-in-reset'), 'Member sign in reset');
});

test('only what differs is shown, whatever its form', () => {
  assert.deepEqual(changesOf({ title: 'Clerk', zone: 'UTC' }, { title: 'Lead', zone: 'UTC' }), [
    { field: 'title', from: 'Clerk', to: 'Lead' },
  ]);
  assert.deepEqual(changesOf(null, { lastWorkingDay: '2026-11-27', roles: ['hr', 'ops'], complete: true }), [
    { field: 'last working day', from: null, to: '2026-11-27' },
    { field: 'roles', from: null, to: 'hr, ops' },
    { field: 'complete', from: null, to: 'yes' },
  ]);
  assert.deepEqual(changesOf({ counts: { new: 2 } }, null), [{ field: 'counts', from: 'new: 2', to: null }]);
  assert.deepEqual(changesOf('a', 'b'), [{ field: 'value', from: 'a', to: 'b' }]);
  assert.deepEqual(changesOf(null, null), []);
});

test('many changes are one line that says how many more there are', () => {
  const changes = changesOf({ a: 1 }, { a: 2, b: 1, c: 1, d: 1, e: 1 });
  assert.equal(changeWords(changes), 'a 1 → 2, b 1, c 1 and 2 more');
});
