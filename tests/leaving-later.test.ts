import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCompany } from './leaving-company.ts';
import { keptOf, type Line, ok, simulatedApp } from './leaving-data-company.ts';

test('accounts are kept for their days and deleted only by approval of what is listed; a legal hold holds deletion, licence and erasure until it is lifted', async (t) => {
  const world = await openCompany(t, { at: '2026-11-02T08:00:00Z' });
  const owen = await world.person({ givenName: 'Owen' });
  const camille = await world.person({ givenName: 'Camille', managerId: owen });
  const suite = await simulatedApp(world, 'Suite', ['camille', 'owen'], {
    ownerPersonId: owen,
    entitlements: [{ externalId: 'b', kind: 'licence', name: 'Business' }],
  });
  await world.manualApp('Badges', { ownerPersonId: owen, accounts: [{ addresses: ['camille@acme.example'] }] });
  ok(await world.owner('put', '/retention', { days: 120 }));
  ok(await world.owner('put', '/retention', { appId: suite.appId, days: 60 }));
  const { runIds } = ok(await world.owner('post', '/leaving', { personIds: [camille], terms: { at: '2026-11-27T17:00' } }));
  await world.settle();
  const titles = async () =>
    ok(await world.owner('get', '/tasks?scope=all')).rows as { id: string; title: string; subject: { name: string } | null }[];
  const question = (await titles()).find(({ title }) => title.startsWith('Who inherits'))!;
  ok(await world.owner('post', `/tasks/${question.id}/finish`, { answer: JSON.stringify({ mail: 'nothing', meetings: 'cancel' }) }));
  await world.settle();
  await world.at('2026-11-27T16:00:00Z');
  await world.at('2026-11-27T16:00:30Z');
  const run = async () => ok(await world.owner('get', `/runs/${runIds[0]}`));
  const later = async (): Promise<Record<string, Line[]>> =>
    Object.fromEntries((await run()).data.later.map((section: { key: string; lines: Line[] }) => [section.key, section.lines]));
  const why = (line: Line) => `${line.subject}: ${line.how.open?.why ?? line.how.read?.observed ?? line.how.override?.reason}`;
  assert.deepEqual((await later()).deletion!.map(why).sort(), [
    'Badges: It is kept until 2027-03-27. Then a person is asked; nothing is deleted by itself.',
    'Suite: It is kept until 2027-01-26. Then a person is asked; nothing is deleted by itself.',
  ]);
  // What comes later is no section to sign: the proof does not wait for it.
  assert.ok(!(await run()).sections.some(({ key }: { key: string }) => ['licences', 'deletion'].includes(key)));
  const document = ok(await world.owner('get', `/runs/${runIds[0]}/proof`));
  assert.deepEqual(
    document.later.map(({ title }: { title: string }) => title),
    ['Licences', 'Deletion'],
  );

  assert.equal((await world.owner('post', `/people/${camille}/legal-holds`, { reason: ' ' })).status, 422);
  const { id: holdId } = ok(await world.owner('post', `/people/${camille}/legal-holds`, { reason: 'A customer sues us.' }));
  assert.equal((await world.owner('post', `/people/${camille}/legal-holds`, { reason: 'Again.' })).body.code, 'held_already');
  await world.at('2026-12-12T00:00:00Z');
  assert.match(why((await later()).licences![0]!), /A legal hold stands since 2026-11-27/);
  const hindrances = ok(await world.owner('get', `/people/${camille}/erasure`)).rows as { words: string; isFinal: boolean }[];
  assert.ok(hindrances.some(({ words, isFinal }) => isFinal && words.includes('legal hold')));
  await world.at('2027-01-28T17:00:00Z');
  assert.ok(!(await titles()).some(({ title }) => title.startsWith('Delete')));

  assert.equal((await run()).data.hold.reason, 'A customer sues us.');
  ok(await world.owner('post', `/legal-holds/${holdId}/lift`, { reason: 'The case is settled.' }));
  await world.at('2027-01-30T00:00:00Z');
  assert.equal(why((await later()).licences![0]!), 'Suite: Business: not held; its seat is free');
  const asked = (await titles()).filter(({ title }) => title.startsWith('Delete'));
  assert.deepEqual(
    asked.map(({ title }) => title),
    ['Delete an account of Camille Test?'],
  );
  const approval = ok(await world.owner('get', `/tasks/${asked[0]!.id}`));
  assert.match(approval.instructions, /- Suite: camille@acme\.example, kept until 2027-01-26/);
  assert.doesNotMatch(approval.instructions, /Badges/);
  assert.ok(await keptOf(world, suite.connectionId, 'camille'), 'nothing is deleted before the approval');
  ok(await world.owner('post', `/tasks/${asked[0]!.id}/finish`, { answer: 'yes' }));
  const lastMoment = ok(await world.owner('post', `/people/${camille}/legal-holds`, { reason: 'The case begins again.' }));
  await world.settle();
  assert.ok(await keptOf(world, suite.connectionId, 'camille'), 'a hold between the approval and the deed holds it');
  ok(await world.owner('post', `/legal-holds/${lastMoment.id}/lift`, { reason: 'It was dropped.' }));
  await world.at('2027-01-31T12:00:00Z');
  assert.equal(await keptOf(world, suite.connectionId, 'camille'), null);
  assert.ok((await later()).deletion!.map(why).includes('Suite: no such account'));

  // By hand: approved first, then done by its owner, with evidence. No keeps it for good.
  await world.at('2027-03-27T16:00:30Z');
  const second = (await titles()).find(({ title }) => title.startsWith('Delete an account'))!;
  ok(await world.owner('post', `/tasks/${second.id}/finish`, { answer: 'no', note: 'The badge is used again.' }));
  await world.settle();
  assert.ok((await later()).deletion!.map(why).includes('Badges: The badge is used again.'));
});
