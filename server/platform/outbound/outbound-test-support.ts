import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import type { TestContext } from 'node:test';
import { createOutbound, OutboundError, type OutboundErrorKind, type OutboundRequest } from './index.ts';

/** Listens on a free port of the loopback until the test ends. */
export async function listen(t: TestContext, server: Server & { closeAllConnections?: () => void }): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections?.();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A server on the loopback and a way to it. */
export async function reach(t: TestContext, handler: http.RequestListener) {
  const port = await listen(t, http.createServer(handler));
  const pinned = createOutbound({ allowPrivate: [`127.0.0.1:${port}`] }).forHosts([`127.0.0.1:${port}`]);
  t.after(() => pinned.close());
  return {
    base: `http://127.0.0.1:${port}`,
    port,
    fetch: (path: string, request?: OutboundRequest) => pinned.fetch(`http://127.0.0.1:${port}${path}`, request),
  };
}

/** Waits for a call to fail in the way named, with words that fit. */
export async function fails(call: Promise<unknown>, kind: OutboundErrorKind, words: RegExp): Promise<OutboundError> {
  const error = await call.then(
    () => assert.fail(`expected ${kind}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof OutboundError, String(error));
  assert.equal(error.kind, kind, error.message);
  assert.match(error.message, words);
  return error;
}
