import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { testDatabase } from '../../../tests/database.ts';
import { openWorld, type World } from '../../../tests/world.ts';
import { appendAudit } from '../audit.ts';
import { readConfig } from '../config.ts';
import { job } from '../jobs.ts';
import { queueMail } from '../mail.ts';
import { migrate } from '../migrate.ts';
import { checkTarget, loadBackup, openBackup, readHeader, settleSecretKey } from './restore-backup.ts';
import { listMigrations, listTables, qualified } from './tables.ts';
import { writeBackup } from './write-backup.ts';

type Teardown = { after(work: () => Promise<void> | void): void };
const passphrase = 'a lantern in the north hangar';
const laterJob = job({ name: 'later', retryLimit: 1, retryDelaySeconds: 1, handle: async () => {} });

function folderFor(t: Teardown): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'groundcrew-backup-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function connect(t: Teardown, url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  t.after(() => client.end());
  return client;
}

// Values that a careless format changes on the way: microseconds, escapes, nulls beside empty texts, arrays of difficult texts, bytes.
async function fill(world: World): Promise<void> {
  await world.run(async (ctx) => {
    const organization_id = ctx.organizationId;
    const created_at = '2026-03-29T01:59:59.123456Z';
    const person = await ctx.db
      .insertInto('people_people')
      .values({
        organization_id,
        created_at,
        given_name: 'Zoë "the\\tab" \t\n\r\\N \\. Ünal',
        family_name: '',
        title: null,
        aliases: ['a,b', '{curly}', '"quoted"', 'back\\slash', '', 'NULL'],
        work_address: 'zoe@fernhill.example',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await ctx.db.insertInto('people_people').values({ organization_id, created_at, given_name: 'Owen', manager_id: person.id }).execute();
    await ctx.db
      .insertInto('people_employments')
      .values({
        organization_id,
        created_at,
        person_id: person.id,
        start_date: '1999-12-31',
        cut_off_local: '2026-03-29T02:30:00.000001',
        cut_off_zone: 'Europe/Berlin',
      })
      .execute();
    await ctx.db
      .insertInto('people_imports')
      .values({
        organization_id,
        created_at,
        file_name: 'x.csv',
        file_hash: Buffer.from([0, 255, 10, 92]),
        headings: ['a'],
        mapping: JSON.stringify({ a: 1.1, b: [null, '\\u0041'] }),
        status: 'done',
        file: Buffer.from([0, 1, 2, 10, 13, 92, 46, 255]),
      })
      .execute();
    await queueMail(ctx, {
      toPersonId: person.id,
      toAddress: 'zoe@fernhill.example',
      subject: 'Line\tbreak',
      body: 'a\nb\r\n\\.\n',
      dedupeKey: 'x',
    });
    await ctx.platform.jobs.enqueue(ctx, laterJob, { id: person.id }, { startAfter: '2030-01-01T00:00:00Z' });
    for (let number = 0; number < 50; number += 1) {
      await appendAudit(ctx, {
        action: 'person.changed',
        subject: { kind: 'person', id: person.id, name: 'Zoë' },
        before: { n: number },
        after: { n: number + 0.1 },
        people: [person.id],
      });
    }
  });
}

async function contents(client: pg.Client): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const table of await listTables(client)) {
    if (table.name === 'platform_installation') continue;
    const { rows } = await client.query({ text: `select t::text from ${qualified(table)} t order by 1`, rowMode: 'array' });
    found.set(
      qualified(table),
      rows.map((row) => row[0]),
    );
  }
  return found;
}

async function restoreInto(
  t: Teardown,
  file: string,
  until?: string,
): Promise<{ client: pg.Client; adminUrl: string; totals: { tables: number; rows: number } }> {
  const empty = await testDatabase(undefined, { migrated: false });
  const backup = await openBackup(file, { passphrase });
  assert.ok(backup.manifest.secretKey);
  const secretKey = Buffer.from(backup.manifest.secretKey, 'hex');
  await migrate(empty.adminUrl, secretKey, { until });
  const client = await connect(t, empty.adminUrl);
  t.after(() => empty.drop());
  await checkTarget(client, backup.manifest);
  return { client, adminUrl: empty.adminUrl, totals: await loadBackup(client, backup, Temporal.Instant.from('2026-11-27T09:00:00Z')) };
}

const versionOf = (row: string) => row.split(',')[0];

test('everything comes back exactly as it was at one moment: all organizations, jobs and sign-in, while others go on writing', async (t) => {
  const world = await openWorld(t);
  await fill(world);
  const admin = await connect(t, world.database.adminUrl);
  await admin.query(
    `insert into auth."user" (id, name, email, "emailVerified", "createdAt", "updatedAt") values ('u1', 'Ines', 'ines@fernhill.example', true, now(), now())`,
  );
  await world.platform.sealer.sealAll();
  await world.platform.sealer.signHead(world.organizationId);
  const before = await contents(admin);

  const file = path.join(folderFor(t), 'all.backup');
  let writing = true;
  const writer = (async () => {
    while (writing)
      await world.run((ctx) => appendAudit(ctx, { action: 'person.changed', subject: { kind: 'person', id: null, name: 'later' } }));
  })();
  const report = await writeBackup(world.platform, { adminUrl: world.database.adminUrl, file, lock: { passphrase }, includeKey: true });
  writing = false;
  await writer;

  const { client, totals } = await restoreInto(t, file);
  assert.deepEqual(totals, { tables: report.tables, rows: report.rows });
  const after = await contents(client);
  assert.deepEqual([...after.keys()], [...before.keys()]);
  for (const [table, rows] of before) {
    // What the writer added until the snapshot was taken comes on top; nothing that was there is missing or different.
    const restored = new Set(after.get(table));
    if (table.includes('platform_audit'))
      assert.deepEqual(
        rows.filter((row) => !restored.has(row)),
        [],
        table,
      );
    // Beside its version the queue notes there when it last looked at its own clockwork, which it does every minute.
    else if (table === '"pgboss"."version"') assert.deepEqual(after.get(table)?.map(versionOf), rows.map(versionOf), table);
    else assert.deepEqual(after.get(table), rows, table);
  }
  assert.ok(
    (before.get('"pgboss"."job_common"') ?? []).some((row) => row.includes(world.organizationId)),
    'the job is in it',
  );
  assert.equal(before.get('"auth"."user"')?.length, 1);
  const { rows } = await client.query('select paused_since, paused_reason, restored_from from platform_installation');
  assert.equal(rows[0].paused_since.toISOString(), '2026-11-27T09:00:00.000Z');
  assert.match(rows[0].paused_reason, /restored from the backup of/);
});

test('a backup shows nothing of what is in it, is for its owner alone, and never replaces a file', async (t) => {
  const world = await openWorld(t);
  await fill(world);
  const file = path.join(folderFor(t), 'all.backup');
  await writeBackup(world.platform, { adminUrl: world.database.adminUrl, file, lock: { passphrase }, includeKey: true });
  const bytes = readFileSync(file);
  for (const secret of ['Owen', 'fernhill.example', 'person.changed', world.database.secretKey.toString('hex')])
    assert.equal(bytes.includes(secret), false, secret);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  await assert.rejects(writeBackup(world.platform, { adminUrl: world.database.adminUrl, file, lock: { passphrase }, includeKey: true }), {
    code: 'file_exists',
  });
  await assert.rejects(
    writeBackup(world.platform, { adminUrl: world.database.adminUrl, file: `${file}2`, lock: { passphrase: 'short' }, includeKey: true }),
    { code: 'short_passphrase' },
  );
  assert.ok(
    (await world.run((ctx) => ctx.db.selectFrom('platform_installation').select('last_backup_at').executeTakeFirstOrThrow()))
      .last_backup_at,
  );
});

test('a backup that was changed anywhere, cut short, lengthened, or opened with another passphrase restores nothing', async (t) => {
  const world = await openWorld(t);
  await fill(world);
  const folder = folderFor(t);
  const file = path.join(folder, 'all.backup');
  await writeBackup(world.platform, { adminUrl: world.database.adminUrl, file, lock: { passphrase }, includeKey: true });
  const bytes = readFileSync(file);
  const headerEnd = bytes.indexOf(10) + 1;
  const { header } = await readHeader(file);
  const otherHeader = Buffer.from(`${JSON.stringify({ ...header, containsKey: false })}\n`);
  const flipped = (at: number) => {
    const copy = Buffer.from(bytes);
    copy[at] = copy[at]! ^ 1;
    return copy;
  };
  const cases: Record<string, Buffer> = {
    'first byte': flipped(headerEnd),
    middle: flipped(Math.floor((headerEnd + bytes.length) / 2)),
    'last byte': flipped(bytes.length - 1),
    'cut by one byte': bytes.subarray(0, -1),
    'cut to nothing': bytes.subarray(0, headerEnd),
    lengthened: Buffer.concat([bytes, Buffer.of(0)]),
    'other header': Buffer.concat([otherHeader, bytes.subarray(headerEnd)]),
  };
  const empty = await testDatabase(undefined, { migrated: false });
  await migrate(empty.adminUrl, world.database.secretKey);
  const client = await connect(t, empty.adminUrl);
  t.after(() => empty.drop());
  for (const [name, changed] of Object.entries(cases)) {
    const other = path.join(folder, 'other.backup');
    writeFileSync(other, changed);
    await assert.rejects(
      openBackup(other, { passphrase }).then((backup) => loadBackup(client, backup, Temporal.Instant.from('2026-11-27T09:00:00Z'))),
      { code: 'backup_damaged' },
      name,
    );
    assert.equal((await client.query('select from identity_organizations')).rowCount, 0, name);
  }
  await assert.rejects(openBackup(file, { passphrase: 'another passphrase' }), { code: 'backup_damaged' });
  writeFileSync(path.join(folder, 'picture.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 10, 1, 2, 3]));
  await assert.rejects(readHeader(path.join(folder, 'picture.png')), { code: 'no_backup' });
});

test('a backup says whether the key is in it, and restoring settles or demands the key', async (t) => {
  const world = await openWorld(t);
  const folder = folderFor(t);
  const write = (name: string, lock: { passphrase: string } | { secretKey: Buffer }, includeKey: boolean) =>
    writeBackup(world.platform, { adminUrl: world.database.adminUrl, file: path.join(folder, name), lock, includeKey });
  assert.equal((await write('with', { passphrase }, true)).containsKey, true);
  assert.equal((await write('without', { passphrase }, false)).containsKey, false);
  assert.equal((await write('own', { secretKey: world.database.secretKey }, true)).containsKey, false);
  assert.equal((await readHeader(path.join(folder, 'own'))).header.opensWith, 'secret-key');

  const config = readConfig({ GROUNDCREW_DATA: path.join(folder, 'data') });
  const without = await openBackup(path.join(folder, 'without'), { passphrase });
  await assert.rejects(settleSecretKey(config, without.manifest), { code: 'key_missing' });
  const own = await openBackup(path.join(folder, 'own'), { secretKey: world.database.secretKey });
  assert.equal(own.manifest.secretKey, null);
  const withKey = await openBackup(path.join(folder, 'with'), { passphrase });
  assert.deepEqual(await settleSecretKey(config, withKey.manifest), world.database.secretKey);
  assert.equal(statSync(path.join(folder, 'data', 'secret.key')).mode & 0o777, 0o600);
  await assert.rejects(settleSecretKey({ ...config, secretKey: 'f'.repeat(64) }, withKey.manifest), { code: 'other_key' });
  // The generators hold the file open until they are ended.
  for (const backup of [without, own, withKey]) await backup.rest.return(undefined);
});

test('what an older version backed up comes back in this one, and is brought to its state', async (t) => {
  const world = await openWorld(t);
  const until = '0010_sample.sql';
  const old = await testDatabase(undefined, { migrated: false });
  t.after(() => old.drop());
  await migrate(old.adminUrl, world.database.secretKey, { until });
  const before = await connect(t, old.adminUrl);
  await before.query(
    "insert into identity_organizations (organization_id, name, time_zone, created_at) values (uuidv7(), 'Fernhill', 'Europe/Berlin', now())",
  );
  const file = path.join(folderFor(t), 'old.backup');
  await writeBackup(world.platform, { adminUrl: old.adminUrl, file, lock: { passphrase }, includeKey: true });
  const { client, adminUrl } = await restoreInto(t, file, until);
  await migrate(adminUrl, world.database.secretKey);
  assert.deepEqual((await client.query('select name from identity_organizations')).rows, [{ name: 'Fernhill' }]);
  const newest = await connect(t, world.database.adminUrl);
  assert.deepEqual(await listMigrations(client), await listMigrations(newest));
});

test('a database that holds an organization, or is of another version, is not restored into', async (t) => {
  const world = await openWorld(t);
  const file = path.join(folderFor(t), 'all.backup');
  await writeBackup(world.platform, { adminUrl: world.database.adminUrl, file, lock: { passphrase }, includeKey: true });
  const backup = await openBackup(file, { passphrase });
  const used = await connect(t, world.database.adminUrl);
  await assert.rejects(checkTarget(used, backup.manifest), { code: 'not_empty' });
  const empty = await testDatabase(undefined);
  t.after(() => empty.drop());
  const client = await connect(t, empty.adminUrl);
  const older = { ...backup.manifest, migrations: backup.manifest.migrations.slice(0, -1) };
  await assert.rejects(checkTarget(client, older), { code: 'other_version' });
  await backup.rest.return(undefined);
});
