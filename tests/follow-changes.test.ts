import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startDueSyncs } from '../server/connections/index.ts';
import { startMicrosoft } from './fakes/vendors/microsoft.ts';
import { guid, userId } from './fakes/vendors/microsoft-state.ts';
import { openWorld } from './world.ts';

/** A company of so many on Microsoft 365, read whole once; one person of it is on the roster. */
async function followed(t: { after(work: () => Promise<void>): void }, accounts = 60) {
  const vendor = await startMicrosoft(accounts);
  t.after(() => vendor.server.stop());
  const world = await openWorld(t, { env: { GROUNDCREW_ALLOW_PRIVATE: '127.0.0.0/8' } });
  const { settings, secrets, state, server } = vendor;
  const made = await world.owner('post', '/connections', {
    appName: 'Microsoft 365',
    connector: 'microsoft',
    settings,
    secrets,
    syncEveryMinutes: 60,
  });
  assert.equal(made.status, 200, JSON.stringify(made.body));
  const { appId, connectionId } = made.body as { appId: string; connectionId: string };
  const newest = () =>
    world.run((ctx) =>
      ctx.db
        .selectFrom('connections_syncs')
        .selectAll()
        .where('app_id', '=', appId)
        .orderBy('created_at', 'desc')
        .executeTakeFirstOrThrow(),
    );
  const due = async (minutes = 61) => {
    world.clock.advance({ minutes });
    server.exchanges.length = 0;
    await startDueSyncs(world.platform, world.organizationId);
    await world.drain();
    return newest();
  };
  const byHand = async () => {
    world.clock.advance({ minutes: 1 });
    await world.owner('post', `/apps/${appId}/sync`);
    await world.drain();
    return newest();
  };
  const connection = () =>
    world.run((ctx) =>
      ctx.db
        .selectFrom('connections_connections')
        .select(['changes_mark', 'read_whole_at', 'status'])
        .where('id', '=', connectionId)
        .executeTakeFirstOrThrow(),
    );
  const accountsNow = async () => {
    const rows = await world.run((ctx) => ctx.db.selectFrom('apps_accounts').selectAll().where('app_id', '=', appId).execute());
    return new Map(rows.map((row) => [row.external_id, row]));
  };
  const rename = (index: number, displayName = `Renamed ${index}`) => {
    state.users.get(userId(index))!.displayName = displayName;
    state.log.push({ what: 'users', id: userId(index) });
  };
  const remove = (index: number) => {
    state.users.delete(userId(index));
    for (const members of state.members.values()) members.delete(userId(index));
    state.log.push({ what: 'users', id: userId(index), removed: true });
  };
  const first = await byHand();
  assert.deepEqual([first.status, first.scope], ['done', 'whole']);
  const wholeListRead = () => server.exchanges.some(({ path }) => path === '/v1.0/users');
  return { world, state, server, appId, connectionId, due, byHand, connection, accountsNow, rename, remove, wholeListRead };
}

test('a due sync follows what changed and touches only that; one by hand, and one after a day, reads everything', async (t) => {
  const f = await followed(t);
  const before = await f.accountsNow();
  const mark = (await f.connection()).changes_mark;
  assert.ok(mark);
  for (let index = 10; index < 18; index++) f.rename(index);
  f.state.members.get(guid(2, 2))!.add(userId(20));
  f.state.log.push({ what: 'groups', id: guid(2, 2), member: userId(20) });
  f.remove(21);
  const sync = await f.due();
  assert.deepEqual([sync.status, sync.scope, f.wholeListRead()], ['done', 'changes', false]);
  const counts = sync.counts as Record<string, number>;
  assert.deepEqual([counts.grantsAdded, counts.gone, counts.read], [1, 1, 10]);
  const after = await f.accountsNow();
  const touched = [...after].filter(([id, row]) => row.reading_id !== before.get(id)!.reading_id).map(([id]) => id);
  assert.deepEqual(touched.sort(), [10, 11, 12, 13, 14, 15, 16, 17, 20, 21].map(userId).sort());
  assert.deepEqual([after.get(userId(10))!.display_name, after.get(userId(21))!.status], ['Renamed 10', 'gone']);
  assert.notEqual((await f.connection()).changes_mark, mark);

  const idle = await f.due();
  assert.deepEqual([idle.scope, idle.notes], ['changes', ['Nothing changed since the last reading.']]);
  assert.equal((await f.byHand()).scope, 'whole');
  assert.equal((await f.due()).scope, 'changes');
  assert.equal((await f.due(24 * 60)).scope, 'whole');
});

test('a mark that is too old, a lost group and more than a brake lets through lead to a whole reading', async (t) => {
  const f = await followed(t);
  f.rename(10);
  f.state.oldestMark = 1;
  const old = await f.due();
  assert.deepEqual([old.status, old.scope], ['done', 'whole']);
  assert.equal((await f.accountsNow()).get(userId(10))!.display_name, 'Renamed 10');
  f.rename(11);
  assert.equal((await f.due()).scope, 'changes');
  f.state.groups.delete(guid(2, 2));
  f.state.members.delete(guid(2, 2));
  f.state.log.push({ what: 'groups', id: guid(2, 2), removed: true });
  assert.equal((await f.due()).scope, 'whole');

  // Ten of the sixty are people of the roster; four of these going is more than 5 %.
  for (let index = 10; index < 20; index++) {
    const person = { givenName: `Given${index}`, familyName: `Family${index}`, workAddress: `person${index}@acme.example` };
    assert.equal((await f.world.owner('post', '/people', person)).status, 200);
  }
  await f.byHand();
  const mark = (await f.connection()).changes_mark;
  for (let index = 10; index < 14; index++) f.remove(index);
  const held = await f.due();
  assert.deepEqual([held.status, held.scope], ['held', 'whole']);
  assert.equal((await f.accountsNow()).get(userId(10))!.status, 'active');
  assert.equal((await f.connection()).changes_mark, mark);
});

test('changes that break off half-way, or cannot be written, keep the old mark and change nothing', async (t) => {
  const f = await followed(t);
  const mark = (await f.connection()).changes_mark;
  f.rename(10);
  f.server.lack('GroupMember.Read.All');
  const broken = await f.due();
  assert.deepEqual([broken.status, broken.reading_id], ['failed', null]);
  assert.equal((await f.connection()).changes_mark, mark);
  assert.notEqual((await f.accountsNow()).get(userId(10))!.display_name, 'Renamed 10');
  f.server.lack(null);

  const { Client } = await import('pg');
  const admin = new Client({ connectionString: f.world.database.adminUrl });
  await admin.connect();
  await admin.query("alter table apps_accounts add constraint no_renamed check (display_name not like 'Renamed%')");
  const refused = await f.due(5);
  assert.deepEqual([refused.status, refused.reading_id], ['failed', null]);
  assert.equal((await f.connection()).changes_mark, mark);
  await admin.query('alter table apps_accounts drop constraint no_renamed');
  await admin.end();
  const taken = await f.due();
  assert.deepEqual([taken.status, taken.scope], ['done', 'changes']);
  assert.equal((await f.accountsNow()).get(userId(10))!.display_name, 'Renamed 10');
});

test('an account that changes is matched to its person again', async (t) => {
  const f = await followed(t);
  const person = { givenName: 'Noor', familyName: 'Haddad', workAddress: 'noor@acme.example' };
  const { body: added } = await f.world.owner('post', '/people', person);
  const user = f.state.users.get(userId(12))!;
  Object.assign(user, { mail: 'noor@acme.example', userPrincipalName: 'noor@acme.example', proxyAddresses: ['SMTP:noor@acme.example'] });
  f.state.log.push({ what: 'users', id: userId(12) });
  assert.equal((await f.due()).scope, 'changes');
  assert.equal((await f.accountsNow()).get(userId(12))!.person_id, added.id ?? added.person?.id);
});
