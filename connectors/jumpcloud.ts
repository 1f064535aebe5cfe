import { z } from 'zod';
import * as changes from './jumpcloud/changes.ts';
import {
  findAccount,
  groupsOf,
  type JumpcloudSession,
  type JumpcloudSettings,
  listAccounts,
  readAccount,
  rights,
} from './jumpcloud/users.ts';
import {
  type AccountTarget,
  type Check,
  defineConnector,
  type EntitlementTarget,
  type FormMeta,
  hostOf,
  type NewAccount,
  objectOf,
  vendorAddress,
} from './kit/index.ts';

const named = ({ displayName, userName, externalId }: AccountTarget) => displayName ?? userName ?? externalId;

async function test(session: JumpcloudSession): Promise<Check[]> {
  const query = { limit: 1, skip: 0 };
  const { totalCount } = objectOf((await session.http.get('api/systemusers', { right: rights.read, query })).json());
  const groups = await groupsOf(session);
  return [
    { name: 'Credential', ok: true, words: `JumpCloud knows the key. It shows ${String(totalCount ?? 'its')} users.` },
    { name: 'Groups', ok: true, words: `${groups.size} user groups are read.` },
    {
      name: 'Changes',
      ok: null,
      words: `Whether the key may change users shows only when it does: its administrator needs the role ${rights.change}.`,
    },
  ];
}

/** A JumpCloud organization: users of devices, apps and networks, and the groups they hang on. */
export const jumpcloud = defineConnector<JumpcloudSettings, { apiKey: string }>({
  id: 'jumpcloud',
  name: 'JumpCloud',
  sentence:
    'Reads and changes the users and groups of JumpCloud; devices, apps and networks that hang on its groups are given and taken with them.',
  profile: {
    rights: [
      { right: rights.read, for: 'read accounts and groups (the role of the administrator whose key it is)' },
      { right: rights.change, for: 'create, change, suspend, restore and delete, put into groups, reset second factors' },
    ],
    plan: 'Any plan.',
    inbound: null,
    cannotKnow: [
      'Who administers JumpCloud: administrators are accounts of their own, apart from its users. Look at Settings, Administrators when one leaves.',
      'When somebody last signed in: JumpCloud tells it in another interface, Directory Insights.',
      'Sessions cannot be ended by themselves: who is suspended is signed out of apps at their next check.',
      'Groups that fill themselves by a rule take a change back.',
      'Changes since the last reading: everything is read each time.',
    ],
    verifiedLive: null,
    setUp: [
      {
        words: 'Make an administrator for Groundcrew alone, with the role Manager; Read Only is enough to begin with.',
        link: 'https://console.jumpcloud.com/#/settings/administrators',
      },
      {
        words: 'Signed in as that administrator open the menu of your initials, My API Key, and make a key. A new one ends the one before.',
        link: 'https://console.jumpcloud.com/',
      },
    ],
  },
  reads: 'connection',
  settings: z.object({
    organizationId: z
      .string()
      .trim()
      .regex(/^([0-9a-f]{24})?$/, 'the 24 characters of Settings, Organization Profile')
      .default('')
      .meta({
        title: 'Organization ID',
        description: 'Only where the administrator belongs to several organizations.',
        rare: true,
      } satisfies FormMeta),
    baseUrl: vendorAddress('https://console.jumpcloud.com'),
  }),
  secrets: z.object({
    apiKey: z
      .string()
      .trim()
      .min(1)
      .meta({ title: 'API key' } satisfies FormMeta),
  }),
  hosts: ({ baseUrl }) => [hostOf(baseUrl)],
  baseUrl: ({ baseUrl }) => baseUrl.replace(/\/+$/, ''),
  authorization: ({ organizationId }, { apiKey }) => ({
    'x-api-key': apiKey,
    ...(organizationId === '' ? {} : { 'x-org-id': organizationId }),
  }),
  settlingSeconds: () => 15,
  rateLimit: { perSecond: 8, burst: 30 },
  test,
  listAccounts,
  readAccount,
  findAccount,
  async *listEntitlements(session) {
    yield { records: [...(await groupsOf(session)).values()], total: null, last: true };
  },
  suspendAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Suspend ${named(target)}: no device, app or network of JumpCloud lets them in; groups stay.`,
    run: (session, target) => changes.changeState(session, target, false),
  },
  restoreAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Activate ${named(target)} again.`,
    run: (session, target) => changes.changeState(session, target, true),
  },
  deleteAccount: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Delete ${named(target)} for good, on their devices too. This cannot be undone.`,
    run: changes.remove,
  },
  createAccount: {
    effect: 'convergent',
    describe: (account: NewAccount) => `Create ${account.address ?? account.userName}, unless it is there already.`,
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
  resetSecondFactor: {
    effect: 'convergent',
    describe: (target: AccountTarget) => `Forget the second factor of ${named(target)}.`,
    run: changes.resetFactor,
    shows: changes.showsFactor,
  },
});
