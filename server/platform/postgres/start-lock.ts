import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from '../errors.ts';

const SQLITE_BUSY = 5;

/**
 * Runs `work` while this process alone holds `file`, across processes. The lock is the kernel's (SQLite's exclusive file lock on an
 * empty file), so it ends with its process, however that ends. Waits up to `waitSeconds`, then refuses (503).
 */
export async function holdStartLock<T>(file: string, waitSeconds: number, work: () => Promise<T>): Promise<T> {
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    for (let waited = 0; !tryLock(lock); waited += 0.1) {
      if (waited >= waitSeconds) {
        throw new Refusal(
          503,
          'database_starting',
          'Another process is starting the database of this data folder. Nothing was changed. Try again in a minute.',
        );
      }
      await delay(100);
    }
    return await work();
  } finally {
    lock.close();
  }
}

function tryLock(lock: DatabaseSync): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false;
    throw error;
  }
}
