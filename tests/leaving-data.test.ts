import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCompany } from './leaving-company.ts';
import { type Line, ok, sectionsOf, simulatedApp } from './leaving-data-company.ts';

test('at the cut-off sessions and tokens end in every app that can end them, after the suspension was asked for, and each is read back; what nobody can see is unknown', async (t) => {
  const world = await openCompany(t, { at: '2026-11-26T08:00:00Z' });
  const owen = await world.person({ givenName: 'Owen' });
  const camille = await world.person({ givenName: 'Camille', managerId: owen });
  await simulatedApp(world, 'Directory', ['camille', 'owen'], { signIn: true, ownerPersonId: owen, settings: { offers: ['sessions'] } });
  await simulatedApp(world, 'Drive', ['camille', 'owen'], { settings: { behaviour: 'lies', offers: ['sessions'] }, ownerPersonId: owen });
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
