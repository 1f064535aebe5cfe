import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { OpenAPIHono } from '@hono/zod-openapi';
import { openPage } from './serve-page.ts';

const script = `console.log(${JSON.stringify('crew '.repeat(400))});`;

async function built(t: { after(work: () => void): void }): Promise<OpenAPIHono> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'groundcrew-page-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Groundcrew</title>');
  writeFileSync(path.join(folder, 'favicon.svg'), '<svg/>');
  writeFileSync(path.join(folder, 'assets', 'main-abc.js'), script);
  const app = new OpenAPIHono();
  (await openPage(folder)).mount(app);
  return app;
}

test('every address of the page answers with the newest index, hashed files stay for ever, and what is missing is 404', async (t) => {
  const app = await built(t);
  for (const address of ['/', '/people/0198', '/setup', '/index.html']) {
    const answer = await app.request(address);
    assert.equal(answer.headers.get('cache-control'), 'no-store', address);
    assert.match(await answer.text(), /<title>Groundcrew/);
  }
  const asset = await app.request('/assets/main-abc.js');
  assert.equal(asset.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(asset.headers.get('content-type'), 'text/javascript; charset=utf-8');
  assert.equal((await app.request('/assets/main-old.js')).status, 404);
  assert.equal((await app.request('/assets/../../package.json')).headers.get('content-type'), 'text/html; charset=utf-8');
  const icon = await app.request('/favicon.svg');
  const again = await app.request('/favicon.svg', { headers: { 'if-none-match': icon.headers.get('etag') ?? '' } });
  assert.equal(again.status, 304);
});

test('texts are sent compressed to whoever can read that', async (t) => {
  const app = await built(t);
  const sent = async (encoding: string) =>
    (await app.request('/assets/main-abc.js', { headers: { 'accept-encoding': encoding } })).headers.get('content-encoding');
  for (const limit = performance.now() + 10_000; (await sent('br')) !== 'br' && performance.now() < limit; ) await delay(20);
  assert.equal(await sent('gzip, deflate, br'), 'br');
  assert.equal(await sent('gzip'), 'gzip');
  assert.equal(await sent('identity'), null);
  const bytes = (await (await app.request('/assets/main-abc.js', { headers: { 'accept-encoding': 'br' } })).arrayBuffer()).byteLength;
  assert.ok(bytes < script.length / 5, `${bytes} of ${script.length}`);
});

test('without a built page the address says what to do', async () => {
  const app = new OpenAPIHono();
  const page = await openPage(path.join(os.tmpdir(), 'groundcrew-no-such-page'));
  page.mount(app);
  assert.equal(page.isBuilt, false);
  assert.equal((await app.request('/')).status, 503);
});
