import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import type { Config } from '../config.ts';
import { Refusal } from '../errors.ts';
import { parseSecretKey, sameBytes } from '../secrets.ts';
import { type BackupHeader, type BackupLock, backupKey, parseHeader } from './backup-header.ts';
import { copyIn } from './copy-rows.ts';
import { type Frame, type Manifest, readFrames } from './frames.ts';
import { damaged, decryptStream } from './sealed-stream.ts';
import { copySettings, listMigrations, listTables, qualified } from './tables.ts';

/** An opened backup: its manifest, and what follows it. Everything is authenticated before it is passed on. */
export type OpenBackup = { header: BackupHeader; manifest: Manifest; rest: AsyncGenerator<Frame> };

/** Reads what a backup says about itself before it is opened. Throws a Refusal when the file is none. */
export async function readHeader(file: string): Promise<{ header: BackupHeader; line: Buffer }> {
  const handle = await open(file, 'r').catch((error) => {
    throw new Refusal(422, 'cannot_read', `${file} cannot be read (${error.code}). Nothing was changed.`);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    return parseHeader(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

/** Opens a backup with its passphrase or the secret key. Throws a Refusal when it does not open. */
export async function openBackup(file: string, lock: BackupLock): Promise<OpenBackup> {
  const { header, line } = await readHeader(file);
  const key = await backupKey(lock, header);
  const unzip = createGunzip();
  // A failure while decrypting ends the reading with that failure; here it has been told already.
  pipeline(Readable.from(decryptStream(key, line, createReadStream(file, { start: line.length }))), unzip).catch(() => {});
  const frames = readFrames(unzip);
  const first = await frames.next();
  if (first.done || first.value.kind !== 'manifest') throw damaged();
  return { header, manifest: first.value.value, rest: frames };
}

/** Puts the backup's secret key into the data folder, or checks that the one at hand is the same. Returns the key. */
export async function settleSecretKey(config: Config, manifest: Manifest): Promise<Buffer> {
  const file = path.join(config.dataFolder, 'secret.key');
  const kept = await readFile(file, 'utf8').catch(() => null);
  const present = config.secretKey ? parseSecretKey(config.secretKey) : kept ? Buffer.from(kept.trim(), 'hex') : null;
  if (!manifest.secretKey) {
    if (present) return present;
    throw new Refusal(
      422,
      'key_missing',
      `This backup does not contain the secret key. Put the key file of the installation to ${file}, or set GROUNDCREW_SECRET_KEY. Nothing was changed.`,
    );
  }
  const key = Buffer.from(manifest.secretKey, 'hex');
  if (present && !sameBytes(present, key)) {
    const where = config.secretKey ? 'GROUNDCREW_SECRET_KEY is' : `${file} holds`;
    throw new Refusal(
      409,
      'other_key',
      `${where} another key than the one in the backup. Restore into an empty data folder. Nothing was changed.`,
    );
  }
  if (!present) {
    await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
    await writeFile(file, `${key.toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  }
  return key;
}

/** Refuses when the database holds anything already, or was not migrated just as far as the one that the backup was made of. */
export async function checkTarget(client: pg.Client, manifest: Manifest): Promise<void> {
  const { rowCount: used } = await client.query('select from identity_organizations limit 1');
  if (used)
    throw new Refusal(
      409,
      'not_empty',
      'There are organizations here already. A backup is restored only into an empty data folder or database. Nothing was changed.',
    );
  const { rows } = await client.query('select rolsuper as super from pg_roles where rolname = current_user');
  if (!rows[0]?.super) throw new Refusal(500, 'not_administrator', 'Restoring needs a superuser in DATABASE_URL. Nothing was changed.');
  const here = await listMigrations(client);
  const text = (list: { name: string; hash: string }[]) => list.map((each) => `${each.name} ${each.hash}`).join('\n');
  if (text(here) === text(manifest.migrations)) return;
  const last = manifest.migrations.at(-1)?.name ?? 'none';
  const isOlder = text(here).startsWith(`${text(manifest.migrations)}\n`);
  throw new Refusal(
    409,
    'other_version',
    isOlder
      ? `The backup was made by an older version of Groundcrew (its last migration is ${last}), and this database was prepared by this one already. Restore it into an empty data folder or database: it is brought to this version there. Nothing was changed.`
      : `The backup was made by another version of Groundcrew (its last migration is ${last}). Restore it with that version, or a newer one. Nothing was changed.`,
  );
}

/**
 * Loads a backup into a migrated, empty database in one transaction: all of it or nothing. The installation is paused from `now` on.
 * Returns how many tables and rows came back; both were compared with what the backup says.
 */
export async function loadBackup(client: pg.Client, backup: OpenBackup, now: Temporal.Instant): Promise<{ tables: number; rows: number }> {
  await client.query(copySettings);
  await client.query('begin');
  try {
    // Foreign keys hold in the snapshot that was taken; their checks would only refuse the order in which tables come.
    await client.query('set local session_replication_role = replica');
    const tables = new Map((await listTables(client)).map((table) => [qualified(table), table]));
    await client.query(`truncate ${[...tables.keys()].join(', ')}`);
    const totals = await loadFrames(client, backup.rest, new Set(tables.keys()));
    await client.query(`update platform_installation set paused_since = $1, paused_reason = $2, restored_from = $3`, [
      now.toString(),
      `It was restored from the backup of ${backup.manifest.createdAt}.`,
      backup.manifest.createdAt,
    ]);
    await client.query('commit');
    return totals;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

async function loadFrames(client: pg.Client, frames: AsyncGenerator<Frame>, known: Set<string>): Promise<{ tables: number; rows: number }> {
  const totals = { tables: 0, rows: 0 };
  for (;;) {
    const { value: frame, done } = await frames.next();
    if (done) throw damaged();
    if (frame.kind === 'table') {
      if (!known.has(qualified(frame.value)))
        throw new Refusal(
          409,
          'other_version',
          `The backup has a table ${frame.value.schema}.${frame.value.name} that this version does not. Nothing was restored.`,
        );
      const told = { rows: -1 };
      const columns = frame.value.columns.map(pg.escapeIdentifier).join(', ');
      const rows = await copyIn(client, `copy ${qualified(frame.value)} (${columns}) from stdin`, rowsOf(frames, told));
      if (rows !== told.rows) throw damaged();
      totals.tables += 1;
      totals.rows += rows;
    } else if (frame.kind === 'sequences') {
      for (const sequence of frame.value)
        await client.query('select setval($1::regclass, $2, $3)', [qualified(sequence), sequence.value, sequence.called]);
    } else if (frame.kind === 'end') {
      if (frame.value.tables !== totals.tables || frame.value.rows !== totals.rows) throw damaged();
      // Reads on to the end of the file, so that the last chunk is authenticated too.
      if (!(await frames.next()).done) throw damaged();
      return totals;
    } else throw damaged();
  }
}

// Takes frames one by one and leaves the generator open for the next table.
async function* rowsOf(frames: AsyncGenerator<Frame>, told: { rows: number }): AsyncGenerator<Buffer> {
  for (;;) {
    const { value: frame, done } = await frames.next();
    if (done) throw damaged();
    if (frame.kind === 'row') yield frame.bytes;
    else if (frame.kind === 'table-end') {
      told.rows = frame.value.rows;
      return;
    } else throw damaged();
  }
}
