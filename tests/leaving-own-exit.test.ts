import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnyRoute } from '../server/platform/http/route.ts';
import { routes } from '../server/routes.ts';
import { openCompany } from './leaving-company.ts';
import { exampleOf } from './setup/example-of.ts';
import type { Answer } from './world.ts';

const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, JSON.stringify(answer.body));
  return answer.body;
};

test('nobody decides over their own exit, whatever role they hold: every change by run, step, hand-over or action is refused', async (t) => {
  const world = await openCompany(t, { at: '2026-11-26T08:00:00Z' });
  const [al, bea] = [await world.person({ givenName: 'Al' }), await world.person({ givenName: 'Bea' })];
  await world.manualApp('Badges', { ownerPersonId: al, deputyPersonId: bea, accounts: [{ addresses: ['al@acme.example'] }] });
  const asAl = await world.as(['owner', 'ops', 'hr'], { personId: al });
  const { runIds } = ok(
    await world.owner('post', '/leaving', { personIds: [al], terms: { at: '2026-11-27T17:00', toldAt: '2026-11-26T08:00:00Z' } }),
  );
  await world.settle();
  const before = ok(await asAl('get', `/runs/${runIds[0]}`));
  const ids: Record<string, string | undefined> = {
    runId: runIds[0],
    stepId: before.steps[0].id,
    handoverId: before.handovers[0]?.id,
    actionId: before.actions[0]?.id,
  };
  const changes = (Object.values(routes) as AnyRoute[]).filter(
    (route) =>
      route.method !== 'get' && !route.path.startsWith('/joining/') && Object.keys(ids).some((name) => route.path.includes(`{${name}}`)),
  );
  assert.ok(changes.length >= 9, 'there is something to try');
  for (const route of changes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? assert.fail(`no ${name}`));
    const body =
      route.id === 'moveLeaving'
        ? { at: '2030-01-01T17:00' }
        : { ...(route.body ? (exampleOf(route.body) as object) : {}), reason: 'I stay.' };
    const answer = await asAl(route.method, path, body);
    assert.deepEqual([route.id, answer.status, answer.body?.code], [route.id, 409, 'own_exit']);
  }
  const after = ok(await world.owner('get', `/runs/${runIds[0]}`));
  assert.deepEqual([after.run.status, after.run.cut_off_at], ['running', '2026-11-27T16:00:00Z']);
});

test('an owner who removes the other owners before their cut-off does not keep Groundcrew: whoever runs operations follows', async (t) => {
  const world = await openCompany(t, { at: '2026-11-26T08:00:00Z' });
  const al = await world.person({ givenName: 'Al' });
  const asAl = await world.as(['owner'], { personId: al, name: 'Al' });
  const ops = await world.as(['ops'], { name: 'Olu Ops' });
  await world.as(['hr'], { name: 'Hana HR' });
  const { runIds } = ok(await ops('post', '/leaving', { personIds: [al], terms: { at: '2026-11-27T17:00' } }));
  ok(await asAl('put', `/members/${world.ownerMemberId}/roles`, { roles: ['employee'] }));
  assert.equal((await asAl('get', '/people')).status, 200);
  await world.at('2026-11-27T16:00:00Z');
  assert.equal((await asAl('get', '/people')).status, 401);
  const { rows } = ok(await ops('get', '/members'));
  assert.deepEqual(
    rows
      .filter((row: { roles: string[] }) => row.roles.includes('owner'))
      .map((row: { name: string }) => row.name)
      .sort(),
    ['Al', 'Olu Ops'],
  );
  const steps = ok(await ops('get', `/runs/${runIds[0]}`)).steps as { key: string; words: string }[];
  assert.ok(
    steps.some(({ words }) => /Olu Ops is an owner of Groundcrew now/.test(words ?? '')),
    JSON.stringify(steps.map(({ key, words }) => [key, words])),
  );
});
