import { type Connector, checkedActionNames, openSession, readPages, type Session, testConnection } from '../../../connectors/kit/index.ts';
import { systemClock } from '../../../server/platform/clock.ts';
import { createOutbound } from '../../../server/platform/outbound/index.ts';
import type { RunningVendor } from '../../fakes/vendors/vendor-fixture.ts';

/** Makes a connector do everything that it can with a fake, so that every request it ever sends has been sent once. */
export async function tryEverything(connector: Connector, vendor: RunningVendor): Promise<void> {
  const outbound = createOutbound({ allowPrivate: ['127.0.0.0/8'] });
  const session = openSession(connector, {
    settings: vendor.settings,
    secrets: vendor.secrets,
    outbound,
    clock: systemClock,
    wait: async () => {},
  });
  try {
    await readEverything(connector, session, vendor);
    await changeEverything(connector, session, vendor);
  } finally {
    session.close();
  }
}

async function readEverything(connector: Connector, session: Session, { account, entitlement, missingId }: RunningVendor): Promise<void> {
  const mark = await connector.markChanges?.(session);
  await testConnection(connector, session);
  for (const list of [connector.listAccounts, connector.listEntitlements, connector.listAppGrants, connector.listPeople])
    if (list)
      await readPages(list(session) as AsyncGenerator<{ records: object[]; total: number | null }>, {
        idOf: (record) => JSON.stringify(record),
        onPage: () => {},
      });
  for (const entitlements of ['all', 'none', ...(entitlement ? [entitlement] : [])] as const)
    await connector.readAccount?.(session, account.id, { entitlements });
  await connector.readAccount?.(session, missingId);
  await connector.findAccount?.(session, account.userName);
  await connector.findAccount?.(session, 'nobody.at.all@acme.example', { quick: true });
  await connector.listOwned?.(session, account.id);
  if (mark !== undefined && connector.listChanges) for await (const _ of connector.listChanges(session, mark));
}

async function changeEverything(connector: Connector, session: Session, vendor: RunningVendor): Promise<void> {
  const { entitlement, appGrant, colleague } = vendor;
  const account = { externalId: vendor.account.id, userName: vendor.account.userName, displayName: 'Somebody' };
  const to = { externalId: colleague.id, userName: colleague.userName };
  const made = await connector.createAccount?.run(session, {
    userName: 'ada.lovelace@acme.example',
    address: 'ada.lovelace@acme.example',
    givenName: 'Ada',
    familyName: 'Lovelace',
    displayName: 'Ada Lovelace',
    employeeNumber: '4711',
    ...vendor.newAccount,
  });
  const fresh = made ? { externalId: made.externalId, userName: 'ada.lovelace@acme.example' } : null;
  if (fresh) await connector.setPassword?.run(session, { account: fresh, password: 'correct horse battery 9!' });
  await connector.changeAccount?.run(session, {
    account: fresh ?? account,
    facts: { familyName: 'King', title: 'Countess', department: 'Engines' },
  });
  if (entitlement) {
    await connector.grantEntitlement?.run(session, { account, entitlement });
    await connector.revokeEntitlement?.run(session, { account, entitlement });
  }
  const checked = {
    endSessions: account,
    resetPassword: account,
    resetSecondFactor: account,
    revokeAppGrant: { account, grant: appGrant },
    handOverFiles: { account, to },
    forwardMail: { account, to: colleague.address },
    setAutoReply: { account, subject: 'Gone', text: 'Please write to Bea.', until: '2026-12-31' },
    convertToSharedMailbox: { account, readers: [to] },
    releaseCalendars: account,
  };
  for (const name of checkedActionNames) {
    const action = connector[name];
    if (!action || (name === 'revokeAppGrant' && appGrant === null)) continue;
    await action.shows(session, checked[name] as never);
    await action.run(session, checked[name] as never);
    await action.shows(session, checked[name] as never);
  }
  await connector.suspendAccount?.run(session, account);
  await connector.restoreAccount?.run(session, account);
  if (fresh) await connector.deleteAccount?.run(session, fresh);
}
