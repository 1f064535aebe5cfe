import { z } from 'zod';
import {
  type AccountTarget,
  type Check,
  defineConnector,
  type EntitlementTarget,
  type FormMeta,
  hostOf,
  type NewAccount,
  vendorAddress,
} from './kit/index.ts';
import { findAccount, groupNames, licence, listAccounts, readAccount } from './zoom/accounts.ts';
import {
  zoom as call,
  credential,
  scopes,
  signInAddress,
  standardAddress,
  type ZoomSecrets,
  type ZoomSession,
  type ZoomSettings,
} from './zoom/call.ts';
import { changeEntitlement, changeStatus, createUser, deleteUser, endSessions } from './zoom/changes.ts';

const named = ({ displayName, userName, externalId }: AccountTarget) => displayName ?? userName ?? externalId;
const identifier = (words: string) =>
  z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]+$/, words);

async function test(session: ZoomSession): Promise<Check[]> {
  const { body } = await call(session, 'get', 'users', { right: scopes.list, query: { status: 'active', page_size: 1 } });
  const groups = await groupNames(session);
  return [
    {
      name: 'Credential',
      ok: true,
      words: `Zoom knows the app${typeof body.total_records === 'number' ? ` and shows ${body.total_records} active users` : ''}.`,
    },
    groups
      ? { name: 'Groups', ok: true, words: `${groups.size} groups are seen.` }
      : { name: 'Groups', ok: null, words: `Groups and licences are unknown: the app lacks the scope ${scopes.groups}.` },
  ];
}

/** A Zoom account, by a server-to-server OAuth app. */
export const zoom = defineConnector<ZoomSettings, ZoomSecrets>({
  id: 'zoom',
  name: 'Zoom',
  sentence: 'Reads and changes the users, licences and groups of a Zoom account.',
  profile: {
    rights: [
      { right: scopes.list, for: 'read accounts' },
      { right: scopes.read, for: 'look one account up' },
      { right: scopes.groups, for: 'read groups' },
      { right: scopes.status, for: 'deactivate and activate' },
      { right: scopes.change, for: 'give and take licences' },
      { right: scopes.create, for: 'invite' },
      { right: scopes.remove, for: 'delete' },
      { right: scopes.token, for: 'end sessions' },
      { right: scopes.addMember, for: 'put accounts into groups' },
      { right: scopes.removeMember, for: 'take accounts out of groups' },
    ],
    plan: 'Pro or above. Groups need Business or above.',
    inbound: null,
    cannotKnow: [
      'Whether somebody has a second factor: Zoom does not show it of users.',
      'Roles other than owner, administrator and member: what a role of your own may do is unknown.',
      'When somebody last took part in a meeting: last activity is the last sign-in.',
      'Which programs somebody let in.',
      'Whether sessions were ended: Zoom shows none. A deactivated user is signed out everywhere.',
      'Meetings, webinars and recordings go to somebody else only while a user is deleted, and to one address for all, which stands in the settings. Without it they are deleted with the user.',
      'Add-ons such as Webinars, Phone and Rooms: only the basic licence is read.',
      'An address that has a Zoom account outside yours cannot be created: its person has to agree to join.',
    ],
    verifiedLive: null,
    setUp: [
      {
        words:
          'Sign in to the Zoom App Marketplace as the owner or an administrator, choose Develop, Build App, Server-to-Server OAuth App, and name it Groundcrew.',
        link: 'https://marketplace.zoom.us/develop/create',
      },
      { words: `Under Scopes add: ${Object.values(scopes).join(', ')}.` },
      { words: 'Activate the app.' },
      { words: 'Copy account ID, client ID and client secret from App Credentials, and enter them here.' },
    ],
  },
  reads: 'connection',
  settings: z.object({
    accountId: identifier('the account ID of App Credentials').meta({ title: 'Account ID' } satisfies FormMeta),
    clientId: identifier('the client ID of App Credentials').meta({ title: 'Client ID' } satisfies FormMeta),
    transferTo: z
      .string()
      .trim()
      .regex(/^([^\s@]+@[^\s@]+)?$/, 'a mail address')
      .default('')
      .meta({
        title: 'Who gets what deleted users leave',
        description:
          'The address of a licensed Zoom user to whom meetings, webinars and recordings go when a user is deleted. Empty: they are deleted too.',
      } satisfies FormMeta),
    baseUrl: vendorAddress(standardAddress),
  }),
  secrets: z.object({
    clientSecret: z
      .string()
      .trim()
      .min(1)
      .meta({ title: 'Client secret' } satisfies FormMeta),
  }),
  hosts: (settings) => [...new Set([settings.baseUrl, signInAddress(settings)].map(hostOf))],
  baseUrl: ({ baseUrl }) => baseUrl.replace(/\/+$/, ''),
  authorization: () => ({}),
  credential,
  settlingSeconds: () => 10,
  rateLimit: { perSecond: 10, burst: 20 },
  test,
  listAccounts,
  readAccount,
  findAccount,
  async *listEntitlements(session) {
    const groups = [...((await groupNames(session)) ?? [])].map(([externalId, name]) => ({ externalId, kind: 'group', name }));
    yield { records: [licence, ...groups], total: null, last: true };
  },
  suspendAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Deactivate ${named(target)}: they are signed out everywhere, meetings and recordings stay.`,
    run: (session, target) => changeStatus(session, target, false),
  },
  restoreAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Activate ${named(target)}.`,
    run: (session, target) => changeStatus(session, target, true),
  },
  deleteAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget, { transferTo }) =>
      `Delete ${named(target)} for good. ${transferTo === '' ? 'Meetings and recordings are deleted too' : `Meetings, webinars and recordings go to ${transferTo}`}. This cannot be undone.`,
    run: deleteUser,
  },
  createAccount: {
    effect: 'convergent',
    describe: (account: NewAccount) =>
      `Invite ${account.address ?? account.userName} as a user without licence, unless it is there already.`,
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
  endSessions: {
    effect: 'convergent',
    describe: (target: AccountTarget) =>
      `Revoke the token of ${named(target)}, which signs them out of Zoom where they came by single sign-on.`,
    run: endSessions,
    shows: async () => ({ done: null, words: 'Zoom does not show sessions, so nobody can see whether they were ended.' }),
  },
});
