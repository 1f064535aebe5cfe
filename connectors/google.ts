import { findAccount, listAccounts, listEntitlements, listPeople, readAccount } from './google/accounts.ts';
import { listAppGrants } from './google/app-grants.ts';
import { releaseCalendars, showsCalendarsReleased } from './google/calendar.ts';
import { googleBusyUntil } from './google/call.ts';
import { changeFacts, createUser, setPassword } from './google/change-facts.ts';
import { grantEntitlement, revokeEntitlement } from './google/change-holding.ts';
import { deleteUser, restoreUser, suspendUser } from './google/change-status.ts';
import { googleCredential } from './google/credential.ts';
import { handOverFiles, showsFilesHandedOver } from './google/hand-over.ts';
import { forwardMail, setAutoReply, showsAutoReply, showsMailForwarded } from './google/mail.ts';
import { listOwned } from './google/owned.ts';
import { googleProfile } from './google/profile.ts';
import {
  endSessions,
  resetPassword,
  resetSecondFactor,
  revokeAppGrant,
  showsAppGrantRevoked,
  showsPasswordReset,
  showsSecondFactorReset,
  showsSessionsEnded,
} from './google/security.ts';
import { googleHosts, googleSecrets, googleSettings, placesOf } from './google/settings.ts';
import { testGoogle } from './google/test-google.ts';
import { googleWebhook } from './google/webhook.ts';
import { type AccountTarget, defineConnector } from './kit/index.ts';

const named = ({ displayName, userName, externalId }: AccountTarget) => displayName ?? userName ?? externalId;

/** Google Workspace and Cloud Identity: accounts, groups, roles, licences, and what a leaver leaves behind. */
export const google = defineConnector({
  id: 'google',
  name: 'Google Workspace',
  sentence: 'Reads and changes the accounts, groups, roles and licences of Google Workspace, and hands over what a leaver leaves behind.',
  profile: googleProfile,
  reads: 'connection',
  settings: googleSettings,
  secrets: googleSecrets,
  hosts: googleHosts,
  baseUrl: (settings) => placesOf(settings).admin,
  authorization: () => ({}),
  credential: googleCredential,
  settlingSeconds: () => 60,
  rateLimit: { perSecond: 10, burst: 20 },
  busyUntil: googleBusyUntil,
  test: testGoogle,
  webhook: googleWebhook,
  listAccounts,
  readAccount,
  findAccount,
  listEntitlements,
  listAppGrants,
  listOwned,
  listPeople,
  suspendAccount: {
    effect: 'convergent',
    describe: (target) => `Suspend ${named(target)} in Google. The account and what it holds stay; mail to it is refused.`,
    run: suspendUser,
  },
  restoreAccount: {
    effect: 'convergent',
    describe: (target) => `Restore ${named(target)} in Google, also when it was archived, or deleted in the last 20 days.`,
    run: restoreUser,
  },
  deleteAccount: {
    effect: 'convergent',
    describe: (target) =>
      `Delete ${named(target)} in Google. For 20 days it can be restored; after that its mail, and files that were not handed over, are gone for good.`,
    run: deleteUser,
  },
  createAccount: {
    effect: 'convergent',
    describe: ({ userName }) => `Create the account ${userName} in Google with a password that nobody knows, unless it is there already.`,
    run: createUser,
  },
  changeAccount: {
    effect: 'convergent',
    describe: ({ account, facts }) =>
      `Change what Google knows of ${named(account)}.${facts.address ? ` The address becomes ${facts.address}; the one before stays as an alias.` : ''}`,
    run: changeFacts,
  },
  grantEntitlement: {
    effect: 'convergent',
    describe: ({ account, entitlement }) => `Give ${named(account)} the ${entitlement.kind} ${entitlement.name} in Google.`,
    run: grantEntitlement,
  },
  revokeEntitlement: {
    effect: 'convergent',
    describe: ({ account, entitlement }) => `Take the ${entitlement.kind} ${entitlement.name} from ${named(account)} in Google.`,
    run: revokeEntitlement,
  },
  setPassword: {
    effect: 'convergent',
    describe: ({ account }) => `Set the password of ${named(account)} in Google, as its person chose it.`,
    run: setPassword,
  },
  endSessions: {
    effect: 'convergent',
    describe: (target) =>
      `Sign ${named(target)} out of Google everywhere, and delete the passwords of single programs. Programs that it let in are shut out one by one.`,
    run: endSessions,
    shows: showsSessionsEnded,
  },
  resetPassword: {
    effect: 'convergent',
    describe: (target) => `Give ${named(target)} a password in Google that nobody knows.`,
    run: resetPassword,
    shows: showsPasswordReset,
  },
  resetSecondFactor: {
    effect: 'convergent',
    describe: (target) => `Have Google forget the second factors of ${named(target)}.`,
    run: resetSecondFactor,
    shows: showsSecondFactorReset,
  },
  revokeAppGrant: {
    effect: 'convergent',
    describe: ({ account, grant }) => `Take from ${grant.name} what it may do in the name of ${named(account)} in Google.`,
    run: revokeAppGrant,
    shows: showsAppGrantRevoked,
  },
  handOverFiles: {
    effect: 'convergent',
    describe: ({ account, to }) => `Hand the files and the meetings to come of ${named(account)} over to ${named(to)}.`,
    run: handOverFiles,
    shows: showsFilesHandedOver,
  },
  forwardMail: {
    effect: 'convergent',
    describe: ({ account, to }) => `Forward the mail of ${named(account)} to ${to}, and keep a copy.`,
    run: forwardMail,
    shows: showsMailForwarded,
  },
  setAutoReply: {
    effect: 'convergent',
    describe: ({ account, until }) => `Answer mail to ${named(account)} by itself${until === null ? '' : ` until ${until}`}.`,
    run: setAutoReply,
    shows: showsAutoReply,
  },
  releaseCalendars: {
    effect: 'convergent',
    describe: (target) => `Cancel the meetings to come that ${named(target)} organises, tell the guests, and free the rooms.`,
    run: releaseCalendars,
    shows: showsCalendarsReleased,
  },
  onlyWhileActive: ['forwardMail', 'setAutoReply', 'releaseCalendars'],
  filesGoWithMeetings: true,
});
