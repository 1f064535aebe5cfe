import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { npmFault } from './ensure-installed.mjs';
import { Fault } from './fault.mjs';
import { holdLock } from './hold-lock.mjs';
import { hashOf, listFiles, missingPackages } from './stamp.mjs';

const base = mkdtempSync(path.join(os.tmpdir(), 'groundcrew-start-'));
after(() => rmSync(base, { recursive: true, force: true }));
const startFolder = import.meta.dirname;

function folderWith(name, files) {
  const folder = path.join(base, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}

test('the hash of sources changes with a content and a name, and not with the order of writing or what is left out', () => {
  const one = folderWith('one', { 'web/a.ts': '1', 'web/b/c.ts': '2', 'web/dist/x.js': 'old', lock: 'l' });
  const two = folderWith('two', { lock: 'l', 'web/b/c.ts': '2', 'web/a.ts': '1', 'web/dist/y.js': 'new' });
  const three = folderWith('three', { lock: 'l', 'web/b/d.ts': '2', 'web/a.ts': '1' });
  const four = folderWith('four', { lock: 'l', 'web/b/c.ts': '', 'web/a.ts': '12' });
  const keep = (name) => name !== 'web/dist';
  const hashes = [one, two, three, four].map((folder) => hashOf(folder, ['web', 'lock'], keep));
  assert.equal(hashes[0], hashes[1]);
  assert.equal(new Set(hashes).size, 3);
  assert.deepEqual(listFiles(one, 'web', keep), ['web/a.ts', 'web/b/c.ts']);
});

test('an installation lacks what is missing or of another version, not what other machines or development need', () => {
  const lock = {
    packages: {
      '': { version: '1.0.0' },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '2.0.0' },
      'node_modules/mac-only': { version: '1.0.0', optional: true },
      'node_modules/tester': { version: '1.0.0', dev: true },
    },
  };
  const installed = { packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.9.0' } } };
  assert.deepEqual(missingPackages(lock, installed, false), ['node_modules/b']);
  assert.deepEqual(missingPackages(lock, installed, true), ['node_modules/b', 'node_modules/tester']);
  assert.deepEqual(missingPackages(lock, { packages: {} }, false), ['node_modules/a', 'node_modules/b']);
});

test("npm's reports become one line that says what to do", () => {
  const of = (said) => npmFault(said).message;
  assert.match(of('npm error code ENOTFOUND\nnpm error syscall getaddrinfo'), /^npm cannot reach its registry \(ENOTFOUND\)/);
  assert.match(of('npm ERR! code EACCES\nnpm ERR! syscall mkdir'), /^npm may not write here/);
  assert.match(of('npm error code ENOSPC'), /^The disk is full/);
  assert.match(of('npm error code E404\nnpm error 404 Not Found - GET https://x.example/y\n'), /\(E404\): 404 Not Found/);
  assert.match(of(''), /it gave no reason/);
  assert.ok(npmFault('x') instanceof Fault);
});

test('only one of two holders of a lock works at a time', async () => {
  const file = path.join(base, 'lock-two');
  const seen = [];
  const work = (name) => async () => {
    seen.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(`${name} ends`);
  };
  await Promise.all([holdLock(file, () => {}, work('a')), holdLock(file, () => {}, work('b'))]);
  assert.match(seen.join(), /^(a begins,a ends,b begins,b ends|b begins,b ends,a begins,a ends)$/);
  assert.equal(existsSync(file), false);
});

test('a lock is taken over from a holder that was killed, and from one that has been silent for more than a minute', async () => {
  const file = path.join(base, 'lock-dead');
  const child = spawn(process.execPath, ['--eval', '']);
  await once(child, 'exit');
  writeFileSync(file, String(child.pid));
  assert.equal(
    await holdLock(
      file,
      () => assert.fail('waited'),
      async () => 'dead',
    ),
    'dead',
  );
  writeFileSync(file, String(process.pid));
  const longAgo = new Date(Date.now() - 120_000);
  utimesSync(file, longAgo, longAgo);
  assert.equal(
    await holdLock(
      file,
      () => assert.fail('waited'),
      async () => 'silent',
    ),
    'silent',
  );
});

test('work that fails gives its lock back', async () => {
  const file = path.join(base, 'lock-fault');
  await assert.rejects(
    holdLock(
      file,
      () => {},
      async () => Promise.reject(new Fault('no')),
    ),
    /no/,
  );
  assert.equal(existsSync(file), false);
});

/** A checkout of start/ alone, whose npm is the given script. */
function checkoutWithNpm(name, npmScript) {
  const files = {};
  for (const file of listFiles(startFolder, '.')) files[`start/${file}`] = readFileSync(path.join(startFolder, file), 'utf8');
  const folder = folderWith(name, {
    ...files,
    'package.json': '{"type":"module"}',
    'package-lock.json': '{"packages":{}}',
    'bin/npm': npmScript,
  });
  chmodSync(path.join(folder, 'bin', 'npm'), 0o755);
  return folder;
}

function startIn(folder, env = {}) {
  return spawnSync(process.execPath, ['start/start.mjs'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: `${folder}/bin:/usr/bin:/bin`, ...env },
  });
}

test('a start without network, without npm, or after an npm that did nothing ends in one line', () => {
  const offline = startIn(checkoutWithNpm('offline', '#!/bin/sh\necho "npm error code EAI_AGAIN" >&2\nexit 1\n'));
  assert.equal(offline.status, 1);
  assert.match(offline.stderr, /\nGroundcrew: npm cannot reach its registry \(EAI_AGAIN\)[^\n]*\n$/);
  const nothing = startIn(checkoutWithNpm('nothing', '#!/bin/sh\nexit 0\n'));
  assert.match(nothing.stderr, /\nGroundcrew: npm ended without an error, and node_modules is not there[^\n]*\n$/);
  const folder = checkoutWithNpm('no-npm', '');
  const none = startIn(folder, { PATH: path.join(folder, 'start') });
  assert.equal(none.status, 1);
  assert.match(none.stderr, /\nGroundcrew: npm is not installed[^\n]*\n$/);
});

test('npm ci that does not fit falls back to npm install', () => {
  const folder = checkoutWithNpm('fallback', '#!/bin/sh\necho "$1" >> calls\necho "npm error code EUSAGE" >&2\nexit 1\n');
  startIn(folder);
  assert.equal(readFileSync(path.join(folder, 'calls'), 'utf8'), 'ci\ninstall\n');
});

test('the command line finds its checkout from any folder and through symbolic links', () => {
  const folder = folderWith('cli', {
    groundcrew: readFileSync(path.join(startFolder, '..', 'groundcrew'), 'utf8'),
    'node_modules/.package-lock.json': '{}',
    'node_modules/node/bin/node': '#!/bin/sh\nprintf "%s|" "$@"\n',
  });
  for (const file of ['groundcrew', 'node_modules/node/bin/node']) chmodSync(path.join(folder, file), 0o755);
  symlinkSync('cli/groundcrew', path.join(base, 'relative'));
  symlinkSync(path.join(base, 'relative'), path.join(base, 'absolute'));
  for (const name of ['cli/groundcrew', 'relative', 'absolute']) {
    const ran = spawnSync(path.join(base, name), ['leave', 'two words', '--json'], { cwd: '/', encoding: 'utf8' });
    assert.match(ran.stdout, /cli\/server\/cli\.ts\|leave\|two words\|--json\|$/, ran.stderr);
  }
});
