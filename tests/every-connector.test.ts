import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { connectors, findConnector } from '../connectors/index.ts';
import {
  actionNames,
  type Connector,
  type ConnectorError,
  checkedActionNames,
  openSession,
  testConnection,
} from '../connectors/kit/index.ts';
import { systemClock } from '../server/platform/clock.ts';
import { createOutbound } from '../server/platform/outbound/index.ts';
import { onNetwork } from './fakes/vendors/fixtures.ts';
import { fixtureSecret, type VendorFixture } from './fakes/vendors/vendor-fixture.ts';

async function sessionWith(t: TestContext, connector: Connector, fixture: VendorFixture, listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
  const session = openSession(connector, {
    ...fixture.configured(`http://127.0.0.1:${port}`),
    outbound: createOutbound({ allowPrivate: ['127.0.0.0/8'], resolve }),
    clock: systemClock,
    wait: async () => {},
  });
  t.after(() => session.close());
  return session;
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

test('every connector that is reached over the network says which rights it needs, how it is set up, what it cannot know, and when it was tried live', () => {
  for (const { id, profile } of connectors.filter(({ reads }) => reads === 'connection')) {
    assert.ok(profile, `${id} has no profile`);
    assert.ok(profile.rights.length > 0 && profile.rights.every(({ right, for: what }) => right !== '' && what !== ''), id);
    assert.ok(profile.plan.length > 3 && profile.setUp.length > 0 && profile.cannotKnow.length > 0, id);
    for (const words of [...profile.cannotKnow, ...profile.setUp.map((step) => step.words)])
      assert.match(words, /[.!?]$/, `${id}: ${words}`);
    for (const { link } of profile.setUp) if (typeof link === 'string') assert.match(link, /^https:\/\//, id);
    assert.ok(profile.verifiedLive === null || /^\d{4}-\d{2}-\d{2}$/.test(profile.verifiedLive), id);
  }
});

test('every connector refuses settings that do not fit, naming the field', () => {
  for (const { connector } of onNetwork) {
    const settings = connector.settings.safeParse({});
    const secrets = connector.secrets.safeParse({});
    const issues = [...(settings.error?.issues ?? []), ...(secrets.error?.issues ?? [])];
    assert.ok(issues.length > 0 || connector.id === 'scim', `${connector.id} takes nothing for a configuration`);
    assert.ok(
      issues.every(({ path }) => path.length > 0),
      connector.id,
    );
  }
});

test('every connector pins its hosts, its own address among them; one without address reaches nothing', () => {
  const fixtures = new Map(onNetwork.map(({ connector, fixture }) => [connector.id, fixture]));
  for (const connector of connectors.filter(({ transport }) => transport !== 'ldap')) {
    const given = fixtures.get(connector.id)?.configured('https://app.example:8443').settings ?? {};
    const settings = connector.settings.parse(given);
    const hosts = connector.hosts(settings);
    const baseUrl = connector.baseUrl(settings);
    if (baseUrl === null) assert.deepEqual(hosts, [], connector.id);
    else assert.ok(hosts.includes(new URL(baseUrl).host), connector.id);
    for (const host of hosts) assert.match(host, /^[a-z0-9.-]+:\d+$/, connector.id);
    assert.ok(connector.settlingSeconds(settings) >= 0);
  }
});

const account = { externalId: '1', userName: 'ada@acme.example', displayName: 'Ada' };
const entitlement = { externalId: 'g', kind: 'group', name: 'Sales' };
const newAccount = { ...account, address: null, givenName: null, familyName: null, employeeNumber: null };

/** An input of every change, for its dry run. */
const inputs: Record<(typeof actionNames)[number], unknown> = {
  suspendAccount: account,
  restoreAccount: account,
  deleteAccount: account,
  createAccount: newAccount,
  grantEntitlement: { account, entitlement },
  revokeEntitlement: { account, entitlement },
  setPassword: { account, password: 'a first password' },
  changeAccount: { account, facts: { familyName: 'Byron' } },
  endSessions: account,
  resetPassword: account,
  resetSecondFactor: account,
  revokeAppGrant: { account, grant: { externalId: 'p', name: 'Some program' } },
  handOverFiles: { account, to: account },
  forwardMail: { account, to: 'bea@acme.example' },
  setAutoReply: { account, subject: 'Gone', text: 'Write to Bea.', until: null },
  convertToSharedMailbox: { account, readers: [account] },
  releaseCalendars: account,
};

const aDirectory = { address: 'ldaps://directory.example', bindName: 'cn=groundcrew', peopleBase: 'ou=people,dc=acme' };

test('every change that a connector can make has an effect class, a dry run in words and a way to read it back', () => {
  const fixtures = new Map(onNetwork.map(({ connector, fixture }) => [connector.id, fixture]));
  for (const connector of connectors) {
    for (const name of actionNames) {
      const action = connector[name];
      if (!action) continue;
      assert.ok(['convergent', 'keyed', 'unrepeatable'].includes(action.effect), `${connector.id} ${name}`);
      const settings = connector.settings.parse(
        fixtures.get(connector.id)?.configured('https://app.example').settings ?? (connector.transport === 'ldap' ? aDirectory : {}),
      );
      const words = action.describe(inputs[name] as never, settings);
      assert.match(words, /^[A-Z].+\.$/s, `${connector.id} ${name}`);
      assert.ok(!words.includes('a first password'), `${connector.id} shows a password`);
      assert.ok(connector.readAccount, `${connector.id} changes what it cannot read back`);
    }
    for (const name of checkedActionNames) assert.ok(!connector[name] || connector[name].shows, `${connector.id} ${name} has no read-back`);
  }
});

test('no error of a connector shows its secret, whatever the other system answers', async (t) => {
  const echo = (request: { headers: Record<string, unknown> }) => {
    const sent = String(request.headers.authorization ?? request.headers['x-api-key'] ?? '');
    return JSON.stringify({ detail: `You sent ${sent}, ${encodeURIComponent(sent)}, ${Buffer.from(fixtureSecret).toString('base64')}` });
  };
  const said: RequestListener[] = [400, 401, 403, 404, 409, 412, 422, 429, 500, 501, 503].map((status) => (request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(echo(request));
  });
  for (const { connector, fixture } of onNetwork) {
    for (const listener of [...said, ((_request, response) => response.destroy()) satisfies RequestListener]) {
      const session = await sessionWith(t, connector, fixture, listener);
      const target = { externalId: '1' };
      const errors = await Promise.all([
        connector.suspendAccount?.run(session, target).catch((error: Error) => error),
        connector.readAccount?.(session, '1').catch((error: Error) => error),
        testConnection(connector, session),
      ]);
      const shown = JSON.stringify(
        errors.map((error) => (error instanceof Error ? [error.message, error.stack, { ...error }, String(error.cause)] : error)),
      );
      for (const form of [fixtureSecret, Buffer.from(fixtureSecret).toString('base64').replace(/=+$/, '')])
        assert.equal(shown.includes(form), false, `${connector.id}: ${shown}`);
    }
    const broken = fixture.configured('not an address');
    assert.throws(
      () => openSession(connector, { ...broken, outbound: createOutbound({ allowPrivate: [] }), clock: systemClock }),
      (error: ConnectorError) => error.kind === 'settings' && !error.message.includes(fixtureSecret),
      connector.id,
    );
  }
});
