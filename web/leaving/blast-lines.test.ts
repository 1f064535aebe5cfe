import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blastLines, listed } from './blast-lines.ts';
import type { LeavingPreview } from './use-leaving-count.ts';

const preview = (
  name: string,
  blast: Partial<LeavingPreview['blast']>,
  ownerships: LeavingPreview['ownerships'] = [],
  toldAtOnce: LeavingPreview['toldAtOnce'] = [],
): LeavingPreview =>
  ({
    person: { id: name, name, zone: 'Europe/Berlin', place: null },
    toldAtOnce,
    blast: {
      anyAppRead: true,
      accounts: [],
      onlyAdminOf: [],
      adminUnknown: [],
      ownerOf: [],
      deputyOf: [],
      managerOf: [],
      serviceAccounts: [],
      unseenApps: [],
      openTasks: 0,
      othersLosing: 0,
      ...blast,
    },
    ownerships,
    steps: [],
    obstacles: [],
  }) as unknown as LeavingPreview;
const account = (app: string, writer = 'connection') => ({
  accountId: app,
  appId: app,
  app,
  writer,
  status: 'active',
  isAdmin: false,
  asOf: '',
});
const find = (key: string, previews: LeavingPreview[]) => blastLines(previews).find((line) => line.key === key);

test('a number is as large as its rows, and the zeros that calm are said', () => {
  const one = preview('Rohan', { accounts: [account('Chat'), account('Badges', 'manual')] });
  assert.deepEqual([find('accounts', [one])?.value, find('accounts', [one])?.text], [2, 'accounts close, 1 of them by hand']);
  assert.equal(find('others', [one])?.value, 0);
  assert.equal(find('admin', [one])?.value, 0);
});

test('accounts are unknown, and not none, where no app was ever read', () => {
  const unread = find('accounts', [preview('Rohan', { anyAppRead: false })]);
  assert.deepEqual([unread?.value, unread?.rows], [null, []]);
  assert.equal(find('accounts', [preview('Rohan', {})])?.value, 0);
});

test('who is told at once is named once, also as nobody', () => {
  assert.equal(find('told', [preview('Rohan', {})])?.value, 0);
  const manager = { name: 'Siobhán Keane', about: ['Tell the manager', 'Who takes over?'] };
  const one = find('told', [preview('Rohan', {}, [], [manager])]);
  assert.deepEqual([one?.value, one?.text], [1, 'person is told by mail as soon as you confirm: Siobhán Keane']);
  const two = find('told', [preview('Rohan', {}, [], [manager]), preview('Mei', {}, [], [manager])]);
  assert.deepEqual([two?.value, two?.rows.length], [1, 2]);
  assert.equal(listed(['A', 'B', 'C', 'D', 'E']), 'A, B, C and 2 more');
});

test('what nobody can know or inherit gets a line of its own, and only then', () => {
  const calm = preview('Rohan', {});
  assert.deepEqual([find('unclear', [calm]), find('heirless', [calm]), find('unseen', [calm])], [undefined, undefined, undefined]);
  const loud = preview('Rohan', { adminUnknown: [{ id: '1', name: 'CRM' }] }, [{ kind: 'app', label: 'Owner of Chat', to: null }]);
  assert.equal(find('unclear', [loud])?.value, 1);
  assert.equal(find('heirless', [loud])?.rows[0]?.text, 'Owner of Chat');
});

test('with several people each row says whose it is', () => {
  const rows = find('accounts', [preview('Rohan', { accounts: [account('Chat')] }), preview('Mei', { accounts: [account('CRM')] })])?.rows;
  assert.deepEqual(
    rows?.map(({ text }) => text),
    ['Rohan: Chat', 'Mei: CRM'],
  );
});
