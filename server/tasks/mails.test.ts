import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCompany } from '../../tests/tasks-company.ts';
import { openWorld } from '../../tests/world.ts';
import { openTask } from './open-task.ts';
import { performDueTaskReminders } from './perform-due-task-reminders.ts';

test('tasks opened for one person at about the same time share one mail, with due times on their own clock', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const [camille, rohan] = [
    await company.person('Camille', 'Roy', { locationId: company.montreal }),
    await company.person('Rohan', 'Devaraj'),
  ];
  await world.run(async (ctx) => {
    for (const title of ['Close Badges', 'Close Chat']) {
      await openTask(ctx, {
        kind: 'task',
        title,
        instructions: 'Open the console.',
        aboutKind: 'other',
        aboutId: null,
        subjectPersonId: rohan,
        candidates: [camille],
        dueAt: '2026-11-27T22:00:00Z',
        fallback: 'If nothing is done, the deputy is asked.',
      });
    }
  });
  world.clock.advance({ seconds: 10 });
  await company.open([camille], { title: 'Close CRM', subjectPersonId: rohan, dueAt: null });
  const [mail, ...more] = await company.mails();
  assert.equal(more.length, 0);
  assert.equal(mail!.subject, 'Three tasks for you about Rohan Devaraj');
  assert.match(
    mail!.body,
    /^Hello Camille,\n\nThree tasks wait for you\.\n\n1\. Close Badges\n {3}Due Fri 27 Nov, 17:00 in Montréal\.\n {3}If nothing is done, the deputy is asked\.\n\n2\. Close Chat\n/,
  );
  assert.match(
    mail!.body,
    /3\. Close CRM\n\nOpen your tasks: http:\/\/localhost:4600\/task#[\w-]{64}\nNothing happens until you press a button there/,
  );
  assert.equal(mail!.due_at, '2026-11-26T08:12:20Z', 'it waits 20 seconds for the others');

  world.clock.advance({ seconds: 30 });
  await company.open([camille], { title: 'Close Wiki' });
  const later = await company.mails();
  assert.deepEqual(
    later.map((each) => each.subject),
    ['Three tasks for you about Rohan Devaraj', 'Close Wiki'],
    'what is due to be sent is not touched any more',
  );
  assert.match(later[1]!.body, /Open the console, People, Disable\./, 'one task alone is told with its instructions');
});

test('a lay-off that has been told gives whoever helps one mail, however many runs are worked at once; what is quiet stays apart', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const helper = await company.person('Lena', 'Brandt');
  const leavers = await Promise.all(Array.from({ length: 12 }, (_, index) => company.person(`Leaver${index}`, 'Devaraj')));
  const told = '2026-11-26T09:00:00Z';
  const concealed: [string, string][] = [];
  for (const id of leavers) concealed.push([id, await company.conceal(id, told)]);
  const openAll = () =>
    Promise.all(
      concealed.map(([subjectPersonId, concealmentId]) =>
        company.open([helper], { title: 'Collect the laptop', subjectPersonId, concealmentId }),
      ),
    );
  await openAll();
  assert.equal((await company.mails()).length, 12, 'before it is told each is a secret of its own');
  world.clock.set(told);
  await openAll();
  const [one, ...more] = (await company.mails()).slice(12);
  assert.deepEqual([one!.subject, one!.concealment_id, more.length], ['12 tasks for you', null, 0]);
});

test('a task that was settled before its mail was sent is not told', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const arjun = await company.person('Arjun', 'Pillai');
  const [first, second] = [await company.open([arjun], { title: 'First' }), await company.open([arjun], { title: 'Second' })];
  await world.owner('POST', `/tasks/${first}/cancel`, { reason: 'Not needed' });
  assert.deepEqual(
    (await company.mails()).map((mail) => [mail.subject, mail.status]),
    [['Second', 'queued']],
  );
  await world.owner('POST', `/tasks/${second}/finish`, {});
  assert.deepEqual(
    (await company.mails()).map((mail) => mail.status),
    ['withheld'],
  );
});

test('a reminder is written once per instant, also when two workers look at the same time', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const arjun = await company.person('Arjun', 'Pillai');
  const task = await company.open([arjun], { title: 'Close Badges', remindAt: ['2026-11-26T10:00:00Z'], escalateAt: null });
  await company.open([arjun], { title: 'Close Chat', remindAt: ['2026-11-26T10:00:00Z'], escalateAt: null });
  const look = () => performDueTaskReminders(world.platform, world.organizationId);
  world.clock.set('2026-11-26T09:59:59Z');
  assert.equal(await look(), 0);
  world.clock.set('2026-11-26T10:00:00Z');
  const counts = await Promise.all([look(), look(), look()]);
  assert.equal(
    counts.reduce((sum, count) => sum + count),
    2,
  );
  assert.equal(await look(), 0);
  const reminders = (await company.mails()).filter((mail) => mail.subject.startsWith('Reminder'));
  const told = reminders.map((mail) => mail.body).join('\n');
  assert.equal(told.match(/Close Badges/g)!.length, 1);
  assert.equal(told.match(/Close Chat/g)!.length, 1);
  assert.equal((await company.task(task)).reminded_at, '2026-11-26T10:00:00Z');
  assert.equal((await company.audits('task.reminded')).length, 2);
});

test('each reminder comes at its instant; of those that passed while nobody looked one is written', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const days = ['2026-11-29T10:00:00Z', '2026-11-27T10:00:00Z', '2026-11-28T10:00:00Z', '2026-11-30T10:00:00Z'];
  await company.open([await company.person('Arjun', 'Pillai')], { title: 'Close Badges', remindAt: days, escalateAt: null });
  const written = async (now: string) => {
    world.clock.set(now);
    await performDueTaskReminders(world.platform, world.organizationId);
    return (await company.mails()).filter((mail) => mail.subject.startsWith('Reminder')).length;
  };
  assert.equal(await written('2026-11-27T09:59:00Z'), 0);
  assert.equal(await written('2026-11-27T10:00:00Z'), 1);
  assert.equal(await written('2026-11-28T09:59:00Z'), 1);
  assert.equal(await written('2026-11-29T12:00:00Z'), 2);
  assert.equal(await written('2026-11-30T10:00:00Z'), 3);
  assert.equal(await written('2026-12-30T10:00:00Z'), 3);
});

test('what is not done in time goes to the deputy, then to all owners; who was asked before may still do it', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const [arjun, sam] = [await company.person('Arjun', 'Pillai'), await company.person('Sam', 'Okoro')];
  const second = await world.as(['owner'], { name: 'Lena Brandt' });
  await world.as(['ops'], { name: 'Noor Haddad' });
  const task = await company.open([arjun, sam], { title: 'Close Badges', escalateAt: '2026-11-26T12:12:00Z' });
  const look = () => performDueTaskReminders(world.platform, world.organizationId);
  world.clock.set('2026-11-26T12:12:00Z');
  assert.equal(await look(), 1);
  const once = await company.task(task);
  assert.deepEqual(
    [once.assignee_person_id, once.asked_person_ids, once.escalate_at],
    [sam, [arjun], '2026-11-26T16:12:00Z'],
    'the deputy gets as long as the first had',
  );
  const mail = (await company.mails()).at(-1)!;
  assert.equal(`${mail.to_address} ${mail.subject}`, 'sam@fernhill.example Overdue: Close Badges');
  assert.match(mail.body, /This was not done by the one who was asked first/);

  world.clock.set('2026-11-26T16:12:00Z');
  assert.equal(await look(), 1);
  const twice = await company.task(task);
  assert.deepEqual([twice.assignee_person_id, twice.assignee_member_id, twice.escalate_at], [null, world.ownerMemberId, null]);
  assert.deepEqual([...twice.asked_person_ids].sort(), [arjun, sam].sort());
  const owners = await world.run((ctx) =>
    ctx.db.selectFrom('identity_members').select('address').where('id', 'in', [world.ownerMemberId, second.memberId]).execute(),
  );
  assert.deepEqual(
    (await company.mails())
      .slice(-2)
      .map((each) => each.to_address)
      .sort(),
    owners.map((owner) => owner.address).sort(),
  );
  assert.equal(await look(), 0);
  assert.deepEqual(
    (await company.audits('task.escalated')).map((each) => each.reason),
    ['It was not done in time.', 'It was not done in time.'],
  );

  const as = await world.as(['app-owner'], { personId: arjun, name: 'Arjun Pillai' });
  assert.equal((await as('GET', '/tasks')).body.total, 1);
  assert.equal((await as('POST', `/tasks/${task}/finish`, {})).status, 204);
  assert.equal((await company.task(task)).done_by, 'Arjun Pillai');
});

test('the deputy is asked at once when somebody says so; without a deputy the owners are', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const [arjun, sam] = [await company.person('Arjun', 'Pillai'), await company.person('Sam', 'Okoro')];
  const as = await world.as(['app-owner'], { personId: arjun });
  const task = await company.open([arjun, sam]);
  assert.equal((await as('POST', `/tasks/${task}/ask-deputy`, { reason: 'I am in the air until tonight' })).status, 204);
  assert.equal((await company.task(task)).assignee_person_id, sam);
  assert.equal((await company.audits('task.escalated'))[0]!.reason, 'I am in the air until tonight');
  assert.equal((await as('POST', `/tasks/${task}/ask-deputy`, { reason: 'still not' })).status, 204);
  assert.equal((await company.task(task)).assignee_member_id, world.ownerMemberId);
  assert.equal((await as('POST', `/tasks/${task}/ask-deputy`, { reason: 'still not' })).body.code, 'no_deputy');
});

test('the tasks of somebody who has left go on at their next reminder, and a leaver is asked for their own at a private address', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const [rohan, sam] = [
    await company.person('Rohan', 'Devaraj', { personalAddress: 'rohan@home.example' }),
    await company.person('Sam', 'Okoro'),
  ];
  const foreign = await company.open([rohan, sam], { title: 'Renew the certificate', remindAt: ['2026-11-28T09:00:00Z'] });
  await company.leave(rohan, '2026-11-27T16:00:00Z');
  world.clock.set('2026-11-28T09:00:00Z');
  const own = await company.open([rohan], { title: 'Send the laptop back', subjectPersonId: rohan, remindAt: ['2026-11-28T09:00:00Z'] });
  assert.equal((await company.task(own)).assignee_person_id, rohan);
  await performDueTaskReminders(world.platform, world.organizationId);
  assert.equal((await company.task(foreign)).assignee_person_id, sam);
  assert.equal((await company.task(own)).assignee_person_id, rohan);
  assert.deepEqual(
    (await company.mails())
      .slice(1)
      .map((mail) => `${mail.to_address} ${mail.subject}`)
      .sort(),
    [
      'rohan@home.example Reminder: Send the laptop back',
      'rohan@home.example Send the laptop back',
      'sam@fernhill.example Overdue: Renew the certificate',
    ],
  );
});

test('those who run operations remind by hand, with a fresh link that opens when the old one has expired', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const arjun = await company.person('Arjun', 'Pillai');
  const task = await company.open([arjun], { dueAt: null });
  const old = await company.secretTo('arjun@fernhill.example');
  world.clock.advance({ hours: 24 * 30 });
  assert.equal((await world.anybody('POST', '/task-link', { secret: old })).body.code, 'link_expired');
  assert.equal((await world.owner('POST', `/tasks/${task}/remind`)).status, 204);
  const fresh = await company.secretTo('arjun@fernhill.example');
  assert.equal((await world.anybody('POST', '/task-link', { secret: fresh })).body.tasks.length, 1);
  assert.equal((await company.mails()).at(-1)!.subject, 'Reminder: Close Badges for Rohan Devaraj');
});
