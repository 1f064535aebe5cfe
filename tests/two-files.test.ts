import assert from 'node:assert/strict';
import { test } from 'node:test';
import { germanPeopleCsv, peopleCsv } from '../sample/people-csv.ts';
import { accountsCsv, sampleAccounts } from '../sample/sample-accounts.ts';
import { sampleApps } from '../sample/sample-apps.ts';
import { samplePeople } from '../sample/sample-people.ts';
import { type Answer, openWorld, type World } from './world.ts';

// Two files and no credential: the people list and the user list of one app, to who has left and still has accounts, each with its reason.
const people = samplePeople(160).filter(({ startDate }) => startDate < '2026-11-01');
const chat = sampleApps.find(({ name }) => name === 'Chat')!;
const accounts = sampleAccounts(people, chat);
const leavers = new Map(
  [14, 18, 29, 30, 77]
    .map((index) => [index, '2026-10-30'] as const)
    .filter(([index]) => accounts.some(({ externalId }) => externalId === people[index]!.workAddress)),
);

type Row = { group: string; person: string | null; address: string | null; userName: string | null; reason: string; mend: string };

const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, `${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};

async function givePeople(world: World, fileName: string, bytes: Uint8Array, declaredComplete: boolean) {
  const preview = ok(
    await world.owner('post', `/people/imports?fileName=${encodeURIComponent(fileName)}&declaredComplete=${declaredComplete}`, bytes),
  );
  assert.equal(preview.counts.refused, 0, JSON.stringify(preview));
  assert.equal(preview.asksDateOrder, false);
  return ok(await world.owner('post', `/people/imports/${preview.id}/confirm`, {}));
}

async function giveUsers(world: World) {
  const preview = ok(await world.owner('post', '/apps/from-list?fileName=chat-users.csv&name=Chat', accountsCsv(accounts)));
  assert.equal(preview.status, 'preview');
  ok(await world.owner('post', `/syncs/${preview.id}/confirm`, { declaredComplete: true }));
  await world.drain();
}

async function finding(world: World): Promise<{ rows: Row[]; of(group: string): Row[] }> {
  const { rows } = ok(await world.owner('get', '/finding?limit=200')) as { rows: Row[] };
  for (const row of rows) {
    assert.ok(row.reason.length > 20 && row.reason.endsWith('.'), row.reason);
    assert.ok(row.mend.length > 10, row.mend);
  }
  return { rows, of: (group) => rows.filter((row) => row.group === group) };
}

test('a list with leavers, as German payroll exports it (Windows-1252, semicolons): each leaver with an account is named with the day they left', async (t) => {
  const world = await openWorld(t, { at: '2026-11-21T10:40:00Z' });
  const done = await givePeople(world, 'Mitarbeiter.csv', germanPeopleCsv(people, leavers), false);
  assert.equal(done.counts.new, people.length);
  await giveUsers(world);
  const { of } = await finding(world);
  const left = of('left');
  assert.equal(left.length, leavers.size);
  const expected = [...leavers.keys()].map((index) => people[index]!.workAddress).sort();
  assert.deepEqual(left.map(({ address }) => address).sort(), expected);
  for (const row of left) assert.match(row.reason, /30 Oct/);
  assert.deepEqual(of('missing'), []);
  // Those of nobody are told apart: not on the list at all.
  for (const stranger of chat.strangers ?? [])
    assert.ok(of('nobody').some(({ address, userName }) => [address, userName].includes(stranger)));
});

test('a list that simply omits leavers, and nothing before it: their accounts stand there as of nobody on the list', async (t) => {
  const world = await openWorld(t, { at: '2026-11-21T10:40:00Z' });
  await givePeople(world, 'people.csv', peopleCsv(people, leavers, { omitLeavers: true }), true);
  await giveUsers(world);
  const { of } = await finding(world);
  assert.deepEqual(of('left'), []);
  const nobody = of('nobody').map(({ address }) => address);
  for (const index of leavers.keys()) assert.ok(nobody.includes(people[index]!.workAddress));
  for (const row of of('nobody').filter(({ address }) => address?.endsWith('@fernhill.example')))
    assert.match(row.reason, /left, or a service account\?/);
});

test('a complete list after an earlier one asks whether those it omits have left; once confirmed they are the finding', async (t) => {
  const world = await openWorld(t, { at: '2026-11-20T10:40:00Z' });
  await givePeople(world, 'people-october.csv', peopleCsv(people), true);
  await giveUsers(world);
  assert.deepEqual((await finding(world)).of('left'), []);
  world.clock.set('2026-11-21T10:40:00Z');
  const list = await givePeople(world, 'people-november.csv', peopleCsv(people, leavers, { omitLeavers: true }), true);
  assert.equal(list.counts.missing, leavers.size);
  const asked = (await finding(world)).of('missing');
  assert.equal(asked.length, leavers.size);
  for (const row of asked) {
    assert.match(row.reason, /is on your list no more \("people-november\.csv"\): left\?/);
    assert.match(row.mend, /Say whether/);
  }
  assert.deepEqual((await finding(world)).of('left'), []);
  const decided = ok(await world.owner('post', `/people/imports/${list.id}/missing`, { all: 'left' }));
  assert.deepEqual(decided, { left: leavers.size, stay: 0 });
  const after = await finding(world);
  assert.equal(after.of('left').length, leavers.size);
  assert.deepEqual(after.of('missing'), []);
});
