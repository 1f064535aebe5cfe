// Two systems that know who works here and do not agree: the stronger wins, equals never take turns, and when somebody leaves is decided by a person.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { addApp } from '../server/apps/index.ts';
import { addConnection, startSync } from '../server/connections/index.ts';
import { type Employee, employee } from './fakes/vendors/people-fixture.ts';
import { startPersonio } from './fakes/vendors/personio.ts';
import { openWorld, type World } from './world.ts';

let world: World;
const told: Record<'first' | 'second', Employee[]> = { first: [], second: [] };
const apps = { first: '', second: '' };

before(async (t) => {
  world = await openWorld(t as never, { at: '2026-12-01T09:00:00Z', env: { GROUNDCREW_ALLOW_PRIVATE: '127.0.0.0/8' } });
  for (const which of ['first', 'second'] as const) {
    told[which].push(...Array.from({ length: 40 }, (_, index) => ({ ...employee(index), ended: null })));
    const server = await startPersonio(told[which], {});
    (t as unknown as { after(end: () => Promise<void>): void }).after(() => server.stop());
    apps[which] = await world.run(async (ctx) => {
      const id = await addApp(ctx, { name: which === 'first' ? 'Personio Berlin' : 'Personio Paris' });
      await addConnection(ctx, {
        appId: id,
        connector: 'personio',
        settings: { clientId: 'papi-1', baseUrl: server.address },
        secrets: { clientSecret: 's3cret-of-the-fixture' },
        syncEveryMinutes: 60,
      });
      return id;
    });
  }
  await read('first');
  await read('second');
});

async function read(which: 'first' | 'second'): Promise<void> {
  const syncId = await world.run((ctx) => startSync(ctx, apps[which]));
  await world.drain();
  const sync = (await world.owner('get', `/syncs/${syncId}`)).body;
  assert.equal(sync.status, 'done', JSON.stringify(sync));
}

async function person(index: number): Promise<Record<string, unknown>> {
  const { rows } = (await world.owner('get', `/people?search=${encodeURIComponent(`person${index}@acme.example`)}&view=now`)).body;
  return (await world.owner('get', `/people/${rows[0].id}`)).body;
}
const sources = async () => (await world.owner('get', '/people/sources')).body;
type Row = {
  personId: string;
  name: string;
  field: string;
  stands: string;
  told: { source: string; sourceId: string; value: string; decides: boolean }[];
};
const differences = async (decided = false): Promise<Row[]> =>
  (await world.owner('get', `/people/differences?decided=${decided}`)).body.rows;
const questions = () =>
  world.run((ctx) =>
    ctx.db
      .selectFrom('tasks_tasks')
      .select(['id', 'title', 'due_at', 'options'])
      .where('about_kind', '=', 'people-sources-end')
      .where('status', '=', 'open')
      .execute(),
  );
const setRank = async (name: string, rank: number) => {
  const { id } = (await sources()).sources.find((source: { name: string }) => source.name === name);
  const answer = await world.owner('PATCH', `/people/sources/${id}`, { rank });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
};

test('two that agree differ in nothing; both stand as sources of the same rank', async () => {
  assert.deepEqual(
    (await sources()).sources.map(({ name, rank, people }: { name: string; rank: number; people: number }) => [name, rank, people]),
    [
      ['Personio Berlin', 1, 40],
      ['Personio Paris', 1, 40],
    ],
  );
  assert.deepEqual(await differences(), []);
});

test('among equals the newest change is taken over once; the other does not set it back, and the difference is shown', async () => {
  told.second[5]!.title = 'Head of optics';
  await read('second');
  assert.equal((await person(5)).title, 'Head of optics');
  await read('first');
  await read('second');
  assert.equal((await person(5)).title, 'Head of optics');
  const [row] = await differences();
  assert.deepEqual(
    [row!.field, row!.stands, row!.told.map(({ source, value }) => `${source}: ${value}`)],
    ['title', 'Head of optics', ['Personio Berlin: Engineer', 'Personio Paris: Head of optics']],
  );
});

test('the stronger of two wins at its next reading, and the weaker cannot write that field', async () => {
  await setRank('Personio Paris', 2);
  await read('first');
  assert.equal((await person(5)).title, 'Engineer');
  told.second[5]!.title = 'Chief of optics';
  await read('second');
  assert.equal((await person(5)).title, 'Engineer');
  assert.deepEqual(
    (await differences())[0]!.told.map(({ value, decides }) => [value, decides]),
    [
      ['Engineer', true],
      ['Chief of optics', false],
    ],
  );
});

test('one field can be decided by the weaker source alone', async () => {
  const { id } = (await sources()).sources.find(({ name }: { name: string }) => name === 'Personio Paris');
  assert.equal((await world.owner('put', '/people/field-authorities', { field: 'title', sourceId: id })).status, 200);
  await read('second');
  assert.equal((await person(5)).title, 'Chief of optics');
  await read('first');
  assert.equal((await person(5)).title, 'Chief of optics');
  assert.equal((await world.owner('put', '/people/field-authorities', { field: 'title', sourceId: null })).status, 200);
  await setRank('Personio Paris', 1);
});

test('a choice, and what is written by hand, hold until something else is told', async () => {
  const [row] = await differences();
  const berlin = row!.told.find(({ source }) => source === 'Personio Berlin')!;
  const decide = { personId: row!.personId, field: row!.field, sourceId: berlin.sourceId };
  assert.equal((await world.owner('post', '/people/differences', { ...decide, seen: 'Something else' })).status, 409, 'not what was seen');
  assert.equal((await world.owner('post', '/people/differences', { ...decide, seen: berlin.value })).status, 200);
  assert.equal((await person(5)).title, 'Engineer');
  await read('second');
  assert.equal((await person(5)).title, 'Engineer');
  assert.deepEqual(await differences(), []);
  assert.equal((await differences(true)).length, 1);

  const six = await person(6);
  assert.equal((await world.owner('PATCH', `/people/${six.id}`, { title: 'Called otherwise here' })).status, 200);
  await read('first');
  await read('second');
  assert.equal((await person(6)).title, 'Called otherwise here');
  told.first[6]!.title = 'Promoted';
  await read('first');
  assert.equal((await person(6)).title, 'Promoted');
});

test('two of equal rank that differ on a leaving date change nothing: the lead is asked before the earlier date, once, and the answer is done', async () => {
  told.first[8]!.ended = '2026-12-18';
  await read('first');
  assert.equal((await person(8)).lastWorkingDay, '2026-12-18');
  told.second[8]!.ended = '2026-12-11';
  await read('second');
  await read('first');
  await read('second');
  assert.equal((await person(8)).lastWorkingDay, '2026-12-18', 'nobody is cut off earlier without being asked about');
  const [question, ...more] = await questions();
  assert.equal(more.length, 0);
  assert.match(
    question!.title,
    /Last working day of Person Number 8: Personio Berlin says .*18 Dec 2026, Personio Paris says .*11 Dec 2026/,
  );
  assert.ok(Temporal.Instant.compare(question!.due_at!, '2026-12-11T00:00:00Z') <= 0);
  const option = (question!.options as { value: string; label: string }[]).find(({ label }) => label.includes('Paris'))!;
  assert.equal((await world.owner('post', `/tasks/${question!.id}/finish`, { answer: option.value })).status, 204);
  await world.drain();
  assert.equal((await person(8)).lastWorkingDay, '2026-12-11');
  await read('first');
  await read('second');
  assert.equal((await person(8)).lastWorkingDay, '2026-12-11');
  assert.deepEqual(await questions(), []);
});

test('a source that differs on when many leave is one task, which ends when they agree', async () => {
  for (const pair of [
    [20, 21],
    [22, 23],
    [24, 25],
  ]) {
    for (const index of pair) told.first[index]!.ended = '2027-03-01';
    world.clock.advance({ hours: 25 });
    await read('first');
  }
  for (let index = 20; index < 26; index += 1) told.second[index]!.ended = '2027-02-01';
  await read('second');
  assert.deepEqual(
    (await questions()).map(({ title }) => title),
    ['Sources differ on when many people leave. Decide before Mon 1 Feb 2027.'],
  );
  for (let index = 20; index < 26; index += 1) told.second[index]!.ended = '2027-03-01';
  await read('second');
  assert.deepEqual(await questions(), []);
  world.clock.advance({ hours: 25 });
});

test('a question ends by itself when the sources agree again; a stronger source is not asked about', async () => {
  told.first[9]!.ended = '2026-12-20';
  told.second[9]!.ended = '2027-01-20';
  await read('first');
  await read('second');
  assert.equal((await questions()).length, 1);
  told.second[9]!.ended = '2026-12-20';
  await read('second');
  assert.deepEqual(await questions(), []);
  await setRank('Personio Paris', 2);
  told.second[9]!.ended = '2027-02-20';
  await read('second');
  assert.equal((await person(9)).lastWorkingDay, '2026-12-20');
  assert.deepEqual(await questions(), []);
});

test('a source that is forgotten stands in nobody’s way, and changed nobody by it', async () => {
  const { id } = (await sources()).sources.find(({ name }: { name: string }) => name === 'Personio Berlin');
  assert.equal((await world.owner('delete', `/people/sources/${id}`)).status, 204);
  assert.equal((await person(9)).lastWorkingDay, '2026-12-20');
  await read('second');
  assert.equal((await person(9)).lastWorkingDay, '2027-02-20');
});
