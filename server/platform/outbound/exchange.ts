import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { SecureContext } from 'node:tls';
import { outboundFailure } from './failure.ts';
import { OutboundError } from './outbound-error.ts';
import { readBody } from './read-body.ts';
import type { CheckedAddress } from './resolve-address.ts';

/** One request to one place whose addresses have been checked. Durations in milliseconds, sizes in bytes. */
export type Exchange = {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: Uint8Array | null;
  addresses: CheckedAddress[];
  timeoutMs: number;
  maxBytes: number;
  signal: AbortSignal | null;
  secureContext: SecureContext | null;
  agent: http.Agent | https.Agent | false;
};

export type Answer = { status: number; headers: Record<string, string>; body: Uint8Array };

const maxHeaderSize = 16_384;
const maxIdleMs = 20_000;

/**
 * Sends one request and reads its answer. The connection is made to one of the checked addresses and to nothing else: the name is not
 * resolved again. TLS is always verified, whatever the environment says. Throws OutboundError.
 */
export async function exchange(request: Exchange): Promise<Answer> {
  const { url, addresses, timeoutMs } = request;
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const target = { host: url.hostname, hostname, port: portOf(url), addresses };
  const state = { sent: false, reused: false };
  try {
    return await send(request, hostname, state);
  } catch (error) {
    const stale = state.reused && request.method === 'GET' && ['ECONNRESET', 'EPIPE'].includes(String((error as { code?: string }).code));
    if (stale) return await exchange({ ...request, agent: false, timeoutMs });
    throw await outboundFailure(error, target, state.sent);
  }
}

function send(request: Exchange, hostname: string, state: { sent: boolean; reused: boolean }): Promise<Answer> {
  const { url, method, headers, body, addresses, timeoutMs, signal } = request;
  const secure = url.protocol === 'https:';
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  let outgoing: http.ClientRequest;
  try {
    outgoing = (secure ? https : http).request({
      protocol: url.protocol,
      hostname,
      port: portOf(url),
      path: url.pathname + url.search,
      method,
      headers: { ...headers, ...(body ? { 'content-length': String(body.length) } : {}) },
      agent: request.agent,
      lookup: checkedLookup(addresses),
      maxHeaderSize,
      ...(secure ? { rejectUnauthorized: true, secureContext: request.secureContext ?? undefined, minVersion: 'TLSv1.2' as const } : {}),
    });
  } catch (error) {
    return Promise.reject(error);
  }
  const slow = (words: string) =>
    outgoing.destroy(
      new OutboundError(
        'timeout',
        url.hostname,
        `${url.hostname} ${words}${state.sent && method !== 'GET' ? ' It cannot be known whether the request was taken.' : ''}`,
        state.sent,
      ),
    );
  const idleMs = Math.min(timeoutMs, maxIdleMs);
  const overall = setTimeout(() => slow(`did not finish its answer within ${inSeconds(timeoutMs)}.`), timeoutMs);
  const stop = () =>
    outgoing.destroy(new OutboundError('stopped', url.hostname, `The call to ${url.hostname} was stopped from here.`, state.sent));
  outgoing.setTimeout(idleMs, () => slow(`was silent for ${inSeconds(idleMs)}.`));
  outgoing.on('socket', (socket) => {
    state.reused = outgoing.reusedSocket;
    if (outgoing.reusedSocket || !socket.connecting) state.sent = true;
    else
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        state.sent = true;
      });
  });
  outgoing.on('error', reject);
  outgoing.on('response', (response) => {
    readAnswer(response, request).then(resolve, (error) => {
      reject(error);
      outgoing.destroy();
    });
  });
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  outgoing.end(body ?? undefined);
  return promise.finally(() => {
    clearTimeout(overall);
    signal?.removeEventListener('abort', stop);
  });
}

async function readAnswer(response: IncomingMessage, request: Exchange): Promise<Answer> {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(response.headersDistinct)) headers[name] = (values ?? []).join(', ');
  const body = request.method === 'HEAD' ? new Uint8Array() : await readBody(response, request.url.hostname, request.maxBytes);
  return { status: response.statusCode ?? 0, headers, body };
}

/** A resolver that knows only the addresses that were checked. */
function checkedLookup(addresses: CheckedAddress[]): LookupFunction {
  return (_hostname, options, callback) => {
    const wanted = addresses.filter(({ family }) => !options.family || options.family === family || options.family === `IPv${family}`);
    const first = wanted[0];
    if (!first) callback(Object.assign(new Error('no checked address of that family'), { code: 'ENETUNREACH' }), '', 0);
    else if (options.all)
      callback(
        null,
        wanted.map(({ address, family }) => ({ address, family })),
      );
    else callback(null, first.address, first.family);
  };
}

/** The port of a URL, also where it is the protocol's own. */
export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'http:' ? 80 : 443) : Number(url.port);
}

function inSeconds(ms: number): string {
  return ms === 1_000 ? '1 second' : `${ms % 1_000 === 0 ? ms / 1_000 : (ms / 1_000).toFixed(1)} seconds`;
}
