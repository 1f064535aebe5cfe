import { z } from 'zod';
import {
  type AccountTarget,
  type Check,
  ConnectorError,
  defineConnector,
  type EntitlementTarget,
  type FormMeta,
  hostOf,
  type NewAccount,
  objectOf,
  textOf,
  vendorAddress,
} from './kit/index.ts';
import { findAccount, groupsOf, listAccounts, provisioned, readAccount } from './notion/accounts.ts';
import { ifScim, type NotionSession, type NotionSettings, rights, usersPage } from './notion/call.ts';
import { addMember, changeGroup, removeMember } from './notion/changes.ts';

const named = ({ displayName, userName, externalId }: AccountTarget) => displayName ?? userName ?? externalId;

async function test(session: NotionSession): Promise<Check[]> {
  const me = objectOf((await session.http.get('v1/users/me')).json());
  const { users } = await usersPage(session, null);
  const people = users.filter(({ type }) => type === 'person');
  const withAddress = people.some(({ person }) => textOf(objectOf(person).email) !== null);
  const known = await provisioned(session);
  return [
    { name: 'Credential', ok: true, words: `Notion knows the integration ${textOf(me.name) ?? ''}.`.replace(' .', '.') },
    people.length === 0 || withAddress
      ? { name: 'Mail addresses', ok: true, words: 'Mail addresses are shown.' }
      : {
          name: 'Mail addresses',
          ok: null,
          words: `Mail addresses are hidden: give the integration "${rights.users}". Until then accounts are matched by hand.`,
        },
    known
      ? { name: 'Changes', ok: true, words: `SCIM shows ${known.members.size} members: they can be added, removed and put into groups.` }
      : {
          name: 'Changes',
          ok: null,
          words: 'Without a SCIM token (Enterprise plan) nothing can be changed, and groups and owners are unknown.',
        },
  ];
}

/** A Notion workspace: the public interface for reading, SCIM for everything else. */
export const notion = defineConnector<NotionSettings, { token: string; scimToken: string }>({
  id: 'notion',
  name: 'Notion',
  sentence: 'Reads who is in a Notion workspace; on the Enterprise plan it adds and removes members and changes their groups too.',
  profile: {
    rights: [
      { right: rights.users, for: 'read accounts (a capability of the internal integration)' },
      { right: rights.scim, for: 'read groups and owners, add and remove members, change groups: the SCIM token of a workspace owner' },
    ],
    plan: 'Reading works on every plan. Changes, groups and owners need Enterprise: Notion has no interface for them below.',
    inbound: null,
    cannotKnow: [
      'Guests: Notion’s interfaces leave them out. Look at Settings, People, Guests when somebody from outside leaves.',
      'When somebody last used Notion, and whether they have a second factor.',
      'Without the SCIM token: groups, and who is an owner.',
      'Which pages somebody owns or shared, and which integrations somebody made. Pages of a teamspace stay; private pages can be handed over by a workspace owner.',
      'Notion cannot suspend: to close access is to remove from the workspace. Groups are lost; adding the same address again brings back the account and its private pages, not the groups.',
      'Notion accounts cannot be deleted by a program, and sessions cannot be ended by themselves: removing signs out.',
    ],
    verifiedLive: null,
    setUp: [
      { words: 'Make an internal integration named Groundcrew, as a workspace owner.', link: 'https://www.notion.so/profile/integrations' },
      { words: `Under Capabilities choose "${rights.users}", and take the rights to content away: it needs no page.` },
      { words: 'Copy the internal integration secret and enter it as token.' },
      {
        words:
          'On Enterprise: open Settings, Identity and provisioning, SCIM provisioning, New token, and enter it as SCIM token. It ends when its maker stops being an owner.',
      },
    ],
  },
  reads: 'connection',
  settings: z.object({ baseUrl: vendorAddress('https://api.notion.com') }),
  secrets: z.object({
    token: z
      .string()
      .trim()
      .min(1)
      .meta({ title: 'Token', description: 'The secret of the internal integration.' } satisfies FormMeta),
    scimToken: z
      .string()
      .trim()
      .default('')
      .meta({ title: 'SCIM token', description: 'For changes. Only on the Enterprise plan; else leave it empty.' } satisfies FormMeta),
  }),
  hosts: ({ baseUrl }) => [hostOf(baseUrl)],
  baseUrl: ({ baseUrl }) => baseUrl.replace(/\/+$/, ''),
  authorization: () => ({ 'notion-version': '2022-06-28' }),
  async credential({ secrets, which }) {
    const token = which === 'scim' ? secrets.scimToken : secrets.token;
    if (token === '')
      throw new ConnectorError('settings', 'This needs the SCIM token of a Notion workspace (Enterprise plan), and none is entered.');
    return { headers: { authorization: `Bearer ${token}` }, expiresAt: null };
  },
  settlingSeconds: () => 60,
  // Three requests a second on average.
  rateLimit: { perSecond: 3, burst: 6 },
  test,
  listAccounts,
  readAccount,
  findAccount,
  async *listEntitlements(session) {
    yield { records: ((await ifScim(() => groupsOf(session))) ?? []).map(({ group }) => group), total: null, last: true };
  },
  suspendAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) =>
      `Remove ${named(target)} from the workspace: Notion cannot suspend. They are signed out, and their groups are lost.`,
    run: removeMember,
  },
  createAccount: {
    effect: 'convergent',
    describe: (account: NewAccount) => `Add ${account.address ?? account.userName} as a member, unless it is one already.`,
    run: addMember,
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
