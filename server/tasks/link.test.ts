import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCompany, type Shown, sendForm, wordsOf } from '../../tests/tasks-company.ts';
import { openWorld } from '../../tests/world.ts';
import { createOrganization } from '../identity/index.ts';
import { linkSecret } from './link-secret.ts';

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);

test('a link shows the person’s open tasks without a session, and opening it changes nothing', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const [camille, sam] = [await company.person('Camille', 'Roy', { locationId: company.montreal }), await company.person('Sam', 'Okoro')];
  await company.open([camille], { title: 'Close Badges' });
  const secret = await company.secretTo('camille@fernhill.example');
  world.clock.advance({ minutes: 5 });
  await company.open([camille], { title: 'Close Chat', dueAt: null });
  await company.open([sam], { title: 'Close CRM' });
  const state = () =>
    world.run(async (ctx) =>
      JSON.stringify([
        await ctx.db.selectFrom('tasks_tasks').selectAll().execute(),
        await ctx.db.selectFrom('platform_audit_events').select('id').execute(),
      ]),
    );
  const before = await state();
  const opened = await world.anybody('POST', '/task-link', { secret });
  assert.equal(opened.status, 200);
  assert.deepEqual(
    [opened.body.name, opened.body.organization, opened.body.place.name],
    ['Camille Roy', 'Fernhill Instruments', 'Montréal'],
  );
  assert.deepEqual(
    opened.body.tasks.map((task: Shown) => task.title),
    ['Close Badges', 'Close Chat'],
  );
  assert.equal(await state(), before);
  assert.equal((await world.anybody('GET', '/task-link')).status, 404, 'there is nothing that a scanner could open');
});

test('pressing the button finishes as the person, with evidence by file, link or note', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const arjun = await company.person('Arjun', 'Pillai');
  const task = await company.open([arjun], { evidenceRequired: true });
  const secret = await company.secretTo('arjun@fernhill.example');
  assert.equal((await world.anybody('POST', '/task-link/finish', { secret, taskId: task })).body.code, 'evidence_missing');
  assert.equal((await sendForm(world, { secret, taskId: task, file: new File([png], 'row.png', { type: 'image/png' }) })).status, 200);
  assert.equal((await sendForm(world, { secret, taskId: task, url: 'https://admin.example/7' })).status, 200);
  assert.equal((await sendForm(world, { secret, taskId: task, url: 'javascript:alert(1)' })).body.code, 'bad_link');
  assert.equal((await sendForm(world, { secret, taskId: task })).body.code, 'evidence_missing');
  assert.equal((await world.anybody('POST', '/task-link/evidence', new Uint8Array([1, 2, 3]))).body.code, 'bad_form');
  const parts = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`x${index}`, '']));
  assert.equal(
    (await sendForm(world, { secret, taskId: task, note: 'Grey', ...parts })).body.code,
    'bad_form',
    'no form of ours has so many parts',
  );
  assert.equal((await world.anybody('POST', '/task-link/finish', { secret, taskId: task, note: 'Grey now' })).status, 204);
  const done = await company.task(task);
  assert.deepEqual([done.status, done.done_by], ['done', 'Arjun Pillai']);
  const [audit] = await world.run((ctx) =>
    ctx.db.selectFrom('platform_audit_events').select(['actor_kind', 'actor_id']).where('action', '=', 'task.done').execute(),
  );
  assert.deepEqual(audit, { actor_kind: 'link', actor_id: arjun });
  const detail = await world.owner('GET', `/tasks/${task}`);
  assert.deepEqual(
    detail.body.evidence.map((each: Shown) => each.fileName ?? each.url ?? each.note),
    ['row.png', 'https://admin.example/7', 'Grey now'],
  );
  assert.match(
    wordsOf(await world.anybody('POST', '/task-link/finish', { secret, taskId: task })),
    /409 already_done Arjun Pillai has finished this already/,
  );
  const after = await world.anybody('POST', '/task-link', { secret });
  assert.deepEqual(after.body.settled, [
    { title: 'Close Badges for Rohan Devaraj', words: 'Done by Arjun Pillai on Thu 26 Nov, 09:12 in Berlin.' },
  ]);
});

test('a link reaches only tasks of its person: not others’, not those given on, not other organizations’', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const [arjun, sam] = [await company.person('Arjun', 'Pillai'), await company.person('Sam', 'Okoro')];
  const task = await company.open([arjun]);
  const other = await company.open([sam], { kind: 'question', answerKind: 'person' });
  const secret = await company.secretTo('arjun@fernhill.example');
  const elsewhere = await createOrganization(world.platform, { name: 'Other', timeZone: 'UTC' });
  const foreign = await world.run(
    async (ctx) =>
      (
        await ctx.db
          .insertInto('tasks_tasks')
          .values({ organization_id: ctx.organizationId, kind: 'task', title: 'x', about_kind: 'x', created_at: ctx.now.toString() })
          .returning('id')
          .executeTakeFirstOrThrow()
      ).id,
    elsewhere,
  );
  for (const taskId of [other, foreign, crypto.randomUUID()]) {
    assert.equal((await world.anybody('POST', '/task-link/finish', { secret, taskId })).status, 404);
    assert.equal((await world.anybody('POST', '/task-link/people', { secret, taskId, find: 'a' })).status, 404);
    assert.equal((await sendForm(world, { secret, taskId, note: 'x' })).status, 404);
  }
  await world.owner('POST', `/tasks/${task}/reassign`, { personId: sam, reason: 'on holiday' });
  assert.match(
    wordsOf(await world.anybody('POST', '/task-link/finish', { secret, taskId: task })),
    /409 given_on This was given to somebody else\. Nothing was changed\./,
  );
  const opened = await world.anybody('POST', '/task-link', { secret });
  assert.deepEqual(
    [opened.body.tasks, opened.body.settled],
    [[], [{ title: 'Close Badges for Rohan Devaraj', words: 'Given to somebody else.' }]],
  );
});

test('an expired or invented link says so, and guessing is slowed while the right one goes on opening', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const arjun = await company.person('Arjun', 'Pillai');
  await company.open([arjun]);
  const secret = await company.secretTo('arjun@fernhill.example');
  assert.equal(Buffer.from(secret, 'base64url').length, 48, '16 bytes of id and 256 bits that only the key gives');
  const invented = [
    secret.slice(0, -1),
    `${secret}A`,
    'x',
    linkSecret(Buffer.alloc(32, 9), crypto.randomUUID()),
    linkSecret(world.platform.secretKey, crypto.randomUUID()),
  ];
  for (const each of invented)
    assert.match(
      wordsOf(await world.anybody('POST', '/task-link', { secret: each })),
      /404 link_unknown This link is none of ours, or was cut short/,
    );
  for (let n = invented.length; n < 30; n += 1)
    assert.equal((await world.anybody('POST', '/task-link', { secret: `guess-${n}` })).status, 404);
  assert.match(wordsOf(await world.anybody('POST', '/task-link', { secret: 'guess' })), /429 too_many_tries/);
  assert.equal((await world.anybody('POST', '/task-link', { secret })).status, 200, 'a right link is never locked out');
  world.clock.advance({ minutes: 15 });
  assert.equal((await world.anybody('POST', '/task-link', { secret: 'guess' })).status, 404);
  world.clock.advance({ hours: 24 * 30 });
  assert.match(wordsOf(await world.anybody('POST', '/task-link', { secret })), /404 link_expired This link has expired/);
  const stored = await world.run((ctx) => ctx.db.selectFrom('tasks_links').selectAll().execute());
  assert.ok(!JSON.stringify(stored).includes(secret));
});

test('a question for a person offers people by name through the link, and takes one who is here', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const [arjun, rohan, lena] = [
    await company.person('Arjun', 'Pillai'),
    await company.person('Rohan', 'Devaraj'),
    await company.person('Lena', 'Brandt'),
  ];
  const task = await company.open([arjun], { kind: 'question', answerKind: 'person', subjectPersonId: rohan });
  const secret = await company.secretTo('arjun@fernhill.example');
  const found = await world.anybody('POST', '/task-link/people', { secret, taskId: task, find: 'len' });
  assert.deepEqual(found.body.rows, [{ id: lena, name: 'Lena Brandt', detail: '' }]);
  assert.deepEqual((await world.anybody('POST', '/task-link/people', { secret, taskId: task, find: '' })).body.rows, []);
  assert.deepEqual((await world.anybody('POST', '/task-link/people', { secret, taskId: task, find: 'rohan' })).body.rows, []);
  assert.equal((await world.anybody('POST', '/task-link/finish', { secret, taskId: task, answer: rohan })).status, 422);
  assert.equal((await world.anybody('POST', '/task-link/finish', { secret, taskId: task, answer: lena })).status, 204);
});

test('after somebody has left, their link opens only what is about themselves', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const [rohan, camille] = [await company.person('Rohan', 'Devaraj'), await company.person('Camille', 'Roy')];
  const hidden = await company.conceal(camille, '2026-12-24T12:00:00Z');
  const others = await company.open([rohan], { title: 'Close Chat for Camille Roy', subjectPersonId: camille, concealmentId: hidden });
  const secret = await company.secretTo('rohan@fernhill.example');
  assert.equal((await world.anybody('POST', '/task-link', { secret })).body.tasks.length, 1);
  await company.leave(rohan, '2026-11-26T09:00:00Z');
  world.clock.set('2026-11-26T09:00:00Z');
  for (const answer of [
    await world.anybody('POST', '/task-link', { secret }),
    await world.anybody('POST', '/task-link/finish', { secret, taskId: others }),
  ]) {
    assert.equal(
      answer.body.detail,
      'You have left Fernhill Instruments, so this link opens nothing any more. What it was about is with somebody else. Nothing was changed.',
    );
  }
  const own = await company.open([rohan], { title: 'Send the laptop back', subjectPersonId: rohan });
  const opened = await world.anybody('POST', '/task-link', { secret });
  assert.deepEqual(
    opened.body.tasks.map((task: Shown) => task.title),
    ['Send the laptop back'],
  );
  assert.ok(!JSON.stringify(opened.body).includes('Camille'));
  assert.equal((await world.anybody('POST', '/task-link/finish', { secret, taskId: own })).status, 204);
});
