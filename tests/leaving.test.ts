import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyProof } from '../server/playbooks/proof/verify-proof.ts';
import { openCompany } from './leaving-company.ts';
import type { Answer } from './world.ts';

const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, `${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};

async function company(t: Parameters<typeof openCompany>[0], at = '2026-11-26T08:12:00Z') {
  const world = await openCompany(t, { at });
  const owen = await world.person({ givenName: 'Owen', timeZone: 'Europe/Berlin' });
  const noor = await world.person({ givenName: 'Noor', timeZone: 'Europe/Berlin' });
  const camille = await world.person({
    givenName: 'Camille',
    timeZone: 'America/Toronto',
    managerId: owen,
    personalAddress: 'camille@home.example',
  });
  return { world, owen, noor, camille };
}

const user = (name: string) => ({ userName: `${name}@acme.example`, address: `${name}@acme.example`, givenName: name });

test('a leaver is suspended at the cut-off, not before, verified by a fresh read, and the proof closes and verifies', async (t) => {
  const { world, owen, noor, camille } = await company(t);
  const directory = await world.scimApp('Directory', { users: [user('camille'), user('noor')], signIn: true, ownerPersonId: noor });
  const chat = await world.scimApp('Chat', {
    users: [user('camille'), user('owen')],
    behaviour: { etag: 'required', patch: false },
    ownerPersonId: camille,
    deputyPersonId: noor,
  });
  const badges = await world.manualApp('Badges', { ownerPersonId: noor, accounts: [{ addresses: ['camille@acme.example'] }] });
  assert.ok(badges);
  const terms = { at: '2026-11-27T17:00', toldAt: '2026-11-26T15:00:00Z' };
  const preview = ok(await world.owner('post', '/leaving/preview', { personIds: [camille], terms })).rows[0];
  assert.equal(preview.moment.cutOffAt, '2026-11-27T22:00:00Z');
  assert.equal(preview.blast.accounts.length, 3);
  assert.deepEqual(
    preview.blast.ownerOf.map((app: { name: string }) => app.name),
    ['Chat'],
  );
  const { runIds } = ok(await world.owner('post', '/leaving', { personIds: [camille], terms }));
  await world.settle();
  await world.at('2026-11-27T21:59:59Z');
  assert.equal(directory.server.user('camille@acme.example').active, true);
  await world.at('2026-11-27T22:00:00Z');
  assert.equal(directory.server.user('camille@acme.example').active, false);
  await world.at('2026-11-27T22:00:03Z');
  assert.equal(chat.server.user('camille@acme.example').active, false);
  assert.equal(chat.server.user('owen@acme.example').active, true);
  let run = ok(await world.owner('get', `/runs/${runIds[0]}`));
  const status = (app: string) => run.actions.find((action: { app: string }) => action.app === app).status;
  assert.equal(status('Directory'), 'verified');
  assert.equal(status('Chat'), 'verified');
  assert.equal(status('Badges'), 'asked');
  assert.equal(run.run.attempted_at !== null, true);
  // The app she owned falls to its deputy at once.
  const chatApp = ok(await world.owner('get', `/apps/${chat.appId}`));
  assert.equal(chatApp.ownerPersonId ?? chatApp.owner?.id ?? chatApp.owner_person_id, noor);
  const refused = await world.owner('post', `/runs/${runIds[0]}/proof/signatures`, { section: 'access' });
  assert.equal(refused.status, 422);
  const badgeTask = run.actions.find((action: { app: string }) => action.app === 'Badges').task_id;
  ok(await world.owner('post', `/tasks/${badgeTask}/finish`, { note: 'Disabled in the console.' }));
  await world.settle();
  await world.at('2026-11-27T23:30:00Z');
  run = ok(await world.owner('get', `/runs/${runIds[0]}`));
  assert.equal(status('Badges'), 'evidenced');
  for (const handover of run.handovers) if (handover.status === 'moved') ok(await world.owner('post', `/handovers/${handover.id}/confirm`));
  ok(await world.owner('post', `/runs/${runIds[0]}/proof/signatures`, { section: 'access' }));
  ok(await world.owner('post', `/runs/${runIds[0]}/proof/signatures`, { section: 'ownership' }));
  run = ok(await world.owner('get', `/runs/${runIds[0]}`));
  assert.equal(run.proofStatus, 'closed', JSON.stringify(run.sections, null, 1));
  const { publicKey } = ok(await world.owner('get', '/signing-key'));
  for (const kind of ['json', 'pdf']) {
    const { bytes, status: code } = await world.owner('get', `/runs/${runIds[0]}/proof.${kind}`);
    assert.equal(code, 200);
    const verdict = verifyProof(bytes, publicKey);
    assert.deepEqual([verdict.ok, verdict.ok && verdict.summary.status], [true, 'closed']);
    bytes[bytes.length >> 1]! ^= 1;
    assert.equal(verifyProof(bytes, publicKey).ok, false);
  }
  assert.ok(owen);
});

test('an app that answers done and changes nothing keeps its line open, is named, and its owner is asked', async (t) => {
  const { world, noor, camille } = await company(t);
  const helpdesk = await world.scimApp('Helpdesk', { users: [user('camille')], behaviour: { lying: true }, ownerPersonId: noor });
  const { runIds } = ok(await world.owner('post', '/leaving', { personIds: [camille], terms: { at: 'now' } }));
  await world.settle();
  for (let seconds = 2; seconds < 200; seconds += 10)
    await world.at(Temporal.Instant.from('2026-11-26T08:12:00Z').add({ seconds }).toString());
  const run = ok(await world.owner('get', `/runs/${runIds[0]}`));
  const [action] = run.actions;
  assert.equal(action.status, 'did-not-obey');
  assert.match(action.problem, /Helpdesk answered/);
  assert.equal(action.asked, 'Noor Test');
  assert.equal(run.sections[0].lines[0].status, 'did-not-obey');
  assert.equal((await world.owner('post', `/runs/${runIds[0]}/proof/signatures`, { section: 'access' })).status, 422);
  helpdesk.server.behave({});
  ok(await world.owner('post', `/actions/${action.id}/retry`));
  await world.settle();
  const after = ok(await world.owner('get', `/runs/${runIds[0]}`));
  assert.equal(after.actions[0].status, 'verified');
  assert.equal(helpdesk.server.user('camille@acme.example').active, false);
});

test('a change that takes a while to show is polled through the settling time before anybody is accused', async (t) => {
  const { world, noor, camille } = await company(t);
  await world.scimApp('Slow', { users: [user('camille')], behaviour: { settlesAfterSeconds: 10 }, ownerPersonId: noor });
  const { runIds } = ok(await world.owner('post', '/leaving', { personIds: [camille], terms: { at: 'now' } }));
  for (let seconds = 2; seconds < 40; seconds += 2)
    await world.at(Temporal.Instant.from('2026-11-26T08:12:00Z').add({ seconds }).toString());
  const run = ok(await world.owner('get', `/runs/${runIds[0]}`));
  assert.equal(run.actions[0].status, 'verified');
  assert.equal(run.actions[0].task_id, null);
  assert.ok(run.actions[0].reads > 1);
});

test('a server that is down over the cut-off is tried again with back-off, escalated after five minutes, and closed when it returns', async (t) => {
  const { world, noor, camille } = await company(t);
  const chat = await world.scimApp('Chat', { users: [user('camille')], ownerPersonId: noor });
  const directory = await world.scimApp('Directory', { users: [user('camille')], signIn: true, ownerPersonId: noor });
  directory.server.behave({ down: true });
  const { runIds } = ok(await world.owner('post', '/leaving', { personIds: [camille], terms: { at: 'now' } }));
  await world.settle();
  await world.at('2026-11-26T08:12:05Z');
  // The sign-in system is silent; the others do not wait for it.
  assert.equal(chat.server.user('camille@acme.example').active, false);
  for (let minute = 1; minute < 12; minute += 1)
    await world.at(Temporal.Instant.from('2026-11-26T08:12:00Z').add({ minutes: minute }).toString());
  let run = ok(await world.owner('get', `/runs/${runIds[0]}`));
  const line = () => run.actions.find((action: { app: string }) => action.app === 'Directory');
  assert.equal(line().status, 'retrying');
  assert.ok(line().task_id, 'the owner is asked');
  directory.server.behave({});
  for (let minute = 12; minute < 40; minute += 2)
    await world.at(Temporal.Instant.from('2026-11-26T08:12:00Z').add({ minutes: minute }).toString());
  run = ok(await world.owner('get', `/runs/${runIds[0]}`));
  assert.equal(line().status, 'verified');
  assert.equal(directory.server.user('camille@acme.example').active, false);
  assert.equal(ok(await world.owner('get', `/tasks/${line().task_id}`)).status, 'cancelled', 'nobody is asked for what is done');
});

test('an exit that is not told is nowhere to be seen by the leaver, whatever role they hold', async (t) => {
  const { world, noor, camille } = await company(t);
  await world.scimApp('Directory', { users: [user('camille')], signIn: true, ownerPersonId: camille });
  await world.manualApp('Badges', { ownerPersonId: camille, deputyPersonId: noor, accounts: [{ addresses: ['camille@acme.example'] }] });
  const hers = await world.as(['owner', 'ops', 'hr', 'auditor'], { personId: camille });
  const { runIds } = ok(
    await world.owner('post', '/leaving', { personIds: [camille], terms: { at: '2026-11-27T17:00', toldAt: '2026-11-27T15:00:00Z' } }),
  );
  await world.settle();
  assert.equal((await hers('get', `/runs/${runIds[0]}`)).status, 404);
  assert.equal(ok(await hers('get', '/runs')).total, 0);
  assert.equal((await hers('get', `/runs/${runIds[0]}/proof`)).status, 404);
  const { rows } = (await world.database.name)
    ? await queryAdmin(world.database.adminUrl, `select to_address, status from platform_mail where lower(to_address) like 'camille%'`)
    : { rows: [] };
  assert.deepEqual(rows, []);
  await world.at('2026-11-27T15:00:00Z');
  assert.equal(ok(await hers('get', '/runs')).total, 1);
  // At the cut-off Groundcrew itself is closed to her.
  await world.at('2026-11-27T22:00:05Z');
  assert.equal((await hers('get', '/runs')).status, 401);
});

async function queryAdmin(url: string, text: string) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

test('a leaver who stays gets back exactly what was taken', async (t) => {
  const { world, noor, camille } = await company(t);
  const chat = await world.scimApp('Chat', { users: [user('camille')], ownerPersonId: camille, deputyPersonId: noor });
  const wiki = await world.scimApp('Wiki', { users: [{ ...user('camille'), active: false }], ownerPersonId: noor });
  const { runIds } = ok(await world.owner('post', '/leaving', { personIds: [camille], terms: { at: 'now' } }));
  await world.settle();
  await world.at('2026-11-26T08:12:05Z');
  assert.equal(chat.server.user('camille@acme.example').active, false);
  ok(await world.owner('post', `/runs/${runIds[0]}/rescind`, { reason: 'She stays after all.' }));
  await world.at('2026-11-26T08:13:00Z');
  assert.equal(chat.server.user('camille@acme.example').active, true);
  assert.equal(wiki.server.user('camille@acme.example').active, false);
});

test('a cut-off in the hour that does not exist or comes twice is the instant of Temporal’s compatible reading, and says so', async (t) => {
  const { world, camille } = await company(t, '2026-02-01T08:00:00Z');
  const at = async (local: string, zone: string) =>
    ok(await world.owner('post', '/leaving/preview', { personIds: [camille], terms: { at: local, zone } })).rows[0].moment;
  const gap = await at('2026-03-29T02:30', 'Europe/Berlin');
  assert.equal(
    gap.cutOffAt,
    Temporal.PlainDateTime.from('2026-03-29T02:30')
      .toZonedDateTime('Europe/Berlin', { disambiguation: 'compatible' })
      .toInstant()
      .toString(),
  );
  assert.match(gap.note, /does not exist/);
  const twice = await at('2026-11-01T01:30', 'America/Toronto');
  assert.equal(twice.cutOffAt, '2026-11-01T05:30:00Z');
  assert.match(twice.note, /twice/);
});
