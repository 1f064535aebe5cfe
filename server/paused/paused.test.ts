import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { openWorld, type World } from '../../tests/world.ts';
import { createOrganization } from '../identity/index.ts';
import { queueMail } from '../platform/mail.ts';
import { beginUnlessPaused, isPaused } from '../platform/paused.ts';

async function paused(t: { after(work: () => Promise<void>): void }): Promise<World> {
  const world = await openWorld(t);
  await world.run((ctx) =>
    queueMail(ctx, { toPersonId: null, toAddress: 'maya@fernhill.example', subject: 'Your tasks', body: '', dedupeKey: 'x' }),
  );
  const admin = new pg.Client({ connectionString: world.database.adminUrl });
  await admin.connect();
  await admin.query(
    "update platform_installation set paused_since = '2026-11-26T08:00:00Z', paused_reason = 'It was restored.', restored_from = '2026-11-25T03:00:00Z'",
  );
  await admin.end();
  return world;
}

test('a paused installation begins its work only after the owner has seen what is due and confirmed', async (t) => {
  const world = await paused(t);
  let begun = 0;
  const stop = await beginUnlessPaused(world.platform, async () => {
    begun += 1;
  });
  t.after(stop);
  const state = (await world.owner('GET', '/paused')).body;
  assert.deepEqual(state.pause, { since: '2026-11-26T08:00:00Z', reason: 'It was restored.', restoredFrom: '2026-11-25T03:00:00Z' });
  assert.deepEqual(
    state.due.map((group: { kind: string; total: number; words: string; rows: { title: string }[] }) => [
      group.kind,
      group.total,
      group.words,
      group.rows[0]?.title,
    ]),
    [['mail', 1, 'message waits to be sent', 'Your tasks']],
  );
  assert.equal((await (await world.as(['ops']))('POST', '/paused/continue')).status, 403);
  assert.equal(begun, 0);
  assert.equal((await world.owner('POST', '/paused/continue')).status, 204);
  assert.equal(await isPaused(world.platform), false);
  for (const limit = performance.now() + 10_000; begun === 0 && performance.now() < limit; ) await delay(50);
  assert.equal(begun, 1);
  assert.equal((await world.owner('POST', '/paused/continue')).status, 409);
  assert.ok((await world.owner('GET', '/audit?action=installation.continued')).body.total === 1);
});

test('an owner of one of several organizations does not let the whole installation go on', async (t) => {
  const world = await paused(t);
  await createOrganization(world.platform, { name: 'Hollow Oak', timeZone: 'UTC' });
  const answer = await world.owner('POST', '/paused/continue');
  assert.equal(answer.status, 409);
  assert.equal(answer.body.code, 'several_organizations');
  assert.equal(await isPaused(world.platform), true);
});
