import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a route of a fake sees it. `body`: parsed JSON or form, null where there is none. `origin`: where links lead to. */
export type FakeRequest = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  params: Record<string, string>;
  body: any;
  origin: string;
};

/** `body` is sent as JSON; without one the answer is empty. 200 unless told. */
export type FakeAnswer = { status?: number; body?: unknown; headers?: Record<string, string> };

/**
 * One operation of a vendor's interface. `path`: as the vendor's description writes it, below the fake's address (`/users/{id}`; `{+rest}` takes
 * slashes too). `right`: what the credential needs, by the vendor's own name. `open`: answered without a credential. `list`: it has pages.
 */
export type FakeRoute = {
  method: string;
  path: string;
  right?: string;
  open?: true;
  list?: true;
  answer(request: FakeRequest): FakeAnswer | Promise<FakeAnswer>;
};

/** How a vendor says no. */
export type FakeManners = {
  authorized(request: FakeRequest): boolean;
  unauthorized(): FakeAnswer;
  forbidden(right: string): FakeAnswer;
  tooMany(seconds: number): FakeAnswer;
};

/** What went over the wire, for judging it by the vendor's own description. `route`: null where no operation fits. */
export type Exchange = {
  method: string;
  path: string;
  route: string | null;
  query: Record<string, string>;
  requestBody: unknown;
  status: number;
  responseBody: unknown;
};

export type FakeServer = {
  /** `http://127.0.0.1:port`. */
  address: string;
  exchanges: Exchange[];
  /** Requests that are no reads, except those for a credential. */
  changes(): Exchange[];
  /** The next `times` requests are refused as too many, to come back after `seconds`. */
  busy(times: number, seconds: number): void;
  /** The credential lacks a right from now on; null: it has all again. */
  lack(right: string | null): void;
  /** The second and further pages of all lists are somewhere else: links name another host, and asking for them leads there. */
  misleadPages(): void;
  stop(): Promise<void>;
};

const strangeOrigin = 'https://evil.example';

/** Starts a small stateful server that speaks as a vendor does, and can be made busy, forbidding and misleading. */
export async function startFake(vendor: { routes: FakeRoute[]; manners: FakeManners }): Promise<FakeServer> {
  const { routes, manners } = vendor;
  const patterns = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  const exchanges: Exchange[] = [];
  let busy = { times: 0, seconds: 0 };
  let lacking: string | null = null;
  let misleading = false;
  const asked = new Set<string>();

  const answerOf = async (request: FakeRequest, route: FakeRoute | null): Promise<FakeAnswer> => {
    if (route?.open) return route.answer(request);
    if (busy.times > 0) {
      busy = { ...busy, times: busy.times - 1 };
      return manners.tooMany(busy.seconds);
    }
    if (!manners.authorized(request)) return manners.unauthorized();
    if (route === null) return { status: 404, body: { message: `The fake knows no ${request.method} ${request.path}` } };
    if (lacking !== null && route.right === lacking) return manners.forbidden(lacking);
    if (misleading && route.list) {
      const key = `${route.method} ${request.path}`;
      if (asked.has(key)) return { status: 302, headers: { location: `${strangeOrigin}${request.path}` } };
      asked.add(key);
    }
    return route.answer(request);
  };

  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const url = new URL(incoming.url ?? '/', 'http://fake');
    const text = await textOf(incoming);
    const method = incoming.method ?? 'GET';
    const hit = patterns.flatMap(({ route, pattern }) => {
      const found = route.method === method ? pattern.exec(url.pathname) : null;
      return found ? [{ route, params: paramsOf(route.path, found) }] : [];
    })[0];
    const request: FakeRequest = {
      method,
      path: url.pathname,
      query: url.searchParams,
      headers: incoming.headers,
      params: hit?.params ?? {},
      body: bodyOf(text, incoming.headers['content-type']),
      origin: misleading ? strangeOrigin : `http://${incoming.headers.host}`,
    };
    const answer = await answerOf(request, hit?.route ?? null);
    exchanges.push({
      method,
      path: url.pathname,
      route: hit?.route.path ?? null,
      query: Object.fromEntries(url.searchParams),
      requestBody: request.body,
      status: answer.status ?? 200,
      responseBody: answer.body ?? null,
    });
    response.writeHead(answer.status ?? 200, {
      ...(answer.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...answer.headers,
    });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  };

  const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(0, '127.0.0.1', resolve));
  const open = new Set(routes.filter((route) => route.open).map((route) => route.path));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    changes: () => exchanges.filter(({ method, route }) => method !== 'GET' && !open.has(route ?? '')),
    busy: (times, seconds) => {
      busy = { times, seconds };
    },
    lack: (right) => {
      lacking = right;
    },
    misleadPages: () => {
      misleading = true;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function patternOf(path: string): RegExp {
  const parts = path.split(/(\{[^}]+\})/);
  return new RegExp(
    `^${parts.map((part) => (/^\{/.test(part) ? (part.startsWith('{+') ? '(.+)' : '([^/]+)') : RegExp.escape(part))).join('')}$`,
  );
}

const paramsOf = (path: string, found: RegExpExecArray): Record<string, string> =>
  Object.fromEntries([...path.matchAll(/\{\+?([^}]+)\}/g)].map(([, name], index) => [name, decodeURIComponent(found[index + 1]!)]));

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString('utf8');
}

function bodyOf(text: string, contentType: string | undefined): unknown {
  if (text === '') return null;
  if (contentType?.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
