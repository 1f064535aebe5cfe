import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { holderOf, listOrphans, readPidFile } from './postmaster.ts';
import { type RunningPostgres, startPostgres } from './start-postgres.ts';

const isRoot = process.getuid?.() === 0;
const isLinux = process.platform === 'linux';
const base = mkdtempSync(path.join(os.tmpdir(), 'groundcrew-postgres-'));
chmodSync(base, 0o755);
const rootBases = [path.join(base, 'root')];
const started = new Set<number>();
const children = new Set<ChildProcess>();
after(() => {
  for (const child of children) child.kill('SIGKILL');
  for (const pid of started) if (isThere(pid)) process.kill(pid, 'SIGQUIT');
  rmSync(base, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

/** A data folder inside one that is closed to every other account. */
function closedFolder(name: string): string {
  mkdirSync(path.join(base, name), { mode: 0o700 });
  return path.join(base, name, 'data');
}

async function start(dataFolder: string): Promise<RunningPostgres> {
  const running = await startPostgres({ dataFolder, durability: 'test', rootBases });
  return track(running);
}

/** Sees to it that a test which fails leaves nothing running. */
function track(running: RunningPostgres): RunningPostgres {
  started.add(running.postmasterPid);
  const stop = async () => {
    await running.stop();
    started.delete(running.postmasterPid);
  };
  return { ...running, stop };
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return Object.values((await client.query(sql)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

/** Another process that starts the database and then stays until it is killed. */
async function startInChild(dataFolder: string): Promise<{ child: ChildProcess; pid: number; url: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', childCode(dataFolder)], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.add(child);
  const [line] = await once(child.stdout, 'data');
  const said: { pid: number; url: string } = JSON.parse(String(line));
  started.add(said.pid);
  return { child, ...said };
}

function childCode(dataFolder: string): string {
  const options = JSON.stringify({ dataFolder, durability: 'test', rootBases });
  return `import { startPostgres } from ${JSON.stringify(new URL('start-postgres.ts', import.meta.url).href)};
    const { url, postmasterPid } = await startPostgres(${options});
    console.log(JSON.stringify({ url, pid: postmasterPid }));
    setInterval(() => {}, 1000);`;
}

function clusterOf(dataFolder: string): string {
  return path.join(isRoot ? readFileSync(path.join(dataFolder, 'place'), 'utf8').trim() : dataFolder, 'cluster');
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(what: string, isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries += 1) {
    assert.ok(tries < 600, `${what} did not happen within 30 seconds`);
    await delay(50);
  }
}

test('a first start makes a UTF-8 database with checksums, asks for a password, and keeps it for its owner alone', async () => {
  const dataFolder = closedFolder('first');
  const running = await start(dataFolder);
  assert.equal(running.adopted, false);
  assert.equal(await ask(running.url, 'SHOW data_checksums'), 'on');
  assert.equal(await ask(running.url, "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'postgres'"), 'bC.UTF-8');
  assert.equal(await ask(running.url, 'SHOW server_encoding'), 'UTF8');
  assert.equal(await ask(running.url, "SELECT lower('ÄÖ')"), 'äö');
  assert.equal(statSync(path.join(dataFolder, 'password')).mode & 0o777, 0o600);
  const wrong = new URL(running.url);
  wrong.password = 'guess';
  await assert.rejects(ask(wrong.href, 'SELECT 1'), /password authentication failed/);
  await running.stop();
  assert.equal(readPidFile(clusterOf(dataFolder)), null);
  await running.stop();
});

test('durability full leaves fsync on', async () => {
  const running = track(await startPostgres({ dataFolder: closedFolder('durable'), rootBases }));
  assert.equal(await ask(running.url, 'SHOW fsync'), 'on');
  assert.equal(await ask(running.url, 'SHOW synchronous_commit'), 'on');
  await running.stop();
});

test('a database whose parent was killed lives on and is adopted; after a stop it comes back on the same port', async () => {
  const dataFolder = closedFolder('adopted');
  const first = await startInChild(dataFolder);
  await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  const second = await start(dataFolder);
  assert.deepEqual([second.adopted, second.postmasterPid, second.url], [true, first.pid, first.url]);
  assert.equal(await ask(second.url, 'SELECT answer FROM kept'), 42);
  await second.stop();
  const third = await start(dataFolder);
  assert.deepEqual([third.adopted, third.url], [false, first.url]);
  await third.stop();
});

test('a killed postmaster, with a query still running in a child, is started again and nothing committed is lost', async () => {
  const dataFolder = closedFolder('killed');
  const first = await startInChild(dataFolder);
  await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const busy = new Client({ connectionString: first.url });
  busy.on('error', () => {});
  await busy.connect();
  const query = busy.query('SELECT count(*) FROM generate_series(1, 10000000000)').catch(() => 'ended');
  await until('the query', () => !isLinux || listOrphans(clusterOf(dataFolder)).length > 0);
  process.kill(first.pid, 'SIGKILL');
  const again = await start(dataFolder);
  assert.equal(again.adopted, false);
  assert.equal(await ask(again.url, 'SELECT answer FROM kept'), 42);
  assert.equal(await query, 'ended');
  first.child.kill('SIGKILL');
  await again.stop();
});

test('a pid file that names a living process which is not PostgreSQL is removed', async () => {
  const dataFolder = closedFolder('reused');
  await (await start(dataFolder)).stop();
  writeFileSync(
    path.join(clusterOf(dataFolder), 'postmaster.pid'),
    `${process.pid}\n${clusterOf(dataFolder)}\n1\n5432\n\n127.0.0.1\n1 1\nready\n`,
  );
  const running = await start(dataFolder);
  assert.equal(await ask(running.url, 'SELECT 1'), 1);
  await running.stop();
});

test('a pid file that names a zombie is removed', { skip: isLinux ? false : 'zombies are made and seen through /proc here' }, async () => {
  const dataFolder = closedFolder('zombie');
  await (await start(dataFolder)).stop();
  const parent = spawn('sh', ['-c', 'cat <&3 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore', 'pipe'] });
  children.add(parent);
  const pid = Number(String((await once(parent.stdout!, 'data'))[0]));
  // The child ends only once its parent is a program that waits for nobody: the shell might still have waited.
  await until('a parent that never waits', () => readFileSync(`/proc/${parent.pid}/comm`, 'utf8').trim() === 'sleep');
  (parent.stdio[3] as Writable).end();
  await until('a zombie', () => holderOf(pid, clusterOf(dataFolder)) === 'zombie');
  writeFileSync(path.join(clusterOf(dataFolder), 'postmaster.pid'), `${pid}\n${clusterOf(dataFolder)}\n1\n5432\n\n127.0.0.1\n1 1\nready\n`);
  const running = await start(dataFolder);
  assert.equal(await ask(running.url, 'SELECT 1'), 1);
  await running.stop();
});

test('two starts at once, in two processes and in one, end with one postmaster', async () => {
  const dataFolder = closedFolder('together');
  const [one, two, three] = await Promise.all([startInChild(dataFolder), start(dataFolder), start(dataFolder)]);
  assert.deepEqual([two.postmasterPid, three.postmasterPid], [one.pid, one.pid]);
  one.child.kill('SIGKILL');
  await two.stop();
});

test('two data folders have two databases, and stopping one leaves the other alone', async () => {
  const one = await start(closedFolder('one'));
  const two = await start(closedFolder('two'));
  assert.notEqual(one.url, two.url);
  await one.stop();
  assert.equal(await ask(two.url, 'SELECT 1'), 1);
  await two.stop();
});

test('a start that was killed while the database was being made leaves nothing that is used', async () => {
  const dataFolder = closedFolder('half');
  const child = spawn(process.execPath, ['--input-type=module', '--eval', childCode(dataFolder)], { stdio: 'ignore' });
  await until('a beginning', () => statSync(path.join(dataFolder, 'password'), { throwIfNoEntry: false }) !== undefined);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const running = await start(dataFolder);
  assert.equal(await ask(running.url, 'SELECT 1'), 1);
  await running.stop();
});

test('a copied data folder is refused where it points to the database of the first', {
  skip: isRoot ? false : 'only root keeps the database elsewhere',
}, async () => {
  const dataFolder = closedFolder('original');
  await (await start(dataFolder)).stop();
  cpSync(dataFolder, `${dataFolder}-copy`, { recursive: true });
  await assert.rejects(start(`${dataFolder}-copy`), /is a copy of/);
});

test('a normal user runs it in a folder closed to others, and root goes on in it afterwards', { skip: whyNoOtherUser() }, async () => {
  const uid = 65534;
  const home = path.join(base, 'home');
  mkdirSync(home, { mode: 0o700 });
  chownSync(home, uid, uid);
  const dataFolder = path.join(home, 'data');
  const code = `import { startPostgres } from ${JSON.stringify(new URL('start-postgres.ts', import.meta.url).href)};
    const running = await startPostgres({ dataFolder: ${JSON.stringify(dataFolder)}, durability: 'test', rootBases: [] });
    await running.stop();
    console.log('fine');`;
  const ran = spawnSync(process.execPath, ['--input-type=module', '--eval', code], { uid, gid: uid, cwd: '/', encoding: 'utf8' });
  assert.equal(ran.stdout, 'fine\n', ran.stderr);
  const running = await start(dataFolder);
  assert.equal(statSync(path.join(dataFolder, 'cluster')).uid, uid);
  await running.stop();
  const again = spawnSync(process.execPath, ['--input-type=module', '--eval', code], { uid, gid: uid, cwd: '/', encoding: 'utf8' });
  assert.equal(again.stdout, 'fine\n', again.stderr);
});

function whyNoOtherUser(): string | false {
  if (!isRoot) return 'needs root, to act as another user';
  const tried = spawnSync(process.execPath, ['--eval', `require('node:fs').readFileSync(${JSON.stringify(import.meta.filename)})`], {
    uid: 65534,
    gid: 65534,
    cwd: '/',
  });
  return tried.status === 0 ? false : 'the checkout is closed to the other user';
}
