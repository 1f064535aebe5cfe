import { createHmac } from 'node:crypto';
import { findVisitor } from '../../server/identity/index.ts';
import { createApp } from '../../server/platform/http/create-app.ts';
import type { AnyRoute } from '../../server/platform/http/route.ts';
import type { Platform } from '../../server/platform/platform.ts';
import { permissions, routes } from '../../server/routes.ts';

export type PageAnswer = { status: number; body: any };

/** Calls the API as the page in one browser does: keeps cookies, sends the header that only the page can set. */
export type Page = {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<PageAnswer>;
  cookies: Map<string, string>;
};

export function openPage(platform: Platform): Page {
  const app = createApp(platform, { routes: Object.values(routes) as AnyRoute[], permissions, findVisitor });
  const cookies = new Map<string, string>();
  return {
    cookies,
    async call(method, path, body, headers = {}) {
      const response = await app.request(`/api/v1${path}`, {
        method,
        headers: {
          'x-groundcrew': 'page',
          'content-type': 'application/json',
          ...(cookies.size > 0 ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [pair = '', ...attributes] = cookie.split(';');
        const at = pair.indexOf('=');
        const value = pair.slice(at + 1);
        if (value === '' || attributes.some((each) => /max-age=0$/i.test(each.trim()))) cookies.delete(pair.slice(0, at));
        else cookies.set(pair.slice(0, at), value);
      }
      const text = await response.text();
      return { status: response.status, body: text === '' ? null : JSON.parse(text) };
    },
  };
}

/** The code that an authenticator app shows for a Base32 key (RFC 6238: SHA-1, 30 seconds, 6 digits). */
export function codeOf(key: string, at = Date.now()): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const letter of key.replace(/=+$/, '')) bits += alphabet.indexOf(letter).toString(2).padStart(5, '0');
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((each) => Number.parseInt(each, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac('sha1', bytes).update(counter).digest();
  const offset = digest.at(-1)! & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
