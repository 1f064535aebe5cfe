import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { createOutbound, type OutboundError } from './index.ts';
import { fails, listen, reach } from './outbound-test-support.ts';

test('an endless answer, a 4 GB answer and a compressed bomb are cut at the limit', async (t) => {
  const bomb = { gzip: gzipSync(Buffer.alloc(30_000_000)), br: brotliCompressSync(Buffer.alloc(30_000_000)) };
  let written = 0;
  const { fetch } = await reach(t, (req, res) => {
    if (req.url === '/gzip' || req.url === '/br') {
      const encoding = req.url.slice(1) as 'gzip' | 'br';
      res.setHeader('content-encoding', encoding);
      return res.end(bomb[encoding]);
    }
    if (req.url === '/announced') {
      res.setHeader('content-length', '4294967296');
      return res.write('a');
    }
    const more = () => {
      while (!res.destroyed && res.write(Buffer.alloc(65_536))) written += 65_536;
    };
    res.on('drain', more);
    more();
  });
  await fails(fetch('/endless', { maxBytes: 1_000_000 }), 'too-large', /more than 1 MB/);
  assert.ok(written < 20_000_000, `the server could write ${written} bytes`);
  await fails(fetch('/announced'), 'too-large', /more than 20 MB/);
  await fails(fetch('/gzip'), 'too-large', /more than 20 MB/);
  await fails(fetch('/br'), 'too-large', /more than 20 MB/);
});

test('compressed answers are read, damaged and cut ones are refused', async (t) => {
  const { fetch } = await reach(t, (req, res) => {
    if (req.url === '/cut') {
      res.setHeader('content-length', '100');
      res.write('half');
      return setImmediate(() => res.destroy());
    }
    res.setHeader('content-encoding', req.url === '/odd' ? 'zstd-odd' : 'gzip');
    res.end(req.url === '/good' ? gzipSync('{"a":1}') : 'no gzip');
  });
  assert.deepEqual((await fetch('/good')).json(), { a: 1 });
  await fails(fetch('/damaged'), 'protocol', /compression is damaged/);
  await fails(fetch('/odd'), 'protocol', /cannot read/);
  await fails(fetch('/cut'), 'protocol', /./);
});

test('a silent, a dripping and an aborted call end in time', async (t) => {
  const { fetch } = await reach(t, (req, res) => {
    if (req.url !== '/drip') return;
    const drip = setInterval(() => res.write('.'), 20);
    res.on('close', () => clearInterval(drip));
  });
  const silent = await fails(fetch('/silent', { method: 'PATCH', timeoutMs: 200 }), 'timeout', /cannot be known/);
  assert.equal(silent.mayHaveArrived, true);
  await fails(fetch('/drip', { timeoutMs: 300 }), 'timeout', /did not finish/);
  const stop = new AbortController();
  const call = fetch('/silent', { signal: stop.signal });
  stop.abort();
  await fails(call, 'stopped', /stopped from here/);
});

test('headers that are too long, a broken protocol and a secret with a line break are refused without naming the secret', async (t) => {
  const { fetch } = await reach(t, (_req, res) => {
    for (let index = 0; index < 40; index++) res.setHeader(`x-${index}`, 'y'.repeat(1_000));
    res.end();
  });
  await fails(fetch('/'), 'too-large', /headers/);
  const error = await fails(fetch('/', { headers: { authorization: 'Bearer top\nsecret' } }), 'protocol', /Enter the secret again/);
  assert.doesNotMatch(JSON.stringify([error.message, error.stack, error.cause]), /top/);
  const port = await listen(
    t,
    net.createServer((socket) => socket.end('this is not HTTP\r\n\r\n')),
  );
  const pinned = createOutbound({ allowPrivate: ['127.0.0.1'] }).forHosts([`127.0.0.1:${port}`]);
  await fails(pinned.fetch(`http://127.0.0.1:${port}/`), 'protocol', /./);
  await fails(pinned.fetch(`https://127.0.0.1:${port}/`), 'protocol', /./);
});

test('JSON: too deep, too many values, a web page and half an object are refused, whatever is inside strings', async (t) => {
  const bodies: Record<string, string> = {
    '/deep': '['.repeat(100_000),
    '/many': `[${'0,'.repeat(60)}0]`,
    '/page': '<!doctype html><title>Sign in</title>',
    '/half': '{"a":',
    '/brackets': JSON.stringify({ a: '[[[[[[[[[["\\' }),
    '/bom': '\uFEFF{"a":1}',
  };
  const { fetch } = await reach(t, (req, res) => res.end(bodies[req.url ?? '']));
  const deep = await fetch('/deep');
  assert.throws(
    () => deep.json(),
    (error: OutboundError) => error.kind === 'too-deep',
  );
  const many = await fetch('/many');
  assert.throws(
    () => many.json({ maxValues: 50 }),
    (error: OutboundError) => error.kind === 'too-large',
  );
  const page = await fetch('/page');
  assert.throws(
    () => page.json(),
    (error: OutboundError) => error.kind === 'not-json' && /web page/.test(error.message),
  );
  const half = await fetch('/half');
  assert.throws(
    () => half.json(),
    (error: OutboundError) => error.kind === 'not-json',
  );
  const brackets = await fetch('/brackets');
  assert.deepEqual(brackets.json({ maxDepth: 1 }), { a: '[[[[[[[[[["\\' });
  assert.deepEqual((await fetch('/bom')).json(), { a: 1 });
});
