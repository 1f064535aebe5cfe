import assert from 'node:assert/strict';
import { test } from 'node:test';
import exceljs from 'exceljs';
import { openWorld, type World } from '../../../tests/world.ts';
import { addPerson, setLeavingDates } from '../../people/index.ts';

const csv = (...lines: string[]) => new TextEncoder().encode(`${lines.join('\r\n')}\r\n`);
const numbered = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `u${from + i}@acme.example;User ${from + i};active`);
const heading = 'Email;Name;Status';

async function firstList(world: World, lines: string[], name = 'Chat') {
  const uploaded = await world.owner('post', `/apps/from-list?fileName=users.csv&name=${name}`, csv(heading, ...lines));
  assert.equal(uploaded.status, 200, JSON.stringify(uploaded.body));
  return uploaded.body;
}

const confirm = (world: World, syncId: string, body: object = {}) =>
  world.owner('post', `/syncs/${syncId}/confirm`, { declaredComplete: true, ...body });

test('two files tell who has left and still has an account, each with its reason', async (t) => {
  const world = await openWorld(t);
  await world.run(async (ctx) => {
    const rohan = await addPerson(ctx, {
      givenName: 'Rohan',
      familyName: 'Devaraj',
      workAddress: 'rohan@acme.example',
      timeZone: 'Europe/Lisbon',
    });
    await setLeavingDates(ctx, rohan, { lastWorkingDay: null, cutOffLocal: '2026-11-06T17:00', cutOffZone: 'Europe/Lisbon' });
    await addPerson(ctx, { givenName: 'Maya', familyName: 'Ortiz', workAddress: 'maya@acme.example' });
  });
  const preview = await firstList(world, [
    'rohan@acme.example;Rohan Devaraj;active',
    'maya@acme.example;Maya Ortiz;active',
    'j.smith@acme.example;J Smith;active',
    'old@acme.example;Old;suspended',
    'broken@;Broken;active',
  ]);
  assert.equal(preview.status, 'preview');
  assert.deepEqual([preview.counts.rows, preview.counts.added, preview.counts.refused], [5, 4, 1]);
  assert.equal((await world.owner('get', '/finding')).body.total, 0);
  const refused = await world.owner('get', `/syncs/${preview.id}/rows`);
  assert.match(refused.body.rows[0].problems[0].message, /Row 6, Email: "broken@" is no address/);
  const done = await confirm(world, preview.id, { asOf: '2026-11-20T08:00:00Z' });
  assert.equal(done.body.status, 'done', JSON.stringify(done.body));
  const finding = (await world.owner('get', '/finding')).body;
  assert.deepEqual(
    finding.rows.map((row: { group: string; address: string }) => [row.group, row.address]),
    [
      ['left', 'rohan@acme.example'],
      ['nobody', 'j.smith@acme.example'],
    ],
  );
  assert.equal(finding.total, 2);
  assert.equal(
    finding.rows[0].reason,
    'Rohan Devaraj left on Fri 6 Nov 2026, 17:00 in Lisbon. Active in Chat, by the list "users.csv" of 20 Nov.',
  );
  assert.match(finding.rows[1].reason, /^Nobody on your list matches j\.smith@acme\.example: left, or a service account\? Active in Chat/);
  const file = await world.owner('get', '/finding/file');
  assert.match(new TextDecoder().decode(file.bytes), /rohan@acme\.example/);
  const app = (await world.owner('get', `/apps/${preview.appId}`)).body;
  assert.deepEqual([app.accounts, app.zombies, app.orphans, app.suspended], [4, 1, 1, 1]);
});

test('whose leaving is not told yet is no finding for those who may not know', async (t) => {
  const world = await openWorld(t);
  await world.run(async (ctx) => {
    const { concealLeaving } = await import('../../people/index.ts');
    const id = await addPerson(ctx, { givenName: 'Rohan', familyName: 'Devaraj', workAddress: 'rohan@acme.example' });
    await setLeavingDates(ctx, id, { lastWorkingDay: '2026-11-20', cutOffLocal: null, cutOffZone: null });
    await concealLeaving(ctx, { personId: id, toldAt: '2026-12-01T00:00:00Z', sensitive: true, namedMemberIds: [world.ownerMemberId] });
  });
  const preview = await firstList(world, ['rohan@acme.example;Rohan Devaraj;active']);
  await confirm(world, preview.id);
  const ops = await world.as(['ops']);
  assert.equal((await world.owner('get', '/finding')).body.total, 1);
  assert.equal((await ops('get', '/finding')).body.total, 0);
  assert.equal((await ops('get', `/apps/${preview.appId}`)).body.zombies, 0);
});

test('a complete list that lacks many people is held and touches nobody, until a person confirms it', async (t) => {
  const world = await openWorld(t);
  const first = await firstList(world, numbered(30));
  assert.equal((await confirm(world, first.id, { asOf: '2026-11-20T08:00:00Z' })).body.status, 'done');
  const next = await world.owner('post', `/apps/${first.appId}/lists?fileName=users2.csv`, csv(heading, ...numbered(12)));
  assert.equal(next.body.counts.gone, 18);
  assert.match(next.body.heldReasons[0], /18 of 30 people who have not left would have no account here any more/);
  const held = await confirm(world, next.body.id);
  assert.equal(held.body.status, 'held');
  assert.equal((await world.owner('get', `/apps/${first.appId}`)).body.accounts, 30);
  assert.equal((await world.owner('get', '/syncs?waiting=true')).body.total, 1);
  const done = await confirm(world, next.body.id);
  assert.equal(done.body.status, 'done');
  assert.equal((await world.owner('get', `/apps/${first.appId}`)).body.accounts, 12);
});

test('a list that is not declared complete, or was exported before, ends nobody', async (t) => {
  const world = await openWorld(t);
  const first = await firstList(world, numbered(10));
  await confirm(world, first.id, { asOf: '2026-11-20T08:00:00Z' });
  for (const body of [{ declaredComplete: false }, { asOf: '2026-11-19T08:00:00Z' }]) {
    const next = await world.owner('post', `/apps/${first.appId}/lists?fileName=part.csv`, csv(heading, ...numbered(3)));
    assert.equal((await confirm(world, next.body.id, body)).body.status, 'done');
    assert.equal((await world.owner('get', `/apps/${first.appId}`)).body.gone, 0);
  }
  const future = await world.owner('post', `/apps/${first.appId}/lists?fileName=part.csv`, csv(heading, ...numbered(3)));
  assert.equal((await confirm(world, future.body.id, { asOf: '2026-12-24T08:00:00Z' })).status, 422);
});

test('the list of another app is held even when it is not declared complete', async (t) => {
  const world = await openWorld(t);
  const first = await firstList(world, numbered(20));
  await confirm(world, first.id);
  const wrong = await world.owner('post', `/apps/${first.appId}/lists?fileName=crm.csv`, csv(heading, ...numbered(20, 1000)));
  const held = await confirm(world, wrong.body.id, { declaredComplete: false });
  assert.equal(held.body.status, 'held');
  assert.match(held.body.heldReasons[0], /Hardly any of the accounts is one we know/);
  const gone = await world.owner('post', `/syncs/${wrong.body.id}/discard`);
  assert.equal(gone.status, 200);
  assert.equal((await world.owner('get', `/apps/${first.appId}`)).body.accounts, 20);
});

test('a lay-off of people who have left is not braked', async (t) => {
  const world = await openWorld(t);
  const first = await firstList(world, numbered(60));
  await confirm(world, first.id, { asOf: '2026-11-20T08:00:00Z' });
  await world.run(async (ctx) => {
    for (let i = 0; i < 40; i++) {
      const id = await addPerson(ctx, { givenName: 'User', familyName: `${i}`, workAddress: `u${i}@acme.example` });
      await setLeavingDates(ctx, id, { lastWorkingDay: '2026-11-20', cutOffLocal: null, cutOffZone: null });
    }
  });
  await world.drain();
  assert.equal((await world.owner('get', '/finding?group=left')).body.total, 40);
  const next = await world.owner('post', `/apps/${first.appId}/lists?fileName=users2.csv`, csv(heading, ...numbered(20, 40)));
  assert.deepEqual(next.body.heldReasons, []);
  assert.equal((await confirm(world, next.body.id)).body.status, 'done');
  assert.equal((await world.owner('get', '/finding?group=left')).body.total, 0);
});

test('a mapping is corrected on the preview and remembered for the next list', async (t) => {
  const world = await openWorld(t);
  const uploaded = await world.owner(
    'post',
    '/apps/from-list?fileName=x.csv&name=Odd',
    csv('Kennung,Farbe,Zustand', 'u1@acme.example,rot,active', 'u2@acme.example,blau,active'),
  );
  const { id, appId } = uploaded.body;
  const remapped = await world.owner('post', `/syncs/${id}/mapping`, { mapping: { address: [0], displayName: [1], status: [2] } });
  assert.equal(remapped.body.counts.added, 2);
  assert.equal(remapped.body.list.sample[0].name, 'rot');
  assert.equal((await world.owner('post', `/syncs/${id}/mapping`, { mapping: { status: [2] } })).status, 422);
  assert.equal((await confirm(world, id)).body.status, 'done');
  const next = await world.owner('post', `/apps/${appId}/lists?fileName=y.csv`, csv('Farbe,Kennung,Zustand', 'rot,u1@acme.example,active'));
  assert.deepEqual([next.body.list.remembered, next.body.list.mapping.address, next.body.list.mapping.displayName], [true, [1], [0]]);
});

test('a new column that says who is suspended is not passed over in silence when the columns are read as the last time', async (t) => {
  const world = await openWorld(t);
  const first = await firstList(world, numbered(2));
  await confirm(world, first.id);
  const next = await world.owner(
    'post',
    `/apps/${first.appId}/lists?fileName=y.csv`,
    csv(`${heading};Frozen`, 'u1@acme.example;User 1;active;1'),
  );
  assert.equal(next.body.list.remembered, true);
  assert.match(next.body.notes.join(' '), /The column "Frozen" seems to say which accounts can be used\. It is not read/);
});

test('an app that came with a list goes with it when the list is discarded', async (t) => {
  const world = await openWorld(t);
  const first = await firstList(world, numbered(3), 'Mistake');
  assert.deepEqual((await world.owner('post', `/syncs/${first.id}/discard`)).body, { appRemoved: true });
  assert.equal((await world.owner('get', '/apps')).body.total, 0);
  assert.equal((await world.owner('post', `/syncs/${first.id}/confirm`, { declaredComplete: true })).status, 404);
});

test('a long list is worked on in the background, and nothing is lost of it', async (t) => {
  const world = await openWorld(t);
  const first = await firstList(world, numbered(6_000));
  assert.equal(first.status, 'queued');
  await world.drain();
  const preview = (await world.owner('get', `/syncs/${first.id}`)).body;
  assert.deepEqual([preview.status, preview.counts.rows, preview.counts.added, preview.list.sample.length], ['preview', 6_000, 6_000, 20]);
  assert.equal((await confirm(world, first.id)).body.status, 'queued');
  await world.drain();
  assert.equal((await world.owner('get', `/syncs/${first.id}`)).body.status, 'done');
  assert.equal((await world.owner('get', `/apps/${first.appId}`)).body.accounts, 6_000);
});

test('a people list over the accounts of an app is held, changes nothing, and says where it belongs', async (t) => {
  const world = await openWorld(t);
  const first = await firstList(world, numbered(4));
  await confirm(world, first.id, { asOf: '2026-11-20T08:00:00Z' });
  const people = csv(
    'ID;E-Mail;Nachname;Team;Status;Vorgesetzter;Einstellungsdatum;Letzter Arbeitstag',
    ...[0, 1, 2, 3].map((i) => `${i};u${i}@acme.example;User ${i};A;Inaktiv;;01.02.2018;`),
  );
  const wrong = await world.owner('post', `/apps/${first.appId}/lists?fileName=people.csv`, people);
  assert.match(
    wrong.body.heldReasons[0],
    /look like a people list \(Vorgesetzter, Einstellungsdatum, Letzter Arbeitstag\).*Give it under People/,
  );
  assert.equal((await confirm(world, wrong.body.id)).body.status, 'held');
  const app = (await world.owner('get', `/apps/${first.appId}`)).body;
  assert.deepEqual([app.accounts, app.suspended], [4, 0]);
});

test('a leaver whose account is only known by an alias is a finding, not an account of nobody', async (t) => {
  const world = await openWorld(t);
  await world.run(async (ctx) => {
    const id = await addPerson(ctx, { givenName: 'Clara', familyName: 'Diaz', workAddress: 'clara.diaz@acme.example' });
    await setLeavingDates(ctx, id, { lastWorkingDay: '2026-10-30', cutOffLocal: null, cutOffZone: null });
  });
  const file = csv(
    'Block credential,Display name,Object Id,Proxy addresses,User principal name',
    'False,C D,1,SMTP:cd7@acme.onmicrosoft.example+smtp:clara.diaz@acme.example,cd7@acme.onmicrosoft.example',
  );
  const uploaded = await world.owner('post', '/apps/from-list?fileName=users.csv&name=Office', file);
  await confirm(world, uploaded.body.id);
  const finding = (await world.owner('get', '/finding')).body;
  assert.deepEqual(
    finding.rows.map((row: { group: string; address: string }) => [row.group, row.address]),
    [['left', 'cd7@acme.onmicrosoft.example']],
  );
});

test('"44 days ago" is left open until somebody says when the list was exported, and the same list twice changes nothing', async (t) => {
  const world = await openWorld(t);
  const lines = ['Email,Status,Last seen', 'a@acme.example,active,44 days ago', 'b@acme.example,active,Yesterday'];
  const give = (appId: string) => world.owner('post', `/apps/${appId}/lists?fileName=u.csv`, csv(...lines));
  const first = (await world.owner('post', '/apps/from-list?fileName=u.csv&name=Chat', csv(...lines))).body;
  assert.match(first.counts.notes.join(' '), /"44 days ago" as last activity counts from when the list was exported/);
  await confirm(world, first.id, { asOf: '2026-11-21T10:40:00Z' });
  const last = async () =>
    (await world.owner('get', '/accounts')).body.rows.map((row: { address: string; lastActivityAt: string }) => [
      row.address,
      new Date(row.lastActivityAt).toISOString(),
    ]);
  const days = [
    ['a@acme.example', '2026-10-08T00:00:00.000Z'],
    ['b@acme.example', '2026-11-20T00:00:00.000Z'],
  ];
  assert.deepEqual((await last()).sort(), days);
  const again = await confirm(world, (await give(first.appId)).body.id, { asOf: '2026-11-21T10:40:00Z' });
  assert.deepEqual([again.body.counts.unchanged, again.body.counts.changed], [2, 0]);
  const untold = await confirm(world, (await give(first.appId)).body.id);
  assert.deepEqual([untold.body.counts.unchanged, untold.body.counts.changed], [2, 0]);
  assert.deepEqual((await last()).sort(), days);
});

test('of a workbook the sheet with the users is read, and another one when it is named', async (t) => {
  const world = await openWorld(t);
  const workbook = new exceljs.Workbook();
  workbook.addWorksheet('Read me').addRows([['Users of the chat'], ['As of today']]);
  workbook.addWorksheet('Users').addRows([
    ['Email', 'Name', 'Status'],
    ['a@acme.example', 'A', 'active'],
  ]);
  workbook.addWorksheet('Guests').addRows([
    ['Email', 'Name', 'Status'],
    ['g@acme.example', 'G', 'active'],
  ]);
  const file = new Uint8Array(await workbook.xlsx.writeBuffer());
  const users = await world.owner('post', '/apps/from-list?fileName=u.xlsx&name=Chat', file);
  assert.equal(users.body.list.sample[0].account, 'a@acme.example', JSON.stringify(users.body));
  assert.match(users.body.notes.join(' '), /3 sheets; "Users" was read.*"Guests" looks like a list too/);
  const guests = await world.owner('post', `/apps/${users.body.appId}/lists?fileName=u.xlsx&sheet=Guests`, file);
  assert.equal(guests.body.list.sample[0].account, 'g@acme.example');
  const none = await world.owner('post', `/apps/${users.body.appId}/lists?fileName=u.xlsx&sheet=Nobody`, file);
  assert.equal(none.status, 422);
  assert.match(none.body.detail, /has no sheet "Nobody". It has: Read me, Users, Guests/);
});

test('what is no list gets one clear error and makes no app', async (t) => {
  const world = await openWorld(t);
  const picture = await world.owner(
    'post',
    '/apps/from-list?fileName=a.png&name=P',
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
  );
  assert.equal(picture.status, 422);
  assert.match(picture.body.detail, /picture/);
  const empty = await world.owner('post', '/apps/from-list?fileName=a.csv&name=P', new Uint8Array());
  assert.equal(empty.status, 422);
  assert.equal((await world.owner('get', '/apps')).body.total, 0);
});
