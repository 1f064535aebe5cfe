import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCompany } from './leaving-company.ts';
import { keptOf, type Line, ok, sectionsOf, simulatedApp } from './leaving-data-company.ts';

const said = (lines: Line[] = []) => lines.map(({ subject, detail, status }) => `${subject} ${detail}: ${status}`).sort();

test('the manager is asked once who inherits what; at the cut-off it is done, read back, and stands in the sections of the proof', async (t) => {
  const world = await openCompany(t, { at: '2026-11-02T08:00:00Z' });
  const owen = await world.person({ givenName: 'Owen' });
  const lena = await world.person({ givenName: 'Lena', managerId: owen });
  const camille = await world.person({ givenName: 'Camille', managerId: owen });
  const suite = await simulatedApp(world, 'Suite', ['camille', 'owen', 'lena'], {
    signIn: true,
    ownerPersonId: owen,
    settings: { onlyWhileActive: true },
  });
  await world.run((ctx) =>
    ctx.db
      .updateTable('connections_simulated')
      .set({ belongings: JSON.stringify({ owned: [{ kind: 'registered app', externalId: 'a1', name: 'Nightly export', count: null }] }) })
      .where('external_id', '=', 'camille')
      .execute(),
  );
  await world.manualApp('Archive', { ownerPersonId: owen });
  const preview = ok(await world.owner('post', '/leaving/preview', { personIds: [camille], terms: { at: '2026-11-27T17:00' } }));
  assert.match(JSON.stringify(preview), /Who inherits their data\?/);
  const { runIds } = ok(await world.owner('post', '/leaving', { personIds: [camille], terms: { at: '2026-11-27T17:00' } }));
  await world.settle();
  const tasks = ok(await world.owner('get', '/tasks?scope=all')).rows;
  const asked = tasks.filter((task: { title: string }) => task.title.startsWith('Who inherits'));
  assert.equal(asked.length, 1);
  assert.equal(asked[0].assignee.name, 'Owen Test');
  const { form } = ok(await world.owner('get', `/tasks/${asked[0].id}`));
  assert.deepEqual(
    form.map((part: { key: string }) => part.key),
    ['files', 'files_to', 'mail', 'mail_to', 'mail_text', 'mail_until', 'meetings', 'meetings_to', 'automations', 'automations_to'],
  );
  const refused = await world.owner('post', `/tasks/${asked[0].id}/finish`, {
    answer: JSON.stringify({ files_to: camille, mail: 'shout', mail_until: '2026-02-30' }),
  });
  assert.equal(refused.status, 422);
  assert.deepEqual(
    refused.body.problems.map((each: { field: string }) => each.field),
    ['answer.files_to', 'answer.mail'],
  );
  ok(
    await world.owner('post', `/tasks/${asked[0].id}/finish`, {
      answer: JSON.stringify({ files_to: lena, mail: 'forward', mail_to: lena, mail_until: '2026-12-10', meetings: 'cancel' }),
    }),
  );
  await world.settle();
  // Nothing of it happens before the cut-off.
  assert.deepEqual(Object.keys((await keptOf(world, suite.connectionId, 'camille'))!), ['owned']);
  await world.at('2026-11-27T16:00:00Z');
  await world.at('2026-11-27T16:00:02Z');
  await world.at('2026-11-27T16:00:30Z');
  const kept = (await keptOf(world, suite.connectionId, 'camille'))!;
  assert.equal(kept.filesWith, 'lena');
  assert.equal(kept.forwardTo, 'lena@acme.example');
  assert.match(kept.reply.text, /Lena Test follows: lena@acme\.example/);
  assert.equal(kept.meetings, 'cancelled');
  const { access, files, mail, calendar, automations } = await sectionsOf(world, runIds[0]);
  assert.deepEqual(access!.map((line) => `${line.subject}: ${line.status}`).sort(), ['Archive: waiting', 'Suite: verified']);
  assert.deepEqual(said(files), ['Suite Files, camille@acme.example to Lena Test. Ines Halvorsen decided so.: verified']);
  assert.deepEqual(said(mail), [
    'Suite Automatic reply, camille@acme.example until 2026-12-10. Ines Halvorsen decided so.: verified',
    'Suite Forwarding, camille@acme.example to Lena Test until 2026-12-10. Ines Halvorsen decided so.: verified',
  ]);
  assert.deepEqual(said(calendar), ['Suite Meetings, camille@acme.example. Ines Halvorsen decided so.: verified']);
  assert.deepEqual(automations!.map((line) => `${line.detail.split(',')[0]}: ${line.status}`).sort(), [
    'What runs by itself: verified',
    'registered app Nightly export: waiting',
  ]);
  // The playbook's own questions about mail are not asked twice.
  const { steps } = ok(await world.owner('get', `/runs/${runIds[0]}`));
  const isSkipped = (key: string) => steps.find((step: { key: string }) => step.key === key).status === 'skipped';
  assert.ok(isSkipped('mail_afterwards'));
  // The forwarding ends on the day that was named: somebody is asked.
  await world.at('2026-12-10T09:00:00Z');
  const at = ok(await world.owner('get', `/runs/${runIds[0]}`)).steps;
  for (const key of ['set_reply', 'set_forwarding', 'take_over_calendar'])
    assert.equal(at.find((step: { key: string }) => step.key === key).status, 'skipped', key);
  const later = ok(await world.owner('get', '/tasks?scope=all')).rows.map((task: { title: string }) => task.title);
  assert.ok(later.includes('End what still happens to the mail of Camille Test'), later.join('\n'));
});

test('unanswered, everything falls to the manager; where an app cannot do it a person is asked with evidence; an exit that closes at once has its reply at once', async (t) => {
  const world = await openCompany(t, { at: '2026-11-02T08:00:00Z' });
  const owen = await world.person({ givenName: 'Owen' });
  const camille = await world.person({ givenName: 'Camille', managerId: owen });
  const rohan = await world.person({ givenName: 'Rohan', managerId: owen });
  const mail = await simulatedApp(world, 'Mail', ['camille', 'rohan', 'owen'], { ownerPersonId: owen, settings: { offers: ['mail'] } });
  await simulatedApp(world, 'Vault', ['camille'], {
    ownerPersonId: owen,
    capability: 'Passwords',
    settings: { offers: [] },
    entitlements: [{ externalId: 'f', kind: 'vault', name: 'Finance' }],
  });
  await simulatedApp(world, 'Drive', ['camille', 'rohan', 'owen'], { ownerPersonId: owen, capability: 'Files', settings: { offers: [] } });
  const { runIds } = ok(await world.owner('post', '/leaving', { personIds: [camille], terms: { at: '2026-11-27T17:00' } }));
  await world.settle();
  await world.at('2026-11-04T18:00:00Z');
  await world.at('2026-11-27T16:00:00Z');
  await world.at('2026-11-27T16:00:30Z');
  const sections = await sectionsOf(world, runIds[0]);
  assert.deepEqual(said(sections.files), ['Drive Files, camille@acme.example to Owen Test. Nobody answered in time.: waiting']);
  assert.equal(sections.mail![0]!.status, 'verified');
  assert.deepEqual(said(sections.secrets), ['Vault the passwords in Finance, camille@acme.example: waiting']);
  const asked = ok(await world.owner('get', '/tasks?scope=all')).rows.find((task: { title: string }) =>
    task.title.startsWith('Give the files'),
  );
  assert.equal((await world.owner('post', `/tasks/${asked.id}/finish`, {})).status, 422);
  ok(await world.owner('post', `/tasks/${asked.id}/finish`, { note: 'Moved the folder.' }));
  await world.settle();
  assert.equal((await sectionsOf(world, runIds[0])).files![0]!.status, 'evidenced');

  const now = ok(await world.owner('post', '/leaving', { personIds: [rohan], terms: { at: 'now' } }));
  await world.settle();
  assert.match((await keptOf(world, mail.connectionId, 'rohan'))!.reply.text, /Owen Test follows/);
  assert.equal((await sectionsOf(world, now.runIds[0])).files, undefined);
  // Who stays gets back by hand what no machine can take back.
  ok(await world.owner('post', `/runs/${now.runIds[0]}/rescind`, { reason: 'A mistake.' }));
  await world.settle();
  const back = ok(await world.owner('get', '/tasks?scope=all')).rows.find((task: { title: string }) =>
    task.title.startsWith('Give back what became'),
  );
  assert.match(ok(await world.owner('get', `/tasks/${back.id}`)).instructions, /- Mail: Automatic reply/);
});
