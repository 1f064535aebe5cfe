import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { testDatabase } from '../tests/database.ts';

type Started = { child: ChildProcess; url: string; output(): string; problem(): string; ended: Promise<number | null> };
type Teardown = { after(work: () => Promise<void> | void): void };

const main = path.join(import.meta.dirname, 'main.ts');

function folderFor(t: Teardown): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'groundcrew-main-'));
  t.after(() => {
    // Root's database lies elsewhere; the data folder points to it.
    const place = path.join(folder, 'place');
    try {
      rmSync(readFileSync(place, 'utf8').trim(), { recursive: true, force: true });
    } catch {}
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

function start(env: Record<string, string>): Started {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      TMPDIR: process.env.TMPDIR,
      PORT: '0',
      GROUNDCREW_LOG: 'silent',
      GROUNDCREW_DURABILITY: 'test',
      ...env,
    } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let problem = '';
  child.stdout?.on('data', (part) => {
    output += part;
  });
  child.stderr?.on('data', (part) => {
    problem += part;
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    child,
    ended,
    output: () => output,
    problem: () => problem,
    get url() {
      return /Open {3}(http:\/\/\S+?:\d+)/.exec(output)?.[1] ?? '';
    },
  };
}

async function until(what: () => boolean | Promise<boolean>, words: () => string): Promise<void> {
  for (const limit = performance.now() + 60_000; performance.now() < limit; ) {
    if (await what()) return;
    await delay(50);
  }
  assert.fail(words());
}

async function ready(t: Teardown, env: Record<string, string>): Promise<Started> {
  const started = start(env);
  t.after(async () => {
    started.child.kill('SIGTERM');
    await started.ended;
  });
  await until(
    () => started.url !== '' || started.child.exitCode !== null,
    () => `not ready: ${started.output()} ${started.problem()}`,
  );
  assert.notEqual(started.url, '', started.problem());
  return started;
}

const statusWithHost = (url: string, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    request(`${url}/healthz`, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

test('a started server says where to open it, answers its probes, and refuses the names of other hosts', async (t) => {
  const database = await testDatabase(t);
  const server = await ready(t, {
    GROUNDCREW_DATA: folderFor(t),
    DATABASE_URL: database.adminUrl,
    GROUNDCREW_SECRET_KEY: database.secretKey.toString('hex'),
  });
  assert.equal(server.output().match(/Groundcrew is ready/g)?.length, 1);
  assert.deepEqual(await (await fetch(`${server.url}/healthz`)).json(), { product: 'groundcrew', status: 'alive' });
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  assert.match(metrics, /process_cpu_seconds_total/);
  assert.match(metrics, /groundcrew_http_requests_total\{method="GET",status="2xx"\}/);
  assert.equal(await statusWithHost(server.url, 'evil.example'), 421);
  assert.equal(await statusWithHost(server.url, 'localhost'), 200);
  assert.equal((await fetch(`${server.url}/assets/none.js`)).status, 404);
});

test('a second start beside the first says in one line where the first one is, and ends with a failure', async (t) => {
  const database = await testDatabase(t);
  const folder = folderFor(t);
  const env = { DATABASE_URL: database.adminUrl, GROUNDCREW_SECRET_KEY: database.secretKey.toString('hex') };
  const first = await ready(t, { ...env, GROUNDCREW_DATA: folder });

  const sameFolder = start({ ...env, GROUNDCREW_DATA: folder });
  assert.equal(await sameFolder.ended, 1);
  assert.match(sameFolder.problem(), new RegExp(`already running at ${first.url}.*Nothing was started\\.\n$`));
  assert.equal(sameFolder.problem().trim().split('\n').length, 1);

  const samePort = start({ ...env, GROUNDCREW_DATA: folderFor(t), PORT: new URL(first.url).port });
  assert.equal(await samePort.ended, 1);
  assert.match(samePort.problem(), /^Groundcrew is already running at http:\/\/127\.0\.0\.1:\d+\. .*\n$/);
});

test('a wrong setting is told in one line without a stack', async (t) => {
  const wrong = start({ GROUNDCREW_DATA: folderFor(t), PORT: 'eighty' });
  assert.equal(await wrong.ended, 1);
  assert.equal(wrong.problem(), 'PORT is "eighty". It must be a number from 0 to 65535.\n');
});

test('after kill -9 of the server and its PostgreSQL the next start serves again; a database that dies beneath comes back; SIGTERM ends both', async (t) => {
  const folder = folderFor(t);
  // Null while the database is between two lives.
  const databaseProcess = (): number | null => {
    try {
      const place = existsSync(path.join(folder, 'place')) ? readFileSync(path.join(folder, 'place'), 'utf8').trim() : folder;
      return Number(readFileSync(path.join(place, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
    } catch {
      return null;
    }
  };
  const first = await ready(t, { GROUNDCREW_DATA: folder });
  const firstDatabase = databaseProcess() ?? 0;
  first.child.kill('SIGKILL');
  assert.ok(firstDatabase > 0);
  process.kill(firstDatabase, 'SIGKILL');
  await first.ended;

  const second = await ready(t, { GROUNDCREW_DATA: folder });
  assert.equal((await fetch(`${second.url}/readyz`)).status, 200);
  const secondDatabase = databaseProcess() ?? 0;
  assert.notEqual(secondDatabase, firstDatabase);

  process.kill(secondDatabase, 'SIGKILL');
  await until(
    async () => (databaseProcess() ?? secondDatabase) !== secondDatabase && (await fetch(`${second.url}/readyz`)).status === 200,
    () => 'the database did not come back',
  );
  second.child.kill('SIGTERM');
  assert.equal(await second.ended, 0);
  // PostgreSQL takes its pid file away as the last thing of an orderly end.
  assert.equal(databaseProcess(), null);
});
