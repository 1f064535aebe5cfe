import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { launchPostmaster } from '../server/platform/postgres/launch-postmaster.ts';
import { defaultRootBases, settlePlace } from '../server/platform/postgres/place.ts';
import { readPidFile } from '../server/platform/postgres/postmaster.ts';
import { atDatabase, withDatabase } from '../tests/setup/at-database.ts';
import { type Figure, inPairs, median, seconds } from './figure.ts';
import { ownFolder, removeDataFolder } from './own-cluster.ts';

const main = path.join(import.meta.dirname, '..', 'server', 'main.ts');
const pairs = 5;

/**
 * The server on a data folder that it has made before, from the start of its process (PostgreSQL not running) to the first 200 of /readyz; against
 * PostgreSQL alone on the same data, from the start of its process to the first answered query.
 */
export async function bench(): Promise<Figure[]> {
  const folder = ownFolder();
  try {
    const port = await freePort();
    await startAndStop(folder, port);
    const { ours, theirs } = await inPairs(
      pairs,
      () => startAndStop(folder, port),
      () => startPostgresAlone(folder),
    );
    return [
      {
        what: 'Restart to ready, warm',
        against: 'PostgreSQL’s own start',
        ours: seconds(median(ours)),
        theirs: seconds(median(theirs)),
        value: median(ours.map((took, pair) => (took - theirs[pair]!) / 1000)),
        unit: 's',
        goal: { atMost: 1.5 },
        note: `Seconds more than PostgreSQL alone. Ours: from the start of the process to the first 200 of /readyz, PostgreSQL’s start within it; it was stopped in order before. Median of ${pairs} pairs.`,
      },
    ];
  } finally {
    removeDataFolder(folder);
  }
}

async function startAndStop(folder: string, port: number): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, PORT: String(port), GROUNDCREW_DATA: folder, GROUNDCREW_LOG: 'silent' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await untilReady(child, port);
  const took = performance.now() - begun;
  child.kill('SIGTERM');
  if (child.exitCode === null) await once(child, 'exit');
  return took;
}

async function untilReady(child: ChildProcess, port: number): Promise<void> {
  for (const limit = performance.now() + 120_000; performance.now() < limit; ) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`);
    const status = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    await delay(10);
  }
  throw new Error('The server did not become ready.');
}

async function startPostgresAlone(folder: string): Promise<number> {
  const place = settlePlace(folder, defaultRootBases);
  const password = readFileSync(path.join(folder, 'password'), 'utf8');
  const begun = performance.now();
  const { pid, port } = await launchPostmaster(place, Number(readFileSync(path.join(folder, 'port'), 'utf8')), 'full', () => {});
  await atDatabase(withDatabase(`postgres://postgres:${password}@127.0.0.1:${port}`, 'postgres'), (client) => client.query('select 1'));
  const took = performance.now() - begun;
  process.kill(pid, 'SIGINT');
  const cluster = realpathSync(place.cluster);
  while (readPidFile(cluster)) await delay(20);
  return took;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
