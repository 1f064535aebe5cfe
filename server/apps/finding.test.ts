import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld, type World } from '../../tests/world.ts';

const csv = (...lines: string[]) => new TextEncoder().encode(`${lines.join('\n')}\n`);

async function peopleList(world: World, lines: string[], declaredComplete: boolean) {
  const uploaded = await world.owner('post', '/people/imports?fileName=people.csv', csv('First name,Last name,Email', ...lines));
  assert.equal(uploaded.status, 200, JSON.stringify(uploaded.body));
  const { id } = uploaded.body;
  const changed = await world.owner('put', `/people/imports/${id}`, { declaredComplete });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  const confirmed = await world.owner('post', `/people/imports/${id}/confirm`, { evenThough: true });
  assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body));
  await world.drain();
  return id as string;
}

async function chat(world: World, lines: string[]) {
  const preview = await world.owner('post', '/apps/from-list?fileName=chat.csv&name=Chat', csv('Email,Name,Status', ...lines));
  const done = await world.owner('post', `/syncs/${preview.body.id}/confirm`, { declaredComplete: true });
  assert.equal(done.body.status, 'done', JSON.stringify(done.body));
}

const rowsOf = async (world: World) => {
  const { body } = await world.owner('get', '/finding');
  assert.equal(body.total, body.rows.length);
  return body.rows.map((row: { group: string; address: string }) => `${row.group} ${row.address}`);
};

test('people whom a complete list lacks are asked about, and only count as left once somebody says so', async (t) => {
  const world = await openWorld(t);
  await peopleList(world, ['Ann,Lee,ann@acme.example', 'Bob,May,bob@acme.example', 'Cy,Roe,cy@acme.example'], true);
  await chat(world, ['ann@acme.example,Ann,active', 'bob@acme.example,Bob,active', 'cy@acme.example,Cy,suspended']);
  assert.deepEqual(await rowsOf(world), []);
  const importId = await peopleList(world, ['Ann,Lee,ann@acme.example'], true);
  assert.deepEqual(await rowsOf(world), ['missing bob@acme.example']);
  const { body } = await world.owner('get', '/finding?group=missing');
  assert.match(body.rows[0].reason, /^Bob May is on your list no more \("people\.csv"\): left\? Active in Chat/);
  assert.equal(body.rows[0].importId, importId);
  const decided = await world.owner('post', `/people/imports/${importId}/missing`, {
    decisions: [{ personId: body.rows[0].personId, decision: 'left' }],
  });
  assert.equal(decided.status, 200, JSON.stringify(decided.body));
  await world.drain();
  assert.deepEqual(await rowsOf(world), ['left bob@acme.example']);
});

test('accounts read before the people list find their people when it comes', async (t) => {
  const world = await openWorld(t);
  await chat(world, ['ann@acme.example,Ann Lee,active', 'zoe@acme.example,Zoe,active']);
  assert.deepEqual(await rowsOf(world), ['nobody ann@acme.example', 'nobody zoe@acme.example']);
  await peopleList(world, ['Ann,Lee,ann@acme.example'], false);
  assert.deepEqual(await rowsOf(world), ['nobody zoe@acme.example']);
});

test('pages of the finding go on from group to group without loss or repetition', async (t) => {
  const world = await openWorld(t);
  await peopleList(
    world,
    Array.from({ length: 12 }, (_, i) => `P,N${i},p${i}@acme.example`),
    true,
  );
  await chat(world, [
    ...Array.from({ length: 12 }, (_, i) => `p${i}@acme.example,P,active`),
    'x@acme.example,X,active',
    'y@acme.example,Y,active',
  ]);
  await peopleList(
    world,
    Array.from({ length: 9 }, (_, i) => `P,N${i},p${i}@acme.example`),
    true,
  );
  const seen: string[] = [];
  for (let offset: number | null = 0; offset !== null; ) {
    const { body }: { body: { rows: { id: string }[]; nextOffset: number | null; total: number } } = await world.owner(
      'get',
      `/finding?limit=2&offset=${offset}`,
    );
    assert.equal(body.total, 5);
    seen.push(...body.rows.map(({ id }) => id));
    offset = body.nextOffset;
  }
  assert.deepEqual([seen.length, new Set(seen).size], [5, 5]);
});
