import { z } from 'zod';
import {
  type AsanaSession,
  type AsanaSettings,
  addUser,
  changeTeam,
  findAccount,
  listAccounts,
  readAccount,
  removeUser,
  rights,
  teamsOf,
} from './asana/members.ts';
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

async function test(session: AsanaSession): Promise<Check[]> {
  const right = rights.read;
  const me = objectOf(objectOf((await session.http.get('api/1.0/users/me', { right })).json()).data);
  const path = `api/1.0/workspaces/${session.settings.workspace}`;
  const workspace = objectOf(objectOf((await session.http.get(path, { right })).json()).data);
  const teams = await teamsOf(session);
  const own = await readAccount(session, String(me.gid), { entitlements: 'none' });
  return [
    {
      name: 'Credential',
      ok: true,
      words: `Asana knows the token, of ${textOf(me.name) ?? 'somebody'}, in ${textOf(workspace.name) ?? 'the workspace'}.`,
    },
    { name: 'Teams', ok: true, words: `${teams.size} teams are read: those that this account can see.` },
    own?.isAdmin === true
      ? { name: 'Changes', ok: true, words: 'Users can be added and taken out.' }
      : { name: 'Changes', ok: null, words: `Users cannot be taken out: it needs the token of an account with the role ${rights.change}.` },
  ];
}

/** An Asana organization or workspace: members, guests and teams. */
export const asana = defineConnector<AsanaSettings, { token: string }>({
  id: 'asana',
  name: 'Asana',
  sentence: 'Reads who is in an Asana organization, guests too, and its teams; adds users, takes them out and changes their teams.',
  profile: {
    rights: [
      { right: rights.read, for: 'read accounts and teams (the role of the account whose token it is)' },
      { right: rights.change, for: 'add users, take them out, and see and change all teams' },
    ],
    plan: 'Any plan; teams are part of organizations. A service account, whose token does not hang on a person, needs Enterprise.',
    inbound: null,
    cannotKnow: [
      'When somebody last used Asana, and whether they have a second factor.',
      'Asana cannot suspend over this interface: to close access is to take the user out. Tasks stay, assigned to nobody; teams are lost. On Enterprise, connect Asana’s SCIM instead, which deactivates.',
      'Which programs somebody connected; they stop when the user is taken out.',
      'Hidden teams that the token’s account cannot see.',
      'Sessions cannot be ended by themselves: who is taken out is signed out.',
    ],
    verifiedLive: null,
    setUp: [
      {
        words:
          'As an administrator open the developer console and make a personal access token named Groundcrew; on Enterprise make a service account instead.',
        link: 'https://app.asana.com/0/my-apps',
      },
      { words: 'Enter the token here. It works as long as its account is an administrator.' },
      {
        words: 'Open the admin console: the long number in its address is the ID of your organization.',
        link: 'https://app.asana.com/admin',
      },
    ],
  },
  reads: 'connection',
  settings: z.object({
    workspace: z
      .string()
      .trim()
      .regex(/^\d{5,25}$/, 'the long number in the address of the admin console')
      .meta({ title: 'ID of the organization', description: 'The long number in the address of the admin console.' } satisfies FormMeta),
    baseUrl: vendorAddress('https://app.asana.com'),
  }),
  secrets: z.object({
    token: z
      .string()
      .trim()
      .min(1)
      .meta({ title: 'Token' } satisfies FormMeta),
  }),
  hosts: ({ baseUrl }) => [hostOf(baseUrl)],
  baseUrl: ({ baseUrl }) => baseUrl.replace(/\/+$/, ''),
  authorization: (_settings, { token }) => ({ authorization: `Bearer ${token}` }),
  settlingSeconds: () => 20,
  // 150 requests a minute on the free plan.
  rateLimit: { perSecond: 2.5, burst: 50 },
  test,
  listAccounts,
  readAccount,
  findAccount,
  async *listEntitlements(session) {
    yield { records: [...(await teamsOf(session)).values()], total: null, last: true };
  },
  suspendAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) =>
      `Take ${named(target)} out of the organization, because Asana cannot suspend: they are signed out, tasks stay, teams are lost.`,
    run: removeUser,
  },
  createAccount: {
    effect: 'convergent',
    describe: (account: NewAccount) => `Add ${account.address ?? account.userName}, with a mail from Asana, unless they are there already.`,
    run: addUser,
  },
  grantEntitlement: {
    effect: 'convergent',
    describe: ({ account, entitlement }: EntitlementTarget) => `Put ${named(account)} into the ${entitlement.kind} ${entitlement.name}.`,
    run: (session, target) => changeTeam(session, target, true),
  },
  revokeEntitlement: {
    effect: 'convergent',
    describe: ({ account, entitlement }: EntitlementTarget) => `Take ${named(account)} out of the ${entitlement.kind} ${entitlement.name}.`,
    run: (session, target) => changeTeam(session, target, false),
  },
});
