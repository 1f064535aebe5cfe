import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { Clock } from '../server/platform/clock.ts';
import { createOutbound } from '../server/platform/outbound/index.ts';
import { scimSession } from '../tests/fakes/scim-servers/scim-session.ts';
import { startScimServer } from '../tests/fakes/scim-servers/start-scim-server.ts';
import { ConnectorError, keepableRecord, openSession, plainText } from './kit/index.ts';
import { allMemberships } from './scim/memberships.ts';
import { scim } from './scim.ts';

async function answering(t: TestContext, bodyOf: (url: URL) => string | null): Promise<string> {
  const server = createServer((request, response) => {
    const body = bodyOf(new URL(request.url ?? '/', 'http://x'));
    response.writeHead(body === null ? 404 : 200, { 'content-type': 'application/scim+json' }).end(body ?? '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`;
}

test('a group that names one member 150,000 times is read in the time of one that names as many people', async (t) => {
  const members = `${'{"value":"a"},'.repeat(149_999)}{"value":"a"}`;
  const baseUrl = await answering(t, (url) =>
    url.pathname.endsWith('/Groups') ? `{"totalResults":1,"Resources":[{"id":"g","displayName":"G","members":[${members}]}]}` : null,
  );
  const session = scimSession(baseUrl);
  t.after(() => session.close());
  const from = performance.now();
  assert.deepEqual((await allMemberships(session as never))?.get('a'), [{ externalId: 'g', kind: 'group', name: 'G' }]);
  assert.ok(performance.now() - from < 10_000);
});

test('whether an account is in one group is asked of that group alone', async (t) => {
  const server = await startScimServer({ users: 5, behaviour: { membersOnlySingly: true } });
  t.after(() => server.stop());
  const session = scimSession(server.baseUrl);
  t.after(() => session.close());
  const [group] = server.groups();
  const entitlement = { externalId: group!.id, kind: 'group', name: group!.displayName };
  const user = server.users().find(({ id }) => group!.members.some(({ value }) => value === id))!;
  const account = await scim.readAccount?.(session, user.id, { entitlements: entitlement });
  assert.deepEqual(account?.entitlements, [entitlement]);
  assert.equal((await scim.readAccount?.(session, user.id, { entitlements: 'none' }))?.entitlements, null);
  assert.deepEqual(
    server.requests.filter(({ path }) => path.includes('Groups')).map(({ path }) => path.split('?')[0]),
    [`/scim/v2/Groups/${group!.id}`],
  );
});

test('looking an account up in a list that never ends stops at the deadline, and does not say that there is none', async (t) => {
  let pages = 0;
  let now = Temporal.Instant.from('2026-11-26T08:00:00Z');
  const clock: Clock = { now: () => now };
  const baseUrl = await answering(t, (url) => {
    if (!url.pathname.endsWith('/Users')) return null;
    if (url.searchParams.has('filter')) return '{"totalResults":0,"Resources":[]}';
    now = now.add({ seconds: 1 });
    return `{"Resources":[{"id":"u${pages++}","userName":"u${pages}"}]}`;
  });
  const session = openSession(scim, {
    settings: { baseUrl },
    secrets: { token: 'test-token' },
    outbound: createOutbound({ allowPrivate: ['127.0.0.0/8'] }),
    clock,
    deadline: now.add({ seconds: 5 }),
    retry: { attempts: 1 },
  });
  t.after(() => session.close());
  await assert.rejects(
    scim.findAccount!(session, 'ada'),
    (error: ConnectorError) => error instanceof ConnectorError && /took too long: the time for this was over/.test(error.message),
  );
  assert.ok(pages <= 6, `${pages} pages`);
});

test('a text from outside is cut, whole and free of control characters, and an id is kept as it came or not at all', () => {
  assert.equal(plainText('a\u0000\r\nb', 10), 'a b');
  assert.equal(plainText('ab😀c', 3), 'ab…');
  assert.equal(plainText('a\ud800b', 10), 'a\ufffdb');
  assert.ok(new ConnectorError('refused', `${'x'.repeat(999)}😀 and more`).message.isWellFormed());
  const record = {
    externalId: 'x'.repeat(500),
    userName: 'a\u0000b',
    addresses: ['a@acme.example', `${'x'.repeat(400)}@acme.example`],
    displayName: 'y'.repeat(5_000),
    givenName: '\u0000',
    familyName: null,
    employeeNumber: '7',
    status: 'active' as const,
    isAdmin: null,
    isService: null,
    secondFactor: null,
    isExternal: null,
    lastActivityAt: null,
    entitlements: [
      { externalId: 'g', kind: 'group', name: 'z'.repeat(5_000) },
      { externalId: 'z'.repeat(501), kind: 'group', name: 'Z' },
    ],
    etag: null,
  };
  const { record: kept, leftOut } = keepableRecord(record);
  assert.equal(leftOut, 2);
  assert.deepEqual(
    [kept?.externalId, kept?.userName, kept?.addresses, kept?.givenName, kept?.employeeNumber],
    [record.externalId, null, ['a@acme.example'], null, '7'],
  );
  assert.deepEqual([kept?.displayName?.length, kept?.entitlements?.map(({ name }) => name.length)], [301, [301]]);
  assert.equal(keepableRecord({ ...record, externalId: 'x'.repeat(501) }).record, null);
});
