import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionWords, someSubject } from './action-words.ts';
import { changesOf, rawOf } from './values.ts';
import { lineWords, whatHappened } from './words.ts';

const id = '01a20094-405f-7a11-8a12-5f33002b0c9e';
const line = (action: string, before: unknown, after: unknown, reason: string | null = null) =>
  lineWords({ action, before, after, reason });

test('an action reads as words, and a thing without a name has its article', () => {
  assert.equal(actionWords('accounts.read'), 'Accounts were read');
  assert.equal(actionWords('member.sign-in-reset'), 'Member sign in reset');
  assert.equal(someSubject('erasure'), 'an erasure');
  assert.equal(someSubject('sync'), 'a reading');
});

test('only what differs is shown, whatever its form', () => {
  assert.deepEqual(changesOf({ title: 'Clerk', zone: 'UTC' }, { title: 'Lead', zone: 'UTC' }), [
    { key: 'title', label: 'title', from: { kind: 'text', text: 'Clerk' }, to: { kind: 'text', text: 'Lead' } },
  ]);
  assert.equal(line('person.changed', { title: 'Clerk' }, { title: 'Lead' }, 'She asked.'), 'title: Clerk → Lead. She asked');
  assert.equal(
    line('x', null, { lastWorkingDay: '2026-11-27', roles: ['hr', 'ops'] }),
    'last working day: Fri 27 Nov 2026; roles: hr, ops',
  );
  assert.equal(line('x', 'a', 'b'), 'b');
  assert.equal(line('x', null, null), '');
});

test('an id is a link or stays behind “everything”; no hash and no bare instant stands in a line', () => {
  const after = { app: id, lines_hash: 'a'.repeat(64), plan: id, due_at: '2026-11-21T23:37:25.095273Z', accepted_unknown_lines: [id, id] };
  assert.equal(line('x', null, after), 'unknown lines accepted: 2');
  assert.deepEqual(
    changesOf(null, after).map(({ key, to }) => [key, to?.kind]),
    [
      ['app', 'link'],
      ['dueAt', 'instant'],
      ['acceptedUnknownLines', 'text'],
    ],
  );
  assert.deepEqual(
    rawOf(null, after).map(({ field }) => field),
    Object.keys(after),
  );
});

test('counts that belong together are one sentence', () => {
  const read = {
    asOf: '2026-11-21T23:37:25Z',
    rows: 44,
    added: 0,
    changed: 43,
    unchanged: 1,
    gone: 0,
    matched: 44,
    unmatched: 0,
    source: 'sync',
    complete: true,
  };
  assert.equal(line('accounts.read', null, read), '44 accounts read over its connection: 0 new, 43 changed, 1 as before');
  assert.match(
    line('accounts.read', null, { ...read, gone: 3, source: 'list', label: 'a.csv', complete: false }),
    /from “a.csv”: .* 3 gone\. It was not complete/,
  );
  assert.equal(line('person.erased', null, { mail: 14, audit: 1 }), '14 messages, 1 event of the audit lost what named them');
});

test('the cut-off is told once, on the clock of its place', () => {
  const after = { zone: 'America/Toronto', cutOffAt: '2026-11-27T22:00:00Z', cutOffLocal: '2026-11-27T17:00:00', accounts: 10 };
  assert.deepEqual(
    whatHappened({ action: 'leaving.confirmed', before: null, after }).changes.map(({ key }) => key),
    ['cutOffAt', 'accounts'],
  );
});
