import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCompany } from './leaving-company.ts';
import { connectorHttpApp } from './leaving-http-app.ts';
import type { Answer } from './world.ts';

const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, `${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};

const user = (name: string) => ({ userName: `${name}@acme.example`, address: `${name}@acme.example`, givenName: name });
type Step = { id: string; key: string; status: string; words: string | null; task_id: string | null; due_at: string | null };

test('an answer steers later steps, and a question that nobody answers in time falls to what the playbook says', async (t) => {
  const world = await openCompany(t, { at: '2026-11-02T08:00:00Z' });
  const owen = await world.person({ givenName: 'Owen' });
  const camille = await world.person({ givenName: 'Camille', managerId: owen });
  const { runIds } = ok(await world.owner('post', '/leaving', { personIds: [camille], terms: { at: '2026-11-27T17:00' } }));
  await world.settle();
  const steps = async (): Promise<Map<string, Step>> =>
    new Map(ok(await world.owner('get', `/runs/${runIds[0]}`)).steps.map((step: Step) => [step.key, step]));
  const mail = (await steps()).get('mail_afterwards')!;
  assert.equal(mail.status, 'waiting');
  ok(await world.owner('post', `/tasks/${mail.task_id}/finish`, { answer: 'forward' }));
  await world.settle();
  await world.at('2026-11-10T16:00:00Z');
  assert.match((await steps()).get('known_outside')!.words!, /Nobody answered in time: Yes/);
  await world.at('2026-11-27T16:10:00Z');
  const after = await steps();
  assert.equal(after.get('set_forwarding')!.status, 'waiting');
  assert.equal(after.get('set_reply')!.status, 'skipped');
});

test('moving the date moves what has not happened, and nothing else; a confirmed date comes back on moving back', async (t) => {
  const world = await openCompany(t, { at: '2026-11-02T08:00:00Z' });
  const owen = await world.person({ givenName: 'Owen' });
  const camille = await world.person({ givenName: 'Camille', managerId: owen, timeZone: 'America/Toronto' });
  const server = await world.scimApp('Chat', { users: [user('camille')], ownerPersonId: owen });
  const { runIds } = ok(await world.owner('post', '/leaving', { personIds: [camille], terms: { at: '2026-11-27T17:00' } }));
  await world.settle();
  const before = ok(await world.owner('get', `/runs/${runIds[0]}`));
  ok(await world.owner('put', `/runs/${runIds[0]}/dates`, { at: '2026-12-04T12:00' }));
  await world.at('2026-11-28T00:00:00Z');
  assert.equal(server.server.user('camille@acme.example').active, true);
  const moved = ok(await world.owner('get', `/runs/${runIds[0]}`));
  const due = (run: { steps: Step[] }, key: string) => run.steps.find((step) => step.key === key)!.due_at;
  assert.equal(due(moved, 'close_access'), '2026-12-04T17:00:00Z');
  assert.equal(due(moved, 'tell_manager'), due(before, 'tell_manager'));
  await world.at('2026-12-04T17:00:05Z');
  assert.equal(server.server.user('camille@acme.example').active, false);
});

test('a pause holds everything but the cut-off', async (t) => {
  const world = await openCompany(t, { at: '2026-11-26T08:00:00Z' });
  const owen = await world.person({ givenName: 'Owen' });
  const camille = await world.person({ givenName: 'Camille', managerId: owen });
  const { server } = await world.scimApp('Chat', { users: [user('camille')], ownerPersonId: owen });
  const { runIds } = ok(await world.owner('post', '/leaving', { personIds: [camille], terms: { at: '2026-11-27T17:00' } }));
  await world.settle();
  ok(await world.owner('post', `/runs/${runIds[0]}/pause`, { reason: 'The lawyer looks at it.' }));
  await world.at('2026-11-27T16:10:00Z');
  assert.equal(server.user('camille@acme.example').active, false);
  const run = ok(await world.owner('get', `/runs/${runIds[0]}`));
  assert.equal(run.steps.find((step: Step) => step.key === 'change_secrets').status, 'planned');
});

test('a confirmed lay-off of 40 people is one act and is not braked', async (t) => {
  const world = await openCompany(t, { at: '2026-11-26T08:00:00Z' });
  const names = Array.from({ length: 45 }, (_, index) => `p${index}`);
  const ids: string[] = [];
  for (const name of names) ids.push(await world.person({ givenName: name }));
  const { server } = await world.scimApp('Chat', { users: names.map(user) });
  const { runIds } = ok(await world.owner('post', '/leaving', { personIds: ids.slice(0, 40), terms: { at: 'now' } }));
  assert.equal(runIds.length, 40);
  await world.settle();
  await world.at('2026-11-26T08:00:10Z');
  assert.equal(server.users().filter((each) => each.active === false).length, 40);
  assert.equal(server.users().filter((each) => each.active === true).length, 5);
});

test('an account that re-appears opens the closed proof again, voids its signature and tells the lead', async (t) => {
  const world = await openCompany(t, { at: '2026-11-26T08:00:00Z' });
  const noor = await world.person({ givenName: 'Noor' });
  const camille = await world.person({ givenName: 'Camille' });
  const { server, appId } = await world.scimApp('Chat', { users: [user('camille'), user('noor')], ownerPersonId: noor });
  const { runIds } = ok(await world.owner('post', '/leaving', { personIds: [camille], terms: { at: 'now' } }));
  await world.settle();
  await world.at('2026-11-26T08:00:05Z');
  ok(await world.owner('post', `/runs/${runIds[0]}/proof/signatures`, { section: 'ownership' }));
  assert.equal(ok(await world.owner('post', `/runs/${runIds[0]}/proof/signatures`, { section: 'access' })).status, 'closed');
  const { id } = server.user('camille@acme.example');
  await fetch(`${server.baseUrl}/Users/${id}`, {
    method: 'PATCH',
    headers: { authorization: 'Bearer test-token', 'content-type': 'application/scim+json' },
    body: JSON.stringify({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'active', value: true }],
    }),
  });
  assert.equal(server.user('camille@acme.example').active, true);
  server.behave({ readOnly: true });
  await world.at('2026-11-27T08:00:00Z');
  await world.read(appId);
  const run = ok(await world.owner('get', `/runs/${runIds[0]}`));
  assert.equal(run.proofStatus, 'open');
  assert.equal(run.sections[0].signature, null);
  const mails = ok(await world.owner('get', '/outbox')).rows;
  assert.ok(mails.some((mail: { subject: string }) => /Chat lets Camille Test in again/.test(mail.subject)));
  server.behave({});
  await world.at('2026-11-27T08:30:00Z');
  assert.equal(server.user('camille@acme.example').active, false);
});

test('a sole owner cannot be let go before another is named, nor all owners together', async (t) => {
  const world = await openCompany(t, { at: '2026-11-26T08:00:00Z' });
  const ines = await world.person({ givenName: 'Ines' });
  const maya = await world.person({ givenName: 'Maya' });
  await world.run((ctx) => ctx.db.updateTable('people_people').set({ member_id: world.ownerMemberId }).where('id', '=', ines).execute());
  const ops = await world.as(['ops'], {});
  const refused = await ops('post', '/leaving', { personIds: [ines], terms: { at: 'now' } });
  assert.equal(refused.status, 409);
  assert.match(refused.body.detail, /only owner/);
  await world.as(['owner'], { personId: maya });
  const both = await ops('post', '/leaving', { personIds: [ines, maya], terms: { at: 'now' } });
  assert.equal(both.status, 409);
  ok(await ops('post', '/leaving', { personIds: [maya], terms: { at: 'now' } }));
});

test('a call over HTTP goes only through a connection; one that may have arrived and cannot be repeated becomes unknown and asks', async (t) => {
  const world = await openCompany(t, { at: '2026-11-26T08:00:00Z' });
  const camille = await world.person({ givenName: 'Camille' });
  const app = await connectorHttpApp(t, world);
  const { runIds } = ok(await world.owner('post', '/leaving', { personIds: [camille], terms: { at: 'now' } }));
  await world.settle();
  const steps = async () =>
    new Map<string, Step>(ok(await world.owner('get', `/runs/${runIds[0]}`)).steps.map((step: Step) => [step.key, step]));
  assert.equal((await steps()).get('end_sessions')!.status, 'done');
  assert.equal((await steps()).get('order_courier')!.status, 'unknown');
  assert.equal(app.calls('/courier'), 1);
  await world.at('2026-11-27T08:00:00Z');
  assert.equal(app.calls('/courier'), 1, 'it is never repeated by itself');
  ok(
    await world.owner('post', `/steps/${(await steps()).get('order_courier')!.id}/override`, { reason: 'The courier confirmed by phone.' }),
  );
  assert.equal((await steps()).get('order_courier')!.status, 'overridden');
});
