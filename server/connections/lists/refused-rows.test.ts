import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld, type World } from '../../../tests/world.ts';

const csv = (...lines: string[]) => new TextEncoder().encode(`${['Email;Name;Status', ...lines].join('\r\n')}\r\n`);
const known = ['maya@acme.example;Maya Ortiz;active', 'owen@acme.example;Owen Pike;active', 'ida@acme.example;Ida Lund;active'];

async function appWithAccounts(world: World, name = 'Chat'): Promise<string> {
  const first = await world.owner('post', `/apps/from-list?name=${name}&fileName=first.csv`, csv(...known));
  assert.equal((await world.owner('post', `/syncs/${first.body.id}/confirm`, { declaredComplete: true })).body.status, 'done');
  world.clock.advance({ minutes: 10 });
  return first.body.appId;
}

async function secondList(world: World, appId: string, ...lines: string[]) {
  const given = await world.owner('post', `/apps/${appId}/lists?fileName=second.csv`, csv(...lines));
  assert.equal(given.status, 200, JSON.stringify(given.body));
  const told = (await world.owner('get', `/syncs/${given.body.id}/effects?show=gone`)).body;
  const done = (await world.owner('post', `/syncs/${given.body.id}/confirm`, { declaredComplete: true })).body;
  const absent = await world.run((ctx) =>
    ctx.db.selectFrom('apps_accounts').select('external_id').where('app_id', '=', appId).where('status', '=', 'gone').execute(),
  );
  return {
    preview: given.body,
    done,
    foretold: told.rows.map(({ externalId }: { externalId: string }) => externalId),
    gone: absent.map((row) => row.external_id),
  };
}

test('an account that a refused row names is not gone, whatever is wrong with the row', async (t) => {
  const world = await openWorld(t);
  const rows: Record<string, string> = {
    'more cells than headings': 'maya@acme.example;Maya;Ortiz;active;more',
    'a broken address beside its name': 'maya.ortiz at acme@;Maya Ortiz;active',
    'two addresses in one cell': 'maya@acme.example, m.ortiz@acme.example;M;active',
  };
  for (const [what, row] of Object.entries(rows)) {
    const appId = await appWithAccounts(world, what);
    const list = await secondList(world, appId, row, 'owen@acme.example;Owen Pike;active');
    assert.deepEqual([list.done.status, list.preview.counts.refused], ['done', 1], what);
    assert.deepEqual(
      [list.gone, list.foretold, list.preview.counts.gone, list.done.counts.gone],
      [['ida@acme.example'], ['ida@acme.example'], 1, 1],
      what,
    );
    assert.deepEqual(list.done.counts.notes, [], what);
  }
});

test('when a refused row names nobody, nobody is gone, and the list says why', async (t) => {
  const world = await openWorld(t);
  const appId = await appWithAccounts(world);
  const list = await secondList(world, appId, 'm.ortiz@;M O;active', 'owen@acme.example;Owen Pike;active');
  assert.deepEqual([list.done.status, list.gone, list.foretold, list.preview.counts.gone], ['done', [], [], 0]);
  const said =
    /^One refused row names no account that is known, and may be about anybody: the list does not count as complete, and nobody is taken for gone\./;
  assert.match(list.preview.counts.notes[0], said);
  assert.match(list.done.counts.notes[0], said);
});

test('totals and remarks below a list prove nothing and hinder nothing', async (t) => {
  const world = await openWorld(t);
  const appId = await appWithAccounts(world);
  const list = await secondList(world, appId, 'owen@acme.example;Owen Pike;active', 'ida@acme.example;Ida Lund;active', 'Total: 2 users;;');
  assert.deepEqual([list.gone, list.done.counts.refused, list.done.counts.notes], [['maya@acme.example'], 1, []]);
});
