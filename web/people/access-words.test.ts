import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AccessRow, accessLines, signOf, whatWords } from './access-words.ts';

const row = (change: Partial<AccessRow>): AccessRow => ({
  appId: 'chat',
  app: 'Chat',
  writer: 'connection',
  entitlementId: null,
  entitlement: null,
  kind: null,
  should: true,
  why: [{ ruleId: 'r', name: 'Everyone' }],
  is: 'held',
  asOf: null,
  origin: 'rule',
  decision: null,
  what: 'nothing',
  words: '',
  keptUntil: null,
  ...change,
});

test('unknown is never shown as the same or as different', () => {
  assert.equal(signOf(row({ should: null })), 'unknown');
  assert.equal(signOf(row({ is: 'unknown' })), 'unknown');
  assert.equal(signOf(row({ should: null, is: 'missing' })), 'unknown');
});

test('what was there before any rule is no difference, until somebody decides that it goes', () => {
  const discovered = row({ should: false, why: [], origin: 'discovered', what: 'kept' });
  assert.equal(signOf(discovered), 'free');
  assert.equal(signOf({ ...discovered, decision: 'keep' }), 'free');
  assert.equal(signOf({ ...discovered, decision: 'take', what: 'suspend' }), 'differs');
});

test('what differs comes first, lines of one app stay together, and what is as it should be in one app is one line', () => {
  const lines = accessLines([
    row({}),
    row({ appId: 'dir', app: 'Directory' }),
    row({ appId: 'dir', app: 'Directory', entitlementId: '1', entitlement: 'Mail' }),
    row({ appId: 'dir', app: 'Directory', entitlementId: '2', entitlement: 'Wiki' }),
    row({ appId: 'crm', app: 'CRM', entitlementId: '3', entitlement: 'Standard', is: 'missing', what: 'grant' }),
    row({ appId: 'crm', app: 'CRM', entitlementId: '4', entitlement: 'Admin', should: false, why: [], origin: 'discovered', what: 'kept' }),
    row({ appId: 'old', app: 'Old', should: false, is: 'missing', why: [] }),
  ]);
  assert.deepEqual(
    lines.map(({ app, entitlement }) => `${app} ${entitlement}`),
    ['CRM Standard', 'CRM Admin', 'Chat null', 'Directory Mail and Wiki'],
  );
});

test('an account that is not there stands in the line of the role that is not there either', () => {
  const role = { entitlementId: '1', entitlement: 'Member', is: 'missing', what: 'grant' } as const;
  assert.deepEqual(
    accessLines([row({ is: 'missing', what: 'create-account' }), row(role)]).map(({ entitlement }) => entitlement),
    ['Member'],
  );
  assert.equal(accessLines([row({ is: 'missing', what: 'create-account' }), row({ ...role, is: 'held', what: 'nothing' })]).length, 2);
});

test('who joins is told when access opens, and that nothing happens where the first day is not prepared', () => {
  const waits = row({ is: 'missing', what: 'nothing' });
  assert.equal(whatWords(waits, 'Tue 24 Nov, 10:00 in Porto'), 'Given Tue 24 Nov, 10:00 in Porto');
  assert.match(whatWords(waits, null), /^Nothing yet/);
  assert.equal(whatWords(waits), '');
  assert.equal(whatWords(row({}), null), '');
});
