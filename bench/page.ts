import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { OpenAPIHono } from '@hono/zod-openapi';
import { openPage } from '../server/platform/serve-page.ts';
import type { Figure } from './figure.ts';

const root = path.join(import.meta.dirname, '..');
const firstPage = 'today/today-page.tsx';

type Manifest = Record<string, { file: string; src?: string; imports?: string[]; dynamicImports?: string[] }>;

/** The scripts that a first load asks for, as the server sends them to a browser: built anew from the sources, compressed by our own server. */
export async function bench(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'groundcrew-page-'));
  try {
    const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const args = [
      'build',
      'web',
      '--outDir',
      folder,
      '--emptyOutDir',
      '--logLevel',
      'error',
      '--configLoader',
      'native',
      '--manifest',
      'manifest.json',
    ];
    execFileSync(process.execPath, [vite, ...args], { cwd: root });
    const manifest = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as Manifest;
    const app = new OpenAPIHono();
    (await openPage(folder)).mount(app);
    const sizeOf = async (page: string) => {
      const scripts = ['/before-paint.js', ...closure(manifest, ['index.html', page]).map((file) => `/${file}`)];
      const sent = await Promise.all(scripts.map((script) => sentBytes(app, script)));
      const plain = await Promise.all(scripts.map(async (script) => (await (await app.request(script)).arrayBuffer()).byteLength));
      return { page, scripts: scripts.length, sent: kilobytes(sent), plain: kilobytes(plain) };
    };
    const pages = Object.keys(manifest).filter((key) => key.endsWith('-page.tsx'));
    const sizes = await Promise.all(pages.map(sizeOf));
    const figure = (what: string, size: (typeof sizes)[number], goal: Figure['goal'], note: string): Figure => ({
      what,
      against: 'the same uncompressed',
      ours: `${size.sent.toFixed(0)} kB in ${size.scripts} scripts`,
      theirs: `${size.plain.toFixed(0)} kB`,
      value: size.sent,
      unit: 'kB',
      goal,
      note,
    });
    const today = sizes.find(({ page }) => page === firstPage);
    if (!today) throw new Error(`The build has no ${firstPage}.`);
    const heaviest = sizes.toSorted((a, b) => b.sent - a.sent)[0]!;
    const note =
      'Script sent until it is shown: what the document names, what that imports, and the page’s own part, as our server sends them with Brotli.';
    return [
      figure('Page, first load of Today', today, { atMost: 250 }, note),
      figure('Page, first load of the heaviest', heaviest, null, `The same for ${path.basename(heaviest.page, '.tsx')}.`),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const kilobytes = (bytes: number[]) => bytes.reduce((sum, each) => sum + each, 0) / 1000;

/** The script files of these parts and of all that they import statically, once each. */
function closure(manifest: Manifest, keys: string[]): string[] {
  const found = new Set(keys);
  for (const key of found) for (const imported of manifest[key]?.imports ?? []) found.add(imported);
  return [...found].map((key) => manifest[key]?.file ?? '').filter((file) => file.endsWith('.js'));
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
