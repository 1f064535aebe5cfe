import { z } from 'zod';
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
import { administrators, findAccount, groupsOf, listAccounts, readAccount } from './okta/accounts.ts';
import { busyUntil, ifAllowed, type OktaSession, type OktaSettings, pageOf, rights } from './okta/call.ts';
import * as changes from './okta/changes.ts';
import { oktaWebhook } from './okta/webhook.ts';

const named = ({ displayName, userName, externalId }: AccountTarget) => displayName ?? userName ?? externalId;

/** All calls go to the company's domain, unless a gateway is entered. */
const standardAddress = 'https://okta.com';
const addressOf = ({ domain, baseUrl }: OktaSettings) => (baseUrl === standardAddress ? `https://${domain}` : baseUrl).replace(/\/+$/, '');

async function test(session: OktaSession): Promise<Check[]> {
  const me = objectOf((await session.http.get('api/v1/users/me', { right: rights.users })).json());
  await pageOf(session, 'api/v1/users', rights.users, { limit: 1 });
  const groups = await ifAllowed(() => groupsOf(session));
  const admins = await administrators(session);
  return [
    { name: 'Credential', ok: true, words: `Okta knows the token, of ${textOf(objectOf(me.profile).login) ?? 'somebody'}.` },
    groups
      ? { name: 'Groups', ok: true, words: `${groups.length} groups are read.` }
      : { name: 'Groups', ok: null, words: `Groups are unknown: the role lacks ${rights.groups}.` },
    admins
      ? { name: 'Administrators', ok: true, words: `${admins.size} users have an administrator’s role.` }
      : { name: 'Administrators', ok: null, words: `Who is an administrator is unknown: the role lacks ${rights.roles}.` },
  ];
}

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a domain like acme.okta.com, without https://')
  .refine((text) => !/-admin\.okta/.test(text), 'the domain without -admin: acme.okta.com')
  .meta({ title: 'Domain', description: 'Like acme.okta.com, or your own domain of Okta.' } satisfies FormMeta);

/** An Okta organization: users, groups and everything that hangs on them. */
export const okta = defineConnector<OktaSettings, { token: string }>({
  id: 'okta',
  name: 'Okta',
  sentence: 'Reads and changes the users and groups of Okta; apps that hang on its groups are given and taken with them.',
  profile: {
    rights: [
      { right: rights.users, for: 'read accounts and their second factors' },
      { right: rights.groups, for: 'read groups' },
      { right: rights.roles, for: 'see who is an administrator' },
      { right: rights.lifecycle, for: 'suspend, restore and delete, and end sessions and tokens' },
      { right: rights.create, for: 'create' },
      { right: rights.change, for: 'change names, titles and departments' },
      { right: rights.credentials, for: 'reset passwords and second factors' },
      { right: rights.members, for: 'put accounts into groups and take them out' },
    ],
    plan: 'Any Workforce Identity plan. Custom administrator roles are part of all; without one the token of an organization administrator does.',
    inbound: null,
    cannotKnow: [
      'Whether somebody has a second factor, in the list: Okta shows it user by user, so it is looked at whenever one account is read.',
      'When somebody last used an app: last activity is the last sign-in to Okta.',
      'Which programs somebody let in by OAuth; ending sessions ends their tokens too.',
      'Whether sessions were ended: Okta shows none of somebody else.',
      'Changes since the last reading: a change of groups leaves no trace in the user, so everything is read each time.',
      'Users whom a directory feeds into Okta: names and passwords are changed there, and Okta refuses.',
      'Only active users can be suspended. Others who could come in again are deactivated; when they are restored they set a new password.',
    ],
    verifiedLive: null,
    setUp: [
      {
        words: 'Under Security, Administrators, Roles make a role named Groundcrew with the permissions listed below.',
        link: ({ domain: entered }) => admin(entered, 'access/admins#roles'),
      },
      {
        words: 'Make a user for Groundcrew alone, and give it that role for all users and all groups.',
        link: ({ domain: entered }) => admin(entered, 'users'),
      },
      {
        words:
          'Signed in as that user: Security, API, Tokens, Create token. It works as long as the user is active and uses it once in 30 days.',
        link: ({ domain: entered }) => admin(entered, 'access/api/tokens'),
      },
    ],
  },
  reads: 'connection',
  settings: z.object({ domain, baseUrl: vendorAddress(standardAddress) }),
  secrets: z.object({
    token: z
      .string()
      .trim()
      .min(1)
      .meta({ title: 'Token' } satisfies FormMeta),
  }),
  hosts: (settings) => [hostOf(addressOf(settings))],
  baseUrl: addressOf,
  authorization: (_settings, { token }) => ({ authorization: `SSWS ${token}` }),
  settlingSeconds: () => 10,
  // The smallest limit of an organization is 600 requests a minute on users; a half of it is left to others.
  rateLimit: { perSecond: 5, burst: 50 },
  busyUntil,
  test,
  webhook: oktaWebhook,
  listAccounts,
  readAccount,
  findAccount,
  async *listEntitlements(session) {
    yield { records: (await ifAllowed(() => groupsOf(session))) ?? [], total: null, last: true };
  },
  suspendAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Suspend ${named(target)}: they can sign in to nothing over Okta; profile and groups stay.`,
    run: changes.suspend,
  },
  restoreAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Make ${named(target)} active again.`,
    run: changes.restore,
  },
  deleteAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Deactivate and delete ${named(target)} for good. This cannot be undone.`,
    run: changes.remove,
  },
  createAccount: {
    effect: 'convergent',
    describe: (account: NewAccount) => `Create ${account.userName}, without a mail from Okta, unless it is there already.`,
    run: changes.create,
  },
  changeAccount: {
    effect: 'convergent',
    describe: ({ account, facts }) => `Change ${Object.keys(facts).join(', ')} of ${named(account)}.`,
    run: changes.change,
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
  setPassword: {
    effect: 'convergent',
    describe: ({ account }) => `Set the first password of ${named(account)}, which its owner chose.`,
    run: changes.setPassword,
  },
  endSessions: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `End all sessions of ${named(target)} in Okta, and the tokens that it gave to apps.`,
    run: changes.endSessions,
    shows: async () => ({ done: null, words: 'Okta does not show sessions, so nobody can see whether they were ended.' }),
  },
  resetPassword: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Give ${named(target)} a password that nobody knows.`,
    run: changes.resetPassword,
    shows: changes.showsPassword,
  },
  resetSecondFactor: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Forget all second factors of ${named(target)}.`,
    run: changes.resetFactors,
    shows: changes.showsFactors,
  },
});

/** A page of the administrator's console, whose host carries -admin where the domain is one of Okta's own. */
function admin(entered: unknown, path: string): string | null {
  const parsed = domain.safeParse(entered);
  if (!parsed.success) return null;
  const host = parsed.data.replace(/^([a-z0-9-]+)\.(okta(-emea)?|oktapreview)\.com$/, '$1-admin.$2.com');
  return `https://${host}/admin/${path}`;
}
