import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Refusal } from './errors.ts';
import { holdStartLock } from './postgres/start-lock.ts';

type Running = { pid: number; url: string };

const patienceSeconds = 15;

function readRunning(dataFolder: string): Running | null {
  try {
    return JSON.parse(readFileSync(path.join(dataFolder, 'server.json'), 'utf8'));
  } catch {
    return null;
  }
}

/** Runs `work` while this process alone holds the data folder as its server. `announce` writes down where it can be reached. Refuses (409) when another server holds it. */
export async function holdDataFolder(dataFolder: string, work: (announce: (url: string) => void) => Promise<void>): Promise<void> {
  openDataFolder(dataFolder);
  const note = path.join(dataFolder, 'server.json');
  const announce = (url: string) => writeFileSync(note, JSON.stringify({ pid: process.pid, url } satisfies Running), { mode: 0o600 });
  await withServerLock(dataFolder, async () => {
    try {
      await work(announce);
    } finally {
      rmSync(note, { force: true });
    }
  });
}

/** Runs `work` while no server may start on the data folder. Refuses (409) with the running server's address. */
export async function withServerLock<T>(dataFolder: string, work: () => Promise<T>): Promise<T> {
  const file = path.join(dataFolder, 'server.lock');
  const isLocked = (error: unknown) => error instanceof Refusal && error.code === 'database_starting';
  for (let waited = 0; ; waited += 1) {
    try {
      return await holdStartLock(file, 0, work);
    } catch (error) {
      if (!isLocked(error)) throw error;
      const running = readRunning(dataFolder);
      // Without an address the holder is a command that is about to end, or a server that is just starting.
      if (running || waited >= patienceSeconds) {
        const where = running ? ` at ${running.url} (process ${running.pid})` : '';
        throw new Refusal(409, 'already_running', `Groundcrew is already running${where} on ${dataFolder}. Nothing was started.`);
      }
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

function openDataFolder(dataFolder: string): void {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new Refusal(
      503,
      'data_folder_closed',
      `The data folder ${dataFolder} cannot be made (${code}). Give this user the right, or choose another GROUNDCREW_DATA.`,
    );
  }
}

/** The public address of the server that holds the data folder at this moment; null when none does. */
export async function findRunningUrl(dataFolder: string): Promise<string | null> {
  return (await isServerRunning(dataFolder)) ? (readRunning(dataFolder)?.url ?? null) : null;
}

/** Whether a server holds the data folder at this moment. */
export async function isServerRunning(dataFolder: string): Promise<boolean> {
  if (!existsSync(dataFolder)) return false;
  try {
    await holdStartLock(path.join(dataFolder, 'server.lock'), 0, async () => {});
    return false;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'database_starting') return true;
    throw error;
  }
}
