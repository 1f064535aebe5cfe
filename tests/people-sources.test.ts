// A system that knows who works here: what it tells goes into the people list by itself, as any list does, and what is cut short or too much changes nobody.
import assert from 'node:assert/strict';
import { before, beforeEach, test } from 'node:test';
import { addApp } from '../server/apps/index.ts';
import { addConnection, startSync } from '../server/connections/index.ts';
import { fixture as microsoft } from './fakes/vendors/microsoft.ts';
import { type Employee, employee } from './fakes/vendors/people-fixture.ts';
import { startPersonio } from './fakes/vendors/personio.ts';
import { openWorld, type World } from './world.ts';

let world: World;
let appId: string;
const people: Employee[] = [];
const state: { told?: number } = {};

before(async (t) => {
  world = await openWorld(t as never, { at: '2026-12-01T09:00:00Z', env: { GROUNDCREW_ALLOW_PRIVATE: '127.0.0.0/8' } });
  people.push(...Array.from({ length: 60 }, (_, index) => ({ ...employee(index), ended: null })));
  const server = await startPersonio(people, state);
  (t as unknown as { after(end: () => Promise<void>): void }).after(() => server.stop());
  appId = await world.run(async (ctx) => {
    const id = await addApp(ctx, { name: 'Personio' });
    await addConnection(ctx, {
      appId: id,
      connector: 'personio',
      settings: { clientId: 'papi-1', baseUrl: server.address },
      secrets: { clientSecret: 's3cret-of-the-fixture' },
      syncEveryMinutes: 60,
    });
    return id;
  });
});

beforeEach(() => {
  state.told = undefined;
});

async function read(): Promise<{ status: string; notes: string[]; problem: string | null }> {
  const syncId = await world.run((ctx) => startSync(ctx, appId));
  await world.drain();
  return (await world.owner('get', `/syncs/${syncId}`)).body;
}

async function person(address: string): Promise<Record<string, unknown>> {
  const { rows } = (await world.owner('get', `/people?search=${encodeURIComponent(address)}&view=now`)).body;
  return (await world.owner('get', `/people/${rows[0].id}`)).body;
}
const tasks = (about = 'people-source-held') =>
  world.run((ctx) =>
    ctx.db.selectFrom('tasks_tasks').select(['title', 'link_url']).where('about_kind', '=', about).where('status', '=', 'open').execute(),
  );
const changesOfPeople = async () =>
  Number(
    (
      await world.run((ctx) =>
        ctx.db
          .selectFrom('people_people')
          .select(({ fn }) => fn.countAll().as('n'))
          .executeTakeFirstOrThrow(),
      )
    ).n,
  );

test('everybody whom it tells of stands in the people list, with department, manager and start', async () => {
  const first = await read();
  assert.equal(first.status, 'done', JSON.stringify(first));
  assert.match(first.notes[0]!, /Read 60 people: 60 new, 0 changed, 0 refused/);
  const found = await person('person7@acme.example');
  assert.deepEqual(
    [found.name, found.title, found.department, (found.manager as { name: string }).name],
    ['Person Number 7', 'Engineer', 'Engineering', 'Person Number 0'],
  );
  const again = await read();
  assert.match(again.notes[0]!, /all as they stand/);
});

test('what changes there changes here, and nobody else; a last day that it tells is taken over', async () => {
  people[7]!.title = 'Head of optics';
  people[8]!.ended = '2026-12-18';
  const { notes } = await read();
  assert.match(notes[0]!, /0 new, 2 changed/);
  assert.equal((await person('person7@acme.example')).title, 'Head of optics');
  assert.equal((await person('person8@acme.example')).lastWorkingDay, '2026-12-18');
});

test('half a list changes nobody, and is said', async () => {
  people[9]!.title = 'Unread';
  state.told = 90;
  const half = await read();
  assert.equal(half.status, 'failed');
  assert.match(half.problem!, /Read 60 of 90 people.*Nothing was changed\./s);
  assert.equal((await person('person9@acme.example')).title, 'Engineer');
});

test('a list that is suddenly much shorter changes nobody', async () => {
  const gone = people.splice(20);
  const short = await read();
  assert.equal(short.status, 'failed');
  assert.match(short.problem!, /20 people, and of 60 before/);
  people.push(...gone);
  assert.equal(await changesOfPeople(), 60);
});

test('too many who would leave at once are held, and the lead is told once', async () => {
  for (let index = 30; index < 40; index += 1) people[index]!.ended = '2026-11-20';
  const held = await read();
  assert.match(held.notes[0]!, /Held, and nobody was changed/);
  await read();
  const open = await tasks();
  assert.equal(open.length, 1, JSON.stringify(open));
  assert.match(open[0]!.link_url!, /\/people\/imports$/);
  assert.equal((await person('person31@acme.example')).lastWorkingDay ?? null, null);
  for (let index = 30; index < 40; index += 1) people[index]!.ended = null;
  await read();
  assert.deepEqual(await tasks(), []);
});

test('somebody whom it calls left without a day is asked about, once and not every hour', async () => {
  people[50]!.left = true;
  await read();
  await read();
  const asked = () => tasks('people-source-asks');
  const [first, ...more] = await asked();
  assert.match(first!.title, /has to be decided/);
  assert.deepEqual(more, []);
  assert.equal((await person('person50@acme.example')).status, 'working');
  people[50]!.left = false;
});

test('a list that somebody is looking at is not pushed aside', async () => {
  const file = new TextEncoder().encode('First name,Last name,Work email\nGrace,Hopper,grace@acme.example\n');
  const mine = await world.owner('post', '/people/imports?fileName=mine.csv', file);
  assert.equal(mine.body.status, 'preview', JSON.stringify(mine.body));
  people[10]!.title = 'Waits';
  const { notes } = await read();
  assert.match(notes[0]!, /somebody gave waits/);
  assert.equal((await world.owner('get', `/people/imports/${mine.body.id}`)).body.status, 'preview');
  await world.owner('post', `/people/imports/${mine.body.id}/discard`, {});
  await read();
  assert.equal((await person('person10@acme.example')).title, 'Waits');
});

test('a directory that keeps accounts tells who works here where that is switched on, and not where it is not', async (t) => {
  const { owner, run, drain } = await openWorld(t, {
    at: '2026-12-01T09:00:00Z',
    env: { GROUNDCREW_ALLOW_PRIVATE: '127.0.0.0/8' },
  });
  const vendor = await microsoft.start({ accounts: 20 });
  t.after(() => vendor.server.stop());
  const { settings, secrets } = vendor;
  const made = (await owner('post', '/connections', { appName: 'Microsoft 365', connector: 'microsoft', settings, secrets })).body;
  const readWhole = async () => {
    await run((ctx) => startSync(ctx, made.appId));
    while ((await drain()) > 0);
  };
  const known = async () => (await owner('get', '/people?view=now')).body.total;
  await readWhole();
  assert.equal(await known(), 0);
  const changed = await owner('PATCH', `/connections/${made.connectionId}`, { takesPeople: true });
  assert.equal(changed.body.takesPeople, true, JSON.stringify(changed.body));
  await readWhole();
  assert.ok((await known()) > 10, String(await known()));
});
