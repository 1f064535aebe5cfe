import { saveAccessRule } from '../../server/access/index.ts';
import { addApp, recordReading } from '../../server/apps/index.ts';
import { addConnection } from '../../server/connections/index.ts';
import { addMember } from '../../server/identity/index.ts';
import { addPerson } from '../../server/people/index.ts';
import type { Context } from '../../server/platform/context.ts';
import { startHire, startLeaving } from '../../server/playbooks/index.ts';
import type { SeedUser } from '../fakes/scim-servers/directory.ts';
import { account } from '../leaving-company.ts';

type Urls = { directoryUrl: string; chatUrl: string };

/** Something that a company goes through: who is in its two apps, what is confirmed, and at which hours afterwards the clock stands. */
export type FaultStory = { seeds: SeedUser[]; hours: number[]; make(ctx: Context, urls: Urls): Promise<void> };

const address = (name: string) => `${name}@acme.example`;
const seedsOf = (names: string[]): SeedUser[] =>
  names.map((name) => ({ userName: address(name), address: address(name), givenName: name, groups: ['Standard'] }));

export const leaverStory: FaultStory = {
  seeds: seedsOf(['camille', 'owen', 'noor']),
  hours: [0, 0.002, 0.1, 1.1, 30, 24 * 5, 24 * 16, 24 * 31, 24 * 92, 24 * 92 + 1],
  async make(ctx, urls) {
    const { owen, noor } = await makePeople(ctx);
    const camille = await addPerson(ctx, {
      givenName: 'Camille',
      workAddress: address('camille'),
      personalAddress: 'camille@home.example',
      startDate: '2024-01-01',
      managerId: owen,
    });
    await makeApps(ctx, urls, { owner: camille, deputy: noor });
    const badges = await addApp(ctx, { name: 'Badges', writer: 'manual', ownerPersonId: noor });
    await listBadges(ctx, badges, 'camille');
    await startLeaving(ctx, [camille], { at: '2026-11-26T17:00', sensitive: false, namedMemberIds: [] });
  },
};

/** The first morning is Thursday 3 December, 09:00 in Berlin; accounts open two working days before. */
export const joinerStory: FaultStory = {
  seeds: seedsOf(['owen', 'noor']),
  hours: [0, 16, 113, 113.002, 113.1, 137, 137.1, 143, 143.1, 158, 160, 161, 161.1, 24 * 14, 24 * 97, 24 * 110],
  async make(ctx, urls) {
    const { owen, noor } = await makePeople(ctx);
    const { directory, chat } = await makeApps(ctx, urls, { owner: noor, deputy: owen });
    const badges = await addApp(ctx, { name: 'Badges', writer: 'manual', ownerPersonId: noor });
    await listBadges(ctx, badges, 'noor');
    const rule = (name: string, grants: { appId: string; entitlement: string | null; kind: null }[]) =>
      saveAccessRule(ctx, { name, when: 'true', grants, mend: 'shown' });
    await rule('Everybody', [
      { appId: directory, entitlement: null, kind: null },
      { appId: badges, entitlement: null, kind: null },
    ]);
    await rule('Chat', [{ appId: chat, entitlement: 'Standard', kind: null }]);
    await startHire(ctx, {
      givenName: 'Amara',
      familyName: 'Okafor',
      personalAddress: 'amara@home.example',
      startDate: '2026-12-03',
      startTime: '09:00',
      managerId: owen,
    });
  },
};

async function makePeople(ctx: Context): Promise<{ owen: string; noor: string }> {
  await addMember(ctx, { name: 'Ines', address: address('ines'), roles: ['owner'] });
  const owen = await addPerson(ctx, { givenName: 'Owen', workAddress: address('owen'), startDate: '2024-01-01' });
  const noor = await addPerson(ctx, { givenName: 'Noor', workAddress: address('noor'), startDate: '2024-01-01', managerId: owen });
  return { owen, noor };
}

async function makeApps(ctx: Context, urls: Urls, people: { owner: string; deputy: string }): Promise<{ directory: string; chat: string }> {
  const made = async (name: string, baseUrl: string, signIn: boolean) => {
    const appId = await addApp(ctx, { name, signIn, ownerPersonId: people.owner, deputyPersonId: people.deputy });
    await addConnection(ctx, {
      appId,
      connector: 'scim',
      settings: { baseUrl, settlingSeconds: 5 },
      secrets: { token: 'test-token' },
      syncEveryMinutes: null,
      writes: true,
    });
    const state = (await (await fetch(baseUrl.replace('/scim/v2', '/_state'))).json()) as {
      users: { id: string; userName: string }[];
      groups: { id: string; displayName: string }[];
    };
    const entitlements = state.groups.map((group) => ({ externalId: group.id, kind: 'group', name: group.displayName }));
    const records = state.users.map((user) =>
      account({ externalId: user.id, userName: user.userName, addresses: [user.userName], entitlements }),
    );
    const asOf = ctx.now.toString();
    await recordReading(ctx, { appId, source: 'sync', label: `Sync of ${name}`, asOf, complete: true, records, confirmed: true });
    return appId;
  };
  return { directory: await made('Directory', urls.directoryUrl, true), chat: await made('Chat', urls.chatUrl, false) };
}

async function listBadges(ctx: Context, appId: string, of: string): Promise<void> {
  await recordReading(ctx, {
    appId,
    source: 'list',
    label: 'List of Badges',
    asOf: ctx.now.toString(),
    complete: true,
    records: [account({ externalId: 'B1', addresses: [address(of)] })],
    confirmed: true,
  });
}
