import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blastLines } from './blast-lines.ts';
import type { LeavingPreview } from './use-leaving-count.ts';

const preview = (name: string, blast: Partial<LeavingPreview['blast']>, ownerships: LeavingPreview['ownerships'] = []): LeavingPreview =>
  ({
    person: { id: name, name, zone: 'Europe/Berlin', place: null },
    blast: {
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
