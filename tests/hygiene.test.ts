import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { addApp, archiveApp, recordReading } from '../server/apps/index.ts';
import { addConnection } from '../server/connections/index.ts';
import { sql } from '../server/platform/database.ts';
import { ok } from './access-company.ts';
import { fixture } from './fakes/vendors/microsoft.ts';
import { account, type LeavingCompany, openCompany } from './leaving-company.ts';

let world: LeavingCompany;
const people: Record<string, string> = {};
let chat: Awaited<ReturnType<LeavingCompany['scimApp']>>;
let crm: string;
let notes: string;

const seed = (name: string) => ({ userName: `${name.toLowerCase()}@acme.example`, address: `${name.toLowerCase()}@acme.example` });
const list = async (kind: string, more = '') => ok(await world.owner('get', `/hygiene/findings?kind=${kind}${more}`));
const named = (body: { rows: { who: string }[] }) => body.rows.map(({ who }) => who).sort();
const count = async (kind: string) =>
  ok(await world.owner('get', '/hygiene')).lists.find((each: { kind: string }) => each.kind === kind) as Record<string, number>;

before(async (t) => {
  world = await openCompany(t as never, { at: '2026-11-26T08:00:00Z' });
  for (const name of ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Fay', 'Gus', 'Hal']) people[name] = await world.person({ givenName: name });
  const lou = await world.person({ givenName: 'Lou' });
  await world.run((ctx) =>
    sql`update people_employments set left_at = '2026-11-20T17:00:00Z', cut_off_at = '2026-11-20T17:00:00Z' where person_id = ${lou}`.execute(
      ctx.db,
    ),
  );
  crm = await world.manualApp('CRM', {
    ownerPersonId: people.Ada!,
    accounts: [
      { addresses: ['ada@acme.example'], isAdmin: true, secondFactor: true, isExternal: false },
      { addresses: ['ben@acme.example'], isAdmin: false, secondFactor: false, isExternal: false },
      { addresses: ['cleo@acme.example'], isAdmin: false, secondFactor: null, isExternal: false },
      { addresses: ['dan@partner.example'], isAdmin: null, secondFactor: false, isExternal: true },
    ],
  });
  chat = await world.scimApp('Chat', {
    users: ['Ada', 'Lou', 'stranger', 'Dan', 'Eve', 'Fay'].map(seed),
    ownerPersonId: people.Ben!,
    deputyPersonId: people.Cleo!,
  });
  const vendor = await fixture.start({ accounts: 4 });
  (t as never as { after(work: () => Promise<void>): void }).after(() => vendor.server.stop());
  notes = await world.run(async (ctx) => {
    const id = await addApp(ctx, { name: 'Microsoft', ownerPersonId: people.Ada!, deputyPersonId: people.Ben! });
    await addConnection(ctx, {
      appId: id,
      connector: 'microsoft',
      settings: vendor.settings as never,
      secrets: vendor.secrets as never,
      syncEveryMinutes: null,
      writes: true,
    });
    return id;
  });
  await world.read(notes);
});

test('each list shows whom it concerns and why, and what nobody knows is counted as unknown, never as fine', async () => {
  assert.deepEqual(named(await list('zombie')), ['Lou Test']);
  assert.deepEqual(named(await list('orphan', `&appId=${chat.appId}`)), ['stranger@acme.example']);
  assert.deepEqual(named(await list('second-factor', `&appId=${crm}`)), ['Ben Test', 'dan@partner.example']);
  const second = await list('second-factor');
  assert.deepEqual(
    second.unknown.filter(({ app }: { app: string }) => app === 'CRM' || app === 'Chat'),
    [
      { appId: chat.appId, app: 'Chat', unknown: 5, of: 6 },
      { appId: crm, app: 'CRM', unknown: 1, of: 4 },
    ],
  );
  const admins = await list('administrator', `&appId=${crm}`);
  assert.deepEqual(named(admins), ['Ada Test']);
  assert.equal(admins.rows[0].onlyAdmin, true);
  assert.deepEqual(named(await list('outside', `&appId=${crm}`)), ['dan@partner.example']);
  const alone = await list('one-owner');
  assert.deepEqual(named(alone), ['CRM']);
  assert.equal(alone.rows[0].why, 'Only Ada Test answers for it.');
  assert.equal((await count('second-factor')).unknown! >= 6, true);
});

test('an app that was not read whole for days, or never, is said on the lists', async () => {
  assert.deepEqual((await list('zombie')).caveats, []);
  const never = await world.run((ctx) => addApp(ctx, { name: 'Never read', ownerPersonId: people.Ada!, deputyPersonId: people.Ben! }));
  await world.at('2026-11-29T09:00:00Z');
  const { caveats } = await list('zombie');
  assert.deepEqual(caveats.map(({ words }: { words: string }) => words).sort(), [
    'Chat was last read whole 3 days ago.',
    'Microsoft was last read whole 3 days ago.',
    'Nobody has read who has an account in Never read.',
  ]);
  await world.run((ctx) => archiveApp(ctx, never));
  await world.read(chat.appId);
  await world.read(notes);
});

test('an account of somebody who has left, and one of nobody, are suspended by a plan that reads them back and can be undone', async () => {
  const rows = [...(await list('zombie')).rows, ...(await list('orphan', `&appId=${chat.appId}`)).rows];
  const items = rows.map(({ accountId }) => ({ accountId }));
  const preview = ok(await world.owner('post', '/hygiene/previews', { what: 'suspend', items }));
  assert.deepEqual(
    preview.lines.map(({ who, how, stays }: Record<string, string>) => [who, how, stays]),
    [
      ['Lou Test', 'machine', null],
      ['stranger@acme.example', 'machine', null],
    ],
  );
  assert.equal(chat.server.changes().length, 0);
  const { planId } = ok(await world.owner('post', '/hygiene/takings', { what: 'suspend', items, reason: 'They are gone.' }));
  await world.settle();
  await world.at(world.clock.now().add({ seconds: 2 }).toString());
  assert.equal(chat.server.user('lou@acme.example').active, false);
  assert.equal(chat.server.user('stranger@acme.example').active, false);
  assert.equal(chat.server.user('ada@acme.example').active, true);
  const plan = ok(await world.owner('get', `/plans/${planId}`));
  assert.deepEqual(
    plan.lines.map(({ person, status }: Record<string, string>) => [person, status]),
    [
      ['Lou Test', 'verified'],
      ['stranger@acme.example', 'verified'],
    ],
  );
  assert.equal(plan.status, 'applied');
  assert.deepEqual(named(await list('zombie')), []);
  assert.deepEqual(named(await list('orphan', `&appId=${chat.appId}`)), []);
  ok(await world.owner('post', `/plans/${planId}/undo`, { reason: 'They are needed.', rules: false }));
  await world.settle();
  await world.at(world.clock.now().add({ seconds: 2 }).toString());
  assert.equal(chat.server.user('stranger@acme.example').active, true);
  assert.deepEqual(named(await list('zombie')), ['Lou Test']);
});

test('what would hit too many people at once needs their number and a reason', async () => {
  const { rows } = await world.run((ctx) =>
    sql<{ id: string }>`select id from apps_accounts where app_id = ${chat.appId} and user_name <> 'lou@acme.example' order by id`.execute(
      ctx.db,
    ),
  );
  const items = rows.map(({ id }) => ({ accountId: id }));
  const braked = await world.owner('post', '/hygiene/takings', { what: 'suspend', items });
  assert.equal(braked.status, 409);
  assert.equal(braked.body.code, 'brake');
  assert.equal(chat.server.user('ada@acme.example').active, true);
  const wrong = await world.owner('post', '/hygiene/takings', { what: 'suspend', items, brake: { people: 2, reason: 'All of them.' } });
  assert.equal(wrong.status, 409);
});

test('where no machine can, the owner of the app is asked by hand, never the one it is about', async () => {
  const ben = (await list('second-factor', `&appId=${crm}`)).rows.find(({ who }: { who: string }) => who === 'Ben Test');
  const { planId } = ok(await world.owner('post', '/hygiene/takings', { what: 'suspend', items: [{ accountId: ben.accountId }] }));
  await world.settle();
  const [line] = ok(await world.owner('get', `/plans/${planId}`)).lines;
  assert.equal(line.status, 'asked');
  assert.equal(line.asked, 'Ada Test');
  const only = (await list('administrator', `&appId=${crm}`)).rows[0];
  const refused = await world.owner('post', '/hygiene/takings', { what: 'revoke-admin', items: [{ accountId: only.accountId }] });
  assert.equal(refused.status, 409);
  assert.match(refused.body.detail, /Nobody else is known to be an administrator of CRM/);
});

test('somebody without a second factor is asked by a task of their own, once', async () => {
  const { rows } = await list('second-factor', `&appId=${crm}`);
  const ids = rows.map(({ accountId }: { accountId: string }) => accountId);
  assert.equal(ok(await world.owner('post', '/hygiene/second-factor-tasks', { accountIds: ids })).asked, 1);
  assert.equal((await world.owner('post', '/hygiene/second-factor-tasks', { accountIds: ids })).status, 409);
  const after = (await list('second-factor', `&appId=${crm}`)).rows;
  assert.deepEqual(after.map(({ who, askedAt }: { who: string; askedAt: string | null }) => [who, askedAt !== null]).sort(), [
    ['Ben Test', true],
    ['dan@partner.example', false],
  ]);
});

test('what is accepted leaves the list until its day, with its reason, and then comes back', async () => {
  const [row] = (await list('one-owner')).rows;
  const until = world.clock
    .now()
    .add({ hours: 24 * 30 })
    .toString();
  const body = { kind: 'one-owner', subjects: [row.subject], reason: 'Ada is enough here.', until };
  ok(await world.owner('post', '/hygiene/exceptions', body));
  assert.deepEqual(named(await list('one-owner')), []);
  assert.equal((await count('one-owner')).accepted, 1);
  const [accepted] = (await list('one-owner', '&view=accepted')).rows;
  assert.equal(accepted.exception.reason, 'Ada is enough here.');
  const auditor = await world.as(['auditor']);
  assert.equal((await auditor('post', '/hygiene/exceptions', body)).status, 403);
  assert.equal((await world.owner('post', '/hygiene/exceptions', { ...body, subjects: [crypto.randomUUID()] })).status, 404);
  assert.equal((await world.owner('post', '/hygiene/exceptions', { ...body, until: '2026-01-01T00:00:00Z' })).status, 422);
  ok(await world.owner('post', '/hygiene/exceptions/end', { kind: 'one-owner', subjects: [row.subject] }));
  assert.deepEqual(named(await list('one-owner')), ['CRM']);
  ok(await world.owner('post', '/hygiene/exceptions', { ...body, until: world.clock.now().add({ hours: 1 }).toString() }));
  await world.at(world.clock.now().add({ hours: 2 }).toString());
  assert.deepEqual(named(await list('one-owner')), ['CRM']);
});

test('programs with wide scopes are listed in plain words, and what one may do is taken and read back', async () => {
  const { rows } = await list('app-grant');
  assert.equal(rows.length, 1, JSON.stringify(rows));
  assert.equal(rows[0].who, 'Notes for all');
  assert.match(rows[0].why, /^May /);
  assert.equal((await list('app-grant')).untold, 2, 'Chat and CRM do not tell');
  const holders = ok(await world.owner('get', `/hygiene/program-holders?appId=${notes}&program=${rows[0].program}`));
  assert.equal(holders.total, rows[0].people);
  const items = holders.rows.slice(0, 1).map(({ accountId }: { accountId: string }) => ({ accountId, program: rows[0].program }));
  const { planId } = ok(await world.owner('post', '/hygiene/takings', { what: 'revoke-app-grant', items }));
  await world.settle();
  for (let turn = 0; turn < 5; turn += 1) await world.at(world.clock.now().add({ seconds: 120 }).toString());
  const [line] = ok(await world.owner('get', `/plans/${planId}`)).lines;
  assert.equal(line.status, 'verified', JSON.stringify(line));
  const left = ok(await world.owner('get', `/hygiene/program-holders?appId=${notes}&program=${rows[0].program}`));
  assert.equal(left.total, holders.total - 1);
});

test('since when something stands on a list is kept, what comes later is new on Today for a week, and what goes is forgotten', async () => {
  const first = (await list('outside', `&appId=${crm}`)).rows[0].firstSeenAt;
  assert.equal(first, '2026-11-26T08:00:00Z');
  const today = async () => ok(await world.owner('get', '/today')).needs.find(({ key }: { key: string }) => key === 'hygiene') ?? null;
  await world.run((ctx) =>
    recordReading(ctx, {
      appId: crm,
      source: 'list',
      label: 'List of CRM',
      asOf: ctx.now.toString(),
      complete: true,
      confirmed: true,
      records: [
        account({ externalId: 'ada@acme.example', addresses: ['ada@acme.example'], isAdmin: true, secondFactor: true, isExternal: false }),
        account({ externalId: 'gus@acme.example', addresses: ['gus@acme.example'], isAdmin: true, secondFactor: false, isExternal: true }),
      ],
    }),
  );
  await world.settle();
  assert.match((await today()).title, /^\d+ new hygiene findings this week\.$/);
  assert.deepEqual(named(await list('outside', `&appId=${crm}&fresh=true`)), ['Gus Test']);
  assert.deepEqual(named(await list('second-factor', `&appId=${crm}`)), ['Gus Test']);
  const admins = (await list('administrator', `&appId=${crm}`)).rows;
  assert.deepEqual(
    admins.map(({ onlyAdmin }: { onlyAdmin: boolean }) => onlyAdmin),
    [false, false],
  );
  await world.at(
    world.clock
      .now()
      .add({ hours: 24 * 8 })
      .toString(),
  );
  assert.equal(await today(), null);
});
