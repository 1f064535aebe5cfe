import {
  changeEntitlement,
  changeFacts,
  changeStatus,
  createAccount,
  deleteAccount,
  endSessions,
  requestWords,
  setPassword,
} from './http/act.ts';
import { descriptionOf } from './http/ask.ts';
import { findAccount, listAccounts, listEntitlements, readAccount } from './http/read.ts';
import {
  type HttpSecrets,
  type HttpSettings,
  httpAuthorization,
  httpCredential,
  httpHosts,
  httpSecrets,
  httpSettings,
} from './http/settings.ts';
import { testHttp } from './http/test-http.ts';
import { trial } from './http/trial.ts';
import {
  type AccountTarget,
  type Connector,
  defineConnector,
  type EntitlementTarget,
  type NewAccount,
  type PasswordTarget,
} from './kit/index.ts';

const named = ({ displayName, userName, externalId }: AccountTarget) => displayName ?? userName ?? externalId;

const declaration: Connector<HttpSettings, HttpSecrets> = {
  id: 'http',
  name: 'Any app with a REST interface',
  sentence: 'Reads and changes the accounts of any app with a REST interface, as a description in YAML says.',
  profile: {
    rights: [
      { right: 'reading users', for: 'read accounts' },
      { right: 'changing users', for: 'whatever the description does' },
    ],
    plan: 'Whatever the app asks for its interface.',
    inbound: null,
    cannotKnow: [
      'What the description does not say, and what the app’s interface does not show.',
      'Interfaces that are not JSON over HTTP, and sign-ins that a person has to confirm.',
      'Changes since the last reading: everything is read each time.',
    ],
    verifiedLive: null,
    setUp: [
      { words: 'Find the app’s own description of its interface: how users are listed, read and suspended.' },
      { words: 'Make a token in the app for Groundcrew alone, with the right to read users; more when reading works.' },
      { words: 'Write the description, beginning with "accounts", and try each step here until the answer is understood.' },
    ],
  },
  reads: 'connection',
  settings: httpSettings,
  secrets: httpSecrets,
  hosts: httpHosts,
  baseUrl: ({ baseUrl }) => baseUrl.replace(/\/+$/, ''),
  authorization: httpAuthorization,
  settlingSeconds: ({ settlingSeconds }) => settlingSeconds,
  trial,
  test: testHttp,
  listAccounts,
  readAccount,
  findAccount,
  withSettings: asDescribed,
};

/** Any REST interface, as a description says. What it can change stands in the description of each connection. */
export const http = defineConnector(declaration);

/** The connector with the capabilities that a description declares. */
function asDescribed(settings: HttpSettings): Connector<HttpSettings, HttpSecrets> {
  const { actions, entitlements } = descriptionOf(settings);
  const { suspend, restore, create, change, grant, revoke } = actions;
  return {
    ...declaration,
    rateLimit: { perSecond: settings.perSecond, burst: settings.perSecond * 2 },
    ...(settings.authentication === 'client-credentials' ? { credential: httpCredential } : {}),
    ...(entitlements.length > 0 ? { listEntitlements } : {}),
    ...(suspend && {
      suspendAccount: {
        effect: 'convergent',
        describe: (target: AccountTarget) => `Suspend ${named(target)}: ${requestWords(suspend)}.`,
        run: (session, target) => changeStatus(session, target, 'suspended'),
      },
    }),
    ...(restore && {
      restoreAccount: {
        effect: 'convergent',
        describe: (target: AccountTarget) => `Restore ${named(target)}: ${requestWords(restore)}.`,
        run: (session, target) => changeStatus(session, target, 'active'),
      },
    }),
    ...(actions.delete && {
      deleteAccount: {
        effect: 'convergent',
        describe: (target: AccountTarget) => `Delete ${named(target)}: ${requestWords(actions.delete)}.`,
        run: deleteAccount,
      },
    }),
    ...(create && {
      createAccount: {
        effect: 'convergent',
        describe: (account: NewAccount) => `Create the account ${account.userName}, unless it is there already: ${requestWords([create])}.`,
        run: createAccount,
      },
    }),
    ...(change && {
      changeAccount: {
        effect: 'convergent',
        describe: ({ account }) => `Change names and numbers of ${named(account)}: ${requestWords(change)}.`,
        run: changeFacts,
      },
    }),
    ...(grant && {
      grantEntitlement: {
        effect: 'convergent',
        describe: ({ account, entitlement }: EntitlementTarget) => `Give ${named(account)} the ${entitlement.kind} ${entitlement.name}.`,
        run: (session, target) => changeEntitlement(session, target, true),
      },
    }),
    ...(revoke && {
      revokeEntitlement: {
        effect: 'convergent',
        describe: ({ account, entitlement }: EntitlementTarget) =>
          `Take the ${entitlement.kind} ${entitlement.name} from ${named(account)}.`,
        run: (session, target) => changeEntitlement(session, target, false),
      },
    }),
    ...(actions.setPassword && {
      setPassword: {
        effect: 'convergent',
        describe: ({ account }: PasswordTarget) => `Set the first password of ${named(account)}, as its person chose it.`,
        run: setPassword,
      },
    }),
    ...(actions.endSessions && {
      endSessions: {
        effect: 'convergent',
        describe: (target: AccountTarget) => `End the sessions of ${named(target)}: ${requestWords(actions.endSessions)}.`,
        run: endSessions,
        shows: async () => ({ done: null, words: 'The description says no way to see which sessions are open.' }),
      },
    }),
  };
}
