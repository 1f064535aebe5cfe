import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld, type World } from '../../tests/world.ts';

const inDays = (world: World, days: number) =>
  world.clock
    .now()
    .add({ hours: 24 * days })
    .toString();
const make = (world: World, scopes: string[], more: Record<string, unknown> = {}, as = world.owner) =>
  as('POST', '/tokens', { name: 'Reporting', scopes, expiresAt: inDays(world, 30), ...more });

test('a token does what its scopes say within the roles of its member, until it expires or is revoked', async (t) => {
  const world = await openWorld(t);
  const made = await make(world, ['members:read']);
  assert.match(made.body.token, /^gc_[\w-]{43}$/);
  const use = async (path: string) => {
    const { createApp } = await import('../platform/http/create-app.ts');
    const { permissions, routes } = await import('../routes.ts');
    const { findVisitor } = await import('./index.ts');
    const app = createApp(world.platform, { routes: Object.values(routes), permissions, findVisitor });
    return (await app.request(`/api/v1${path}`, { headers: { authorization: `Bearer ${made.body.token}` } })).status;
  };
  assert.deepEqual([await use('/members'), await use('/tokens'), await use('/second-factor')], [200, 403, 403]);
  const listed = (await world.owner('GET', '/tokens')).body.rows.find((row: { id: string }) => row.id === made.body.id);
  assert.equal(listed.lastUsedAt, world.clock.now().toString());
  assert.equal(JSON.stringify(listed).includes('gc_'), false);
  assert.equal((await world.owner('DELETE', `/tokens/${made.body.id}`)).status, 204);
  assert.equal(await use('/members'), 401);
});

test('the use of a token is noted at most every five minutes', async (t) => {
  const world = await openWorld(t);
  const used = async () => {
    await world.owner('GET', '/session');
    return world
      .run((ctx) => ctx.db.selectFrom('identity_tokens').select('last_used_at').executeTakeFirstOrThrow())
      .then((row) => row.last_used_at);
  };
  const first = await used();
  world.clock.advance({ minutes: 4 });
  assert.equal(await used(), first);
  world.clock.advance({ minutes: 2 });
  assert.equal(await used(), world.clock.now().toString());
});

test('an expired token opens nothing, and none is made for more than a year', async (t) => {
  const world = await openWorld(t);
  assert.equal((await make(world, ['*'], { expiresAt: inDays(world, 367) })).body.code, 'bad_expiry');
  assert.equal((await make(world, ['*'], { expiresAt: inDays(world, -1) })).body.code, 'bad_expiry');
  world.clock.advance({ hours: 24 * 301 });
  assert.equal((await world.owner('GET', '/session')).status, 401);
});

test('scopes must exist, and a token makes none that may do more than itself', async (t) => {
  const world = await openWorld(t);
  assert.equal((await make(world, ['nonsense:read'])).body.problems[0].field, 'scopes');
  assert.equal((await make(world, ['nonsense:*'])).status, 422);
  const narrow = await world.as(['owner'], { scopes: ['tokens:manage', 'members:*', '*:read'] });
  for (const [scopes, expected] of [
    [['*'], 403],
    [['organization:manage'], 403],
    [['organization:*'], 403],
    [['members:manage', 'organization:read', '*:read'], 200],
  ] as const) {
    assert.equal((await make(world, [...scopes], {}, narrow)).status, expected, scopes.join());
  }
});

test('only an owner makes, sees or ends tokens of others', async (t) => {
  const world = await openWorld(t);
  const ops = await world.as(['ops']);
  assert.equal((await make(world, ['*'], { memberId: world.ownerMemberId }, ops)).status, 403);
  const own = await make(world, ['*'], {}, ops);
  assert.equal(own.status, 200);
  assert.ok((await ops('GET', '/tokens')).body.rows.every((row: { memberId: string }) => row.memberId === ops.memberId));
  const ownersToken = (await make(world, ['*:read'])).body.id;
  assert.equal((await ops('DELETE', `/tokens/${ownersToken}`)).status, 404);
  assert.equal((await world.owner('DELETE', `/tokens/${own.body.id}`)).status, 204);
});

test('the set-up check tells what is missing and what to do about it', async (t) => {
  // Nothing is written there: it stands for a folder that stays, wherever this checkout lies.
  const world = await openWorld(t, { env: { GROUNDCREW_DATA: '/srv/groundcrew' } });
  assert.equal((await world.anybody('GET', '/session')).status, 401);
  const checked = await world.owner('GET', '/setup-check');
  const byKey = Object.fromEntries(checked.body.findings.map((each: { key: string; ok: boolean | null }) => [each.key, each.ok]));
  assert.deepEqual(byKey, {
    'always-on': null,
    https: null,
    bind: true,
    mail: false,
    backup: false,
    'secret-key': null,
    database: true,
    clock: true,
  });
  assert.ok(checked.body.findings.every((each: { ok: boolean | null; mend: string }) => each.ok === true || each.mend !== ''));
});
