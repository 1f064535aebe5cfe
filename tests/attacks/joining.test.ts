import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTask } from '../../server/tasks/index.ts';
import { openJoiningCompany } from '../joining-company.ts';

async function letPasswordsBeChosen(world: Awaited<ReturnType<typeof openJoiningCompany>>): Promise<void> {
  const { rows } = (await world.owner('get', '/connections')).body;
  const { id } = rows.find((row: { appId: string }) => row.appId === world.directory.appId);
  const settings = { baseUrl: world.directory.server.baseUrl, firstPassword: 'invitation' };
  assert.equal((await world.owner('PATCH', `/connections/${id}`, { settings })).status, 200);
}

test('an invitation sets no password of an account that was there before the hire', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  await letPasswordsBeChosen(world);
  const hr = await world.as(['hr']);
  // Somebody who has worked here for years is made to look as if they joined next week, and is hired with an address of the attacker’s.
  assert.equal((await hr('PATCH', `/people/${world.manager}`, { startDate: '2026-11-09' })).status, 200);
  const hired = await hr('post', '/joining', {
    givenName: 'Maya',
    familyName: 'Brandt',
    personalAddress: 'thief@home.example',
    startDate: '2026-11-09',
    personId: world.manager,
  });
  if (hired.status === 200) {
    await world.settle();
    for (const at of ['2026-11-05T09:00:00Z', '2026-11-05T09:01:00Z', '2026-11-09T09:00:00Z']) await world.at(at);
    const secret = await world.link('thief@home.example');
    const opened = (await world.anybody('post', '/welcome', { secret })).body;
    assert.notEqual(opened.signIn?.password, 'choose');
    const answer = await world.anybody('post', '/welcome/password', { secret, password: 'a password of the thief' });
    assert.equal(answer.status, 409, JSON.stringify(answer.body));
  }
  assert.equal(world.directory.server.user('maya@acme.example').password, undefined);
});

test('an invitation shows and finishes the tasks of its own hire alone', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const { personId } = await world.hire({ givenName: 'Amara', startDate: '2026-11-05' });
  await world.at('2026-11-05T09:00:00Z');
  const secret = await world.link('amara@home.example');
  const taskId = await world.run((ctx) =>
    openTask(ctx, {
      kind: 'task',
      title: 'Somebody is dismissed on Friday',
      aboutKind: 'app',
      aboutId: null,
      candidates: [personId],
      dueAt: '2026-11-09T09:00:00Z',
    } as never),
  );
  const opened = await world.anybody('post', '/welcome', { secret });
  assert.ok(!JSON.stringify(opened.body).includes('dismissed'), JSON.stringify(opened.body.tasks));
  assert.equal((await world.anybody('post', '/welcome/finish-task', { secret, taskId })).status, 404);
});

test('what a rule makes for somebody who came back is not closed by the exit of their first time', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const first = await world.hire({ givenName: 'Amara', startDate: '2026-11-05' });
  await world.at('2026-11-03T09:00:05Z');
  await world.at('2026-11-05T08:00:00Z');
  await world.owner('post', '/leaving', { personIds: [first.personId], terms: { at: 'now' } });
  await world.settle();
  await world.at('2026-11-05T08:01:00Z');
  await world.at('2027-02-01T09:00:00Z');
  const wiki = await world.scimApp('Wiki', { users: [{ userName: 'maya@acme.example' }], ownerPersonId: world.manager });
  await world.owner('post', '/access-rules', { name: 'Wiki', when: 'true', grants: [{ appId: wiki.appId }] });
  await world.hire({ givenName: 'Amara', startDate: '2027-02-08', personId: first.personId });
  for (const at of ['2027-02-04T09:00:00Z', '2027-02-04T09:01:00Z', '2027-02-04T09:05:00Z', '2027-02-08T09:00:00Z']) await world.at(at);
  assert.equal(wiki.server.user('amara.okafor@acme.example').active, true);
  assert.equal(world.directory.server.user('amara.okafor@acme.example').active, true);
});

test('a hire does not move the end that a hidden exit decides', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const { personId, runId } = await world.hire({ givenName: 'Amara', startDate: '2026-11-16' });
  const left = await world.owner('post', '/leaving', {
    personIds: [personId],
    terms: { at: '2026-11-27T17:00', sensitive: true },
  });
  assert.equal(left.status, 200, JSON.stringify(left.body));
  const hr = await world.as(['hr']);
  const moved = await hr('post', `/joining/${runId}/move`, { startDate: '2026-11-16', endDate: '2027-03-31' });
  const employment = await world.run((ctx) =>
    ctx.db
      .selectFrom('people_employments')
      .selectAll()
      .where('person_id', '=', personId)
      .where('current', '=', true)
      .executeTakeFirstOrThrow(),
  );
  assert.equal(employment.dates_by, 'exit', JSON.stringify(moved.body));
  assert.equal(new Date(employment.left_at as never).toISOString(), '2026-11-27T16:00:00.000Z');
});

test('what an exit still insists on ends when its person is hired again', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const first = await world.hire({ givenName: 'Amara', startDate: '2026-11-05' });
  await world.at('2026-11-03T09:00:05Z');
  await world.at('2026-11-05T08:00:00Z');
  // The CRM answers "done" and closes nothing: the exit goes on insisting, and its later steps still wait.
  world.crm.server.behave({ lying: true });
  await world.owner('post', '/leaving', { personIds: [first.personId], terms: { at: 'now' } });
  await world.settle();
  await world.at('2026-11-05T08:05:00Z');
  assert.equal(world.directory.server.user('amara.okafor@acme.example').active, false);
  world.crm.server.behave({});
  assert.equal(
    (await world.owner('post', '/joining', { givenName: 'Amara', startDate: '2026-11-05', personId: first.personId })).status,
    422,
  );
  await world.hire({ givenName: 'Amara', startDate: '2026-11-09', personId: first.personId });
  for (const at of ['2026-11-06T09:00:00Z', '2026-11-06T09:01:00Z', '2026-11-06T12:00:00Z', '2026-11-09T09:00:00Z', '2027-03-01T09:00:00Z'])
    await world.at(at);
  assert.equal(world.crm.server.user('amara.okafor@acme.example').active, true);
  assert.equal(world.directory.server.user('amara.okafor@acme.example').active, true);
  const { rows } = (await world.owner('get', '/tasks?scope=all')).body;
  assert.deepEqual(
    rows.map(({ title }: { title: string }) => title).filter((title: string) => /Delete|Free the licences/.test(title)),
    [],
  );
});

test('a new invitation after the first morning lets nobody choose the password again', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  await letPasswordsBeChosen(world);
  const { runId, personId } = await world.hire({ givenName: 'Amara', startDate: '2026-11-05' });
  for (const at of ['2026-11-03T09:00:05Z', '2026-11-03T09:01:00Z', '2026-11-05T09:00:00Z']) await world.at(at);
  const password = 'correct horse battery staple';
  const secret = await world.link('amara@home.example');
  assert.equal((await world.anybody('post', '/welcome/password', { secret, password })).status, 200);
  const hr = await world.as(['hr']);
  assert.equal((await hr('PATCH', `/people/${personId}`, { personalAddress: 'thief@home.example' })).status, 200);
  assert.equal((await hr('post', `/joining/${runId}/welcome`, { to: 'personal' })).status, 200);
  const stolen = await world.link('thief@home.example');
  const again = await world.anybody('post', '/welcome/password', { secret: stolen, password: 'a password of the thief' });
  assert.equal(again.status, 409);
  assert.equal(world.directory.server.user('amara.okafor@acme.example').password, password);
});

test('an invitation does not ask people without end', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  await world.hire({ givenName: 'Amara', startDate: '2026-11-05' });
  await world.at('2026-11-05T09:00:00Z');
  const secret = await world.link('amara@home.example');
  const statuses: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    const missing = Array.from({ length: 50 }, (_, at) => ({ what: `Thing ${turn} ${at}`, cause: 'other' }));
    statuses.push((await world.anybody('post', '/welcome/first-morning', { secret, everything: false, missing })).status);
  }
  assert.equal(statuses.at(-1), 409);
  assert.ok((await world.owner('get', '/tasks?scope=all')).body.total <= 110);
});

test('the invitation of somebody’s first time here opens nothing after they were hired again', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  await letPasswordsBeChosen(world);
  const { personId } = await world.hire({ givenName: 'Amara', startDate: '2026-11-05', credentialTo: 'manager' });
  for (const at of ['2026-11-03T09:00:05Z', '2026-11-03T09:01:00Z']) await world.at(at);
  const old = await world.link('maya@acme.example');
  await world.at('2026-11-05T12:00:00Z');
  await world.owner('post', '/leaving', { personIds: [personId], terms: { at: 'now' } });
  await world.settle();
  await world.at('2026-11-05T12:01:00Z');
  assert.equal((await world.anybody('post', '/welcome', { secret: old })).status, 404);
  await world.hire({ givenName: 'Amara', startDate: '2026-11-16', personId });
  for (const at of ['2026-11-12T09:00:00Z', '2026-11-12T09:01:00Z', '2026-11-12T09:02:00Z']) await world.at(at);
  assert.equal(world.directory.server.user('amara.okafor@acme.example').active, true);
  assert.equal((await world.anybody('post', '/welcome', { secret: old })).status, 404);
  assert.equal((await world.anybody('post', '/welcome/password', { secret: old, password: 'a password of the thief' })).status, 404);
  const fresh = await world.link('amara@home.example');
  assert.equal((await world.anybody('post', '/welcome/password', { secret: fresh, password: 'correct horse battery' })).status, 200);
});

test('an exit is not called off once its person was hired again: what it closed stays closed', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const { personId } = await world.hire({ givenName: 'Amara', startDate: '2026-11-05' });
  for (const at of ['2026-11-03T09:00:05Z', '2026-11-03T09:01:00Z', '2026-11-05T12:00:00Z']) await world.at(at);
  await world.owner('post', '/leaving', { personIds: [personId], terms: { at: 'now' } });
  await world.settle();
  await world.at('2026-11-05T12:01:00Z');
  const kept = { givenName: 'Amara', startDate: '2026-12-01', endDate: '2027-02-26', employmentType: 'intern', personId };
  await world.hire({ ...kept, departmentId: null });
  const { rows } = (await world.owner('get', `/runs?personId=${personId}`)).body;
  const answer = await world.owner('post', `/runs/${rows[0].id}/rescind`, { reason: 'Give it back.' });
  assert.equal(answer.status, 409, JSON.stringify(answer.body));
  await world.at('2026-11-06T12:01:00Z');
  assert.equal(world.crm.server.user('amara.okafor@acme.example').active, false);
  assert.equal((await world.owner('get', `/people/${personId}`)).body.lastWorkingDay, '2027-02-26');
});
