import { z } from 'zod';
import {
  type AccountRecord,
  type Answer,
  type Connector,
  ConnectorError,
  defineConnector,
  type NewAccount,
  type Session,
  unknownAccount,
} from '../../../connectors/kit/index.ts';
import type { Platform } from '../../platform/platform.ts';
import {
  addSimulatedAccount,
  changeSimulatedAccount,
  readSimulated,
  readSimulatedAccount,
  type SimulatedPlace,
} from './simulated-accounts.ts';
import { belongingsActions } from './simulated-belongings.ts';
import { type SimulatedSettings, simulatedSettings } from './simulated-settings.ts';

const pageSize = 200;

/** An app that lives in our own database, for sample companies: it obeys, lies, is slow or does not answer. It reaches no network. */
export function simulatedConnector(platform: Platform, organizationId: string, connectionId: string, settings: unknown = {}): Connector {
  const place: SimulatedPlace = { platform, organizationId, connectionId };
  const { offers = [], onlyWhileActive = false } = simulatedSettings.safeParse(settings).data ?? {};
  const missing = () => new ConnectorError('missing', 'The simulated app says that this account does not exist (404).', { status: 404 });
  const act = async (
    session: Session<SimulatedSettings>,
    externalId: string,
    done: string,
    change: (record: AccountRecord) => AccountRecord,
  ): Promise<Answer> => {
    answerable(session);
    const { behaviour, slowSeconds } = session.settings;
    if (behaviour === 'lies') return { answered: done, changed: true };
    const showsAt = behaviour === 'slow' ? session.now().add({ seconds: slowSeconds }).toString() : null;
    const found = await changeSimulatedAccount(place, externalId, change, showsAt);
    if (!found) throw missing();
    return { answered: done, changed: true };
  };
  const made = defineConnector<SimulatedSettings, Record<string, never>>({
    id: 'simulated',
    name: 'Simulated',
    sentence: 'An app that exists only in this sample, to see what happens when one obeys, lies, is slow or is down.',
    reads: 'connection',
    settings: simulatedSettings,
    secrets: z.object({}),
    hosts: () => [],
    baseUrl: () => null,
    authorization: () => ({}),
    settlingSeconds: ({ behaviour, slowSeconds }) => (behaviour === 'slow' ? slowSeconds : 5),
    async test(session) {
      answerable(session);
      const { total } = await readSimulated(place, '', 1);
      return [{ name: 'Accounts', ok: true, words: `It shows ${total} accounts.` }];
    },
    async *listAccounts(session) {
      for (let after = ''; ; ) {
        answerable(session);
        const { records, total } = await readSimulated(place, after, pageSize);
        yield { records, total };
        if (records.length < pageSize) return;
        after = records.at(-1)!.externalId;
      }
    },
    async readAccount(session, externalId) {
      answerable(session);
      return readSimulatedAccount(place, { externalId });
    },
    async findAccount(session, userName) {
      answerable(session);
      return readSimulatedAccount(place, { userName });
    },
    suspendAccount: {
      effect: 'convergent',
      describe: ({ displayName, externalId }) => `Suspend ${displayName ?? externalId} in the simulated app.`,
      run: (session, { externalId }) =>
        act(session, externalId, 'The account is suspended.', (record) => ({ ...record, status: 'suspended' })),
    },
    restoreAccount: {
      effect: 'convergent',
      describe: ({ displayName, externalId }) => `Restore ${displayName ?? externalId} in the simulated app.`,
      run: (session, { externalId }) => act(session, externalId, 'The account is active.', (record) => ({ ...record, status: 'active' })),
    },
    createAccount: {
      effect: 'convergent',
      describe: ({ userName }) => `Create ${userName} in the simulated app, unless it is there already.`,
      run: async (session, account) => {
        answerable(session);
        const externalId = account.userName.toLowerCase();
        if (session.settings.behaviour === 'lies') return { answered: 'The account is created.', changed: true, externalId };
        const made = await addSimulatedAccount(place, newRecord(externalId, account));
        return { answered: made ? 'The account is created.' : 'There is such an account already.', changed: made, externalId };
      },
    },
    revokeEntitlement: {
      effect: 'convergent',
      describe: ({ entitlement }) => `Take ${entitlement.name} away in the simulated app.`,
      run: (session, { account, entitlement }) =>
        act(session, account.externalId, 'It is taken away.', (record) => ({
          ...record,
          entitlements: (record.entitlements ?? []).filter(
            (one) => one.kind !== entitlement.kind || one.externalId !== entitlement.externalId,
          ),
        })),
    },
    grantEntitlement: {
      effect: 'convergent',
      describe: ({ entitlement }) => `Give ${entitlement.name} in the simulated app.`,
      run: (session, { account, entitlement }) =>
        act(session, account.externalId, 'It is given.', (record) => ({
          ...record,
          entitlements: [
            ...(record.entitlements ?? []).filter((one) => one.kind !== entitlement.kind || one.externalId !== entitlement.externalId),
            entitlement,
          ],
        })),
    },
  });
  const more = belongingsActions({ place, answerable, missing }, offers) as Partial<Connector>;
  return {
    ...made,
    ...more,
    ...(onlyWhileActive ? { onlyWhileActive: ['forwardMail', 'setAutoReply', 'releaseCalendars'] as const } : {}),
  };
}

const newRecord = (externalId: string, account: NewAccount): AccountRecord => ({
  ...unknownAccount(externalId),
  userName: account.userName,
  addresses: account.address === null ? [] : [account.address],
  displayName: account.displayName,
  givenName: account.givenName,
  familyName: account.familyName,
  employeeNumber: account.employeeNumber,
  status: 'active',
  entitlements: [],
});

function answerable(session: Session<SimulatedSettings>): void {
  const { behaviour, downUntil } = session.settings;
  if (behaviour !== 'down' || (downUntil !== undefined && Temporal.Instant.compare(downUntil, session.now()) <= 0)) return;
  throw new ConnectorError('unreachable', 'The simulated app does not answer. Nothing was changed.', { temporary: true });
}
