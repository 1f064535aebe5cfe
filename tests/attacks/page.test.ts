import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { before, test } from 'node:test';
import type { z } from 'zod';
import { checkHost } from '../../server/platform/http/check-host.ts';
import { openPage as openBuiltPage } from '../../server/platform/serve-page.ts';
import { exampleOf } from '../setup/example-of.ts';
import { openPage } from '../setup/page-caller.ts';
import { openWorld, type World } from '../world.ts';
import { all, raw } from './raw-app.ts';
import { openTwoCompanies } from './two-companies.ts';

let world: World;

before(async (t) => {
  ({ world } = await openTwoCompanies(t));
});

test('the page gives out its own files alone, and the loopback answers to no stranger’s name', async (t) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'page-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(path.join(folder, 'index.html'), '<p>the page</p>');
  await writeFile(`${folder}.secret`, 'kept');
  t.after(() => rm(`${folder}.secret`));
  const app = raw(world);
  (await openBuiltPage(folder)).mount(app);
  for (const address of [
    '/../secret',
    '/..%2f..%2fetc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    `/..%5c${path.basename(folder)}.secret`,
    '/assets/../../package.json',
    '//etc/passwd',
    '/%00',
    `/../${path.basename(folder)}.secret`,
    '/index.html%00.js',
  ]) {
    const answer = await app.request(`http://localhost${address}`);
    const text = await answer.text();
    assert.doesNotMatch(text, /root:|kept|"groundcrew"/, address);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff', address);
    assert.match(answer.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/, address);
  }
  const guarded = checkHost({ bind: '127.0.0.1', publicUrl: 'https://ops.acme.example' }, (request) => app.fetch(request));
  for (const [host, status] of [
    ['evil.example', 421],
    ['127.0.0.1.evil.example', 421],
    ['localhost:4600', 200],
    ['ops.acme.example', 200],
    ['localhost.evil.example', 421],
    ['', 421],
    ['[::1]:4600', 200],
    ['OPS.ACME.EXAMPLE', 200],
  ] as const) {
    const answer = await guarded(new Request('http://localhost/', { headers: { host } }));
    assert.equal(answer.status, status, host);
  }
});

test('a session’s cookie alone changes nothing: a stranger’s page cannot set the header', async (t) => {
  const mine = await openWorld(t);
  const page = openPage(mine.platform);
  // A browser that is signed in, as the library keeps it; only the header is missing.
  for (const route of all.filter((each) => each.method !== 'get' && each.access === 'public')) {
    const body = route.body ? (exampleOf(route.body as z.ZodType, crypto.randomUUID()) as object) : undefined;
    const answer = await raw(mine).request(`/api/v1${route.path}`, {
      method: route.method.toUpperCase(),
      headers: { 'content-type': 'text/plain', origin: 'https://evil.example', cookie: 'better-auth.session_token=x.y' },
      body: body ? JSON.stringify(body) : undefined,
    });
    assert.ok(answer.status >= 400 && answer.status < 500, `${route.id} answered ${answer.status}`);
    assert.deepEqual(answer.headers.getSetCookie(), [], route.id);
  }
  assert.equal(page.cookies.size, 0);
});
