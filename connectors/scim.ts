import { type AccountTarget, defineConnector, type EntitlementTarget, type NewAccount, type PasswordTarget } from './kit/index.ts';
import { changeActive } from './scim/change-active.ts';
import { changeEntitlement } from './scim/change-entitlement.ts';
import { createUser } from './scim/create-user.ts';
import { deleteUser } from './scim/delete-user.ts';
import { listEntitlements, listUsers } from './scim/list-users.ts';
import { findAccount, readAccount } from './scim/read-user.ts';
import { setPassword } from './scim/set-password.ts';
import { scimAuthorization, scimHosts, scimSecrets, scimSettings } from './scim/settings.ts';
import { testScim } from './scim/test-scim.ts';

const named = ({ displayName, userName, externalId }: AccountTarget) => displayName ?? userName ?? externalId;

/** Any app that speaks SCIM 2.0 (RFC 7643, RFC 7644). */
export const scim = defineConnector({
  id: 'scim',
  name: 'SCIM',
  sentence: 'Reads and changes the users and groups of any app that speaks SCIM 2.0.',
  profile: {
    rights: [{ right: 'provisioning', for: 'read accounts, and change them and their groups' }],
    plan: 'Most apps offer SCIM only in their business or enterprise plans.',
    inbound: null,
    cannotKnow: [
      'When somebody last signed in, whether they have a second factor, and what programs may do in their name: SCIM has no word for these.',
      'Who is an administrator, unless a role or group says so.',
      'What an account owns: files and mail stay where they are.',
    ],
    verifiedLive: null,
    setUp: [
      { words: 'Open the provisioning page of the app as its administrator, and switch SCIM on.' },
      { words: 'Copy the address and the token that it shows. The token is often shown only once.' },
      { words: 'Enter both here, and test the connection before it is saved.' },
    ],
  },
  reads: 'connection',
  settings: scimSettings,
  secrets: scimSecrets,
  hosts: scimHosts,
  baseUrl: ({ baseUrl }) => baseUrl.replace(/\/+$/, ''),
  authorization: scimAuthorization,
  caCertificates: ({ caCertificates }) => caCertificates,
  settlingSeconds: ({ settlingSeconds }) => settlingSeconds,
  rateLimit: { perSecond: 20, burst: 40 },
  test: testScim,
  listAccounts: listUsers,
  readAccount,
  findAccount,
  listEntitlements,
  suspendAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Suspend ${named(target)}: set "active" to false. The account and what it holds stay.`,
    run: (session, target) => changeActive(session, target, false),
  },
  restoreAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Restore ${named(target)}: set "active" to true.`,
    run: (session, target) => changeActive(session, target, true),
  },
  deleteAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Delete ${named(target)} for good. This cannot be undone.`,
    run: deleteUser,
  },
  createAccount: {
    effect: 'convergent',
    describe: (account: NewAccount) => `Create the account ${account.userName}, unless it is there already.`,
    run: createUser,
  },
  grantEntitlement: {
    effect: 'convergent',
    describe: ({ account, entitlement }: EntitlementTarget) => `Give ${named(account)} the ${entitlement.kind} ${entitlement.name}.`,
    run: (session, target) => changeEntitlement(session, target, true),
  },
  revokeEntitlement: {
    effect: 'convergent',
    describe: ({ account, entitlement }: EntitlementTarget) => `Take the ${entitlement.kind} ${entitlement.name} from ${named(account)}.`,
    run: (session, target) => changeEntitlement(session, target, false),
  },
  setPassword: {
    effect: 'convergent',
    describe: ({ account }: PasswordTarget) => `Set the first password of ${named(account)}, as its person chose it.`,
    run: setPassword,
  },
});
