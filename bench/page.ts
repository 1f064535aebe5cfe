import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { OpenAPIHono } from '@hono/zod-openapi';
import { openPage } from '../server/platform/serve-page.ts';
import type { Figure } from './figure.ts';

const root = path.join(import.meta.dirname, '..');

/** The scripts that a first load asks for, as the server sends them to a browser: built anew from the sources, compressed by our own server. */
export async function bench(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'groundcrew-page-'));
  try {
    const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    execFileSync(process.execPath, [vite, 'build', 'web', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error', '--configLoader', 'native'], { cwd: root });
    const app = new OpenAPIHono();
    const page = await openPage(folder);
    page.mount(app);
    const html = await (await app.request('/index.html')).text();
    const scripts = await firstScripts(app, html);
    const sizes = await Promise.all(scripts.map((script) => sentBytes(app, script)));
    const plain = await Promise.all(scripts.map(async (script) => (await (await app.request(script)).arrayBuffer()).byteLength));
    const total = (bytes: number[]) => bytes.reduce((sum, each) => sum + each, 0) / 1000;
    return [
      {
        what: 'Page, first load',
        against: 'the same uncompressed',
        ours: `${total(sizes).toFixed(0)} kB in ${scripts.length} scripts`,
        theirs: `${total(plain).toFixed(0)} kB`,
        value: total(sizes),
        unit: 'kB',
        goal: { atMost: 250 },
        note: 'Scripts that the entry page names and what they import before anything is shown, as sent by our server with Brotli. Parts that are loaded when a page needs them are not in it.',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the page names, and every script that those import statically, once each. */
async function firstScripts(app: OpenAPIHono, html: string): Promise<string[]> {
  const found = new Set([...html.matchAll(/<(?:script|link)[^>]+(?:src|href)="([^"]+\.js)"/g)].map((match) => match[1]!));
  for (const script of found) {
    const text = await (await app.request(script)).text();
    for (const [, specifier] of text.matchAll(/(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w*{}\s,$]+from)?\s*["'](\.{1,2}\/[^"']+\.js)["']/g)) {
      found.add(new URL(specifier!, `http://page${script}`).pathname);
    }
  }
  return [...found];
}

/** The server compresses in the background after its start: until then it sends a script as it is. */
async function sentBytes(app: OpenAPIHono, script: string): Promise<number> {
  for (const limit = performance.now() + 60_000; performance.now() < limit; ) {
    const response = await app.request(script, { headers: { 'accept-encoding': 'gzip, br' } });
    const bytes = (await response.arrayBuffer()).byteLength;
    if (response.headers.get('content-encoding') === 'br' || bytes <= 500) return bytes;
    await delay(50);
  }
  throw new Error(`${script} was never sent compressed.`);
}
