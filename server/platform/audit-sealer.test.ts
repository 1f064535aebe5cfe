import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld } from '../../tests/world.ts';

test('what has committed is sealed into one unbroken chain, and its head is signed', async (t) => {
  const world = await openWorld(t);
  await world.platform.sealer.sealAll();
  const head = await world.platform.sealer.signHead(world.organizationId);
  assert.ok(head && head.sequence >= 3);
  const again = await world.platform.sealer.sealAll();
  assert.equal(again, 0);
  const answer = await world.owner('get', '/openapi.json');
  assert.equal(answer.status, 200);
});
