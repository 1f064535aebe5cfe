import { createWriteStream } from 'node:fs';
import { link, open, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { sql } from '../database.ts';
import { Refusal } from '../errors.ts';
import type { Platform } from '../platform.ts';
import { type BackupLock, backupKey, headerLine, newHeader } from './backup-header.ts';
import { copyOut } from './copy-rows.ts';
import { type Frame, frameBytes, type Manifest, type SignedHead } from './frames.ts';
import { encryptStream } from './sealed-stream.ts';
import { copySettings, listMigrations, listSequences, listTables, qualified } from './tables.ts';

export type BackupReport = {
  file: string;
  bytes: number;
  createdAt: string;
  tables: number;
  rows: number;
  containsKey: boolean;
  opensWith: 'passphrase' | 'secret-key';
};

/**
 * Writes everything (all organizations, jobs, sign-in) as it was at one moment into an encrypted file, while work goes on. The file
 * appears only when it is whole, and never replaces one. `includeKey` puts the secret key in it; only with a passphrase.
 */
export async function writeBackup(
  platform: Platform,
  options: { adminUrl: string; file: string; lock: BackupLock; includeKey: boolean },
): Promise<BackupReport> {
  const { file, lock } = options;
  await stat(file).then(
    () => Promise.reject(new Refusal(409, 'file_exists', `${file} exists already. Nothing was written. Choose another name.`)),
    () => {},
  );
  const containsKey = 'passphrase' in lock && options.includeKey;
  const createdAt = platform.clock.now().toString();
  const header = newHeader(lock, { containsKey, createdAt });
  const line = headerLine(header);
  const key = await backupKey(lock, header);
  const client = new pg.Client({ connectionString: options.adminUrl, application_name: 'groundcrew backup' });
  const part = `${file}.${process.pid}.part`;
  const totals = { tables: 0, rows: 0 };
  await client.connect();
  try {
    const heads = await signHeads(platform);
    await client.query(copySettings);
    await client.query('begin isolation level repeatable read read only');
    const manifest: Manifest = {
      createdAt,
      migrations: await listMigrations(client),
      organizations: (await client.query('select organization_id as id, name from identity_organizations order by created_at')).rows,
      heads,
      secretKey: containsKey ? platform.secretKey.toString('hex') : null,
    };
    const frames = async function* () {
      for await (const frame of everything(client, manifest, totals)) yield frameBytes(frame);
    };
    const sealed = async function* (zipped: AsyncIterable<Buffer>) {
      yield line;
      yield* encryptStream(key, line, zipped);
    };
    await pipeline(frames, createGzip({ level: 6 }), sealed, createWriteStream(part, { mode: 0o600, flags: 'wx' }));
    await flush(part);
    // A link and not a rename: what appeared under this name meanwhile is never replaced.
    await link(part, file);
    await client.query('commit');
  } catch (error) {
    throw inWords(error, file);
  } finally {
    await rm(part, { force: true });
    await client.end();
  }
  await sql`update platform_installation set last_backup_at = ${createdAt}`.execute(platform.database);
  return { file, bytes: (await stat(file)).size, createdAt, ...totals, containsKey, opensWith: header.opensWith };
}

async function* everything(client: pg.Client, manifest: Manifest, totals: { tables: number; rows: number }): AsyncGenerator<Frame> {
  yield { kind: 'manifest', value: manifest };
  for (const table of await listTables(client)) {
    yield { kind: 'table', value: table };
    let rows = 0;
    for await (const bytes of copyOut(
      client,
      `copy ${qualified(table)} (${table.columns.map(pg.escapeIdentifier).join(', ')}) to stdout`,
    )) {
      yield { kind: 'row', bytes };
      rows += 1;
    }
    yield { kind: 'table-end', value: { rows } };
    totals.tables += 1;
    totals.rows += rows;
  }
  const sequences: { schema: string; name: string; value: string; called: boolean }[] = [];
  for (const sequence of await listSequences(client)) {
    const { rows } = await client.query(`select last_value::text as value, is_called as called from ${qualified(sequence)}`);
    sequences.push({ ...sequence, ...rows[0] });
  }
  yield { kind: 'sequences', value: sequences };
  yield { kind: 'end', value: { ...totals } };
}

async function signHeads(platform: Platform): Promise<SignedHead[]> {
  const { rows } = await platform.jobsPool.query('select organization_id from list_organizations()');
  const heads: SignedHead[] = [];
  for (const { organization_id: organizationId } of rows) {
    const head = await platform.sealer.signHead(organizationId);
    if (head) heads.push({ organizationId, sequence: head.sequence, hash: head.hash });
  }
  return heads;
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync();
  await handle.close();
}

function inWords(error: unknown, file: string): unknown {
  const code = (error as { code?: string }).code;
  if (code === 'ENOSPC') return new Refusal(500, 'no_room', `There is no room for the backup at ${file}. Nothing was kept of it.`);
  if (code === 'EEXIST') return new Refusal(409, 'file_exists', `${file} exists already. Nothing was written. Choose another name.`);
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EROFS')
    return new Refusal(422, 'cannot_write', `${file} cannot be written (${code}). No backup was made.`);
  if (code === '42501')
    return new Refusal(
      500,
      'not_administrator',
      'The user in DATABASE_URL may not read every table. A backup needs the database’s administrator. No backup was made.',
    );
  return error;
}
