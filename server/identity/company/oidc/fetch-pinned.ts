import type { PinnedOutbound } from '../../../platform/outbound/index.ts';

type Sent = { method?: string; headers?: Record<string, string>; body?: unknown; signal?: AbortSignal };

/** The way out over pinned hosts in the shape of `fetch` (WHATWG), as the OpenID Connect library takes it. */
export function fetchPinned(pinned: PinnedOutbound): (address: string, options: Sent) => Promise<Response> {
  return async (address, { method, headers, body, signal }) => {
    const answer = await pinned.fetch(address, {
      method: method ?? 'GET',
      headers: headers ?? {},
      timeoutMs: 10_000,
      maxBytes: 1_000_000,
      ...(body === undefined || body === null ? {} : { body: body instanceof Uint8Array ? body : String(body) }),
      ...(signal ? { signal } : {}),
    });
    const { 'content-encoding': _, 'content-length': __, ...kept } = answer.headers;
    const empty = [204, 205, 304].includes(answer.status);
    return new Response(empty ? null : new Uint8Array(answer.body), { status: answer.status, headers: kept });
  };
}
