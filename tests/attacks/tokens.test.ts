import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createToken } from '../../server/identity/index.ts';
import { openWorld, type World } from '../world.ts';
import { raw } from './raw-app.ts';
import { ok } from './request-and-answer.ts';
import { openTwoCompanies } from './two-companies.ts';

let world: World;

before(async (t) => {
  ({ world } = await openTwoCompanies(t));
});

test('a token that has ended, was revoked or cut, or whose member was disabled opens nothing', async (t) => {
  const mine = await openWorld(t);
  const app = raw(mine);
  const ask = async (token: string) => (await app.request('/api/v1/organization', { headers: { authorization: token } })).status;
  const make = (memberId: string) =>
    mine.run((ctx) => createToken(ctx, { memberId, name: 'x', scopes: ['*'], expiresAt: mine.clock.now().add({ hours: 2 }).toString() }));
  const other = await mine.as(['ops']);
  const [a, b, c] = [await make(other.memberId), await make(other.memberId), await make(other.memberId)];
  assert.equal(await ask(`Bearer ${a.token}`), 200);
  assert.equal(await ask(`bearer ${a.token}`), 200);
  for (const bad of [
    a.token,
    `Bearer ${a.token.slice(0, -1)}`,
    `Bearer ${a.token}x`,
    `Bearer ${a.token} `,
    `Basic ${a.token}`,
    'Bearer gc_',
    `Bearer ${a.token.toUpperCase()}`,
    `Bearer ${a.token}, Bearer ${b.token}`,
  ])
    assert.ok([401, 200].includes(await ask(bad)) && (bad.trim() === `Bearer ${a.token}` || (await ask(bad)) === 401), bad.slice(0, 12));
  ok(await mine.owner('delete', `/tokens/${b.id}`));
  assert.equal(await ask(`Bearer ${b.token}`), 401);
  mine.clock.advance({ hours: 2 });
  assert.equal(await ask(`Bearer ${a.token}`), 401);
  ok(await mine.owner('post', `/members/${other.memberId}/disable`, {}));
  assert.equal(await ask(`Bearer ${c.token}`), 401);
});

test('a token never makes one that may more than itself', async () => {
  const narrow = await world.as(['owner'], { scopes: ['tokens:*', 'people:read'] });
  const expiresAt = world.clock.now().add({ hours: 2 }).toString();
  for (const scopes of [['*'], ['*:read'], ['people:manage'], ['leaving:read']])
    assert.ok((await narrow('post', '/tokens', { name: 'x', scopes, expiresAt })).status >= 400, scopes.join());
  assert.equal((await narrow('post', '/tokens', { name: 'x', scopes: ['people:read'], expiresAt })).status, 200);
});
