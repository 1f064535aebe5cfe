import { findAccount, groupsOf, listAccounts, readAccount } from './atlassian/accounts.ts';
import { changeGroup, changeSuspended, deleteFromSite, invite } from './atlassian/changes.ts';
import { directory } from './atlassian/directory.ts';
import {
  type AtlassianSecrets,
  type AtlassianSession,
  type AtlassianSettings,
  atlassianSecrets,
  atlassianSettings,
  rights,
} from './atlassian/settings.ts';
import {
  type AccountTarget,
  type Check,
  ConnectorError,
  defineConnector,
  type EntitlementTarget,
  hostOf,
  type NewAccount,
  objectOf,
  textOf,
} from './kit/index.ts';

const named = ({ displayName, userName, externalId }: AccountTarget) => displayName ?? userName ?? externalId;

async function test(session: AtlassianSession): Promise<Check[]> {
  const me = objectOf((await session.http.get('rest/api/3/myself')).json());
  await session.http.get('rest/api/3/users/search', { query: { startAt: 0, maxResults: 1 }, right: rights.browse });
  const groups = await groupsOf(session);
  const known = await directory(session);
  return [
    { name: 'Credential', ok: true, words: `The site knows the token, as ${textOf(me.displayName) ?? 'an account'}.` },
    { name: 'Groups', ok: true, words: `${groups.length} groups are seen.` },
    known
      ? { name: 'Organization', ok: true, words: `The organization shows ${known.size} accounts; they can be suspended and restored.` }
      : {
          name: 'Organization',
          ok: null,
          words:
            'Without an organization ID and a key that is accepted, nobody can be suspended or restored, and last activity and second factors are unknown.',
        },
  ];
}

/** An Atlassian Cloud site (Jira and what shares its users), and the organization above it. */
export const atlassian = defineConnector<AtlassianSettings, AtlassianSecrets>({
  id: 'atlassian',
  name: 'Atlassian Cloud',
  sentence: 'Reads and changes the users and groups of an Atlassian Cloud site: Jira, Confluence and what shares their accounts.',
  profile: {
    rights: [
      { right: rights.browse, for: 'read accounts and find them (a global permission of Jira)' },
      { right: rights.administer, for: 'read who is in which group' },
      { right: rights.site, for: 'invite, delete from the site, put into groups and take out' },
      {
        right: rights.organization,
        for: 'suspend and restore, last activity, second factors: the organization API key, made without scopes or with those for directories',
      },
    ],
    plan: 'Any Cloud plan with Jira on the site. Suspending needs an organization and its API key. Data Center is not read.',
    inbound: null,
    cannotKnow: [
      'Without the organization API key: nobody can be suspended. What can be closed is each group, and so the products that it gives, and the account can be deleted from the site.',
      'When somebody was last active and whether they have a second factor, without the organization API key; with it, second factors are known of managed accounts only.',
      'Mail addresses that people hide, unless the organization manages the account or its key is entered.',
      'Whether somebody is no administrator: groups of any name may administer. Those that Atlassian itself makes are known.',
      'Which programs somebody let in, and API tokens: these close with the account, but are not shown.',
      'Sessions cannot be ended by themselves: suspending ends access.',
      'Products that are not on this site, and sites that are not connected. Suspending closes all sites of the organization.',
      'Groups that an identity provider fills cannot be changed here: Atlassian refuses it.',
    ],
    verifiedLive: null,
    setUp: [
      { words: 'Sign in to Atlassian as an administrator of the site. An account of its own outlives whoever sets this up.' },
      {
        words: 'Make an API token without scopes, named Groundcrew. It ends after a year at the latest: note the day.',
        link: 'https://id.atlassian.com/manage-profile/security/api-tokens',
      },
      { words: 'Enter the address of the site, the mail address of that account, and the token.' },
      {
        words:
          'To suspend leavers: open your organization, Settings, API keys, and create a key. Enter it with the organization ID that is shown beside it.',
        link: ({ organization }) =>
          typeof organization === 'string' && organization !== ''
            ? `https://admin.atlassian.com/o/${encodeURIComponent(organization)}/admin-api`
            : 'https://admin.atlassian.com/',
      },
    ],
  },
  reads: 'connection',
  settings: atlassianSettings,
  secrets: atlassianSecrets,
  hosts: ({ site, baseUrl }) => [...new Set([site, baseUrl].map(hostOf))],
  baseUrl: ({ site }) => site.replace(/\/+$/, ''),
  authorization: () => ({}),
  async credential({ settings, secrets, which }) {
    if (which !== 'organization') {
      const basic = Buffer.from(`${settings.email}:${secrets.token}`).toString('base64');
      return { headers: { authorization: `Basic ${basic}` }, expiresAt: null };
    }
    if (secrets.organizationKey === '')
      throw new ConnectorError(
        'settings',
        'This needs the API key of your Atlassian organization, and none is entered. Enter it in the connection.',
      );
    return { headers: { authorization: `Bearer ${secrets.organizationKey}` }, expiresAt: null };
  },
  settlingSeconds: () => 60,
  rateLimit: { perSecond: 5, burst: 20 },
  test,
  listAccounts,
  readAccount,
  findAccount,
  async *listEntitlements(session) {
    yield { records: await groupsOf(session), total: null, last: true };
  },
  suspendAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) =>
      `Suspend ${named(target)} in the Atlassian organization: access to all its sites ends, groups and roles stay for a restore.`,
    run: (session, target) => changeSuspended(session, target, true),
  },
  restoreAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Restore ${named(target)} in the Atlassian organization, with the groups and roles it had.`,
    run: (session, target) => changeSuspended(session, target, false),
  },
  deleteAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) =>
      `Take ${named(target)} out of the site for good. The Atlassian account itself stays; to come back it is invited anew and its groups are given again.`,
    run: deleteFromSite,
  },
  createAccount: {
    effect: 'convergent',
    describe: (account: NewAccount) =>
      `Invite ${account.address ?? account.userName} to the site, unless it is there already. Groups give the products.`,
    run: invite,
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
