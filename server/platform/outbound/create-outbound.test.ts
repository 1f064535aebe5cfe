import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { test } from 'node:test';
import { createOutbound } from './index.ts';
import { fails, listen, reach } from './outbound-test-support.ts';

test('a request arrives with its method, headers, body and idempotency key, and the answer comes back whole', async (t) => {
  const { fetch, base } = await reach(t, async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    res.setHeader('x-seen', 'yes');
    res.statusCode = 201;
    res.end(JSON.stringify({ method: req.method, headers: req.headers, body: Buffer.concat(chunks).toString() }));
  });
  const answer = await fetch('/things?a=b', {
    method: 'post',
    headers: { 'X-Mine': '1', Host: 'elsewhere' },
    body: 'grüße',
    idempotencyKey: 'k-1',
  });
  assert.equal(answer.status, 201);
  assert.equal(answer.headers['x-seen'], 'yes');
  const seen = answer.json() as { method: string; headers: Record<string, string>; body: string };
  assert.equal(seen.method, 'POST');
  assert.equal(seen.headers['x-mine'], '1');
  assert.equal(seen.headers['idempotency-key'], 'k-1');
  assert.equal(seen.headers.host, base.slice('http://'.length));
  assert.equal(seen.body, 'grüße');
});

test('only the pinned host and port is reached', async (t) => {
  const { port } = await reach(t, (_req, res) => res.end());
  const pinned = createOutbound({ allowPrivate: ['127.0.0.0/8'] }).forHosts([`127.0.0.1:${port}`, 'api.example']);
  const error = await fails(pinned.fetch(`http://127.0.0.1:${port + 1}/`), 'host-not-pinned', /not a host of this connection/);
  assert.equal(error.mayHaveArrived, false);
  await fails(pinned.fetch(`http://localhost:${port}/`), 'host-not-pinned', /not a host/);
  await fails(pinned.fetch('https://api.example:444/'), 'host-not-pinned', /not a host/);
  await fails(pinned.fetch('file:///etc/passwd'), 'protocol', /https/);
  await fails(pinned.fetch(`http://user:pass@127.0.0.1:${port}/`), 'protocol', /user name/);
});

test('a private address is refused unless the operator listed it, whether written or resolved', async () => {
  const outbound = createOutbound({ allowPrivate: [], resolve: async () => [{ address: '10.0.0.7', family: 4 }] });
  for (const host of ['127.0.0.1', '[::1]', '[::ffff:169.254.169.254]', '10.1.2.3', '2130706433', '0x7f.1', 'intranet.example']) {
    const url = new URL(`https://${host}/`);
    const error = await fails(
      outbound.forHosts([`${url.hostname}:443`]).fetch(url),
      'private-address',
      /private address.*GROUNDCREW_ALLOW_PRIVATE/,
    );
    assert.equal(error.mayHaveArrived, false);
  }
});

test('the connection goes to the address that was checked, also when the name changes its mind (DNS rebinding)', async (t) => {
  const port = await listen(
    t,
    http.createServer((_req, res) => res.end('inside')),
  );
  let asked = 0;
  const resolve = async () => [{ address: ++asked === 1 ? '127.0.0.1' : '10.99.99.99', family: 4 }];
  const pinned = createOutbound({ allowPrivate: [`127.0.0.1:${port}`], resolve }).forHosts([`app.example:${port}`]);
  assert.equal((await pinned.fetch(`http://app.example:${port}/`)).text(), 'inside');
  assert.equal(asked, 1);
  await fails(pinned.fetch(`http://app.example:${port}/`), 'private-address', /10\.99\.99\.99/);
  pinned.close();
});

test('of several addresses of a name only those that may be reached are used', async (t) => {
  const port = await listen(t, http.createServer());
  const resolve = async () => ['10.9.9.9', '127.0.0.1', '192.168.0.1'].map((address) => ({ address, family: 4 }));
  const pinned = createOutbound({ allowPrivate: [`127.0.0.1:${port}`], resolve }).forHosts([`app.example:${port}`]);
  assert.deepEqual(await pinned.inspect(`http://app.example:${port}/`), { addresses: ['127.0.0.1'], isPrivate: true, certificate: null });
});

test('without encryption nothing is sent to a public address', async () => {
  const resolve = async () => [{ address: '8.8.8.8', family: 4 }];
  await fails(
    createOutbound({ allowPrivate: [], resolve }).forHosts(['app.example:80']).fetch('http://app.example/'),
    'not-encrypted',
    /https/,
  );
});

test('a name that does not exist, and a port where nobody listens, are said plainly', async (t) => {
  const resolve = async () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }));
  await fails(
    createOutbound({ allowPrivate: [], resolve }).forHosts(['typo.example']).fetch('https://typo.example/'),
    'dns',
    /typo\.example could not be found/,
  );
  const server = http.createServer();
  const port = await listen(t, server);
  await new Promise((resolve) => server.close(resolve));
  const error = await fails(
    createOutbound({ allowPrivate: ['127.0.0.1'] })
      .forHosts([`127.0.0.1:${port}`])
      .fetch(`http://127.0.0.1:${port}/`, { method: 'POST' }),
    'refused',
    /Nothing answers/,
  );
  assert.equal(error.mayHaveArrived, false);
});

test('a redirect to another host, port or protocol is refused and not one byte goes there', async (t) => {
  let elsewhere = 0;
  const other = await listen(
    t,
    net.createServer(() => elsewhere++),
  );
  const { fetch } = await reach(t, (req, res) => {
    res.statusCode = 302;
    res.setHeader(
      'location',
      req.url === '/port' ? `http://127.0.0.1:${other}/` : req.url === '/tls' ? `https://${req.headers.host}/` : 'https://evil.example/',
    );
    res.end();
  });
  await fails(fetch('/host', { headers: { authorization: 'Bearer s3cret' } }), 'redirect', /evil\.example/);
  await fails(fetch('/port'), 'redirect', /does not follow/);
  await fails(fetch('/tls'), 'redirect', /https:\/\//);
  assert.equal(elsewhere, 0);
});

test('a read follows up to three redirects at the same place; a change follows none', async (t) => {
  const { fetch } = await reach(t, (req, res) => {
    const step = Number(req.url?.slice(1));
    if (step === 0) return res.end('here');
    res.statusCode = 307;
    res.setHeader('location', `/${step - 1}`);
    res.end();
  });
  assert.equal((await fetch('/3')).text(), 'here');
  await fails(fetch('/4'), 'redirect', /given up after 3/);
  const change = await fails(fetch('/1', { method: 'PATCH', body: '{}' }), 'redirect', /not sent again/);
  assert.equal(change.mayHaveArrived, true);
});

test('a read survives a kept connection that the server closed meanwhile', async (t) => {
  let connections = 0;
  const server = http.createServer((_req, res) => res.end(String(connections)));
  server.on('connection', () => connections++);
  const port = await listen(t, server);
  const pinned = createOutbound({ allowPrivate: ['127.0.0.1'] }).forHosts([`127.0.0.1:${port}`]);
  t.after(() => pinned.close());
  const call = () => pinned.fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text());
  assert.equal(await call(), '1');
  assert.equal(await call(), '1');
  server.closeAllConnections();
  assert.equal(await call(), '2');
});
