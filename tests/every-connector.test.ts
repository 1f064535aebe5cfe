import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { connectors, findConnector } from '../connectors/index.ts';
import { actionNames, type Connector, ConnectorError, openSession, readPages, testConnection } from '../connectors/kit/index.ts';
import { systemClock } from '../server/platform/clock.ts';
import { createOutbound } from '../server/platform/outbound/index.ts';

const secret = 's3cret-of-the-test';

/** Settings and secrets of each connector that reads over the network, for a server at the given address. A new connector adds its line. */
const configured: Record<string, (address: string) => { settings: unknown; secrets: unknown }> = {
  scim: (address) => ({ settings: { baseUrl: `${address}/scim/v2` }, secrets: { token: secret } }),
};

/** A list's second page as each connector's system would name it, on a host of somebody else. */
const strangersPage: Record<string, RequestListener> = {
  scim: (request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    if (!/Users|Groups/.test(url.pathname)) return void response.writeHead(404).end();
    if (Number(url.searchParams.get('startIndex')) > 1)
      return void response.writeHead(302, { location: 'https://evil.example/scim/v2/Users?startIndex=2' }).end();
    const Resources = url.pathname.endsWith('Users') ? [{ id: '1', userName: 'a' }] : [];
    response.end(
      JSON.stringify({ totalResults: Resources.length * 2, Resources, next: 'https://evil.example/', nextCursor: 'https://evil.example/' }),
    );
  },
};

const onNetwork = connectors.filter(({ reads }) => reads === 'connection');

async function sessionWith(t: TestContext, connector: Connector, listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const resolved: string[] = [];
  const resolve = async (name: string) => {
    resolved.push(name);
    return [{ address: '127.0.0.1', family: 4 }];
  };
  const outbound = createOutbound({ allowPrivate: ['127.0.0.0/8'], resolve });
  const session = openSession(connector, {
    ...configured[connector.id]!(`http://127.0.0.1:${port}`),
    outbound,
    clock: systemClock,
    wait: async () => {},
  });
  t.after(() => session.close());
  return { session, resolved };
}

test('every connector says what it is, under an id of its own', () => {
  assert.equal(new Set(connectors.map(({ id }) => id)).size, connectors.length);
  for (const connector of connectors) {
    assert.match(connector.id, /^[a-z][a-z0-9-]*$/);
    assert.ok(connector.name.length > 1, connector.id);
    assert.match(connector.sentence, /^[A-Z].{20,}\.$/, connector.id);
    assert.equal(findConnector(connector.id), connector);
  }
  assert.equal(findConnector('no-such-connector'), null);
});

test('every connector that reads over the network is swept', () => {
  for (const { id } of onNetwork) assert.ok(configured[id] && strangersPage[id], `${id} has no line in this sweep`);
});

test('every connector refuses settings that do not fit, naming the field', () => {
  for (const connector of onNetwork) {
    const result = connector.settings.safeParse({});
    assert.equal(result.success, false, connector.id);
    assert.ok(
      result.error?.issues.every(({ path }) => path.length > 0),
      connector.id,
    );
  }
});

test('every connector pins its hosts, its own address among them; one without address reaches nothing', () => {
  for (const connector of connectors) {
    const given = configured[connector.id]?.('https://app.example:8443').settings ?? {};
    const settings = connector.settings.parse(given);
    const hosts = connector.hosts(settings);
    const baseUrl = connector.baseUrl(settings);
    if (baseUrl === null) assert.deepEqual(hosts, [], connector.id);
    else assert.ok(hosts.includes(new URL(baseUrl).host), connector.id);
    for (const host of hosts) assert.match(host, /^[a-z0-9.-]+:\d+$/, connector.id);
    assert.ok(connector.settlingSeconds(settings) >= 0);
  }
});

test('every change that a connector can make has an effect class and a dry run in words', () => {
  const account = { externalId: '1', userName: 'ada@acme.example', displayName: 'Ada' };
  const entitlement = { externalId: 'g', kind: 'group', name: 'Sales' };
  const inputs = {
    suspendAccount: account,
    restoreAccount: account,
    deleteAccount: account,
    createAccount: { ...account, address: null, givenName: null, familyName: null, employeeNumber: null },
    grantEntitlement: { account, entitlement },
    revokeEntitlement: { account, entitlement },
    setPassword: { account, password: 'a first password' },
  };
  for (const connector of connectors) {
    for (const name of actionNames) {
      const action = connector[name];
      if (!action) continue;
      assert.ok(['convergent', 'keyed', 'unrepeatable'].includes(action.effect), `${connector.id} ${name}`);
      const settings = connector.settings.parse(configured[connector.id]!('https://app.example').settings);
      assert.match(action.describe(inputs[name] as never, settings), /^[A-Z].+\.$/, `${connector.id} ${name}`);
      assert.ok(connector.readAccount, `${connector.id} changes what it cannot read back`);
    }
  }
});

test('no connector follows a next page to another host', async (t) => {
  for (const connector of onNetwork) {
    const { session, resolved } = await sessionWith(t, connector, strangersPage[connector.id]!);
    await assert.rejects(
      readPages(connector.listAccounts!(session), { idOf: ({ externalId }) => externalId, onPage: () => {} }),
      (error: ConnectorError) => error instanceof ConnectorError && ['redirect', 'host-not-pinned'].includes(error.outbound ?? ''),
      connector.id,
    );
    assert.equal(
      resolved.some((name) => name.includes('evil')),
      false,
    );
  }
});

test('no error of a connector shows its secret, whatever the other system answers', async (t) => {
  const said: RequestListener[] = [400, 401, 403, 404, 409, 412, 422, 429, 500, 501, 503].map((status) => (request, response) => {
    const sent = String(request.headers.authorization);
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ detail: `You sent ${sent}, ${encodeURIComponent(sent)}, ${Buffer.from(secret).toString('base64')}` }));
  });
  for (const connector of onNetwork) {
    for (const listener of [
      ...said,
      strangersPage[connector.id]!,
      ((_request, response) => response.destroy()) satisfies RequestListener,
    ]) {
      const { session } = await sessionWith(t, connector, listener);
      const target = { externalId: '1' };
      const errors = await Promise.all([
        connector.suspendAccount?.run(session, target).catch((error: Error) => error),
        connector.readAccount?.(session, '1').catch((error: Error) => error),
        testConnection(connector, session),
      ]);
      const shown = JSON.stringify(
        errors.map((error) => (error instanceof Error ? [error.message, error.stack, { ...error }, String(error.cause)] : error)),
      );
      for (const form of [secret, Buffer.from(secret).toString('base64').replace(/=+$/, '')])
        assert.equal(shown.includes(form), false, shown);
    }
    const broken = configured[connector.id]!('not an address');
    assert.throws(
      () => openSession(connector, { ...broken, outbound: createOutbound({ allowPrivate: [] }), clock: systemClock }),
      (error: ConnectorError) => error.kind === 'settings' && !error.message.includes(secret),
    );
  }
});
