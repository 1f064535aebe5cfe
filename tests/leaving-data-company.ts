import assert from 'node:assert/strict';
import { addApp } from '../server/apps/index.ts';
import { addConnection, putSimulatedAccounts } from '../server/connections/index.ts';
import { account, type LeavingCompany } from './leaving-company.ts';
import type { Answer } from './world.ts';

export const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, `${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};

/** A simulated app in which everybody named has an account. It offers everything with data unless its settings say otherwise. */
export async function simulatedApp(
  world: LeavingCompany,
  name: string,
  people: string[],
  more: {
    signIn?: boolean;
    ownerPersonId?: string;
    capability?: string;
    settings?: object;
    entitlements?: { externalId: string; kind: string; name: string }[];
  } = {},
): Promise<{ appId: string; connectionId: string }> {
  const made = await world.run(async (ctx) => {
    await ctx.db.updateTable('identity_organizations').set({ sample: true }).execute();
    const appId = await addApp(ctx, {
      name,
      signIn: more.signIn ?? false,
      ownerPersonId: more.ownerPersonId ?? null,
      capability: more.capability ?? null,
    });
    const { connectionId } = await addConnection(ctx, {
      appId,
      connector: 'simulated',
      settings: { offers: ['sessions', 'files', 'mail', 'calendar', 'owned', 'deletion'], ...more.settings },
      secrets: {},
      syncEveryMinutes: null,
      writes: true,
    });
    await putSimulatedAccounts(
      ctx,
      connectionId,
      people.map((each) =>
        account({
          externalId: each,
          userName: `${each}@acme.example`,
          addresses: [`${each}@acme.example`],
          displayName: each,
          entitlements: more.entitlements ?? [],
        }),
      ),
    );
    return { appId, connectionId };
  });
  await world.read(made.appId);
  return made;
}

export type Line = { id: string; subject: string; detail: string; status: string; how: Record<string, Record<string, unknown>> };

export async function sectionsOf(world: LeavingCompany, runId: string): Promise<Record<string, Line[]>> {
  const { sections } = ok(await world.owner('get', `/runs/${runId}`));
  return Object.fromEntries(sections.map((section: { key: string; lines: Line[] }) => [section.key, section.lines]));
}

/** What the simulated app of this connection keeps of an account. */
export const keptOf = (world: LeavingCompany, connectionId: string, externalId: string) =>
  world.run(async (ctx) => {
    const row = await ctx.db
      .selectFrom('connections_simulated')
      .select('belongings')
      .where('connection_id', '=', connectionId)
      .where('external_id', '=', externalId)
      .executeTakeFirst();
    return (row?.belongings ?? null) as Record<string, any> | null;
  });
