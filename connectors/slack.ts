import { z } from 'zod';
import {
  type AccountTarget,
  type Check,
  ConnectorError,
  defineConnector,
  type EntitlementRecord,
  type EntitlementTarget,
  type FormMeta,
  hostOf,
  type NewAccount,
  type Page,
  vendorAddress,
} from './kit/index.ts';
import { findAccount, groupsOf, lastSeen, listAccounts, readAccount } from './slack/accounts.ts';
import { slack as call, ifAllowed, type SlackSession, type SlackSettings, scimAddress, standardAddress } from './slack/call.ts';
import { changeActive, changeGroup, createUser } from './slack/changes.ts';
import { slackWebhook } from './slack/webhook.ts';

const named = ({ displayName, userName, externalId }: AccountTarget) => displayName ?? userName ?? externalId;

async function test(session: SlackSession): Promise<Check[]> {
  const { team } = await call(session, 'auth.test', {}, { right: 'users:read' });
  await call(session, 'users.list', { limit: 1 }, { right: 'users:read' });
  const [groups, seen] = [await ifAllowed(() => groupsOf(session)), await lastSeen(session)];
  const users = `${scimAddress(session.settings)}/scim/v2/Users`;
  const scim = await ifAllowed(
    async () => (await session.http.get(users, { query: { count: 1 }, right: 'admin', credential: 'admin' })).status,
  );
  return [
    { name: 'Credential', ok: true, words: `Slack knows the token, for the workspace ${String(team)}.` },
    groups
      ? { name: 'Groups', ok: true, words: `${groups.length} user groups are read.` }
      : { name: 'Groups', ok: null, words: 'User groups are unknown: the token lacks usergroups:read, or the plan has none.' },
    seen
      ? { name: 'Last activity', ok: true, words: `The access log tells when ${seen.size} users were last seen.` }
      : {
          name: 'Last activity',
          ok: null,
          words: 'When users were last seen is unknown: it needs a second token with the scope admin and a paid plan.',
        },
    scim
      ? { name: 'Changes', ok: true, words: 'Users can be created, deactivated and reactivated.' }
      : {
          name: 'Changes',
          ok: null,
          words: 'Users cannot be created, deactivated or reactivated: it needs a second token with the scope admin and Business+.',
        },
  ];
}

async function* listEntitlements(session: SlackSession): AsyncGenerator<Page<EntitlementRecord>> {
  yield { records: ((await ifAllowed(() => groupsOf(session))) ?? []).map(({ group }) => group), total: null, last: true };
}

/** A Slack workspace: the Web API for reading, SCIM for creating, deactivating and reactivating. */
export const slack = defineConnector<SlackSettings, { token: string; adminToken: string }>({
  id: 'slack',
  name: 'Slack',
  sentence: 'Reads who is in a Slack workspace and its user groups; on Business+ it creates, deactivates and reactivates them too.',
  profile: {
    rights: [
      { right: 'users:read', for: 'read accounts' },
      { right: 'users:read.email', for: 'see mail addresses, by which accounts are matched to people' },
      { right: 'usergroups:read', for: 'read user groups' },
      { right: 'usergroups:write', for: 'put accounts into user groups and take them out' },
      { right: 'admin', for: 'create, deactivate and reactivate (SCIM), and see when accounts were last used: in the second token' },
    ],
    plan: 'Reading works on every plan, user groups on paid ones. Deactivating by a program needs Business+ or Enterprise: Slack has no such interface below.',
    inbound: null,
    cannotKnow: [
      'Whether somebody has a second factor, unless the token is of an owner or administrator. Behind single sign-on the sign-in system knows it.',
      'When somebody last used Slack, without the second token. The access log is read from its newest end; of whom it says nothing, nothing is known.',
      'Channels, files and messages of somebody who leaves: they stay in the workspace.',
      'Sessions cannot be ended by themselves below Enterprise: deactivating ends them all.',
      'Guests cannot be made, and a member cannot be made an administrator: Slack has no interface for it below Enterprise.',
      'The last member of a user group cannot be taken out: Slack keeps no empty groups.',
      'Accounts are not deleted: Slack only deactivates.',
      'On Enterprise, workspaces are read by a token of each one; organization-wide things are not.',
    ],
    verifiedLive: null,
    setUp: [
      {
        words: 'Make an app in your workspace, from scratch, named Groundcrew. Sign in as an owner, so that second factors are shown.',
        link: 'https://api.slack.com/apps?new_app=1',
      },
      {
        words: 'Under OAuth and Permissions add the user token scopes users:read, users:read.email, usergroups:read and usergroups:write.',
      },
      { words: 'Install the app in the workspace and copy the user OAuth token, which begins with xoxp-. Enter it as token.' },
      {
        words:
          'On Business+ or Enterprise: make a second app with the user token scope admin alone, installed by an owner, and enter its token as token of an administrator. It works only as long as that person stays one.',
        link: 'https://docs.slack.dev/admins/scim-api/',
      },
    ],
  },
  reads: 'connection',
  settings: z.object({ baseUrl: vendorAddress(standardAddress) }),
  secrets: z.object({
    token: z
      .string()
      .trim()
      .min(1)
      .meta({ title: 'Token', description: 'The user OAuth token, which begins with xoxp-.' } satisfies FormMeta),
    adminToken: z
      .string()
      .trim()
      .default('')
      .meta({
        title: 'Token of an administrator',
        description: 'With the scope admin, for changes. Only on Business+ and Enterprise; else leave it empty.',
      } satisfies FormMeta),
  }),
  hosts: (settings) => [...new Set([settings.baseUrl, scimAddress(settings)].map(hostOf))],
  baseUrl: ({ baseUrl }) => baseUrl.replace(/\/+$/, ''),
  authorization: () => ({}),
  async credential({ secrets, which }) {
    const token = which === 'admin' ? secrets.adminToken : secrets.token;
    if (token === '')
      throw new ConnectorError(
        'settings',
        'This needs the token of an administrator with the scope admin (Business+ or Enterprise), and none is entered.',
      );
    return { headers: { authorization: `Bearer ${token}` }, expiresAt: null };
  },
  settlingSeconds: () => 10,
  // Most of what is called is of tier 2: 20 a minute.
  rateLimit: { perSecond: 0.33, burst: 20 },
  test,
  webhook: slackWebhook,
  listAccounts,
  readAccount,
  findAccount,
  listEntitlements,
  suspendAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Deactivate ${named(target)}: all sessions and tokens end, messages and files stay.`,
    run: (session, target) => changeActive(session, target, false),
  },
  restoreAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Reactivate ${named(target)}.`,
    run: (session, target) => changeActive(session, target, true),
  },
  createAccount: {
    effect: 'convergent',
    describe: (account: NewAccount) => `Create ${account.address ?? account.userName} as a full member, unless it is there already.`,
    run: createUser,
  },
  grantEntitlement: {
    effect: 'convergent',
    describe: ({ account, entitlement }: EntitlementTarget) => `Put ${named(account)} into the ${entitlement.kind} ${entitlement.name}.`,
    run: (session, target) => changeGroup(session, target, true),
  },
  revokeEntitlement: {
    effect: 'convergent',
    describe: ({ account, entitlement }: EntitlementTarget) => `Take ${named(account)} out of the ${entitlement.kind} ${entitlement.name}.`,
    run: (session, target) => changeGroup(session, target, false),
  },
});
