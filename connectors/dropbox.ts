import { z } from 'zod';
import {
  dropbox as call,
  credential,
  type DropboxSecrets,
  type DropboxSession,
  type DropboxSettings,
  ifAllowed,
  scopes,
} from './dropbox/call.ts';
import * as changes from './dropbox/changes.ts';
import { findAccount, groupsOf, listAccounts, listAppGrants, readAccount } from './dropbox/members.ts';
import {
  type AccountTarget,
  type Check,
  defineConnector,
  type EntitlementTarget,
  type FormMeta,
  hostOf,
  type NewAccount,
  objectOf,
  textOf,
  vendorAddress,
} from './kit/index.ts';

const named = ({ displayName, userName, externalId }: AccountTarget) => displayName ?? userName ?? externalId;
const standardAddress = 'https://api.dropboxapi.com';

async function test(session: DropboxSession): Promise<Check[]> {
  const team = objectOf(await call(session, 'get_info', null, scopes.info));
  await call(session, 'members/list_v2', { limit: 1, include_removed: false }, scopes.members);
  const groups = await groupsOf(session);
  const sessions = await ifAllowed(() => call(session, 'linked_apps/list_members_linked_apps', {}, scopes.sessions));
  return [
    {
      name: 'Credential',
      ok: true,
      words: `Dropbox knows the app, for the team ${textOf(team.name) ?? ''}: ${Number(team.num_provisioned_users)} of ${Number(team.num_licensed_users)} licences are in use.`,
    },
    groups
      ? { name: 'Groups', ok: true, words: `${groups.size} groups are read.` }
      : { name: 'Groups', ok: null, words: `Groups are unknown: the app lacks the scope ${scopes.groups}.` },
    sessions
      ? { name: 'Programs and sessions', ok: true, words: 'Linked programs and sessions are read.' }
      : { name: 'Programs and sessions', ok: null, words: `They are unknown: the app lacks the scope ${scopes.sessions}.` },
  ];
}

/** A Dropbox team: members, groups, sessions and linked programs. */
export const dropbox = defineConnector<DropboxSettings, DropboxSecrets>({
  id: 'dropbox',
  name: 'Dropbox',
  sentence:
    'Reads who is in a Dropbox team, their groups and linked programs; invites, suspends, restores and removes members, ends sessions and shuts programs out.',
  profile: {
    rights: [
      { right: scopes.members, for: 'read accounts and administrators' },
      { right: scopes.info, for: 'see the team and its licences' },
      { right: scopes.groups, for: 'read groups' },
      { right: scopes.sessions, for: 'read sessions and linked programs' },
      { right: scopes.write, for: 'invite, suspend and restore' },
      { right: scopes.remove, for: 'remove members' },
      { right: scopes.changeGroups, for: 'put accounts into groups and take them out' },
      { right: scopes.endSessions, for: 'end sessions and shut programs out' },
    ],
    plan: 'A team plan (Standard, Advanced, Business or Enterprise).',
    inbound: null,
    cannotKnow: [
      'When somebody last used Dropbox, and whether they have a second factor.',
      'What a linked program may do beyond "its own folder" or "all files", and when it was last used.',
      'Files go to somebody else only while a member is removed, to the address in the settings; without it they stay with the team for an administrator to hand over.',
      'Who is only invited cannot be suspended: the invitation is taken back in Dropbox.',
      'Files that lie on the computers of somebody whose sessions are ended stay there.',
    ],
    verifiedLive: null,
    setUp: [
      {
        words: 'As a team administrator make an app with scoped access and full Dropbox, named Groundcrew.',
        link: 'https://www.dropbox.com/developers/apps/create',
      },
      { words: `Under Permissions tick the team scopes ${Object.values(scopes).join(', ')}, and press Submit.` },
      {
        words: 'Copy app key and app secret. With the app key entered here, this link lets the app in and shows a code.',
        link: ({ appKey }) =>
          typeof appKey === 'string' && /^[a-z0-9]{8,40}$/i.test(appKey)
            ? `https://www.dropbox.com/oauth2/authorize?client_id=${appKey}&response_type=code&token_access_type=offline`
            : null,
      },
      {
        words:
          'Change the code into a refresh token, once, in a terminal: curl https://api.dropboxapi.com/oauth2/token -d code=CODE -d grant_type=authorization_code -u KEY:SECRET. Enter its refresh_token here.',
      },
    ],
  },
  reads: 'connection',
  settings: z.object({
    appKey: z
      .string()
      .trim()
      .regex(/^[a-z0-9]{8,40}$/i, 'the app key of the App Console')
      .meta({ title: 'App key' } satisfies FormMeta),
    filesTo: z
      .string()
      .trim()
      .regex(/^([^\s@]+@[^\s@]+)?$/, 'a mail address')
      .default('')
      .meta({
        title: 'Who gets the files of removed members',
        description: 'The address of a team administrator. Empty: files stay with the team until somebody hands them over in Dropbox.',
      } satisfies FormMeta),
    baseUrl: vendorAddress(standardAddress),
  }),
  secrets: z.object({
    appSecret: z
      .string()
      .trim()
      .min(1)
      .meta({ title: 'App secret' } satisfies FormMeta),
    refreshToken: z
      .string()
      .trim()
      .min(1)
      .meta({ title: 'Refresh token' } satisfies FormMeta),
  }),
  hosts: ({ baseUrl }) => [hostOf(baseUrl)],
  baseUrl: ({ baseUrl }) => baseUrl.replace(/\/+$/, ''),
  authorization: () => ({}),
  credential,
  settlingSeconds: () => 20,
  rateLimit: { perSecond: 5, burst: 20 },
  test,
  listAccounts,
  readAccount,
  findAccount,
  listAppGrants,
  async *listEntitlements(session) {
    yield { records: [...((await groupsOf(session))?.values() ?? [])], total: null, last: true };
  },
  suspendAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Suspend ${named(target)}: they are signed out everywhere; files, shares and groups stay.`,
    run: (session, target) => changes.changeState(session, target, false),
  },
  restoreAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Restore ${named(target)}.`,
    run: (session, target) => changes.changeState(session, target, true),
  },
  deleteAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget, { filesTo }) =>
      `Remove ${named(target)} from the team and free the licence. Files ${filesTo === '' ? 'stay with the team until somebody hands them over' : `go to ${filesTo}`}.`,
    run: changes.remove,
  },
  createAccount: {
    effect: 'convergent',
    describe: (account: NewAccount) => `Invite ${account.address ?? account.userName} to the team, unless they are there already.`,
    run: changes.create,
  },
  grantEntitlement: {
    effect: 'convergent',
    describe: ({ account, entitlement }: EntitlementTarget) => `Put ${named(account)} into the ${entitlement.kind} ${entitlement.name}.`,
    run: (session, target) => changes.changeGroup(session, target, true),
  },
  revokeEntitlement: {
    effect: 'convergent',
    describe: ({ account, entitlement }: EntitlementTarget) => `Take ${named(account)} out of the ${entitlement.kind} ${entitlement.name}.`,
    run: (session, target) => changes.changeGroup(session, target, false),
  },
  endSessions: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `End the web sessions of ${named(target)}, and unlink their computers and phones.`,
    run: changes.endSessions,
    shows: changes.showsSessions,
  },
  revokeAppGrant: {
    effect: 'convergent',
    describe: ({ account, grant }) => `Shut ${grant.name} out of the files of ${named(account)}.`,
    run: changes.revokeApp,
    shows: changes.showsApp,
  },
});
