import assert from 'node:assert/strict';
import { test } from 'node:test';
import { removeConnection } from '../../server/connections/change-connection.ts';
import { startSync } from '../../server/connections/index.ts';
import { noteHealth } from '../../server/connections/note-health.ts';
import { beginSync, stillRuns } from '../../server/connections/syncs/begin-sync.ts';
import { openAccessCompany } from '../access-company.ts';

test('a connection that is removed while what was read is taken in is removed after it, and neither fails', async (t) => {
  const world = await openAccessCompany(t);
  const { appId } = await world.scimApp('CRM', { users: [{ userName: 'maya@acme.example' }] });
  const syncId = await world.run((ctx) => startSync(ctx, appId));
  const sync = (await world.run((ctx) => beginSync(ctx, syncId)))!;
  let removal: Promise<unknown> = Promise.resolve();
  await world.run(async (ctx) => {
    assert.equal(await stillRuns(ctx, syncId, sync.attempt), true);
    removal = world.run((other) => removeConnection(other, sync.connectionId!));
    removal.catch(() => {});
    // The removal waits for what this transaction holds.
    for (let waits = false; !waits; ) {
      const { rows } = await world.platform.jobsPool.query<{ waits: boolean }>(
        'select exists (select from pg_locks where not granted) as waits',
      );
      waits = rows[0]!.waits;
    }
    await noteHealth(ctx, sync.connectionId!, null);
  });
  await removal;
  const { rows } = (await world.owner('get', '/connections')).body;
  assert.deepEqual(rows, []);
});
