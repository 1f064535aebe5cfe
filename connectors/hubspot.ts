import { z } from 'zod';
import {
  addUser,
  catalogue,
  changeEntitlement,
  findAccount,
  type HubspotSession,
  type HubspotSettings,
  listAccounts,
  readAccount,
  removeUser,
  scopes,
  users,
} from './hubspot/users.ts';
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

const named = ({ displayName, userName, externalId }: AccountTarget) => displayName ?? userName ?? externalId;

async function test(session: HubspotSession): Promise<Check[]> {
  await session.http.get(users, { right: scopes.read, query: { limit: 1 } });
  const { teams, roles } = await catalogue(session);
  return [
    { name: 'Credential', ok: true, words: `HubSpot knows the token. It shows ${roles.size} permission sets.` },
    teams
      ? { name: 'Teams', ok: true, words: `${teams.size} teams are read.` }
      : { name: 'Teams', ok: null, words: `What users hold is unknown: the private app lacks the scope ${scopes.teams}.` },
  ];
}

/** A HubSpot account: users, teams, permission sets and seats. */
export const hubspot = defineConnector<HubspotSettings, { token: string }>({
  id: 'hubspot',
  name: 'HubSpot',
  sentence:
    'Reads who is in a HubSpot account, with teams, permission sets and seats; adds users, takes them out and changes what they hold.',
  profile: {
    rights: [
      { right: scopes.read, for: 'read accounts and permission sets' },
      { right: scopes.teams, for: 'read teams' },
      { right: scopes.write, for: 'add users, take them out, change teams, permission sets and seats' },
    ],
    plan: 'Any plan. Teams need a Professional plan or above, permission sets Enterprise.',
    inbound: null,
    cannotKnow: [
      'When somebody last used HubSpot, and whether they have a second factor.',
      'HubSpot cannot suspend: to close access is to take the user out. Records stay, and what the user owned has no owner any more. Added again, the same address is a new user.',
      'Sessions cannot be ended by themselves: who is taken out is signed out.',
      'Which programs somebody connected. They stop when the user is taken out, and so do workflows that send in their name: look at them before.',
      'A permission set cannot be taken away without giving another.',
      'A permission set with a paid seat needs the scope billing-write, which only HubSpot’s own administrators give.',
    ],
    verifiedLive: null,
    setUp: [
      {
        words: 'As a super administrator open Settings, Integrations, Private Apps, Create a private app, and name it Groundcrew.',
        link: 'https://app.hubspot.com/l/private-apps',
      },
      { words: `Under Scopes add ${scopes.read}, ${scopes.teams} and ${scopes.write}.` },
      { words: 'Create the app, and enter its access token here.' },
    ],
  },
  reads: 'connection',
  settings: z.object({ baseUrl: vendorAddress('https://api.hubapi.com') }),
  secrets: z.object({
    token: z
      .string()
      .trim()
      .min(1)
      .meta({ title: 'Access token', description: 'Of the private app; it begins with pat-.' } satisfies FormMeta),
  }),
  hosts: ({ baseUrl }) => [hostOf(baseUrl)],
  baseUrl: ({ baseUrl }) => baseUrl.replace(/\/+$/, ''),
  authorization: (_settings, { token }) => ({ authorization: `Bearer ${token}` }),
  settlingSeconds: () => 30,
  // 100 requests in ten seconds for a private app.
  rateLimit: { perSecond: 8, burst: 40 },
  test,
  listAccounts,
  readAccount,
  findAccount,
  async *listEntitlements(session) {
    const { teams, roles } = await catalogue(session);
    yield { records: [...(teams?.values() ?? []), ...roles.values()], total: null, last: true };
  },
  suspendAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) =>
      `Take ${named(target)} out of HubSpot, which cannot suspend: they are signed out, records stay, and what they owned has no owner any more.`,
    run: removeUser,
  },
  createAccount: {
    effect: 'convergent',
    describe: (account: NewAccount) => `Add ${account.address ?? account.userName}, with a mail from HubSpot, unless it is there already.`,
    run: addUser,
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
});
