import { z } from 'zod';
import { findAccount, listAccounts, readAccount } from './github/accounts.ts';
import { type GithubSession, type GithubSettings, ownerOnly, rights } from './github/call.ts';
import { changeEntitlement, invite, removeFromOrganization } from './github/changes.ts';
import { copilotSeat, ownerRole, seats, teamsOf, withoutSecondFactor } from './github/holdings.ts';
import { githubWebhook } from './github/webhook.ts';
import {
  type AccountTarget,
  type Check,
  defineConnector,
  type EntitlementRecord,
  type EntitlementTarget,
  type FormMeta,
  hostOf,
  type NewAccount,
  type Page,
  vendorAddress,
} from './kit/index.ts';

const named = ({ displayName, userName, externalId }: AccountTarget) => userName ?? displayName ?? externalId;

async function test(session: GithubSession): Promise<Check[]> {
  await ownerOnly(session);
  const { organization } = session.settings;
  const [without, held] = [await withoutSecondFactor(session), await seats(session)];
  return [
    { name: 'Credential', ok: true, words: `The token is of an owner of ${organization}, so all members are shown.` },
    without === null
      ? { name: 'Second factor', ok: null, words: 'GitHub does not show who has no second factor, so that is unknown of everybody.' }
      : { name: 'Second factor', ok: true, words: `${without.size} have no second factor.` },
    held === null
      ? {
          name: 'Seats',
          ok: null,
          words: `Seats of Copilot are not shown: the organization has none, or the token lacks "${rights.copilot}". They are unknown.`,
        }
      : { name: 'Seats', ok: true, words: `${held.size} seats of Copilot are in use.` },
  ];
}

async function* listEntitlements(session: GithubSession): AsyncGenerator<Page<EntitlementRecord>> {
  const teams = (await teamsOf(session)).map(({ slug: _, ...team }) => team);
  yield { records: [ownerRole, ...teams, ...((await seats(session)) === null ? [] : [copilotSeat])], total: null, last: true };
}

/** An organization on github.com, GitHub Enterprise Cloud or Enterprise Server. */
export const github = defineConnector<GithubSettings, { token: string }>({
  id: 'github',
  name: 'GitHub',
  sentence: 'Reads and changes who is in a GitHub organization, its teams and its Copilot seats.',
  profile: {
    rights: [
      { right: rights.members, for: 'read accounts and teams, invite and remove members, put them into teams ("Read and write")' },
      { right: rights.administration, for: 'remove outside collaborators ("Read and write")' },
      { right: rights.copilot, for: 'see, give and take seats of Copilot ("Read and write"; only where you have it)' },
    ],
    plan: 'Any plan with an organization, Free too. Enterprise Server by its own address.',
    inbound: null,
    cannotKnow: [
      'When somebody last used GitHub: only the audit log of GitHub Enterprise tells.',
      'Mail addresses of members, unless they show one or your organization has a verified domain. Match the others by hand once.',
      'Whether an account belongs to a program, unless GitHub calls it a bot: robots of companies are usual accounts.',
      'Which tokens and programs members let in: GitHub shows these to GitHub Apps and organizations with SAML single sign-on only. Whoever is out of the organization has no access through them either.',
      'GitHub cannot suspend: to close access is to remove from the organization. Teams are lost, and private forks are deleted. GitHub remembers role and teams for three months: an owner who invites the same user again may choose to give them back. Groundcrew invites as a usual member, and cannot restore by itself.',
      'An account that somebody owns cannot be deleted, and its sessions cannot be ended: it belongs to the person.',
      'An invitation that is accepted becomes an account with another id. It is matched at the next reading.',
      'Somebody who is in a team through a team below it stays in it until taken out of that one.',
    ],
    verifiedLive: null,
    setUp: [
      {
        words:
          'Sign in to GitHub as an owner of the organization. An account of its own, with a second factor, outlives whoever sets this up.',
      },
      {
        words:
          'Open the page for a fine-grained personal access token, filled in as needed. Choose your organization as resource owner, give it an end date, and generate it.',
        link: ({ organization }) =>
          `https://github.com/settings/personal-access-tokens/new?name=Groundcrew&members=write&organization_administration=write&organization_copilot_seat_management=write${typeof organization === 'string' && organization !== '' ? `&target_name=${encodeURIComponent(organization)}` : ''}`,
      },
      {
        words:
          'Under organization permissions see that Members and Administration, and GitHub Copilot Business if you use it, say "Read and write".',
      },
      { words: 'Enter the name of the organization as it stands in its address, and the token, and test the connection.' },
    ],
  },
  reads: 'connection',
  settings: z.object({
    organization: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,99}$/, 'the name as it stands in the address: github.com/NAME')
      .meta({ title: 'Organization', description: 'Its name as it stands in its address: github.com/NAME.' } satisfies FormMeta),
    baseUrl: vendorAddress('https://api.github.com'),
  }),
  secrets: z.object({
    token: z
      .string()
      .trim()
      .min(1)
      .meta({ title: 'Token', description: 'A fine-grained personal access token of an owner.' } satisfies FormMeta),
  }),
  hosts: ({ baseUrl }) => [hostOf(baseUrl)],
  baseUrl: ({ baseUrl }) => baseUrl.replace(/\/+$/, ''),
  authorization: (_settings, { token }) => ({ authorization: `Bearer ${token}`, 'x-github-api-version': '2022-11-28' }),
  settlingSeconds: () => 5,
  // 5,000 an hour.
  rateLimit: { perSecond: 1.3, burst: 300 },
  // 403 is also how GitHub says "too many": by a Retry-After (secondary limit), or with nothing left until x-ratelimit-reset.
  busyUntil({ status, headers }, now) {
    if (status !== 403 && status !== 429) return null;
    const seconds = Number(headers['retry-after'] ?? Number.NaN);
    if (Number.isFinite(seconds)) return now.add({ milliseconds: Math.round(seconds * 1_000) });
    const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
    return headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset)
      ? Temporal.Instant.fromEpochMilliseconds(reset * 1_000)
      : null;
  },
  test,
  webhook: githubWebhook,
  listAccounts,
  readAccount,
  findAccount,
  listEntitlements,
  suspendAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) =>
      `Remove ${named(target)} from the organization: GitHub cannot suspend. Access to all teams and repositories ends, and memberships in teams are lost.`,
    run: removeFromOrganization,
  },
  createAccount: {
    effect: 'convergent',
    describe: (account: NewAccount) =>
      `Invite ${account.address ?? account.userName} to the organization, unless it is invited or there already.`,
    run: invite,
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
