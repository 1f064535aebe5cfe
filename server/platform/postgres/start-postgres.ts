import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { Refusal } from '../errors.ts';
import { initializeCluster } from './initialize-cluster.ts';
import { launchPostmaster } from './launch-postmaster.ts';
import { defaultRootBases, type Place, settlePlace } from './place.ts';
import { holderOf, isProgramGone, readPidFile } from './postmaster.ts';
import { holdStartLock } from './start-lock.ts';

export type StartOptions = {
  /** Made if missing. Keeps the password (mode 600), the last port, and the database itself or, for root, a pointer to it. */
  dataFolder: string;
  /** Receives a line for what takes time or is unusual. */
  log?: (line: string) => void;
  /** `test` gives up safety against power failure for speed; never for real data. */
  durability?: 'full' | 'test';
  /** Where root keeps programs and data, best first; each must be root's own. */
  rootBases?: string[];
};

/** `url`: a superuser on the loopback. `adopted`: it was running already, and others may be using it. `stop`: ends it and waits. */
export type RunningPostgres = { url: string; adopted: boolean; postmasterPid: number; stop(): Promise<void> };

const STOP_LIMIT_SECONDS = 90;

/**
 * Starts the PostgreSQL that comes with Groundcrew on `dataFolder`, or adopts the one that already serves it. It outlives this process.
 * The port is free at the first start and kept afterwards where possible. Refuses (503) with a text for people when it cannot go on.
 */
export async function startPostgres(options: StartOptions): Promise<RunningPostgres> {
  const { log = () => {}, durability = 'full', rootBases = defaultRootBases } = options;
  const dataFolder = openFolder(options.dataFolder);
  return holdStartLock(path.join(dataFolder, 'start.lock'), 120, async () => {
    const place = settlePlace(dataFolder, rootBases);
    const passwordFile = path.join(dataFolder, 'password');
    if (!existsSync(place.cluster)) {
      log('Making the database. This takes a few seconds, once.');
      writeOwn(dataFolder, 'password', randomBytes(24).toString('hex'));
      await initializeCluster(place, readFileSync(passwordFile, 'utf8'), durability === 'full');
    }
    checkVersion(place);
    if (!existsSync(passwordFile)) {
      throw new Refusal(
        503,
        'database_password_gone',
        `The database's password, ${passwordFile}, is missing. Nothing was changed. Put the file back or restore a backup into an empty data folder.`,
      );
    }
    const password = readFileSync(passwordFile, 'utf8');
    const adopted = await adopt(place, log);
    const { pid, port } = adopted ?? (await launchPostmaster(place, lastPort(dataFolder), durability, log));
    writeOwn(dataFolder, 'port', String(port));
    const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
    await checkAnswer(url);
    return { url, adopted: adopted !== null, postmasterPid: pid, stop: () => stopPostmaster(place, pid) };
  });
}

/** The running postmaster of this cluster, once it is ready; null when there is none. Clears the pid file that a dead one left. */
async function adopt(place: Place, log: (line: string) => void): Promise<{ pid: number; port: number } | null> {
  const cluster = realpathSync(place.cluster);
  const limit = performance.now() + STOP_LIMIT_SECONDS * 1000;
  for (;;) {
    const file = readPidFile(cluster);
    if (!file) return null;
    const holder = holderOf(file.pid, cluster);
    if (holder === 'PostgreSQL of unknown folder') {
      throw new Refusal(
        503,
        'database_in_doubt',
        `Process ${file.pid} may be serving the database in ${cluster}. Nothing was changed. Stop that process, or start Groundcrew as its user.`,
      );
    }
    if (holder !== 'ours') {
      log(`The database did not end in order (process ${file.pid} is no more). It recovers by itself.`);
      rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
      return null;
    }
    if (file.status === 'ready') {
      if (!isProgramGone(file.pid)) return file;
      log('The database runs on a program that has been replaced. It is started anew.');
      await stopPostmaster(place, file.pid);
    }
    if (performance.now() > limit) {
      throw new Refusal(
        503,
        'database_busy',
        `The database in ${cluster} is ${file.status || 'starting'} and does not get ready. Nothing was changed. Try again later.`,
      );
    }
    await delay(50);
  }
}

/** Fast shutdown: open transactions are rolled back, data is written. Returns when the process has ended. */
async function stopPostmaster(place: Place, pid: number): Promise<void> {
  const cluster = realpathSync(place.cluster);
  const isThere = () => readPidFile(cluster)?.pid === pid && holderOf(pid, cluster) === 'ours';
  const limit = performance.now() + STOP_LIMIT_SECONDS * 1000;
  if (isThere()) process.kill(pid, 'SIGINT');
  while (isThere()) {
    if (performance.now() > limit)
      throw new Refusal(503, 'database_not_stopped', `The database (process ${pid}) has not ended after ${STOP_LIMIT_SECONDS} seconds.`);
    await delay(20);
  }
}

async function checkAnswer(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 30_000 });
  try {
    await client.connect();
    await client.query('SELECT 1');
  } catch (error) {
    throw new Refusal(503, 'database_silent', `The database runs and does not let us in: ${(error as Error).message}.`);
  } finally {
    await client.end().catch(() => {});
  }
}

function checkVersion(place: Place): void {
  const has = readFileSync(path.join(place.cluster, 'PG_VERSION'), 'utf8').trim();
  const brings = /postgres-(\d+)/.exec(place.binaries.label)?.[1];
  if (has !== brings) {
    throw new Refusal(
      503,
      'database_of_other_version',
      `The database was made by PostgreSQL ${has} and this Groundcrew brings ${brings}. Nothing was changed. Make a backup with the earlier Groundcrew and restore it with this one.`,
    );
  }
}

function openFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const real = realpathSync(folder);
    if (!existsSync(path.join(real, 'start.lock'))) writeOwn(real, 'start.lock', '');
    return real;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new Refusal(
      503,
      'data_folder_closed',
      `The data folder ${folder} cannot be written (${code}). Nothing was changed. Give this user the right, or choose another GROUNDCREW_DATA.`,
    );
  }
}

/** Writes a file of mode 600 that belongs to the data folder's owner, so that root may start once in a user's folder. */
function writeOwn(dataFolder: string, name: string, text: string): void {
  const file = path.join(dataFolder, name);
  writeFileSync(file, text, { mode: 0o600 });
  chmodSync(file, 0o600);
  if (process.getuid?.() === 0) {
    const { uid, gid } = statSync(dataFolder);
    chownSync(file, uid, gid);
  }
}

function lastPort(dataFolder: string): number | null {
  const file = path.join(dataFolder, 'port');
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) || null : null;
}
