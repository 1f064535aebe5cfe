import { z } from 'zod';
import {
  type AccountTarget,
  type CallOptions,
  defineConnector,
  type EntitlementTarget,
  type FormMeta,
  hostOf,
  type NewAccount,
  plainAddress,
  type Session,
} from './kit/index.ts';
import { scim } from './scim.ts';

const named = ({ displayName, userName, externalId }: AccountTarget) => displayName ?? userName ?? externalId;
const right = 'SCIM bridge';

const settings = z
  .object({
    baseUrl: plainAddress.meta({
      title: 'Address of the SCIM bridge',
      description: 'Like https://scim.acme.example/scim/v2.',
    } satisfies FormMeta),
  })
  .transform((entered) => scim.settings.parse(entered) as BridgeSettings);

type BridgeSettings = { baseUrl: string };

/** The same session, whose calls name the right that they need. */
function bridge(session: Session<BridgeSettings>): Session<BridgeSettings> {
  const { http } = session;
  const named = (options: CallOptions = {}): CallOptions => ({ right, ...options });
  return {
    ...session,
    http: {
      get: (path, options) => http.get(path, named(options)),
      post: (path, body, options) => http.post(path, body, named(options)),
      put: (path, body, options) => http.put(path, body, named(options)),
      patch: (path, body, options) => http.patch(path, body, named(options)),
      delete: (path, options) => http.delete(path, named(options)),
    },
  };
}

/** 1Password, by the SCIM bridge that a company runs itself (RFC 7643, RFC 7644). */
export const onepassword = defineConnector({
  id: 'onepassword',
  name: '1Password',
  sentence: 'Reads who is in 1Password and its groups; invites, suspends and restores them over the company’s own SCIM bridge.',
  profile: {
    rights: [{ right, for: 'read accounts and groups, and change them: the bearer token that setting the bridge up shows' }],
    plan: '1Password Business, with provisioning switched on and the SCIM bridge running at your company.',
    inbound: null,
    cannotKnow: [
      'Which vaults somebody could open: have the passwords of shared vaults changed when somebody leaves. Groundcrew asks for it.',
      'When somebody last used 1Password, and whether they have a second factor.',
      'Who is an administrator, unless a group says so.',
      'Only people whom the bridge manages can be suspended by it.',
      '1Password deletes nobody over the bridge, and private vaults go with the account: an administrator decides there.',
      'Who is invited has to accept and set up an account password: a login is never ready before its person.',
    ],
    verifiedLive: null,
    setUp: [
      {
        words: 'Under Integrations, Directory, choose other, and set the SCIM bridge up as 1Password says.',
        link: 'https://start.1password.com/integrations/directory',
      },
      { words: 'Keep the bearer token that it shows once, and enter it here with the address of the bridge, ending in /scim/v2.' },
      { words: 'If the bridge is inside your network, whoever runs Groundcrew adds its address to GROUNDCREW_ALLOW_PRIVATE.' },
    ],
  },
  reads: 'connection',
  settings,
  secrets: z.object({
    token: z
      .string()
      .trim()
      .min(1)
      .meta({ title: 'Bearer token', description: 'Shown once, when the bridge was set up.' } satisfies FormMeta),
  }),
  hosts: ({ baseUrl }) => [hostOf(baseUrl)],
  baseUrl: ({ baseUrl }) => baseUrl.replace(/\/+$/, ''),
  authorization: (_settings, { token }) => ({ authorization: `Bearer ${token}` }),
  settlingSeconds: () => 30,
  rateLimit: { perSecond: 5, burst: 10 },
  test: (session) => scim.test!(bridge(session)),
  listAccounts: (session) => scim.listAccounts!(bridge(session)),
  readAccount: (session, id, wish) => scim.readAccount!(bridge(session), id, wish),
  findAccount: (session, name, wish) => scim.findAccount!(bridge(session), name, wish),
  listEntitlements: (session) => scim.listEntitlements!(bridge(session)),
  suspendAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Suspend ${named(target)}: every device is signed out of 1Password; vaults and groups stay.`,
    run: (session, target) => scim.suspendAccount!.run(bridge(session), target),
  },
  restoreAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Reactivate ${named(target)}.`,
    run: (session, target) => scim.restoreAccount!.run(bridge(session), target),
  },
  createAccount: {
    effect: 'convergent',
    describe: (account: NewAccount) => `Invite ${account.address ?? account.userName}, unless they are there already.`,
    run: (session, account) => scim.createAccount!.run(bridge(session), account),
  },
  grantEntitlement: {
    effect: 'convergent',
    describe: ({ account, entitlement }: EntitlementTarget) => `Put ${named(account)} into the ${entitlement.kind} ${entitlement.name}.`,
    run: (session, target) => scim.grantEntitlement!.run(bridge(session), target),
  },
  revokeEntitlement: {
    effect: 'convergent',
    describe: ({ account, entitlement }: EntitlementTarget) => `Take ${named(account)} out of the ${entitlement.kind} ${entitlement.name}.`,
    run: (session, target) => scim.revokeEntitlement!.run(bridge(session), target),
  },
});
