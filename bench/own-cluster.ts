import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from '../server/platform/postgres/start-postgres.ts';

/** A PostgreSQL of its own that flushes every commit to disk, as in a real installation. `close` stops it and removes everything. */
export async function ownCluster(): Promise<{ url: string; close(): Promise<void> }> {
  const folder = ownFolder();
  const postgres = await startPostgres({
    dataFolder: path.join(folder, 'data'),
    durability: 'full',
    rootBases: [path.join(folder, 'root')],
  });
  // It outlives this process otherwise, when a fault ends us.
  const endAtOnce = () => {
    process.kill(postgres.postmasterPid, 'SIGQUIT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', endAtOnce);
  return {
    url: postgres.url,
    close: async () => {
      process.off('exit', endAtOnce);
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A folder that the account of the database may enter. */
export function ownFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'groundcrew-bench-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** Removes a data folder; root's database lies elsewhere, and the data folder points to it. */
export function removeDataFolder(folder: string): void {
  try {
    rmSync(readFileSync(path.join(folder, 'place'), 'utf8').trim(), { recursive: true, force: true });
  } catch {}
  rmSync(folder, { recursive: true, force: true });
}
