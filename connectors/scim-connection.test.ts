import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { systemClock } from '../server/platform/clock.ts';
import { createOutbound } from '../server/platform/outbound/index.ts';
import type { Behaviour } from '../tests/fakes/scim-servers/behaviour.ts';
import { scimSession } from '../tests/fakes/scim-servers/scim-session.ts';
import { startScimServer } from '../tests/fakes/scim-servers/start-scim-server.ts';
import { ConnectorError, openSession, type Session, testConnection } from './kit/index.ts';
import { scim } from './scim.ts';

const pem = (name: string) => readFileSync(new URL(`../tests/fakes/certificates/${name}.pem`, import.meta.url), 'utf8');

async function checksOf(t: TestContext, session: Session) {
  t.after(() => session.close());
  const checks = await testConnection(scim, session);
  return Object.fromEntries(checks.map(({ name, ok, words }) => [name, { ok, words }]));
}

test('what is right, what is wrong and what nobody knows is said in plain words, and nothing is changed', async (t) => {
  const run = async (behaviour: Behaviour, secrets = { token: 'test-token' }) => {
    const server = await startScimServer({ users: 184, behaviour });
    t.after(() => server.stop());
    const checks = await checksOf(t, scimSession(server.baseUrl, {}, { secrets }));
    assert.equal(server.changes().length, 0);
    return checks;
  };
  const good = await run({});
  assert.deepEqual(
    Object.entries(good).map(([name, { ok }]) => [name, ok]),
    [
      ['Name', true],
      ['Certificate', null],
      ['Credential', true],
      ['Reading accounts', true],
      ['Reading groups', true],
      ['Changing accounts', null],
      ['What it supports', true],
    ],
  );
  assert.equal(good['Reading accounts']?.words, 'Accounts can be read: 184.');
  const wrong = await run({ echoesSecret: true }, { token: 'wrong-t0ken' });
  assert.equal(wrong.Credential?.ok, false);
  assert.doesNotMatch(JSON.stringify(wrong), /wrong-t0ken/);
  assert.equal((await run({ groupsForbidden: true }))['Reading groups']?.ok, false);
  assert.match((await run({ noDiscovery: true }))['What it supports']?.words ?? '', /does not say whether it takes single changes/);
  assert.match((await run({ down: true })).Answer?.words ?? '', /closed the connection without an answer/);
});

test('a good certificate is told with its last day, an expired one with the day it ended', async (t) => {
  const run = async (certificate: string) => {
    const server = await startScimServer({ users: 2, certificate: { cert: pem(certificate), key: pem('server.key') } });
    t.after(() => server.stop());
    return { checks: await checksOf(t, scimSession(server.baseUrl, { caCertificates: [pem('authority')] })), server };
  };
  const good = await run('valid');
  assert.deepEqual(good.checks.Certificate, { ok: true, words: 'Issued by Groundcrew test authority, valid until 1 January 2040.' });
  assert.equal(good.checks['Reading accounts']?.ok, true);
  const expired = await run('expired');
  assert.equal(expired.checks.Certificate?.ok, false);
  assert.match(expired.checks.Certificate?.words ?? '', /expired on 3 March 2020/);
  assert.equal(expired.server.requests.length, 0);
});

test('a private address, a name that is not there, a moved server and missing secrets are told before anything is sent', async (t) => {
  const server = await startScimServer({ users: 2 });
  t.after(() => server.stop());
  const closed = createOutbound({ allowPrivate: [] });
  assert.match(
    (await checksOf(t, scimSession(server.baseUrl, {}, { outbound: closed })))['Reaching it']?.words ?? '',
    /GROUNDCREW_ALLOW_PRIVATE/,
  );
  const nowhere = createOutbound({ allowPrivate: [], resolve: async () => [] });
  assert.equal((await checksOf(t, scimSession('https://typo.example/scim', {}, { outbound: nowhere }))).Name?.ok, false);
  assert.equal(server.requests.length, 0);
  const moved = createServer((_request, response) => void response.writeHead(308, { location: 'https://new.example/scim/v2/Users' }).end());
  await new Promise<void>((resolve) => moved.listen(0, '127.0.0.1', resolve));
  t.after(() => moved.close());
  const checks = await checksOf(t, scimSession(`http://127.0.0.1:${(moved.address() as AddressInfo).port}/scim/v2`));
  assert.match(checks.Answer?.words ?? '', /sends the request on to new\.example/);
  const without = { settings: { baseUrl: server.baseUrl }, secrets: {}, outbound: closed, clock: systemClock };
  assert.throws(
    () => openSession(scim, without),
    (error: ConnectorError) => error instanceof ConnectorError && /token is missing/.test(error.message),
  );
});

test('a change of which an earlier try may have arrived says so, also when the last try could not', async (t) => {
  const server = await startScimServer({ users: 2, behaviour: { down: 'after' } });
  t.after(() => server.stop());
  const [user] = server.users();
  const session = scimSession(server.baseUrl, {}, { wait: () => server.stop() });
  t.after(() => session.close());
  await assert.rejects(
    session.http.put(`Users/${user!.id}`, { ...user, active: false }),
    (error: ConnectorError) => error.outbound === 'refused' && error.mayHaveHappened,
  );
});
