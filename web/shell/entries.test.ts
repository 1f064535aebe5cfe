import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entries, isCurrent, visibleEntries } from './entries.ts';

const labels = (permissions: string[], mail: boolean) =>
  visibleEntries(entries, { permissions, mail })
    .flat()
    .map(({ label }) => label);

test('nobody sees an entry that their role does not allow', () => {
  assert.deepEqual(labels([], true), ['Today', 'My tasks', 'Settings']);
  assert.deepEqual(labels(['people:read', 'audit:read'], true), ['Today', 'My tasks', 'People', 'Audit', 'Settings']);
});

test('the outbox is there only while no mail server is', () => {
  assert.ok(labels(['outbox:read'], false).includes('Outbox'));
  assert.ok(!labels(['outbox:read'], true).includes('Outbox'));
});

test('a page below an entry belongs to it, Today only to itself', () => {
  assert.equal(isCurrent('/people', '/people/17'), true);
  assert.equal(isCurrent('/people', '/peoples'), false);
  assert.equal(isCurrent('/', '/people'), false);
  assert.equal(isCurrent('/', '/'), true);
});
