import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { OpenAPIHono } from '@hono/zod-openapi';

type PageFile = { bytes: Buffer; contentType: string; etag: string; hashed: boolean; br?: Buffer; gzip?: Buffer };

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};
const squeezable = /^(text|application\/json|image\/svg)/;
const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

/** The built page, read once: served from memory, compressed once in the background after the start. */
export type Page = { mount(app: OpenAPIHono): void; isBuilt: boolean };

/** Reads the built page of `folder`. Where it is missing, every address of the page answers 503 with what to do. */
export async function openPage(folder: string): Promise<Page> {
  const files = new Map<string, PageFile>();
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  await Promise.all(
    names
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
      .map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name);
        const url = `/${path.relative(folder, file).split(path.sep).join('/')}`;
        const bytes = await readFile(file);
        files.set(url, {
          bytes,
          contentType: contentTypes[path.extname(entry.name)] ?? 'application/octet-stream',
          etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
          hashed: url.startsWith('/assets/'),
        });
      }),
  );
  const index = files.get('/index.html');
  void squeeze([...files.values()]);

  return {
    isBuilt: index !== undefined,
    mount: (app) =>
      app.get('*', (c) => {
        const { pathname } = new URL(c.req.url);
        const file = files.get(pathname);
        if (file) return answer(c.req.raw, file, file === index);
        if (pathname.startsWith('/assets/'))
          return new Response('There is no such file.', { status: 404, headers: { 'cache-control': 'no-store' } });
        if (!index)
          return new Response('The page is not built yet. Run npm start.', { status: 503, headers: { 'cache-control': 'no-store' } });
        return answer(c.req.raw, index, true);
      }),
  };
}

function answer(request: Request, file: PageFile, isIndex: boolean): Response {
  const headers = new Headers({
    'content-type': file.contentType,
    'cache-control': isIndex ? 'no-store' : file.hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  if (!isIndex) headers.set('etag', file.etag);
  if (!isIndex && request.headers.get('if-none-match') === file.etag) return new Response(null, { status: 304, headers });
  const accepted = request.headers.get('accept-encoding') ?? '';
  const encoding = file.br && /\bbr\b/.test(accepted) ? 'br' : file.gzip && /\bgzip\b/.test(accepted) ? 'gzip' : null;
  if (squeezable.test(file.contentType)) headers.set('vary', 'accept-encoding');
  if (encoding) headers.set('content-encoding', encoding);
  return new Response(new Uint8Array(encoding ? file[encoding]! : file.bytes), { headers });
}

// One file after the other, in zlib's own threads: a start is not slowed, and until a file is done it is served as it is.
async function squeeze(files: PageFile[]): Promise<void> {
  const texts = files.filter((file) => squeezable.test(file.contentType) && file.bytes.length > 500);
  for (const file of texts) file.gzip = await deflate(file.bytes);
  for (const file of texts) {
    file.br = await brotli(file.bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: file.bytes.length } });
  }
}
