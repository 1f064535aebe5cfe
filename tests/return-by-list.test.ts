import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type JoiningCompany, openJoiningCompany } from './joining-company.ts';

const name = 'amara.okafor@acme.example';

/** Takes a people list in: the header, then one row each. */
async function takeIn(world: JoiningCompany, rows: string[]) {
  const text = `First name,Last name,Work email,Start date\n${rows.join('\n')}\n`;
  const preview = await world.owner('post', '/people/imports?fileName=people.csv', new TextEncoder().encode(text));
  assert.equal(preview.status, 200, JSON.stringify(preview.body));
  const done = await world.owner('post', `/people/imports/${preview.body.id}/confirm`, {});
  assert.equal(done.status, 200, JSON.stringify(done.body));
  await world.settle();
  return preview.body;
}

/** Amara works here; the CRM answers "done" to her exit and closes nothing, so that the exit goes on insisting. */
async function openWithOpenExit(t: Parameters<typeof openJoiningCompany>[0]) {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const { personId } = await world.hire({ givenName: 'Amara', startDate: '2026-11-05' });
  await world.at('2026-11-03T09:01:00Z');
  await world.at('2026-11-05T08:00:00Z');
  world.crm.server.behave({ lying: true });
  assert.equal((await world.owner('post', '/leaving', { personIds: [personId], terms: { at: 'now' } })).status, 200);
  await world.settle();
  await world.at('2026-11-05T08:05:00Z');
  assert.equal(world.directory.server.user(name).active, false);
  assert.equal(world.crm.server.user(name).active, true);
  return { world, personId };
}

const exitOf = async (world: JoiningCompany, personId: string) =>
  world.run((ctx) =>
    ctx.db
      .selectFrom('playbooks_runs')
      .select(['id', 'status'])
      .where('person_id', '=', personId)
      .where('moment', '=', 'leaver')
      .executeTakeFirstOrThrow(),
  );

async function pass(world: JoiningCompany) {
  world.crm.server.behave({});
  for (const at of ['2026-11-09T09:00:00Z', '2026-11-09T12:00:00Z', '2026-12-20T09:00:00Z', '2027-03-01T09:00:00Z']) await world.at(at);
  const { rows } = (await world.owner('get', '/tasks?scope=all&limit=200')).body as { rows: { title: string }[] };
  return rows.map(({ title }) => title).filter((title) => /Delete|Free the licences/.test(title));
}

test('what an exit still insists on ends when a people list says that its person is here again', async (t) => {
  const { world, personId } = await openWithOpenExit(t);
  await world.at('2026-11-06T09:00:00Z');
  await takeIn(world, [`Amara,Okafor,${name},2026-11-09`]);
  const exit = await exitOf(world, personId);
  assert.equal(exit.status, 'done');
  const { rows } = (await world.owner('get', '/audit?limit=200')).body as { rows: { action: string; reason: string | null }[] };
  assert.ok(rows.some(({ action, reason }) => action === 'leaving.ended' && reason === 'They are here again.'));
  assert.deepEqual(await pass(world), []);
  assert.equal(world.crm.server.user(name).active, true);
  assert.equal((await world.owner('get', `/people/${personId}`)).body.status, 'working');
});

test('the same when somebody changes their start by hand', async (t) => {
  const { world, personId } = await openWithOpenExit(t);
  assert.equal((await world.owner('PATCH', `/people/${personId}`, { startDate: '2026-11-09' })).status, 200);
  await world.settle();
  assert.equal((await exitOf(world, personId)).status, 'done');
  assert.deepEqual(await pass(world), []);
  assert.equal(world.crm.server.user(name).active, true);
});

test('a list on which somebody who left merely still stands ends nothing of their exit', async (t) => {
  const { world, personId } = await openWithOpenExit(t);
  const { counts } = await takeIn(world, [`Amara,Okafor,${name},2026-11-05`]);
  assert.equal(counts.changed, 0);
  assert.equal((await exitOf(world, personId)).status, 'running');
  await pass(world);
  assert.equal(world.crm.server.user(name).active, false);
});

test('a list that shows somebody as present does not undo an exit that is still ahead', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const { personId } = await world.hire({ givenName: 'Amara', startDate: '2026-11-05' });
  await world.at('2026-11-05T08:00:00Z');
  const left = await world.owner('post', '/leaving', { personIds: [personId], terms: { at: '2026-11-27T17:00' } });
  assert.equal(left.status, 200, JSON.stringify(left.body));
  for (const start of ['2026-11-05', '2026-11-06', '2026-12-14']) {
    const text = `First name,Last name,Work email,Start date\nAmara,Okafor,${name},${start}\n`;
    const preview = await world.owner('post', '/people/imports?fileName=people.csv', new TextEncoder().encode(text));
    await world.owner('post', `/people/imports/${preview.body.id}/confirm`, {});
    await world.settle();
    assert.equal((await exitOf(world, personId)).status, 'running', start);
  }
  for (const at of ['2026-11-27T16:00:00Z', '2026-11-27T16:01:00Z', '2026-11-27T16:06:00Z']) await world.at(at);
  assert.equal(world.directory.server.user(name).active, false);
});
