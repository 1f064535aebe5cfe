import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld } from '../../tests/world.ts';
import { retention } from '../retention.ts';
import { queueMail } from './mail.ts';
import { applyRetention } from './retention.ts';

test('each kind of data goes when its time is over and not a day before, once a day', async (t) => {
  const world = await openWorld(t);
  await world.run(async (ctx) => {
    const about = { organization_id: ctx.organizationId, created_at: ctx.now.toString() };
    await queueMail(ctx, { toPersonId: null, toAddress: 'a@fernhill.example', subject: 'sent', body: '', dedupeKey: 'sent' });
    await ctx.db.updateTable('platform_mail').set({ status: 'sent' }).execute();
    await queueMail(ctx, { toPersonId: null, toAddress: 'a@fernhill.example', subject: 'waits', body: '', dedupeKey: 'waits' });
    const made = await ctx.db
      .insertInto('people_imports')
      .values({
        ...about,
        file_name: 'p.csv',
        file_hash: Buffer.of(1),
        headings: [],
        mapping: '{}',
        status: 'done',
        file: Buffer.from('Rohan'),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await ctx.db
      .insertInto('people_import_rows')
      .values({ organization_id: ctx.organizationId, import_id: made.id, row_number: 2, change: 'new', name: 'Rohan' })
      .execute();
    const app = await ctx.db
      .insertInto('apps_apps')
      .values({ ...about, name: 'Chat' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const sync = await ctx.db
      .insertInto('connections_syncs')
      .values({ ...about, app_id: app.id, kind: 'list', status: 'done' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await ctx.db
      .insertInto('connections_sync_records')
      .values({ organization_id: ctx.organizationId, sync_id: sync.id, number: 1, record: '{}' })
      .execute();
  });
  const left = () =>
    world.run(async (ctx) => ({
      mail: (await ctx.db.selectFrom('platform_mail').select('subject').orderBy('subject').execute()).map((row) => row.subject),
      files: (await ctx.db.selectFrom('people_imports').select('id').where('file', 'is not', null).execute()).length,
      rows: (await ctx.db.selectFrom('people_import_rows').select('name').execute()).length,
      records: (await ctx.db.selectFrom('connections_sync_records').select('number').execute()).length,
    }));
  const turn = applyRetention(world.platform, retention);
  world.clock.advance({ hours: 24 * 30 - 1 });
  await turn();
  assert.deepEqual(await left(), { mail: ['sent', 'waits'], files: 1, rows: 1, records: 1 });
  world.clock.advance({ hours: 2 });
  await turn();
  assert.equal((await left()).files, 1, 'a second time on the same day does nothing');
  world.clock.advance({ hours: 24 });
  await turn();
  assert.deepEqual(await left(), { mail: ['sent', 'waits'], files: 0, rows: 0, records: 0 });
  world.clock.advance({ hours: 24 * 60 });
  await turn();
  assert.deepEqual((await left()).mail, ['waits']);
});
