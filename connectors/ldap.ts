import { type AccountTarget, defineConnector, type EntitlementTarget, type NewAccount, type PasswordTarget } from './kit/index.ts';
import { changeFacts, changeMembership, changeOpen, deleteEntry } from './ldap/change-account.ts';
import { createEntry, setPassword } from './ldap/create-account.ts';
import { listGroups } from './ldap/groups.ts';
import { findAccount, listAccounts, listPeople, readAccount } from './ldap/read-account.ts';
import { ldapSecrets, ldapSettings, placeOf } from './ldap/settings.ts';
import { testLdap } from './ldap/test-ldap.ts';

const named = ({ displayName, userName, externalId }: AccountTarget) => displayName ?? userName ?? externalId;

/** A directory that speaks LDAP (RFC 4510 to 4519): OpenLDAP and others with inetOrgPerson, or Active Directory. */
export const ldap = defineConnector({
  id: 'ldap',
  name: 'LDAP directory',
  sentence: 'Reads and changes people and groups of OpenLDAP, 389, FreeIPA or Active Directory.',
  profile: {
    rights: [
      { right: 'read entryUUID or objectGUID, names, mail, employee number and lock attributes of people', for: 'read accounts' },
      { right: 'read cn and members of groups', for: 'read groups' },
      { right: 'write pwdAccountLockedTime, nsAccountLock or userAccountControl', for: 'suspend and restore' },
      { right: 'write members of groups', for: 'give and take groups' },
      { right: 'add and delete entries below the place of people, set passwords', for: 'create accounts' },
    ],
    plan: 'None: it is your own server.',
    inbound: null,
    cannotKnow: [
      'Which programs somebody signs in to with the directory, and whether they have a second factor.',
      'Sessions that are open: a closed account cannot sign in again, and whoever is signed in stays so until the program asks again.',
      'When somebody last signed in, unless the directory keeps it (lastbind, the password policy, or Active Directory, which is up to two weeks behind).',
      'Memberships by nested groups, and the primary group of Active Directory.',
      'What changed since the last reading: everything is read each time.',
    ],
    verifiedLive: null,
    setUp: [
      { words: 'In the directory, make an account for Groundcrew alone, with a long password that does not expire.' },
      { words: 'Give it the rights below; reading is enough to begin with.' },
      {
        words:
          'In OpenLDAP, see that the password policy in force has pwdLockout TRUE: without it the directory keeps the lock and lets people in all the same.',
      },
      { words: 'If the directory is inside your network, whoever runs Groundcrew adds its address to GROUNDCREW_ALLOW_PRIVATE.' },
      { words: 'Enter the address, the name and the password here, and test the connection before it is saved.' },
    ],
  },
  reads: 'connection',
  transport: 'ldap',
  settings: ldapSettings,
  secrets: ldapSecrets,
  hosts: (settings) => {
    const { host, port } = placeOf(settings);
    return [`${host}:${port}`];
  },
  baseUrl: () => null,
  authorization: () => ({}),
  caCertificates: ({ caCertificates }) => caCertificates,
  settlingSeconds: ({ settlingSeconds }) => settlingSeconds,
  test: testLdap,
  listAccounts,
  readAccount,
  findAccount,
  listEntitlements: listGroups,
  listPeople,
  suspendAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Close ${named(target)} in the directory. The entry, its groups and its password stay.`,
    run: (session, target) => changeOpen(session, target, false),
  },
  restoreAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Open ${named(target)} in the directory again.`,
    run: (session, target) => changeOpen(session, target, true),
  },
  deleteAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Delete the entry of ${named(target)} for good. This cannot be undone.`,
    run: deleteEntry,
  },
  createAccount: {
    effect: 'convergent',
    describe: (account: NewAccount) => `Create the entry of ${account.userName}, unless it is there already.`,
    run: createEntry,
  },
  changeAccount: {
    effect: 'convergent',
    describe: ({ account }) => `Change names and numbers of ${named(account)} in the directory.`,
    run: changeFacts,
  },
  grantEntitlement: {
    effect: 'convergent',
    describe: ({ account, entitlement }: EntitlementTarget) => `Put ${named(account)} into the group ${entitlement.name}.`,
    run: (session, target) => changeMembership(session, target, true),
  },
  revokeEntitlement: {
    effect: 'convergent',
    describe: ({ account, entitlement }: EntitlementTarget) => `Take ${named(account)} out of the group ${entitlement.name}.`,
    run: (session, target) => changeMembership(session, target, false),
  },
  setPassword: {
    effect: 'convergent',
    describe: ({ account }: PasswordTarget) => `Set the first password of ${named(account)}, as its person chose it.`,
    run: setPassword,
  },
});
