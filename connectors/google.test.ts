import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { handClock } from '../server/platform/clock.ts';
import { createOutbound } from '../server/platform/outbound/index.ts';
import { startGoogle } from '../tests/fakes/vendors/google.ts';
import { customerId, domain, userId } from '../tests/fakes/vendors/google-state.ts';
import { scopes } from './google/scopes.ts';
import { google } from './google.ts';
import { type AccountRecord, type ConnectorError, openSession, testConnection } from './kit/index.ts';

async function company(t: TestContext, accounts = 12) {
  const vendor = await startGoogle(accounts);
  t.after(() => vendor.server.stop());
  const clock = handClock('2026-12-01T09:00:00Z');
  const paused: number[] = [];
  const open = (settings: object = {}, secrets: unknown = vendor.secrets) => {
    const session = openSession(google, {
      settings: { ...(vendor.settings as object), ...settings },
      secrets,
      outbound: createOutbound({ allowPrivate: ['127.0.0.0/8'] }),
      clock,
      wait: async (milliseconds) => {
        paused.push(milliseconds);
        clock.advance({ milliseconds: Math.ceil(milliseconds) });
      },
      random: () => 0,
    });
    t.after(() => session.close());
    return session;
  };
  const { server, state, secrets } = vendor;
  const target = (index: number) => ({ externalId: userId(index), userName: `person${index}@${domain}` });
  const sent = (path: string) => server.changes().filter((exchange) => exchange.path.includes(path));
  return { server, state, secrets: secrets as { key: string }, open, session: open(), target, sent, paused, clock };
}

async function listed(session: ReturnType<typeof openSession>): Promise<Map<string, AccountRecord>> {
  const accounts = new Map<string, AccountRecord>();
  for await (const { records } of google.listAccounts!(session)) for (const record of records) accounts.set(record.externalId, record);
  return accounts;
}

const all = (except: string): Set<string> => new Set(Object.values(scopes).filter((scope) => scope !== except));

const names = (record: AccountRecord | undefined | null) => record?.entitlements?.map(({ kind, name }) => `${kind} ${name}`).sort();

test('an account is read with its number, second factor, administrator, status, last use, groups, roles and licences', async (t) => {
  const { session } = await company(t);
  const accounts = await listed(session);
  const first = accounts.get(userId(1))!;
  assert.deepEqual(first.addresses, [`person1@${domain}`, `first.person@${domain}`, `person1@${domain}.test-google-a.com`]);
  assert.equal(first.employeeNumber, '1001');
  assert.deepEqual(names(first), ['group Everyone', 'group Sales', 'licence Google Workspace Business Starter']);
  assert.deepEqual(names(await google.readAccount!(session, userId(1))), names(first));
  assert.deepEqual([first.isAdmin, accounts.get(userId(0))!.isAdmin, accounts.get(userId(3))!.isAdmin], [false, true, true]);
  assert.ok(names(accounts.get(userId(0)))!.includes('role Super Admin'));
  assert.ok(names(accounts.get(userId(3)))!.includes('role User management admin'));
  assert.deepEqual([first.secondFactor, accounts.get(userId(2))!.secondFactor], [true, false]);
  assert.deepEqual([accounts.get(userId(7))!.status, accounts.get(userId(8))!.status], ['suspended', 'suspended']);
  assert.equal(accounts.get(userId(9))!.lastActivityAt, null, '1970 is never');
  assert.equal(accounts.get(userId(4))!.lastActivityAt?.toString(), '2026-11-28T07:00:00Z', 'use counts, not only signing in');
});

test('reading everything takes requests by pages and by groups, never one for each account', async (t) => {
  const counts: number[] = [];
  for (const size of [90, 490]) {
    const { session, server } = await company(t, size);
    await listed(session);
    counts.push(server.exchanges.filter(({ route }) => route !== '/token').length);
  }
  // 400 more accounts: four more pages of licences.
  assert.ok(counts[1]! - counts[0]! <= 5, counts.join(' and '));
});

test('a scope that nobody delegated is named as the missing right, and what else is delegated still works', async (t) => {
  const { state, open } = await company(t);
  state.delegated = all(scopes.users);
  await assert.rejects(listed(open()), (error: ConnectorError) => error.kind === 'right' && error.message.includes(scopes.users));
  state.delegated = all(scopes.forwarding);
  const session = open();
  const account = { externalId: userId(1) };
  await google.setAutoReply!.run(session, { account, subject: 'Gone', text: 'Write to Bea.', until: null });
  await assert.rejects(google.forwardMail!.run(session, { account, to: `person2@${domain}` }), { kind: 'right' });
});

test('a key that was deleted, an administrator who is none any more and a file that is no key are told apart', async (t) => {
  const { state, open, secrets } = await company(t);
  const otherKey = JSON.stringify({ ...JSON.parse(secrets.key), private_key_id: 'a key that was deleted since' });
  const deleted = listed(open({}, { key: otherKey }));
  await assert.rejects(deleted, (error: ConnectorError) => error.kind === 'credential' && /key of the service account/.test(error.message));
  state.users.get(userId(0))!.suspended = true;
  await assert.rejects(listed(open()), (error: ConnectorError) => error.kind === 'credential' && /admin@acme\.example/.test(error.message));
  const noKey = JSON.stringify({ type: 'authorized_user', refresh_token: 'r' });
  assert.throws(
    () => open({}, { key: noKey }),
    (error: ConnectorError) => error.kind === 'settings' && /key file/.test(error.message),
  );
  const halfKey = JSON.stringify({
    ...JSON.parse(secrets.key),
    private_key: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
  });
  await assert.rejects(listed(open({}, { key: halfKey })), { kind: 'settings' });
});

test('where licences may not be read, accounts are, what they hold is unknown rather than less, and the test of the connection says so', async (t) => {
  const { state, open } = await company(t);
  state.delegated = all(scopes.licences);
  const accounts = await listed(open());
  assert.equal(accounts.size, 13);
  assert.ok([...accounts.values()].every(({ entitlements }) => entitlements === null));
  assert.equal((await google.readAccount!(open(), userId(1)))?.entitlements, null);
  const checks = await testConnection(google, open());
  const check = checks.find(({ name }) => name === 'Licences');
  assert.equal(check?.ok, null);
  assert.ok(check?.words.includes(scopes.licences), check?.words);
  const without = await listed(open({ holdings: ['group', 'role'] }));
  assert.deepEqual(names(without.get(userId(1))), ['group Everyone', 'group Sales']);
});

test('where reports of use may not be read, the last sign-in is told, and the test of the connection names the right', async (t) => {
  const { state, open } = await company(t);
  state.delegated = all(scopes.usage);
  assert.equal((await listed(open())).get(userId(1))?.lastActivityAt?.toString(), '2026-11-30T08:15:00Z');
  const checks = await testConnection(google, open());
  assert.ok(checks.some(({ ok, words }) => ok === null && words.includes(scopes.usage)));
});

test('a 403 by which Google means too many requests is waited out, and one that means a missing right is not', async (t) => {
  const { state, session, paused, open } = await company(t);
  const again = google.busyUntil!;
  const now = session.now();
  const answer = (reason: string) => ({ status: 403, headers: {}, body: () => ({ error: { errors: [{ reason }] } }) });
  assert.equal(again(answer('userRateLimitExceeded'), now)?.epochMilliseconds, now.add({ seconds: 10 }).epochMilliseconds);
  assert.equal(again(answer('insufficientPermissions'), now), null);
  state.delegated = all(scopes.groups);
  await assert.rejects(
    google.grantEntitlement!.run(open(), {
      account: { externalId: userId(1) },
      entitlement: { kind: 'group', externalId: 'g-spare', name: 'Spare' },
    }),
    { kind: 'right' },
  );
  assert.deepEqual(paused, []);
});

test('an account is found by any of its addresses; an address of another domain is nobody', async (t) => {
  const { session } = await company(t);
  assert.equal((await google.findAccount!(session, `first.person@${domain}`))?.externalId, userId(1));
  assert.equal(await google.findAccount!(session, 'somebody@elsewhere.example'), null);
});

test('a deleted account says until when it can be restored, and is restored with what it was', async (t) => {
  const { session, target } = await company(t);
  const done = await google.deleteAccount!.run(session, target(1));
  assert.match(done.answered, /until 2026-12-21/);
  assert.equal(await google.readAccount!(session, userId(1)), null);
  const again = await google.deleteAccount!.run(session, target(1));
  assert.equal(again.changed, false);
  assert.match(again.answered, /until 2026-12-21/);
  await google.restoreAccount!.run(session, target(1));
  assert.equal((await google.readAccount!(session, userId(1)))?.status, 'active');
  await assert.rejects(google.restoreAccount!.run(session, { externalId: userId(4_711) }), { kind: 'missing' });
});

test('what changes of an account leaves its other numbers and jobs alone, and nothing is sent for what is so already', async (t) => {
  const { session, state, target, sent } = await company(t);
  const account = target(1);
  const user = state.users.get(userId(1))!;
  user.organizations.push({ title: 'Treasurer', department: 'Club', primary: false });
  const facts = { familyName: 'King', employeeNumber: '77', department: 'Board', address: `countess@${domain}` };
  await google.changeAccount!.run(session, { account, facts });
  assert.deepEqual(
    user.externalIds.map(({ type, value }: { type: string; value: string }) => `${type} ${value}`),
    ['custom B1', 'organization 77'],
  );
  assert.deepEqual(
    user.organizations.map(({ title, department }: { title: string; department: string }) => `${title} ${department}`),
    ['Engineer Board', 'Treasurer Club'],
  );
  const read = await google.readAccount!(session, userId(1));
  assert.equal(read?.displayName, 'Given1 King');
  assert.equal(read?.userName, `countess@${domain}`);
  assert.ok(read?.addresses.includes(`person1@${domain}`));
  const before = sent('/users/').length;
  assert.equal((await google.changeAccount!.run(session, { account, facts })).changed, false);
  assert.equal(sent('/users/').length, before);
});

test('roles and licences are given and taken; a second licence of one product is refused, and the first stays', async (t) => {
  const { session, state, target } = await company(t);
  const account = target(2);
  const role = { kind: 'role', externalId: '103', name: 'Laptop helpers' };
  const licence = { kind: 'licence', externalId: '101047/1010470008', name: 'Google AI Ultra for Business' };
  for (const entitlement of [role, licence]) {
    assert.equal((await google.grantEntitlement!.run(session, { account, entitlement })).changed, true);
    assert.ok(
      names(await google.readAccount!(session, userId(2)))!.some((name) => name.startsWith(entitlement.kind)),
      entitlement.kind,
    );
    assert.equal((await google.grantEntitlement!.run(session, { account, entitlement })).changed, false);
    assert.equal((await google.revokeEntitlement!.run(session, { account, entitlement })).changed, true);
    assert.equal((await google.revokeEntitlement!.run(session, { account, entitlement })).changed, false);
  }
  const other = { kind: 'licence', externalId: 'Google-Apps/1010020020', name: 'Enterprise Plus' };
  await assert.rejects(google.grantEntitlement!.run(session, { account, entitlement: other }), { kind: 'changed' });
  assert.ok(state.licences.some(({ userId: address, skuId }) => address === account.userName && skuId === '1010020027'));
});

test('nobody is taken out of a group that everybody is in, and it is said why', async (t) => {
  const { session, target, state } = await company(t);
  const entitlement = { kind: 'group', externalId: 'g-everyone', name: 'Everyone' };
  await assert.rejects(
    google.revokeEntitlement!.run(session, { account: target(1), entitlement }),
    (error: ConnectorError) => error.kind === 'unsupported' && /Everybody/.test(error.message),
  );
  assert.ok(state.members.get('g-everyone')!.has(customerId));
});

test('mail and calendar are changed in the name of their account; where it is suspended it is said that nobody is let in', async (t) => {
  const { session, state, target } = await company(t);
  const reply = { account: target(1), subject: 'Gone', text: 'Write to Bea.', until: '2026-12-31' };
  await google.setAutoReply!.run(session, reply);
  assert.equal(state.mail.get(userId(1))?.vacation.endTime, String(Date.parse('2027-01-01T00:00:00Z')));
  assert.deepEqual([...state.mail.keys()], [userId(1)]);
  await assert.rejects(
    google.setAutoReply!.run(session, { ...reply, account: target(7) }),
    (error: ConnectorError) => error.kind === 'refused' && /suspended/.test(error.message),
  );
});

test('mail to an address outside waits until it is confirmed there, and is not said to be forwarded before', async (t) => {
  const { session, target, state } = await company(t);
  const forward = { account: target(1), to: 'ada@private.example' };
  const first = await google.forwardMail!.run(session, forward);
  assert.match(first.answered, /waits until/);
  assert.equal((await google.forwardMail!.shows(session, forward)).done, false);
  assert.equal((await google.forwardMail!.run(session, forward)).changed, false);
  state.mail.get(userId(1))!.addresses.get(forward.to)!.verificationStatus = 'accepted';
  await google.forwardMail!.run(session, forward);
  assert.equal((await google.forwardMail!.shows(session, forward)).done, true);
});

test('meetings to come are cancelled, a running series ends now and keeps what was, and what others organise or nobody else attends stays', async (t) => {
  const { session, state, target, sent } = await company(t);
  await google.releaseCalendars!.run(session, target(1));
  const events = new Map(state.events.get(userId(1))!.map((event) => [event.id, event]));
  assert.equal(events.get('single')!.status, 'cancelled');
  assert.deepEqual(events.get('weekly')!.recurrence, ['RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261201T090000Z']);
  for (const id of ['weekly', 'past', 'alone', 'invited']) assert.equal(events.get(id)!.status, 'confirmed', id);
  assert.ok(sent('/calendar/').every(({ query }) => query.sendUpdates === 'all'));
});

test('files are handed over once however often it is asked for, and anew only after it failed', async (t) => {
  const { session, state, target } = await company(t);
  const over = { account: target(1), to: target(2) };
  await google.handOverFiles!.run(session, over);
  assert.equal((await google.handOverFiles!.shows(session, over)).done, null, 'still under way');
  assert.equal((await google.handOverFiles!.run(session, over)).changed, false);
  assert.equal((await google.handOverFiles!.shows(session, over)).done, true);
  assert.deepEqual(state.transfers[0]!.applicationDataTransfers[0].applicationTransferParams, [
    { key: 'PRIVACY_LEVEL', value: ['PRIVATE', 'SHARED'] },
  ]);
  state.transfers[0]!.overallTransferStatusCode = 'failed';
  assert.equal((await google.handOverFiles!.shows(session, over)).done, false);
  assert.equal((await google.handOverFiles!.run(session, over)).changed, true);
  assert.equal(state.transfers.length, 2);
});

test('sessions count as ended when the audit log says so after the last sign-in, and not any more after another one', async (t) => {
  const { session, state, target } = await company(t);
  assert.equal((await google.endSessions!.shows(session, target(1))).done, false, 'a password of a program still lets somebody in');
  assert.equal((await google.endSessions!.shows(session, target(2))).done, null);
  await google.endSessions!.run(session, target(1));
  assert.equal((await google.endSessions!.shows(session, target(1))).done, true);
  assert.deepEqual(state.appPasswords.get(userId(1)), []);
  state.users.get(userId(1))!.lastLoginTime = '2026-12-01T10:00:00.000Z';
  assert.equal((await google.endSessions!.shows(session, target(1))).done, null);
});

test('grants of programs come from the audit log without those taken back, and the list never claims to be whole', async (t) => {
  const { session } = await company(t);
  const pages = [];
  for await (const page of google.listAppGrants!(session)) pages.push(page);
  assert.ok(pages.every(({ last }) => last !== true));
  assert.deepEqual(
    pages.flatMap(({ records }) =>
      records.map(({ accountExternalId, name, scopes: allowed }) => [accountExternalId, name, allowed.length]),
    ),
    [[userId(1), 'Notes for all', 2]],
  );
});

test('what an account owns is told: groups, programs, passwords of programs, meetings; files and mail without a number', async (t) => {
  const { session } = await company(t);
  const owned = await google.listOwned!(session, userId(1));
  assert.deepEqual(
    owned.map(({ kind, name, count }) => `${kind}: ${name} ${count ?? '?'}`),
    [
      'files: Files in Google Drive ?',
      'mailbox: Mail ?',
      'group: Sales ?',
      'program: Notes for all ?',
      'app password: Old phone ?',
      'meetings: Meetings and series to come 2',
    ],
  );
});

test('the directory tells people with title, department, number and manager; a suspended account says nothing of its person', async (t) => {
  const { session } = await company(t);
  const people = new Map();
  for await (const { records } of google.listPeople!(session)) for (const record of records) people.set(record.externalId, record);
  const { title, department, employeeNumber, managerAddress, employmentType, status } = people.get(userId(2));
  assert.deepEqual(
    [title, department, employeeNumber, managerAddress, employmentType, status],
    ['Engineer', 'Engines', '1002', `person1@${domain}`, 'Full-time', 'active'],
  );
  assert.equal(people.get(userId(7)).status, null);
});

test('the link that lets the key in carries the client id and every scope', () => {
  const link = google.profile!.setUp.map((step) => step.link).find((each) => typeof each === 'function')!;
  const made = new URL(link({ clientId: '110000000000000000001' })!);
  assert.equal(made.origin + made.pathname, 'https://admin.google.com/ac/owl/domainwidedelegation');
  assert.equal(made.searchParams.get('clientIdToAdd'), '110000000000000000001');
  assert.deepEqual(new Set(made.searchParams.get('clientScopeToAdd')!.split(',')), new Set(Object.values(scopes)));
});
