import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { z } from 'zod';
import { handClock } from '../../server/platform/clock.ts';
import { createOutbound } from '../../server/platform/outbound/index.ts';
import { ConnectorError, type CredentialHolder, defineConnector, hostOf, nextLink, openSession, pageByCursor } from './index.ts';
import { secretScrubber, secretTexts } from './scrub-secrets.ts';

/** A vendor that hands out tokens for an hour, each of which it may refuse. */
async function vendor(t: TestContext) {
  const state = { given: 0, refused: new Set<string>(), calls: [] as string[], refuseExchange: false };
  const server = createServer((request, response) => {
    if (request.url === '/token') {
      const status = state.refuseExchange ? 401 : 200;
      response.writeHead(status).end(JSON.stringify({ token: `token-${++state.given}`, error: 'invalid_client' }));
      return;
    }
    const sent = request.headers.authorization ?? '';
    state.calls.push(sent);
    response.writeHead(sent === '' || state.refused.has(sent) ? 401 : 200).end(JSON.stringify({ message: `You sent ${sent}` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clock = handClock('2026-12-01T09:00:00Z');
  const connector = defineConnector({
    id: 'vendor',
    name: 'Vendor',
    sentence: 'A vendor that hands out tokens.',
    reads: 'connection',
    settings: z.object({}),
    secrets: z.object({ key: z.string() }),
    hosts: () => [hostOf(address)],
    baseUrl: () => address,
    authorization: () => ({}),
    credential: async ({ http, secrets, which, now }) => {
      const body = (await http.post('token', { key: secrets.key }, { form: true })).json() as { token: string };
      return { headers: { authorization: `Bearer ${which ?? ''}${body.token}` }, expiresAt: now().add({ hours: 1 }) };
    },
    settlingSeconds: () => 0,
  });
  const holder: CredentialHolder = { current: null };
  const open = () => {
    const outbound = createOutbound({ allowPrivate: ['127.0.0.0/8'] });
    const session = openSession(connector, { settings: {}, secrets: { key: 'long-lived-key' }, outbound, clock, credential: holder });
    t.after(() => session.close());
    return session;
  };
  return { state, clock, open };
}

test('a token is asked for once and shared by all sessions of a connection, until a minute before it expires', async (t) => {
  const { state, clock, open } = await vendor(t);
  await Promise.all([open().http.get('a'), open().http.get('b')]);
  clock.advance({ minutes: 58 });
  await open().http.get('c');
  assert.equal(state.given, 1);
  clock.advance({ minutes: 2 });
  await open().http.get('d');
  assert.equal(state.given, 2);
  assert.equal(state.calls.at(-1), 'Bearer token-2');
});

test('a token that is refused before its time is asked for once more, and a change is then sent once', async (t) => {
  const { state, open } = await vendor(t);
  const { http } = open();
  await http.get('a');
  state.refused.add('Bearer token-1');
  await http.post('change', { on: true });
  assert.deepEqual(state.calls, ['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  state.refused.add('Bearer token-2').add('Bearer token-3');
  await assert.rejects(http.get('b'), (error: ConnectorError) => error.kind === 'credential' && !error.message.includes('token-'));
});

test('a call that names another credential is sent with that one, which is kept and asked for anew by itself', async (t) => {
  const { state, open } = await vendor(t);
  await open().http.get('a');
  const { http } = open();
  await http.get('b', { credential: 'mail of ada, ' });
  await open().http.get('c', { credential: 'mail of ada, ' });
  await http.get('d');
  assert.deepEqual(state.calls, ['Bearer token-1', 'Bearer mail of ada, token-2', 'Bearer mail of ada, token-2', 'Bearer token-1']);
  state.refused.add('Bearer mail of ada, token-2');
  await http.get('e', { credential: 'mail of ada, ' });
  await http.get('f');
  assert.deepEqual(state.calls.slice(-2), ['Bearer mail of ada, token-3', 'Bearer token-1']);
});

test('a key file that was entered is blotted out whole and in its secret parts, and not in its addresses', () => {
  const file = JSON.stringify({
    private_key_id: 'id-of-the-private-key',
    client_email: 'groundcrew@project.example',
    type: 'service_account',
  });
  const clean = secretScrubber(secretTexts({ key: file }))(`${file} id-of-the-private-key groundcrew@project.example service_account`);
  assert.equal(clean, '••• ••• groundcrew@project.example service_account');
});

test('a vendor that hands out no token is told as a credential that is not accepted, and asked again the next time', async (t) => {
  const { state, open } = await vendor(t);
  state.refuseExchange = true;
  const { http } = open();
  await assert.rejects(http.get('a'), (error: ConnectorError) => error.kind === 'credential' && !error.message.includes('long-lived-key'));
  state.refuseExchange = false;
  assert.equal((await http.get('a')).status, 200);
});

test('a list by cursors ends where the source says so, and one that goes in a circle is refused', async () => {
  const pages: Record<string, { records: number[]; next: string | null }> = {
    first: { records: [1], next: 'b' },
    b: { records: [2], next: null },
    circle: { records: [3], next: 'circle' },
  };
  const read = (start: string) => pageByCursor(async (cursor) => pages[cursor ?? start]!);
  const collected = [];
  for await (const page of read('first')) collected.push(page);
  assert.deepEqual(collected, [
    { records: [1], total: null, last: false },
    { records: [2], total: null, last: true },
  ]);
  await assert.rejects(
    async () => {
      for await (const _ of read('circle'));
    },
    (error: ConnectorError) => error instanceof ConnectorError && error.kind === 'broken',
  );
});

test('the next page of a Link header is found among others, and only under its own name', () => {
  const header =
    '<https://a.example/u?p=1>; rel="prev", <https://a.example/u?p=3,4>; rel="next"; title="x", <https://a.example/u?p=9>; rel="last"';
  assert.equal(nextLink(header), 'https://a.example/u?p=3,4');
  assert.equal(nextLink('<https://a.example/u>; rel="self next"'), 'https://a.example/u');
  assert.equal(nextLink('<https://a.example/u>; rel="prev"'), null);
  assert.equal(nextLink(undefined), null);
});

test('two sessions whose token has expired ask for one new token, and not for one each', async (t) => {
  const { state, clock, open } = await vendor(t);
  await open().http.get('a');
  clock.advance({ hours: 2 });
  await Promise.all([open().http.get('b'), open().http.get('c'), open().http.get('d')]);
  assert.equal(state.given, 2);
});
