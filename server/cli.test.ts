import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { type TestDatabase, testDatabase } from '../tests/database.ts';

type Teardown = { after(work: () => Promise<void> | void): void };
type Ran = { status: number; out: string; problem: string };
type Run = (...words: string[]) => Promise<Ran>;

const cli = path.join(import.meta.dirname, 'cli.ts');

function folderFor(t: Teardown): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'groundcrew-cli-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs `groundcrew …` on a data folder of its own, with the database of the test. */
function commandLine(database: Pick<TestDatabase, 'adminUrl' | 'secretKey'>, dataFolder: string, env: Record<string, string> = {}): Run {
  const environment = {
    PATH: process.env.PATH,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    DATABASE_URL: database.adminUrl,
    GROUNDCREW_SECRET_KEY: database.secretKey.toString('hex'),
    GROUNDCREW_DATA: dataFolder,
    ...env,
  };
  return (...words) =>
    new Promise((resolve) => {
      execFile(process.execPath, [cli, ...words], { env: environment as NodeJS.ProcessEnv }, (error, out, problem) =>
        resolve({ status: error ? Number(error.code) : 0, out, problem }),
      );
    });
}

const init = [
  'init',
  '--name',
  'Fernhill',
  '--time-zone',
  'Europe/Berlin',
  '--owner-name',
  'Ines Halvorsen',
  '--owner-address',
  'ines@fernhill.example',
];

test('init makes an organization with an owner and prints the link to set up their sign-in; a second time it refuses', async (t) => {
  const database = await testDatabase(t);
  const run = commandLine(database, folderFor(t));
  const first = await run(...init, '--json');
  assert.equal(first.status, 0, first.problem);
  assert.match(JSON.parse(first.out).link, /\/setup#[\w-]{40,}$/);
  const second = await run(...init);
  assert.equal(second.status, 1);
  assert.match(second.problem, /already\. Nothing was changed\.\n$/);
  const wrong = await run('init', '--name', 'X', '--time-zone', 'Mars/Olympus', '--owner-name', 'A', '--owner-address', 'a@b.example');
  assert.equal(wrong.status, 2);
  assert.match(wrong.problem, /"Mars\/Olympus" is no time zone\.\n {2}timeZone: /);
});

test('a token is made, listed and ended; wrong questions get status 2 and one line', async (t) => {
  const database = await testDatabase(t);
  const run = commandLine(database, folderFor(t));
  await run(...init);
  const made = await run('token', 'create', '--name', 'nightly', '--scopes', 'audit:read');
  assert.match(made.out, /^gc_[\w-]{43}\n$/, made.problem);
  assert.match((await run('token', 'list')).out, /nightly +Ines Halvorsen +audit:read +until/);
  assert.equal((await run('token', 'revoke', 'nightly')).status, 0);
  assert.equal((await run('token', 'list', '--json')).out.includes('nightly'), false);
  assert.equal((await run('token', 'revoke', 'nightly')).status, 2);
  const scope = await run('token', 'create', '--name', 'x', '--scopes', 'everything');
  assert.equal(scope.status, 2);
  assert.equal((await run('fly')).status, 2);
  assert.equal((await run('--help')).status, 0);
});

test('where there are several organizations, a command asks which and never guesses', async (t) => {
  const database = await testDatabase(t);
  const run = commandLine(database, folderFor(t));
  await run(...init);
  await run('init', '--name', 'Hollow Oak', '--time-zone', 'UTC', '--owner-name', 'Otto', '--owner-address', 'otto@oak.example');
  const unsaid = await run('token', 'list');
  assert.equal(unsaid.status, 2);
  assert.match(unsaid.problem, /--organization: Fernhill, Hollow Oak/);
  assert.equal((await run('token', 'list', '--organization', 'hollow oak')).status, 0);
  assert.equal((await run('token', 'list', '--organization', 'Nowhere')).status, 2);
});

test('verify says 0 for an untouched audit and 1 once anything was changed', async (t) => {
  const database = await testDatabase(t);
  const run = commandLine(database, folderFor(t));
  const none = await run('verify');
  assert.equal(none.status, 2);
  await run(...init);
  const good = await run('verify');
  assert.equal(good.status, 0, good.problem);
  assert.match(good.out, /Fernhill: \d+ events verify/);
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await admin.query("update platform_audit_values set subject_name = 'Somebody else'");
  await admin.end();
  const bad = await run('verify', '--json');
  assert.equal(bad.status, 1);
  assert.equal(JSON.parse(bad.out).ok, false);
});

test('a backup comes back in an empty folder, paused, verified, and goes on after one confirmation', async (t) => {
  const database = await testDatabase(t);
  const folder = folderFor(t);
  const passphrase = path.join(folder, 'passphrase');
  writeFileSync(passphrase, 'a lantern in the north hangar\n');
  const file = path.join(folder, 'all.backup');
  const run = commandLine(database, path.join(folder, 'data'));
  await run(...init);
  const made = await run('backup', file, '--passphrase-file', passphrase);
  assert.equal(made.status, 0, made.problem);
  assert.match(made.out, /contains the secret key/);
  assert.equal((await run('backup', file, '--passphrase-file', passphrase)).status, 1);
  const own = await run('backup', `${file}2`);
  assert.match(own.out, /secret key, which is NOT in it/);
  assert.equal((await run('restore', file, '--passphrase-file', passphrase)).status, 1, 'the database is in use');

  const empty = await testDatabase(t, { migrated: false });
  const fresh = path.join(folder, 'fresh');
  const there = commandLine(empty, fresh, { GROUNDCREW_SECRET_KEY: '' });
  assert.match((await there('restore', file)).problem, /opens with a passphrase/);
  const restored = await there('restore', file, '--passphrase-file', passphrase);
  assert.equal(restored.status, 0, restored.problem);
  assert.match(restored.out, /Every audit chain verifies/);
  assert.equal(readFileSync(path.join(fresh, 'secret.key'), 'utf8').trim(), database.secretKey.toString('hex'));

  const state = await there('continue');
  assert.equal(state.status, 1);
  assert.match(state.out, /Paused since .*restored from the backup/);
  assert.equal((await there('continue', '--yes')).status, 0);
  assert.match((await there('continue')).out, /not paused/);
  assert.equal((await there('verify')).status, 0);
  assert.equal(existsSync(`${file}.part`), false);
});

test('from an app’s list to the signed proof of an exit: dry runs change nothing, and a changed proof is not genuine', async (t) => {
  const database = await testDatabase(t);
  const folder = folderFor(t);
  const run = commandLine(database, path.join(folder, 'data'));
  await run(...init);
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  t.after(() => admin.end());
  const staff = path.join(folder, 'staff.csv');
  writeFileSync(
    staff,
    'Given name,Family name,Email,Start date\nRohan,Devaraj,rohan@fernhill.example,2020-01-31\nMaya,Ito,maya@fernhill.example,2021-02-30\n',
  );
  const seen = await run('import', 'people', staff);
  assert.match(seen.out, /1 new, .* 1 refused.*Row 3, Start date: .*Nothing was taken in yet/s, seen.problem);
  const taken = await run('import', 'people', staff, '--yes');
  assert.equal(taken.status, 0, taken.out + taken.problem);
  const again = await run('import', 'people', staff, '--yes', '--json');
  assert.deepEqual([JSON.parse(again.out).counts.new, JSON.parse(again.out).counts.unchanged], [0, 1]);
  const list = path.join(folder, 'helpdesk.csv');
  writeFileSync(
    list,
    'Email,Name,Status,Role\nrohan@fernhill.example,Rohan Devaraj,Active,Agent\nolga@fernhill.example,Olga Novak,Active,Admin\n',
  );

  const preview = await run('import', 'accounts', 'Helpdesk', list, '--complete');
  assert.equal(preview.status, 1, preview.problem);
  assert.match(preview.out, /Nothing was taken in yet/, preview.problem);
  const imported = await run('import', 'accounts', 'Helpdesk', list, '--complete', '--yes');
  assert.equal(imported.status, 0, imported.out + imported.problem);
  assert.equal((await run('import', 'accounts', 'Helpdesk', path.join(folder, 'missing.csv'))).status, 2);
  assert.equal((await run('sync')).status, 2, 'nothing is connected');
  await admin.query("update apps_apps set writer = 'manual'");

  assert.equal((await run('leave', 'Rohan')).status, 2, 'now or later was not said');
  const dry = await run('leave', 'Rohan', '--at', '2099-03-29T02:30', '--zone', 'Europe/Berlin', '--dry-run');
  assert.equal(dry.status, 0, dry.out + dry.problem);
  assert.match(dry.out, /Rohan Devaraj: access closes at 2099-03-29 .*Europe\/Berlin/);
  assert.match(dry.out, /One account is touched: Helpdesk/);
  assert.match((await run('runs')).out, /There is no exit/);
  const left = await run('leave', 'rohan@fernhill.example', '--now', '--yes', '--reason', 'contract ended');
  assert.equal(left.status, 0, left.out + left.problem);
  assert.match((await run('runs', '--open')).out, /Rohan Devaraj +running/);
  assert.match((await run('tasks')).out, /Helpdesk/, 'whoever works the app by hand is asked at once, without a server');
  assert.equal((await run('leave', 'Nobody Known', '--now')).status, 2);

  const proof = path.join(folder, 'proof.json');
  const key = path.join(folder, 'key.pem');
  assert.equal((await run('proof', 'key', '--out', key)).status, 0);
  const shown = await run('proof', 'Rohan', '--json-file', proof, '--pdf', path.join(folder, 'proof.pdf'));
  assert.equal(shown.status, 0, shown.problem);
  for (const name of ['proof.json', 'proof.pdf']) {
    const file = path.join(folder, name);
    const genuine = await run('proof', 'verify', file, '--key', key);
    assert.equal(genuine.status, 0, genuine.out + genuine.problem);
    const bytes = readFileSync(file);
    bytes[Math.floor(bytes.length / 2)]! ^= 1;
    writeFileSync(file, bytes);
    const changed = await run('proof', 'verify', file, '--key', key);
    assert.equal(changed.status, 1);
    assert.match(changed.out, /^NOT genuine/);
  }
  assert.equal((await run('verify')).status, 0);
});

test('with a token, what needs this machine says so, and a server that does not answer is status 3', async (t) => {
  const run = commandLine({ adminUrl: '', secretKey: Buffer.alloc(32) }, folderFor(t), {
    GROUNDCREW_TOKEN: 'gc_x',
    GROUNDCREW_URL: 'http://127.0.0.1:1',
  });
  assert.equal((await run('backup', 'x')).status, 2);
  const silent = await run('verify', '--json');
  assert.equal(silent.status, 3);
  assert.equal(JSON.parse(silent.problem).error.code, 'no_answer');
});
