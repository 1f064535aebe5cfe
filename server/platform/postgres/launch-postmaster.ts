import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, fchownSync, openSync, readFileSync, realpathSync, statSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from '../errors.ts';
import type { Place } from './place.ts';
import { listOrphans, readPidFile } from './postmaster.ts';

const RELEASE_LIMIT_SECONDS = 60;
const ORPHAN_PATIENCE_SECONDS = 2;
const RECOVERY_LIMIT_SECONDS = 600;
const LOG_LIMIT_BYTES = 16 * 1024 * 1024;

/**
 * Starts a postmaster detached from this process and waits until it takes connections (crash recovery included).
 * Waits for what a killed one left to let go of the shared memory; a port that was taken meanwhile is replaced by a free one.
 */
export async function launchPostmaster(
  place: Place,
  wishedPort: number | null,
  durability: 'full' | 'test',
  log: (line: string) => void,
): Promise<{ pid: number; port: number }> {
  const begun = performance.now();
  const secondsGone = () => (performance.now() - begun) / 1000;
  let port = wishedPort ?? (await findFreePort());
  let told = false;
  for (let attempt = 1; ; attempt += 1) {
    const result = await launchOnce(place, port, durability);
    if (typeof result === 'number') return { pid: result, port };
    if (/could not (bind|create any TCP)|Address already in use/.test(result) && attempt < 20) {
      port = await findFreePort();
    } else if (
      /shared memory block .* still in use|lock file "postmaster.pid" already exists/.test(result) &&
      secondsGone() < RELEASE_LIMIT_SECONDS
    ) {
      if (!told) log('Waiting for the processes of the database that was killed.');
      told = true;
      if (secondsGone() > ORPHAN_PATIENCE_SECONDS) for (const pid of listOrphans(realpathSync(place.cluster))) quit(pid);
      await delay(200);
    } else {
      throw new Refusal(
        503,
        'database_not_started',
        `The database did not start: ${reasonIn(result)}. The data in ${place.cluster} was left as it is.`,
        { internal: result },
      );
    }
  }
}

/** The process id once it is ready, or what it wrote to its log when it ended before. */
async function launchOnce(place: Place, port: number, durability: 'full' | 'test'): Promise<number | string> {
  const cluster = realpathSync(place.cluster);
  const logFile = path.join(place.folder, 'postgres.log');
  if (existsSync(logFile) && statSync(logFile).size > LOG_LIMIT_BYTES) truncateSync(logFile);
  const output = openSync(logFile, 'a', 0o600);
  if (place.runAs) fchownSync(output, place.runAs.uid, place.runAs.gid);
  const from = statSync(logFile).size;
  const child = spawn(path.join(place.binaries.folder, 'bin', 'postgres'), ['-D', cluster, '-p', String(port), ...settings(durability)], {
    cwd: '/',
    env: {},
    detached: true,
    stdio: ['ignore', output, output],
    ...place.runAs,
  });
  closeSync(output);
  let ended: string | null = null;
  child.on('error', (error) => {
    ended = `FATAL: ${error.message}`;
  });
  child.on('exit', (status, signal) => {
    ended = `${readFileSync(logFile).subarray(from).toString()}\nFATAL: it ended with ${signal ?? status}`;
  });
  child.unref();
  const limit = performance.now() + RECOVERY_LIMIT_SECONDS * 1000;
  for (;;) {
    if (ended !== null) return ended;
    const file = readPidFile(cluster);
    if (file?.pid === child.pid && file?.status === 'ready') {
      child.removeAllListeners('exit');
      return file.pid;
    }
    if (performance.now() > limit) return `FATAL: it has not become ready within ${RECOVERY_LIMIT_SECONDS / 60} minutes`;
    await delay(20);
  }
}

/** No Unix socket: the loopback needs no folder, and the password (SCRAM) is asked of every connection. */
function settings(durability: 'full' | 'test'): string[] {
  const values = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: durability === 'test' ? '300' : '100',
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    jit: 'off',
    ...(durability === 'test' ? { fsync: 'off', full_page_writes: 'off', autovacuum_naptime: '5min' } : {}),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function quit(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT');
  } catch {
    // It has ended by itself.
  }
}

function reasonIn(output: string): string {
  const line = output.split('\n').find((text) => /FATAL:|PANIC:/.test(text)) ?? output.trim().split('\n').at(-1) ?? '';
  return line.replace(/^.*?(FATAL|PANIC): */, '').replace(/\.$/, '');
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
