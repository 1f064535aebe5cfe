import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type RunningPostgres, startPostgres } from '../../server/platform/postgres/start-postgres.ts';

let running: Promise<RunningPostgres> | undefined;

/** The one PostgreSQL that all tests of this checkout and user share: started by the first process, adopted by the others. */
export function testCluster(): Promise<RunningPostgres> {
  const folder = clusterFolder();
  running ??= startPostgres({ dataFolder: path.join(folder, 'data'), durability: 'test', rootBases: [path.join(folder, 'root')] });
  return running;
}

/** A folder of our own among the temporary ones; refuses one that another account made. */
function clusterFolder(): string {
  const uid = process.getuid?.() ?? 0;
  const checkout = path.resolve(import.meta.dirname, '../..');
  const key = createHash('sha256').update(checkout).digest('hex').slice(0, 12);
  const folder = path.join(os.tmpdir(), `groundcrew-test-${uid}-${key}`);
  mkdirSync(folder, { recursive: true, mode: uid === 0 ? 0o755 : 0o700 });
  const status = lstatSync(folder);
  if (!status.isDirectory() || status.uid !== uid)
    throw new Error(`${folder} belongs to another user of this machine. Delete it, or set TMPDIR.`);
  return folder;
}
