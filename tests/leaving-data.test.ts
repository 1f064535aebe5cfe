import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addApp } from '../server/apps/index.ts';
import { addConnection, putSimulatedAccounts } from '../server/connections/index.ts';
import { account, type LeavingCompany, openCompany } from './leaving-company.ts';
import type { Answer } from './world.ts';

const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, `${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};

const all = ['sessions', 'files', 'mail', 'calendar', 'owned', 'deletion'];

/** A simulated app in which everybody named has an account. */
async function simulatedApp(
  world: LeavingCompany,
  name: string,
  people: string[],
  more: {
    signIn?: boolean;
    ownerPersonId?: string;
    settings?: object;
    entitlements?: { externalId: string; kind: string; name: string }[];
  } = {},
): Promise<{ appId: string; connectionId: string }> {
  const made = await world.run(async (ctx) => {
    await ctx.db.updateTable('identity_organizations').set({ sample: true }).execute();
    const appId = await addApp(ctx, { name, signIn: more.signIn ?? false, ownerPersonId: more.ownerPersonId ?? null });
    const { connectionId } = await addConnection(ctx, {
      appId,
      connector: 'simulated',
      settings: { offers: all, ...more.settings },
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

type Line = { id: string; subject: string; detail: string; status: string; how: Record<string, Record<string, unknown>> };

async function sectionsOf(world: LeavingCompany, runId: string): Promise<Record<string, Line[]>> {
  const { sections } = ok(await world.owner('get', `/runs/${runId}`));
  return Object.fromEntries(sections.map((section: { key: string; lines: Line[] }) => [section.key, section.lines]));
}

test('at the cut-off sessions and tokens end in every app that can end them, after the suspension was asked for, and each is read back; what nobody can see is unknown', async (t) => {
  const world = await openCompany(t, { at: '2026-11-26T08:00:00Z' });
  const owen = await world.person({ givenName: 'Owen' });
  const camille = await world.person({ givenName: 'Camille', managerId: owen });
  await simulatedApp(world, 'Directory', ['camille', 'owen'], { signIn: true, ownerPersonId: owen });
  await simulatedApp(world, 'Drive', ['camille', 'owen'], { settings: { behaviour: 'lies' }, ownerPersonId: owen });
  const { runIds } = ok(await world.owner('post', '/leaving', { personIds: [camille], terms: { at: '2026-11-27T17:00' } }));
  await world.at('2026-11-27T15:59:59Z');
  assert.equal((await sectionsOf(world, runIds[0])).sessions, undefined);
  await world.at('2026-11-27T16:00:00Z');
  await world.at('2026-11-27T16:00:10Z');
  await world.at('2026-11-27T16:00:30Z');
  const { sessions, access } = await sectionsOf(world, runIds[0]);
  const said = (lines: Line[]) => lines.map((line) => `${line.subject} ${line.detail.split(',')[0]}: ${line.status}`).sort();
  assert.deepEqual(said(sessions!), [
    'Directory Password: unknown',
    'Directory Sessions and tokens: verified',
    'Drive Password: unknown',
    'Drive Sessions and tokens: did-not-obey',
  ]);
  assert.equal(access!.find((line) => line.subject === 'Directory')!.status, 'verified');
  const order = await world.run((ctx) =>
    ctx.db
      .selectFrom('access_attempts as t')
      .innerJoin('access_actions as a', 'a.id', 't.action_id')
      .innerJoin('apps_apps as p', 'p.id', 'a.app_id')
      .select(['a.kind'])
      .where('p.name', '=', 'Directory')
      .where('t.kind', '=', 'attempt')
      .orderBy('t.id')
      .execute(),
  );
  assert.equal(order[0]!.kind, 'suspend');
  const document = ok(await world.owner('get', `/runs/${runIds[0]}/proof`));
  assert.ok(document.sections.some((section: { title: string }) => section.title === 'Sessions and tokens'));
});
