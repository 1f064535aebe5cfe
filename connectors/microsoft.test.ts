import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { handClock } from '../server/platform/clock.ts';
import { createOutbound } from '../server/platform/outbound/index.ts';
import { startMicrosoft } from '../tests/fakes/vendors/microsoft.ts';
import { guid, skus, userId } from '../tests/fakes/vendors/microsoft-state.ts';
import { type AccountRecord, ConnectorError, openSession, testConnection } from './kit/index.ts';
import { consentLink, loginOf, scopeOf } from './microsoft/settings.ts';
import { microsoft } from './microsoft.ts';

async function company(t: TestContext, given: { settings?: object; secrets?: object } = {}) {
  const vendor = await startMicrosoft(30);
  t.after(() => vendor.server.stop());
  const session = openSession(microsoft, {
    settings: { ...(vendor.settings as object), ...given.settings },
    secrets: given.secrets ?? vendor.secrets,
    outbound: createOutbound({ allowPrivate: ['127.0.0.0/8'] }),
    clock: handClock('2026-12-01T09:00:00Z'),
    wait: async () => {},
  });
  t.after(() => session.close());
  const accounts = async (): Promise<Map<string, AccountRecord>> => {
    const all = new Map<string, AccountRecord>();
    for await (const { records } of microsoft.listAccounts!(session)) for (const record of records) all.set(record.externalId, record);
    return all;
  };
  const one = async (index: number) => (await accounts()).get(userId(index))!;
  return { ...vendor, session, accounts, one };
}

const target = (index: number) => ({ externalId: userId(index), userName: null });
const refusal =
  (words: RegExp, kind = 'unsupported') =>
  (error: ConnectorError) =>
    error instanceof ConnectorError && error.kind === kind && words.test(error.message);

test('what Graph cannot change shows under a kind of its own, and is refused in words before anything is sent', async (t) => {
  const { session, one, server } = await company(t);
  const held = (await one(2)).entitlements!;
  assert.deepEqual(
    held.map(({ kind, name }) => `${kind}: ${name}`),
    [
      'dynamic group: Everybody in Berlin',
      'mail group: News',
      'synced group: From the cellar',
      'group: Helpers',
      'licence: Microsoft 365 Business Premium',
    ],
  );
  const byGroup = (await one(6)).entitlements!.find(({ kind }) => kind === 'licence by group')!;
  const words = { 'dynamic group': /by its rule/, 'mail group': /Exchange admin center/, 'synced group': /own Active Directory/ };
  for (const entitlement of held.filter(({ kind }) => kind in words))
    await assert.rejects(
      async () => microsoft.revokeEntitlement!.run(session, { account: target(2), entitlement }),
      refusal(words[entitlement.kind as keyof typeof words]),
    );
  await assert.rejects(
    async () => microsoft.revokeEntitlement!.run(session, { account: target(6), entitlement: byGroup }),
    refusal(/take the account out of the group/),
  );
  assert.deepEqual(server.changes(), []);
});

test("an account that comes from the company's own directory is read, and every change of it is refused in words before anything is sent", async (t) => {
  const { session, one, server } = await company(t);
  assert.equal((await one(5)).status, 'active');
  const account = target(5);
  const tries = [
    () => microsoft.suspendAccount!.run(session, account),
    () => microsoft.deleteAccount!.run(session, account),
    () => microsoft.resetPassword!.run(session, account),
    () => microsoft.setPassword!.run(session, { account, password: 'correct horse battery 9!' }),
    () => microsoft.changeAccount!.run(session, { account, facts: { title: 'Countess' } }),
  ];
  for (const each of tries) await assert.rejects(each, refusal(/company's own Active Directory/));
  assert.deepEqual(server.changes(), []);
  assert.equal((await microsoft.endSessions!.run(session, account)).changed, true);
});

test('who has a role by a group, or in a part of the company, is an administrator', async (t) => {
  const { one } = await company(t);
  assert.equal((await one(0)).isAdmin, true);
  assert.equal((await one(1)).isAdmin, false);
  assert.equal((await one(2)).isAdmin, true);
  const inPart = await one(3);
  assert.equal(inPart.isAdmin, true);
  assert.ok(inPart.entitlements!.some(({ kind, name }) => kind === 'role' && name === 'User Administrator (in a part of the company)'));
});

test('a guest is external, and its sign-in name is no address', async (t) => {
  const { one } = await company(t);
  const guest = await one(4);
  assert.equal(guest.isExternal, true);
  assert.deepEqual(guest.addresses, ['ada@other.example']);
  assert.equal((await one(1)).isExternal, false);
});

test('without Entra ID P1 the list comes, last activity and second factors are unknown, and the test of the connection says so', async (t) => {
  const { session, state, one } = await company(t);
  assert.equal((await one(1)).secondFactor, true);
  assert.equal((await one(2)).secondFactor, false);
  assert.equal((await one(1)).lastActivityAt?.toString(), '2026-11-30T09:15:00Z');
  state.premium = false;
  const other = await company(t);
  other.state.premium = false;
  const account = await other.one(1);
  assert.equal(account.lastActivityAt, null);
  assert.equal(account.secondFactor, null);
  assert.equal((await microsoft.readAccount!(other.session, userId(2)))!.secondFactor, null);
  const shown = await microsoft.endSessions!.shows(other.session, target(1));
  assert.equal(shown.done, null);
  const check = (await testConnection(microsoft, session)).find(({ name }) => name === 'Last activity')!;
  assert.equal(check.ok, null);
  assert.match(check.words, /Entra ID P1/);
});

test('without the right to read groups the list comes and what accounts hold is unknown, not nothing', async (t) => {
  const { server, one } = await company(t);
  server.lack('GroupMember.Read.All');
  assert.equal((await one(2)).entitlements, null);
  assert.equal((await one(0)).isAdmin, true);
  assert.equal((await one(2)).isAdmin, null);
});

test('the test of the connection names each right that was not given, and what is missed without it', async (t) => {
  const { session, state } = await company(t);
  const rights = async () => (await testConnection(microsoft, session)).filter(({ name }) => name === 'Rights');
  assert.deepEqual(await rights(), [{ name: 'Rights', ok: true, words: 'The app has all rights that it can use.' }]);
  const graph = state.programs.find(({ displayName }) => displayName === 'Microsoft Graph')!;
  const revoked = graph.appRoles.find(({ value }: { value: string }) => value === 'Calendars.ReadWrite').id;
  state.appRoles = state.appRoles.filter(({ appRoleId }) => appRoleId !== revoked);
  assert.deepEqual(await rights(), [
    { name: 'Rights', ok: null, words: 'The right Calendars.ReadWrite is missing: meetings cannot be cancelled.' },
  ]);
});

test('a deleted account says until when it can be restored, and is brought back as it was', async (t) => {
  const { session } = await company(t);
  const before = await microsoft.readAccount!(session, userId(8));
  assert.match((await microsoft.deleteAccount!.run(session, target(8))).answered, /2026-12-31/);
  assert.equal(await microsoft.readAccount!(session, userId(8)), null);
  const again = await microsoft.deleteAccount!.run(session, target(8));
  assert.deepEqual([again.changed, /2026-12-31/.test(again.answered)], [false, true]);
  assert.equal((await microsoft.restoreAccount!.run(session, target(8))).changed, true);
  assert.deepEqual((await microsoft.readAccount!(session, userId(8)))?.userName, before?.userName);
});

test('a licence for an account without a country needs the country of the connection, which is set first', async (t) => {
  const copilot = { externalId: skus.copilot, kind: 'licence', name: 'Microsoft 365 Copilot' };
  const without = await company(t);
  await assert.rejects(
    async () => microsoft.grantEntitlement!.run(without.session, { account: target(9), entitlement: copilot }),
    refusal(/Country of new accounts/, 'settings'),
  );
  assert.deepEqual(without.server.changes(), []);
  const { session, state } = await company(t, { settings: { usageLocation: 'DE' } });
  await microsoft.grantEntitlement!.run(session, { account: target(9), entitlement: copilot });
  assert.equal(state.users.get(userId(9))!.usageLocation, 'DE');
  const held = (await microsoft.readAccount!(session, userId(9), { entitlements: copilot }))!.entitlements;
  assert.deepEqual(held, [copilot]);
  await microsoft.revokeEntitlement!.run(session, { account: target(9), entitlement: copilot });
  assert.deepEqual((await microsoft.readAccount!(session, userId(9), { entitlements: copilot }))!.entitlements, []);
});

test('a role is given and taken, also one that counts in a part of the company alone', async (t) => {
  const { session } = await company(t);
  for (const externalId of [guid(3, 2), `${guid(3, 2)}/administrativeUnits/${guid(4, 1)}`]) {
    const role = { externalId, kind: 'role', name: 'User Administrator' };
    const holds = async () => (await microsoft.readAccount!(session, userId(8), { entitlements: role }))!.entitlements!.length === 1;
    await microsoft.grantEntitlement!.run(session, { account: target(8), entitlement: role });
    assert.equal(await holds(), true);
    await microsoft.revokeEntitlement!.run(session, { account: target(8), entitlement: role });
    assert.equal(await holds(), false);
  }
});

test('a mark that Graph does not know any more, a group that is gone, and too much at once have everything read again', async (t) => {
  const { session, state } = await company(t);
  const follow = async (mark: string) => {
    for await (const _ of microsoft.listChanges!(session, mark));
  };
  const mark = await microsoft.markChanges!(session);
  await follow(mark);
  state.log.push({ what: 'users', id: userId(1) });
  state.oldestMark = 1;
  await assert.rejects(() => follow(mark), refusal(/read again/, 'changed'));
  await assert.rejects(() => follow('nonsense'), refusal(/read again/, 'changed'));
  const next = await microsoft.markChanges!(session);
  state.groups.delete(guid(2, 6));
  state.log.push({ what: 'groups', id: guid(2, 6) });
  await assert.rejects(() => follow(next), refusal(/A group is gone/, 'changed'));
  const last = await microsoft.markChanges!(session);
  for (let index = 0; index < 301; index++) state.log.push({ what: 'users', id: guid(1, index) });
  for (let index = 31; index < 301; index++) state.users.set(guid(1, index), { id: guid(1, index) });
  await assert.rejects(() => follow(last), refusal(/So much changed/, 'changed'));
});

test('who was deleted is gone, who came into a group has changed, and a device in a group is nobody', async (t) => {
  const { session, state } = await company(t);
  const mark = await microsoft.markChanges!(session);
  await microsoft.deleteAccount!.run(session, target(8));
  await microsoft.grantEntitlement!.run(session, {
    account: target(1),
    entitlement: { externalId: guid(2, 2), kind: 'group', name: 'Spare' },
  });
  state.log.push({ what: 'groups', id: guid(2, 2), member: guid(8, 2) });
  const changed: string[] = [];
  const gone: string[] = [];
  let next: string | null = null;
  for await (const page of microsoft.listChanges!(session, mark)) {
    changed.push(...page.changed.map(({ externalId }) => externalId));
    gone.push(...page.gone);
    next = page.next;
  }
  assert.deepEqual([changed, gone], [[userId(1)], [userId(8)]]);
  assert.ok(next);
});

test('a refused sign-in of the app says what to enter, and shows nothing of the secret', async (t) => {
  const secret = await company(t, { secrets: { clientSecret: 'the-wrong-one' } });
  await assert.rejects(secret.accounts, refusal(/value/, 'credential'));
  const client = await company(t, { settings: { clientId: '99999999-2222-4333-8444-555555555555' } });
  await assert.rejects(client.accounts, refusal(/no app with this client ID/, 'settings'));
  const tenant = await company(t, { settings: { tenantId: 'other.example' } });
  await assert.rejects(tenant.accounts, refusal(/no such tenant/, 'settings'));
});

test('a cloud of its own has a sign-in and a scope of its own; a gateway asks for the usual scope', () => {
  const at = (baseUrl: string) => [loginOf({ baseUrl, loginUrl: undefined }), scopeOf({ baseUrl })];
  assert.deepEqual(at('https://graph.microsoft.com/v1.0'), ['https://login.microsoftonline.com', 'https://graph.microsoft.com/.default']);
  assert.deepEqual(at('https://graph.microsoft.us/v1.0'), ['https://login.microsoftonline.us', 'https://graph.microsoft.us/.default']);
  assert.deepEqual(at('https://gate.acme.example/graph'), ['https://gate.acme.example', 'https://graph.microsoft.com/.default']);
});

test('the link for the consent is made from both IDs, in the cloud of the company', () => {
  const ids = { tenantId: 'acme.example', clientId: '2222' };
  assert.equal(consentLink(ids), 'https://login.microsoftonline.com/acme.example/adminconsent?client_id=2222');
  const inChina = { ...ids, baseUrl: 'https://microsoftgraph.chinacloudapi.cn/v1.0' };
  assert.equal(consentLink(inChina), 'https://login.chinacloudapi.cn/acme.example/adminconsent?client_id=2222');
  assert.equal(consentLink({ tenantId: 'acme.example' }), null);
});

test('a rule that forwards only some mail, is switched off or faulty does not count as forwarding', async (t) => {
  const { session, state } = await company(t);
  const to = 'bea@acme.example';
  const whole = {
    id: 'r',
    isEnabled: true,
    hasError: false,
    conditions: {},
    exceptions: null,
    actions: { redirectTo: [{ emailAddress: { address: to } }] },
  };
  const shown = async (rule: object) => {
    state.rules.set(userId(1), [{ ...whole, ...rule }]);
    return (await microsoft.forwardMail!.shows(session, { account: target(1), to })).done;
  };
  assert.equal(await shown({}), true);
  assert.equal(await shown({ conditions: { subjectContains: ['bill'] } }), false);
  assert.equal(await shown({ exceptions: { subjectContains: ['bill'] } }), false);
  assert.equal(await shown({ isEnabled: false }), false);
  assert.equal(await shown({ hasError: true }), false);
});

test('of an account without a mailbox that is said in words, and what else it owns is still named', async (t) => {
  const { session, server } = await company(t);
  const account = target(9);
  for (const each of [
    () => microsoft.forwardMail!.run(session, { account, to: 'bea@acme.example' }),
    () => microsoft.setAutoReply!.run(session, { account, subject: '', text: 'Write to Bea.', until: null }),
    () => microsoft.releaseCalendars!.run(session, account),
  ])
    await assert.rejects(each, refusal(/no mailbox in Exchange Online/));
  assert.deepEqual(server.changes(), []);
  const owned = await microsoft.listOwned!(session, userId(9));
  assert.deepEqual(
    owned.map(({ kind }) => kind),
    ['mailbox', 'drive'],
  );
});

test('a refusal to change somebody says that administrators need a role of the app besides its right', async (t) => {
  const { session, server } = await company(t);
  server.lack('User.EnableDisableAccount.All');
  await assert.rejects(
    async () => microsoft.suspendAccount!.run(session, target(0)),
    refusal(/User\.EnableDisableAccount\.All.*Privileged Authentication Administrator/s, 'right'),
  );
});

test('what somebody owns outlives the account and is named', async (t) => {
  const { session } = await company(t);
  const owned = await microsoft.listOwned!(session, userId(1));
  assert.deepEqual(
    owned.map(({ kind, name, count }) => [kind, name, count]),
    [
      ['mailbox', 'Mail of person1@acme.example', null],
      ['drive', 'Files in OneDrive, 5.2 GB', null],
      ['team', 'Sales', null],
      ['registered app', 'Time sheet', null],
      ['meetings', 'Meetings and series to come', 3],
    ],
  );
});

test('a series that has begun keeps its past, one that has not is cancelled whole, and what others organise stays', async (t) => {
  const { session, state } = await company(t);
  await microsoft.releaseCalendars!.run(session, target(1));
  const left = state.events.get(userId(1))!;
  assert.deepEqual(
    left.map(({ id }) => id),
    ['weekly', 'past', 'alone', 'invited'],
  );
  assert.equal(left[0]!.recurrence.range.endDate, '2026-11-30');
});
