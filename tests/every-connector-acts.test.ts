import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  type AccountRecord,
  type Connector,
  ConnectorError,
  openSession,
  type Page,
  readPages,
  type Session,
  testConnection,
} from '../connectors/kit/index.ts';
import { handClock } from '../server/platform/clock.ts';
import { createOutbound } from '../server/platform/outbound/index.ts';
import { onNetwork } from './fakes/vendors/fixtures.ts';
import type { RunningVendor, VendorFixture } from './fakes/vendors/vendor-fixture.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

async function running(t: TestContext, connector: Connector, fixture: VendorFixture, accounts: number) {
  const vendor = await fixture.start({ accounts });
  t.after(() => vendor.server.stop());
  const clock = handClock('2026-12-01T09:00:00Z');
  const resolved: string[] = [];
  const paused: number[] = [];
  const session = openSession(connector, {
    settings: vendor.settings,
    secrets: vendor.secrets,
    outbound: createOutbound({
      allowPrivate: ['127.0.0.0/8'],
      resolve: async (name) => {
        resolved.push(name);
        return [{ address: '127.0.0.1', family: 4 }];
      },
    }),
    clock,
    wait: async (milliseconds) => {
      paused.push(milliseconds);
      clock.advance({ milliseconds: Math.ceil(milliseconds) });
    },
    random: () => 0,
  });
  t.after(() => session.close());
  return { vendor, session, paused, resolved };
}

async function accountsOf(pages: AsyncIterable<Page<AccountRecord>>) {
  const accounts: AccountRecord[] = [];
  const reading = await readPages(pages, { idOf: ({ externalId }) => externalId, onPage: (page) => void accounts.push(...page) });
  return { accounts, reading };
}

const target = ({ id, userName }: { id: string; userName: string }) => ({ externalId: id, userName });

for (const { connector, fixture } of onNetwork) {
  const { id } = connector;

  if (connector.listAccounts) {
    test(`${id}: the connection test passes, and 10,000 accounts are read once each, to the end, in bounded memory`, async (t) => {
      const { vendor, session } = await running(t, connector, fixture, 10_000);
      const checks = await testConnection(connector, session);
      assert.deepEqual(
        checks.filter(({ ok }) => ok === false),
        [],
      );
      collectGarbage();
      const before = process.memoryUsage().heapUsed;
      let peak = 0;
      let pages = 0;
      const logged = vendor.server.exchanges.length;
      const reading = await readPages(connector.listAccounts!(session), {
        idOf: ({ externalId }) => externalId,
        onPage: () => {
          pages++;
          if (pages % 10 !== 0) return;
          // What the fake noted down of its own answers is not the connector's.
          vendor.server.exchanges.length = Math.min(vendor.server.exchanges.length, logged);
          collectGarbage();
          peak = Math.max(peak, process.memoryUsage().heapUsed - before);
        },
      });
      assert.equal(reading.complete, true, reading.words);
      assert.ok(reading.read >= 10_000, reading.words);
      assert.equal(reading.duplicates, 0);
      assert.ok(peak < 60_000_000, `${Math.round(peak / 1e6)} MB more`);
    });

    test(`${id}: an account is found by its id and by its name as the list shows it, and who is not there is null`, async (t) => {
      const { vendor, session } = await running(t, connector, fixture, 30);
      const { accounts } = await accountsOf(connector.listAccounts!(session));
      const listed = accounts.find(({ externalId }) => externalId === vendor.account.id);
      assert.ok(listed, 'the list lacks the account of the fixture');
      assert.equal(listed.status === 'suspended', false);
      const read = await connector.readAccount!(session, vendor.account.id);
      assert.equal(read?.externalId, listed.externalId);
      assert.equal(read?.userName, listed.userName);
      assert.equal(read?.status, listed.status);
      assert.equal(await connector.readAccount!(session, vendor.missingId), null);
      if (!connector.findAccount) return;
      assert.equal((await connector.findAccount(session, vendor.account.userName))?.externalId, vendor.account.id);
      assert.equal(await connector.findAccount(session, 'nobody.at.all@acme.example'), null);
    });

    test(`${id}: the next page is never asked for at another host`, async (t) => {
      const { vendor, session, resolved } = await running(t, connector, fixture, 3_000);
      vendor.server.misleadPages();
      await assert.rejects(
        accountsOf(connector.listAccounts!(session)),
        (error: ConnectorError) => error instanceof ConnectorError && ['redirect', 'host-not-pinned'].includes(error.outbound ?? ''),
      );
      assert.equal(
        resolved.some((name) => name.includes('evil')),
        false,
      );
    });

    test(`${id}: an app that is too busy is asked again when it said, and not before`, async (t) => {
      const { vendor, session, paused } = await running(t, connector, fixture, 5);
      vendor.server.busy(2, 7);
      const { reading } = await accountsOf(connector.listAccounts!(session));
      assert.ok(reading.read >= 5);
      const waits = paused.filter((milliseconds) => milliseconds >= 6_000);
      assert.equal(waits.length, 2, `waited ${paused.join(', ')} ms`);
      assert.ok(
        waits.every((milliseconds) => milliseconds <= 8_000),
        `waited ${paused.join(', ')} ms`,
      );
    });
  }

  const suspend = connector.suspendAccount;
  const restore = connector.restoreAccount;
  if (suspend) {
    test(`${id}: an account is suspended, reads so, and a second time nothing is changed${restore ? '; restored, it is as before' : ''}`, async (t) => {
      const { vendor, session } = await running(t, connector, fixture, 30);
      const before = await connector.readAccount!(session, vendor.account.id);
      await suspend.run(session, target(vendor.account));
      const after = await connector.readAccount!(session, vendor.account.id);
      assert.ok(after === null || after.status === 'suspended', `it reads ${after?.status}`);
      const again = await suspend.run(session, target(vendor.account));
      assert.notEqual(again.changed, true, again.answered);
      if (!restore) return;
      await restore.run(session, target(vendor.account));
      const back = await connector.readAccount!(session, vendor.account.id);
      assert.deepEqual({ ...back, etag: null, lastActivityAt: null }, { ...before, etag: null, lastActivityAt: null });
      const twice = await restore.run(session, target(vendor.account));
      assert.notEqual(twice.changed, true, twice.answered);
    });
  }

  if (connector.createAccount) {
    test(`${id}: an account is created once, however often it is asked for, and reads as it was asked`, async (t) => {
      const { vendor, session } = await running(t, connector, fixture, 30);
      const wanted = {
        userName: 'grace.hopper@acme.example',
        address: 'grace.hopper@acme.example',
        givenName: 'Grace',
        familyName: 'Hopper',
        displayName: 'Grace Hopper',
        employeeNumber: null,
        ...vendor.newAccount,
      };
      const made = await connector.createAccount!.run(session, wanted);
      const read = await connector.readAccount!(session, made.externalId);
      assert.ok(read, 'what was created cannot be read');
      assert.ok(
        [read.userName, ...read.addresses].some((name) => name?.toLowerCase() === wanted.userName.toLowerCase()),
        JSON.stringify(read),
      );
      const sent = vendor.server.changes().length;
      const again = await connector.createAccount!.run(session, wanted);
      assert.equal(again.externalId, made.externalId);
      assert.notEqual(again.changed, true, again.answered);
      assert.ok(vendor.server.changes().length - sent <= 1);
    });
  }

  if (connector.grantEntitlement) {
    test(`${id}: what is granted reads as held, what is taken reads as not held, and repeating either changes nothing`, async (t) => {
      const { vendor, session } = await running(t, connector, fixture, 30);
      const entitlement = vendor.entitlement!;
      assert.ok(entitlement, 'the fixture names nothing to grant');
      const holds = async () => {
        const record = await connector.readAccount!(session, vendor.account.id, { entitlements: entitlement });
        return record?.entitlements?.some(({ externalId, kind }) => externalId === entitlement.externalId && kind === entitlement.kind);
      };
      const input = { account: target(vendor.account), entitlement };
      assert.equal(await holds(), false);
      await connector.grantEntitlement!.run(session, input);
      assert.equal(await holds(), true);
      assert.notEqual((await connector.grantEntitlement!.run(session, input)).changed, true);
      if (!connector.revokeEntitlement) return;
      await connector.revokeEntitlement.run(session, input);
      assert.equal(await holds(), false);
      assert.notEqual((await connector.revokeEntitlement.run(session, input)).changed, true);
    });
  }

  const checked = inputsOfChecked(connector);
  for (const [name, inputOf] of checked) {
    test(`${id}: ${name} is done, and a fresh read shows it`, async (t) => {
      const { vendor, session } = await running(t, connector, fixture, 30);
      const action = connector[name]!;
      const input = inputOf(vendor) as never;
      const before = await action.shows(session, input);
      assert.notEqual(before.done, true, `shown as done before anything was asked: ${before.words}`);
      await action.run(session, input);
      const after = await action.shows(session, input);
      assert.notEqual(after.done, false, after.words);
      assert.match(after.words, /^[A-Z].+\.$/s);
      await action.run(session, input);
      assert.notEqual((await action.shows(session, input)).done, false);
    });
  }

  test(`${id}: a credential without a right is told so, by the right's own name`, async (t) => {
    const rights = connector.profile!.rights.filter(({ for: what }) => /read (accounts|people)/.test(what));
    assert.ok(rights.length > 0, 'no right is said to be for "read accounts" or "read people"');
    for (const { right } of rights) {
      const { vendor, session } = await running(t, connector, fixture, 5);
      vendor.server.lack(right);
      const error = await failureOf(connector, session, vendor);
      assert.ok(error, 'nothing failed');
      assert.equal(error.kind, 'right', error.message);
      assert.ok(error.message.includes(right) || id === 'scim', error.message);
    }
  });

  if (connector.listChanges) {
    test(`${id}: ten changes are read as ten, by as many requests in a company of 100 as in one of 10,000`, async (t) => {
      const requests: number[] = [];
      for (const size of [100, 10_000]) {
        const { vendor, session } = await running(t, connector, fixture, size);
        const mark = await connector.markChanges!(session);
        vendor.changeSome!(10);
        const before = vendor.server.exchanges.length;
        const changed = new Set<string>();
        let next: string | null = null;
        for await (const page of connector.listChanges!(session, mark)) {
          for (const { externalId } of page.changed) changed.add(externalId);
          for (const gone of page.gone) changed.add(gone);
          next = page.next;
        }
        requests.push(vendor.server.exchanges.length - before);
        assert.equal(changed.size, 10);
        assert.ok(next, 'no mark for the next time');
      }
      assert.equal(requests[0], requests[1]);
    });
  }
}

async function failureOf(connector: Connector, session: Session, vendor: RunningVendor): Promise<ConnectorError | null> {
  const tries = [
    async () => (connector.listAccounts ? void (await accountsOf(connector.listAccounts(session))) : undefined),
    async () => (connector.listPeople ? void (await peopleOf(connector, session)) : undefined),
    async () => (connector.suspendAccount ? void (await connector.suspendAccount.run(session, target(vendor.account))) : undefined),
  ];
  for (const each of tries) {
    try {
      await each();
    } catch (error) {
      if (error instanceof ConnectorError) return error;
      throw error;
    }
  }
  return null;
}

const peopleOf = (connector: Connector, session: Session) =>
  readPages(connector.listPeople!(session), { idOf: ({ externalId }) => externalId, what: 'people', onPage: () => {} });

type CheckedName =
  | 'endSessions'
  | 'resetPassword'
  | 'resetSecondFactor'
  | 'revokeAppGrant'
  | 'handOverFiles'
  | 'forwardMail'
  | 'setAutoReply'
  | 'convertToSharedMailbox'
  | 'releaseCalendars';

function inputsOfChecked(connector: Connector): [CheckedName, (vendor: RunningVendor) => unknown][] {
  const all: [CheckedName, (vendor: RunningVendor) => unknown][] = [
    ['endSessions', ({ account }) => target(account)],
    ['resetPassword', ({ account }) => target(account)],
    ['resetSecondFactor', ({ account }) => target(account)],
    ['revokeAppGrant', ({ account, appGrant }) => ({ account: target(account), grant: appGrant })],
    ['handOverFiles', ({ account, colleague }) => ({ account: target(account), to: target(colleague) })],
    ['forwardMail', ({ account, colleague }) => ({ account: target(account), to: colleague.address })],
    [
      'setAutoReply',
      ({ account }) => ({ account: target(account), subject: 'I have left', text: 'Please write to Bea.', until: '2026-12-31' }),
    ],
    ['convertToSharedMailbox', ({ account, colleague }) => ({ account: target(account), readers: [target(colleague)] })],
    ['releaseCalendars', ({ account }) => target(account)],
  ];
  return all.filter(([name]) => connector[name]);
}

// Who tells people and keeps no accounts is held to the same.
for (const { connector, fixture } of onNetwork.filter((each) => each.connector.listPeople && !each.connector.listAccounts)) {
  const { id } = connector;
  test(`${id}: the connection test passes, and 10,000 people are read once each, to the end, in bounded memory`, async (t) => {
    const { session } = await running(t, connector, fixture, 10_000);
    assert.deepEqual(
      (await testConnection(connector, session)).filter(({ ok }) => ok === false),
      [],
    );
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    const reading = await peopleOf(connector, session);
    collectGarbage();
    const kept = process.memoryUsage().heapUsed - before;
    assert.deepEqual([reading.complete, reading.read, reading.duplicates], [true, 10_000, 0], reading.words);
    assert.ok(kept < 60_000_000, `${Math.round(kept / 1e6)} MB more`);
  });

  test(`${id}: a source that is too busy is asked again when it said, and the next page never at another host`, async (t) => {
    const { vendor, session, paused, resolved } = await running(t, connector, fixture, 500);
    vendor.server.busy(2, 7);
    assert.equal((await peopleOf(connector, session)).read, 500);
    assert.equal(paused.filter((milliseconds) => milliseconds >= 6_000).length, 2, `waited ${paused.join(', ')} ms`);
    vendor.server.misleadPages();
    await peopleOf(connector, session).catch((error: ConnectorError) =>
      assert.ok(['redirect', 'host-not-pinned'].includes(error.outbound ?? ''), error.message),
    );
    assert.equal(
      resolved.some((name) => name.includes('evil')),
      false,
    );
  });
}

for (const { connector, fixture } of onNetwork.filter((each) => each.connector.listPeople)) {
  test(`${connector.id}: people are read to the end, each under an id of their own`, async (t) => {
    const { session } = await running(t, connector, fixture, 300);
    const reading = await peopleOf(connector, session);
    assert.equal(reading.complete, true, reading.words);
    assert.ok(reading.read >= 300, reading.words);
  });
}
