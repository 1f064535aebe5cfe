import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openJoiningCompany } from './joining-company.ts';

const at = (detail: { steps: { key: string; at: string }[] }, key: string) => detail.steps.find((step) => step.key === key)?.at;

test('a joiner in another zone over a clock change: each step at its own local instant, ready by the first morning, usable and not only created', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-02-16T09:00:00Z' });
  const { runId, personId, workAddress } = await world.hire({ givenName: 'Amara', startDate: '2026-03-09', locationId: world.newYork });
  assert.equal(workAddress, 'amara.okafor@acme.example');
  const detail = await world.joining(runId);
  // Clocks in New York go forward on Sunday 8 March: 10:00 is 15:00 UTC before, 09:00 is 13:00 UTC after.
  assert.equal(at(detail, 'invite'), '2026-02-23T14:00:00Z');
  assert.equal(at(detail, 'open_access'), '2026-03-05T15:00:00Z');
  assert.equal(at(detail, 'look_the_day_before'), '2026-03-06T15:00:00Z');
  assert.equal(at(detail, 'give_what_came_since'), '2026-03-09T11:00:00Z');
  assert.equal(at(detail, 'do_you_have_everything'), '2026-03-09T13:00:00Z');
  assert.equal(detail.startsAt, '2026-03-09T13:00:00Z');
  assert.equal(detail.readiness.state, 'not-yet');
  await world.at('2026-03-05T14:59:59Z');
  assert.equal(world.directory.server.users().length, 1);
  await world.at('2026-03-05T15:00:00Z');
  await world.at('2026-03-05T15:00:05Z');
  assert.equal(world.directory.server.user('amara.okafor@acme.example').active, true);
  const crm = world.crm.server.user('amara.okafor@acme.example');
  assert.deepEqual(
    world.crm.server
      .groups()
      .filter((group) => group.members.some((member) => member.value === crm.id))
      .map((group) => group.displayName),
    ['Standard'],
  );
  const access = (await world.owner('get', `/people/${personId}/access`)).body;
  assert.equal(access.rows.find((row: { app: string; entitlement: string | null }) => row.app === 'CRM' && row.entitlement).is, 'held');
  // The badge and what people do by hand is missing, and the page says so the day before, with the reason and who can mend it.
  await world.at('2026-03-06T15:00:00Z');
  await world.at('2026-03-06T15:10:00Z');
  const before = await world.joining(runId);
  assert.equal(before.readinessBefore.state, 'not-ready');
  const badge = before.readinessBefore.missing.find((line: { what: string }) => line.what === 'Badges');
  assert.equal(badge.who, 'Maya Brandt');
  assert.match(badge.why, /Maya Brandt|by hand|asked/i);
  const mails = await world.run((ctx) =>
    ctx.db.selectFrom('platform_mail').select(['to_address', 'body']).where('subject', 'like', 'Not ready yet%').execute(),
  );
  assert.ok(mails.some((mail) => mail.to_address === 'maya@acme.example' && mail.body.includes('Badges')));
  // Everything by hand is done: ready.
  await finishAll(world);
  await world.at('2026-03-09T12:00:00Z');
  await finishAll(world);
  const ready = await world.joining(runId);
  assert.deepEqual(ready.readiness.missing, []);
  assert.equal(ready.readiness.state, 'ready');
});

test('an account with the wrong role is not ready', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const { runId } = await world.hire({ givenName: 'Amara', startDate: '2026-11-30' });
  await world.at('2026-11-26T09:00:00Z');
  await world.at('2026-11-26T09:00:05Z');
  const line = async () =>
    (await world.joining(runId)).lines.find((each: { what: string }) => each.what === 'CRM as Standard') as {
      state: string;
      why: string;
      kind: string;
    };
  assert.equal((await line()).state, 'ready');
  const user = world.crm.server.user('amara.okafor@acme.example');
  await world.at('2026-11-26T10:00:00Z');
  for (const group of world.crm.server.groups()) {
    const members = group.members.filter((member) => member.value !== user.id);
    if (group.displayName === 'Guest') members.push({ value: user.id });
    await fetch(`${world.crm.server.baseUrl}/Groups/${group.id}`, {
      method: 'PUT',
      headers: { authorization: 'Bearer test-token', 'content-type': 'application/scim+json' },
      body: JSON.stringify({ ...group, members }),
    });
  }
  await world.read(world.crm.appId);
  const wrong = await line();
  assert.equal(wrong.state, 'not-ready');
  assert.equal(wrong.kind, 'role');
  assert.match(wrong.why, /another role: Guest/);
});

test('hired for tomorrow: what should have happened happens now and is marked late', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-25T14:00:00Z' });
  const preview = (
    await world.owner('post', '/joining/preview', {
      givenName: 'Amara',
      familyName: 'Okafor',
      personalAddress: 'a@home.example',
      startDate: '2026-11-26',
      departmentId: world.sales,
    })
  ).body;
  assert.equal(preview.moment.isLate, true);
  assert.ok(preview.notes.some((note: string) => note.includes('tomorrow')));
  assert.deepEqual(preview.access.map((row: { app: string; entitlement: string | null }) => [row.app, row.entitlement]).sort(), [
    ['Badges', null],
    ['CRM', 'Standard'],
    ['Directory', null],
  ]);
  const { runId } = await world.hire({ givenName: 'Amara', startDate: '2026-11-26' });
  await world.at('2026-11-25T14:00:05Z');
  assert.equal(world.directory.server.user('amara.okafor@acme.example').active, true);
  const detail = await world.joining(runId);
  assert.equal(detail.late, true);
  assert.ok(detail.steps.find((step: { key: string; late: boolean }) => step.key === 'open_access').late);
  assert.ok(!detail.steps.find((step: { key: string; late: boolean }) => step.key === 'first_morning').late);
});

test('a start that is postponed closes again what was opened and opens it anew; what people did stays done', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const { runId } = await world.hire({ givenName: 'Amara', startDate: '2026-11-30' });
  await world.at('2026-11-26T09:00:00Z');
  await world.at('2026-11-26T09:00:05Z');
  assert.equal(world.directory.server.user('amara.okafor@acme.example').active, true);
  const laptop = (await tasks(world)).find((task) => task.title.startsWith('Get the laptop'))!;
  assert.equal((await world.owner('post', `/tasks/${laptop.id}/finish`, {})).status, 204);
  await world.settle();
  const moved = await world.owner('post', `/joining/${runId}/move`, { startDate: '2026-12-14', reason: 'Visa takes longer.' });
  assert.equal(moved.status, 200, JSON.stringify(moved.body));
  assert.equal(moved.body.closedAgain, true);
  await world.settle();
  await world.at('2026-11-26T09:01:00Z');
  assert.equal(world.directory.server.user('amara.okafor@acme.example').active, false);
  assert.equal(world.crm.server.user('amara.okafor@acme.example').active, false);
  const detail = await world.joining(runId);
  assert.equal(at(detail, 'open_access'), '2026-12-10T09:00:00Z');
  assert.equal(detail.steps.find((step: { key: string }) => step.key === 'laptop').status, 'done');
  await world.at('2026-12-10T09:00:00Z');
  await world.at('2026-12-10T09:00:10Z');
  assert.equal(world.directory.server.user('amara.okafor@acme.example').active, true);
  assert.equal(world.directory.server.users().length, 2);
});

test('somebody who does not come: everything that was given is closed and proved', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const { runId } = await world.hire({ givenName: 'Amara', startDate: '2026-11-30' });
  await world.at('2026-11-26T09:00:00Z');
  await world.at('2026-11-26T09:00:05Z');
  await world.at('2026-11-30T12:00:00Z');
  const { body } = await world.owner('post', `/joining/${runId}/no-show`, { reason: 'Took another offer.' });
  await world.settle();
  await world.at('2026-11-30T12:00:10Z');
  assert.equal(world.directory.server.user('amara.okafor@acme.example').active, false);
  assert.equal(world.crm.server.user('amara.okafor@acme.example').active, false);
  const exit = (await world.owner('get', `/runs/${body.runId}`)).body;
  assert.ok(exit.sections.some((section: { key: string; lines: unknown[] }) => section.key === 'access' && section.lines.length >= 2));
  const hire = await world.joining(runId);
  assert.equal(hire.outcome, 'no-show');
  assert.ok(hire.steps.every((step: { status: string }) => ['done', 'cancelled', 'skipped', 'overridden'].includes(step.status)));
  assert.equal((await world.owner('get', '/access-gap')).body.total, 0);
});

test('somebody who does not come before the first day leaves nothing behind either', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const { runId, personId } = await world.hire({ givenName: 'Amara', startDate: '2026-11-30' });
  await world.at('2026-11-26T09:00:00Z');
  await world.at('2026-11-26T09:00:05Z');
  assert.equal((await world.owner('post', `/joining/${runId}/no-show`, { reason: 'Withdrew.' })).status, 200);
  await world.settle();
  await world.at('2026-11-26T09:01:00Z');
  assert.equal(world.directory.server.user('amara.okafor@acme.example').active, false);
  assert.equal((await world.owner('get', `/people/${personId}`)).body.status, 'left');
});

test('hired again: the same person, address and history; the accounts that were closed open again', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const first = await world.hire({ givenName: 'Amara', startDate: '2026-11-05' });
  await world.at('2026-11-03T09:00:05Z');
  await world.at('2026-11-05T08:00:00Z');
  await world.owner('post', '/leaving', { personIds: [first.personId], terms: { at: 'now' } });
  await world.settle();
  await world.at('2026-11-05T08:01:00Z');
  assert.equal(world.directory.server.user('amara.okafor@acme.example').active, false);
  await world.at('2027-02-01T09:00:00Z');
  const preview = (
    await world.owner('post', '/joining/preview', {
      givenName: 'Amara',
      familyName: 'Okafor',
      personalAddress: 'x@home.example',
      startDate: '2027-02-08',
    })
  ).body;
  assert.equal(preview.rehire.personId, first.personId);
  const again = await world.hire({ givenName: 'Amara', startDate: '2027-02-08', personId: first.personId });
  assert.equal(again.personId, first.personId);
  assert.equal(again.workAddress, first.workAddress);
  await world.at('2027-02-04T09:00:00Z');
  await world.at('2027-02-04T09:01:00Z');
  assert.equal(world.directory.server.user('amara.okafor@acme.example').active, true);
  assert.equal(world.directory.server.users().length, 2);
});

test('the sponsor of a contractor is asked before the end date, an intern’s manager too', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const { runId } = await world.hire({ givenName: 'Kofi', startDate: '2026-11-16', endDate: '2027-01-29', employmentType: 'contractor' });
  assert.equal((await world.joining(runId)).playbook, 'Contractor');
  assert.equal(at(await world.joining(runId), 'ends_soon'), '2027-01-08T08:00:00Z');
  const intern = await world.hire({
    givenName: 'Lio',
    personalAddress: 'lio@home.example',
    startDate: '2026-11-16',
    endDate: '2027-02-26',
    employmentType: 'intern',
  });
  assert.equal((await world.joining(intern.runId)).playbook, 'Joiner');
  await world.at('2027-01-08T08:00:00Z');
  const question = (await tasks(world)).find((task) => task.title.startsWith('Does it end as agreed'))!;
  assert.equal(question.assignee?.personId, world.manager);
  const permanent = await world.hire({ givenName: 'Ada', personalAddress: 'ada@home.example', startDate: '2027-02-01' });
  assert.equal((await world.joining(permanent.runId)).steps.find((step: { key: string }) => step.key === 'ends_soon').status, 'skipped');
});

type Tasks = { id: string; title: string; assignee: { personId: string | null } | null; answerKind: string | null }[];

const tasks = async (world: { owner: (method: string, path: string) => Promise<{ body: { rows: Tasks } }> }): Promise<Tasks> =>
  (await world.owner('get', '/tasks?scope=all&status=open&limit=200')).body.rows;

async function finishAll(
  world: Parameters<typeof tasks>[0] & { owner: (method: string, path: string, body?: unknown) => Promise<any>; settle(): Promise<void> },
) {
  for (let turn = 0; turn < 5; turn += 1) {
    const open = await tasks(world);
    if (open.length === 0) return;
    for (const task of open) {
      const answer = task.answerKind === 'yes-no' ? 'yes' : task.answerKind ? 'Fine' : undefined;
      await world.owner('post', `/tasks/${task.id}/finish`, { note: 'Seen.', ...(answer ? { answer } : {}) });
    }
    await world.settle();
  }
}

test('two hires with the same name at once, a double name, one name alone and a name in Han characters: addresses by the pattern, never a collision', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const hire = (names: { givenName: string; familyName: string | null }, personalAddress: string) =>
    world.owner('post', '/joining', { ...names, personalAddress, startDate: '2026-11-30', managerId: world.manager });
  const twins = { givenName: 'Amara', familyName: 'Okafor' };
  const answers = await Promise.all([
    hire(twins, 'one@home.example'),
    hire(twins, 'two@home.example'),
    hire(twins, 'three@home.example'),
    hire({ givenName: 'Søren', familyName: 'Ærøskøbing-Łukasiewicz' }, 'soren@home.example'),
    hire({ givenName: 'Madonna', familyName: null }, 'madonna@home.example'),
    hire({ givenName: '小明', familyName: '王' }, 'wang@home.example'),
  ]);
  for (const { status, body } of answers) assert.equal(status, 200, JSON.stringify(body));
  const [one, two, three, soren, madonna, wang] = answers.map(({ body }) => body.workAddress as string);
  assert.equal(new Set([one, two, three]).size, 3);
  assert.ok([one, two, three].includes('amara.okafor@acme.example'));
  assert.equal(soren, 'soeren.aeroeskoebing-lukasiewicz@acme.example');
  assert.equal(madonna, 'madonna@acme.example');
  assert.equal(wang, 'xiaoming.wang@acme.example');
  // The same hire clicked twice is one hire.
  const twice = await Promise.all([
    hire({ givenName: 'Lena', familyName: 'Berg' }, 'lena@home.example'),
    hire({ givenName: 'Lena', familyName: 'Berg' }, 'lena@home.example'),
  ]);
  assert.deepEqual(twice.map(({ status }) => status).sort(), [200, 409]);
});

test('hired after the first morning: what is missing is written once to each, though several checks are due at once', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-20T09:00:00Z' });
  await world.hire({ givenName: 'Amara', startDate: '2026-11-18' });
  for (const at of ['2026-11-20T09:00:10Z', '2026-11-20T09:01:00Z', '2026-11-20T09:06:00Z']) await world.at(at);
  const mails = await world.run((ctx) =>
    ctx.db.selectFrom('platform_mail').select('to_address').where('subject', 'like', 'Not ready yet: Amara Okafor%').execute(),
  );
  const told = mails.map((mail) => mail.to_address);
  assert.ok(told.length > 0);
  assert.equal(new Set(told).size, told.length, told.join(', '));
});
