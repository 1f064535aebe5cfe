import http from 'node:http';
import https from 'node:https';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { parseAllowPrivate } from './address-rules.ts';
import { type CertificateFacts, readCertificate } from './certificate.ts';
import { type Dialled, dialTo } from './dial.ts';
import { type Answer, exchange, portOf } from './exchange.ts';
import { OutboundError } from './outbound-error.ts';
import { type JsonLimits, parseJson } from './parse-json.ts';
import { type CheckedAddress, type Resolve, resolveAddress, systemResolve } from './resolve-address.ts';

/** A request. `body`: text or bytes. `timeoutMs`: the whole call, 30,000 unless told. `maxBytes`: of the answer, 20,000,000 unless told. */
export type OutboundRequest = {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  timeoutMs?: number;
  maxBytes?: number;
  idempotencyKey?: string;
  signal?: AbortSignal;
};

/** An answer of any status, read to its end. Header names are lower case. `json` throws OutboundError `not-json`, `too-deep`, `too-large`. */
export type OutboundResponse = {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
  url: string;
  text(): string;
  json(limits?: JsonLimits): unknown;
};

/** What can be known of a place without asking it anything. `certificate` is null for http, or when it could not be read. */
export type Inspection = { addresses: string[]; isPrivate: boolean; certificate: CertificateFacts | null };

/** The way to the hosts of one connection. */
export type PinnedOutbound = {
  fetch(url: string | URL, request?: OutboundRequest): Promise<OutboundResponse>;
  inspect(url: string | URL): Promise<Inspection>;
  /** The way to a pinned host for another protocol than HTTP. Throws OutboundError. */
  dial(host: string, port: number): Promise<Dialled>;
  /** Closes connections kept open for further reads. */
  close(): void;
};

/** The only way out of this process over the network. */
export type Outbound = {
  /**
   * `pinnedHosts`: `host` (port 443) or `host:port`; nothing else is reached. `caCertificates`: authorities (PEM) trusted for these hosts
   * besides those of Node and the system.
   */
  forHosts(pinnedHosts: string[], options?: { caCertificates?: string[] }): PinnedOutbound;
};

/** `allowPrivate`: the operator's list (GROUNDCREW_ALLOW_PRIVATE), one entry each. `resolve`: how names are found, the system's way unless given. */
export type OutboundOptions = { allowPrivate: string[]; resolve?: Resolve };

const defaultTimeoutMs = 30_000;
const defaultMaxBytes = 20_000_000;
const maxRedirects = 3;
const redirects = [301, 302, 303, 307, 308];
const setByUs = ['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding', 'expect', 'upgrade', 'te', 'trailer'];

/**
 * Makes the outbound door. What it guarantees: only pinned hosts; every address checked after resolution and connected to as checked;
 * TLS verified; plain http only to private addresses of the operator's list; no redirect to another place; bounded time, size, header
 * and JSON depth. Every failure is an OutboundError. Throws when the operator's list cannot be read.
 */
export function createOutbound(options: OutboundOptions): Outbound {
  const allow = parseAllowPrivate(options.allowPrivate);
  const resolve = options.resolve ?? systemResolve;
  let systemTrust: SecureContext | null = null;

  return {
    forHosts(pinnedHosts, { caCertificates = [] } = {}) {
      const pinned = new Set(pinnedHosts.map(pinOf));
      const keepAlive = { keepAlive: true, maxSockets: 16, maxFreeSockets: 4, timeout: 30_000 };
      const agents = { 'http:': new http.Agent(keepAlive), 'https:': new https.Agent(keepAlive) };
      let ownTrust: SecureContext | null = null;
      const trust = (host: string) => {
        if (caCertificates.length > 0) {
          ownTrust ??= trustOf(caCertificates, host);
          return ownTrust;
        }
        systemTrust ??= trustOf([], host);
        return systemTrust;
      };

      const addressesOf = async (url: URL) => {
        const addresses = await resolveAddress(url.hostname, portOf(url), allow, resolve);
        return url.protocol === 'https:' ? addresses : onlyPrivate(addresses, url.hostname);
      };

      const send = async (url: URL, request: OutboundRequest): Promise<Answer> => {
        const method = (request.method ?? 'GET').toUpperCase();
        return exchange({
          url,
          method,
          headers: headersOf(request),
          body: bodyOf(request.body),
          addresses: await addressesOf(url),
          timeoutMs: request.timeoutMs ?? defaultTimeoutMs,
          maxBytes: request.maxBytes ?? defaultMaxBytes,
          signal: request.signal ?? null,
          secureContext: url.protocol === 'https:' ? trust(url.hostname) : null,
          // A write never travels on a kept connection: it might have been closed meanwhile, and then nobody knows whether it arrived.
          agent: method === 'GET' ? agents[url.protocol as 'http:' | 'https:'] : false,
        });
      };

      return {
        async fetch(address, request = {}) {
          let url = pinnedUrl(address, pinned);
          for (let followed = 0; ; followed++) {
            const answer = await send(url, request);
            const location = redirects.includes(answer.status) ? answer.headers.location : undefined;
            if (location === undefined) return responseOf(answer, url);
            url = redirectTarget(url, location, request.method ?? 'GET', followed);
          }
        },
        async inspect(address) {
          const url = pinnedUrl(address, pinned);
          const addresses = await addressesOf(url);
          const first = addresses[0] as CheckedAddress;
          const hostname = url.hostname.replace(/^\[|\]$/g, '');
          const certificate = url.protocol === 'https:' ? await readCertificate(first, portOf(url), hostname, 5_000) : null;
          return { addresses: addresses.map(({ address: found }) => found), isPrivate: first.isPrivate, certificate };
        },
        async dial(host, port) {
          if (!pinned.has(`${host.toLowerCase()}:${port}`))
            throw new OutboundError('host-not-pinned', host, `${host} is not a host of this connection, so nothing was sent there.`);
          const [first] = await resolveAddress(host, port, allow, resolve);
          return dialTo(first as CheckedAddress, host.replace(/^\[|\]$/g, ''), port, () => trust(host));
        },
        close() {
          agents['http:'].destroy();
          agents['https:'].destroy();
        },
      };
    },
  };
}

function trustOf(own: string[], host: string): SecureContext {
  const known = [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
  try {
    return createSecureContext({ ca: [...known, ...own], minVersion: 'TLSv1.2' });
  } catch {
    throw new OutboundError(
      'certificate',
      host,
      'The authority certificate in the settings cannot be read. It begins with "-----BEGIN CERTIFICATE-----". Nothing was sent.',
    );
  }
}

function pinOf(host: string): string {
  return /:\d+$/.test(host) ? host.toLowerCase() : `${host.toLowerCase()}:443`;
}

function pinnedUrl(address: string | URL, pinned: Set<string>): URL {
  const url = URL.canParse(String(address)) ? new URL(address) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new OutboundError(
      'protocol',
      url?.hostname ?? '',
      'The address must begin with https:// (or http:// inside your own network). Nothing was sent.',
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new OutboundError('protocol', url.hostname, 'The address must not hold a user name or password. Nothing was sent.');
  }
  if (!pinned.has(`${url.hostname}:${portOf(url)}`)) {
    throw new OutboundError('host-not-pinned', url.host, `${url.host} is not a host of this connection, so nothing was sent there.`);
  }
  return url;
}

function onlyPrivate(addresses: CheckedAddress[], host: string): CheckedAddress[] {
  const inside = addresses.filter(({ isPrivate }) => isPrivate);
  if (inside.length > 0) return inside;
  throw new OutboundError(
    'not-encrypted',
    host,
    `The address of ${host} begins with http, so the secret would travel readable through the internet. Nothing was sent. Use its https address.`,
  );
}

function redirectTarget(from: URL, location: string, method: string, followed: number): URL {
  const to = URL.canParse(location, from) ? new URL(location, from) : null;
  const arrived = method.toUpperCase() !== 'GET';
  if (to === null || to.origin !== from.origin) {
    const where = to === null ? 'an address that cannot be read' : to.hostname === from.hostname ? `${to.protocol}//${to.host}` : to.host;
    throw new OutboundError(
      'redirect',
      from.hostname,
      `${from.hostname} sends the request on to ${where}. Groundcrew does not follow to another place, so that the secret stays here. If the service has moved, change its address in the settings.`,
      arrived,
    );
  }
  if (!['GET', 'HEAD'].includes(method.toUpperCase())) {
    throw new OutboundError(
      'redirect',
      from.hostname,
      `${from.hostname} sends a change on to another address instead of taking it. It was not sent again. Check the address in the settings.`,
      arrived,
    );
  }
  if (followed >= maxRedirects) {
    throw new OutboundError(
      'redirect',
      from.hostname,
      `${from.hostname} keeps sending the request from one address to the next. It was given up after ${maxRedirects}.`,
    );
  }
  to.username = '';
  to.password = '';
  return to;
}

function headersOf(request: OutboundRequest): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': 'Groundcrew', accept: '*/*', 'accept-encoding': 'gzip, deflate, br' };
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (!setByUs.includes(name.toLowerCase())) headers[name.toLowerCase()] = value;
  }
  if (request.idempotencyKey !== undefined) headers['idempotency-key'] = request.idempotencyKey;
  return headers;
}

function bodyOf(body: string | Uint8Array | undefined): Uint8Array | null {
  return typeof body === 'string' ? new TextEncoder().encode(body) : (body ?? null);
}

function responseOf(answer: Answer, url: URL): OutboundResponse {
  return {
    ...answer,
    url: url.href,
    text: () => new TextDecoder(charsetOf(answer.headers['content-type'])).decode(answer.body),
    json: (limits) => parseJson(answer.body, url.hostname, limits),
  };
}

function charsetOf(contentType: string | undefined): string {
  const named = /charset="?([\w.:-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(named).encoding;
  } catch {
    return 'utf-8';
  }
}
