import { type AccountTarget, defineConnector } from './kit/index.ts';
import { findAccount, listAccounts, listEntitlements, listPeople, readAccount } from './microsoft/accounts.ts';
import { listAppGrants, revokeAppGrant, showsAppGrantRevoked } from './microsoft/app-grants.ts';
import { releaseCalendars, showsCalendarsReleased } from './microsoft/calendar.ts';
import { changeFacts, createUser, setPassword } from './microsoft/change-facts.ts';
import { grantEntitlement, revokeEntitlement } from './microsoft/change-holding.ts';
import { deleteUser, restoreUser, suspendUser } from './microsoft/change-status.ts';
import { listChanges, markChanges } from './microsoft/changes.ts';
import { microsoftCredential } from './microsoft/credential.ts';
import { handOverFiles, showsFilesHandedOver } from './microsoft/files.ts';
import { forwardMail, setAutoReply, showsAutoReply, showsMailForwarded } from './microsoft/mail.ts';
import { listOwned } from './microsoft/owned.ts';
import { microsoftProfile } from './microsoft/profile.ts';
import { resetSecondFactor, showsSecondFactorReset } from './microsoft/second-factor.ts';
import { endSessions, resetPassword, showsPasswordReset, showsSessionsEnded } from './microsoft/security.ts';
import { graphOf, microsoftHosts, microsoftSecrets, microsoftSettings } from './microsoft/settings.ts';
import { testMicrosoft } from './microsoft/test-microsoft.ts';
import { microsoftWebhook } from './microsoft/webhook.ts';

const named = ({ displayName, userName, externalId }: AccountTarget) => displayName ?? userName ?? externalId;

/** Microsoft 365 and Entra ID, through Microsoft Graph: accounts, groups, roles, licences, and what a leaver leaves behind. */
export const microsoft = defineConnector({
  id: 'microsoft',
  name: 'Microsoft 365',
  sentence:
    'Reads and changes the accounts, groups, roles and licences of Microsoft 365 and Entra ID, and takes care of what a leaver leaves behind.',
  profile: microsoftProfile,
  reads: 'connection',
  settings: microsoftSettings,
  secrets: microsoftSecrets,
  hosts: microsoftHosts,
  baseUrl: graphOf,
  authorization: () => ({}),
  credential: microsoftCredential,
  settlingSeconds: () => 60,
  rateLimit: { perSecond: 20, burst: 40 },
  test: testMicrosoft,
  webhook: microsoftWebhook,
  listAccounts,
  readAccount,
  findAccount,
  listEntitlements,
  markChanges,
  listChanges,
  listAppGrants,
  listOwned,
  listPeople,
  suspendAccount: {
    effect: 'convergent',
    describe: (target) =>
      `Block the sign-in of ${named(target)} in Microsoft 365. The account and what it holds stay, and mail goes on coming in.`,
    run: suspendUser,
  },
  restoreAccount: {
    effect: 'convergent',
    describe: (target) => `Let ${named(target)} sign in to Microsoft 365 again, also when it was deleted in the last 30 days.`,
    run: restoreUser,
  },
  deleteAccount: {
    effect: 'convergent',
    describe: (target) =>
      `Delete ${named(target)} in Microsoft 365. For 30 days it can be restored; after that its mail and its files are gone for good.`,
    run: deleteUser,
  },
  createAccount: {
    effect: 'convergent',
    describe: ({ userName }) =>
      `Create the account ${userName} in Microsoft 365 with a password that nobody knows, unless it is there already.`,
    run: createUser,
  },
  changeAccount: {
    effect: 'convergent',
    describe: ({ account, facts }) =>
      `Change what Microsoft 365 knows of ${named(account)}.${facts.address ? ` Who signs in by the mail address signs in as ${facts.address} from then on.` : ''}`,
    run: changeFacts,
  },
  grantEntitlement: {
    effect: 'convergent',
    describe: ({ account, entitlement }) => `Give ${named(account)} the ${entitlement.kind} ${entitlement.name} in Microsoft 365.`,
    run: grantEntitlement,
  },
  revokeEntitlement: {
    effect: 'convergent',
    describe: ({ account, entitlement }) => `Take the ${entitlement.kind} ${entitlement.name} from ${named(account)} in Microsoft 365.`,
    run: revokeEntitlement,
  },
  setPassword: {
    effect: 'convergent',
    describe: ({ account }) => `Set the password of ${named(account)} in Microsoft 365, as its person chose it.`,
    run: setPassword,
  },
  endSessions: {
    effect: 'convergent',
    describe: (target) => `End all sessions of ${named(target)} in Microsoft 365.`,
    run: endSessions,
    shows: showsSessionsEnded,
  },
  resetPassword: {
    effect: 'convergent',
    describe: (target) => `Give ${named(target)} a password in Microsoft 365 that nobody knows.`,
    run: resetPassword,
    shows: showsPasswordReset,
  },
  resetSecondFactor: {
    effect: 'convergent',
    describe: (target) => `Have Microsoft 365 forget the second factors of ${named(target)}.`,
    run: resetSecondFactor,
    shows: showsSecondFactorReset,
  },
  revokeAppGrant: {
    effect: 'convergent',
    describe: ({ account, grant }) => `Take from ${grant.name} what it may do in the name of ${named(account)} in Microsoft 365.`,
    run: revokeAppGrant,
    shows: showsAppGrantRevoked,
  },
  handOverFiles: {
    effect: 'convergent',
    describe: ({ account, to }) =>
      `Let ${named(to)} open and change all files of ${named(account)} in OneDrive. They still belong to the account.`,
    run: handOverFiles,
    shows: showsFilesHandedOver,
  },
  forwardMail: {
    effect: 'convergent',
    describe: ({ account, to }) => `Forward the mail of ${named(account)} to ${to} by a rule of the inbox, and keep a copy.`,
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
});
