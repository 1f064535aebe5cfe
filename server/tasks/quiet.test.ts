import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCompany, wordsOf } from '../../tests/tasks-company.ts';
import { type Caller, openWorld } from '../../tests/world.ts';
import { runAs } from '../platform/context.ts';
import { countOpenTasks } from './list-tasks.ts';
import { performDueTaskReminders } from './perform-due-task-reminders.ts';

const told = '2026-11-27T16:00:00Z';

for (const role of ['owner', 'ops', 'auditor', 'app-owner', 'hr', 'manager', 'employee']) {
  test(`before it is told, a leaver who is ${role} sees nothing of their own exit in list, count, page, link or mail`, async (t) => {
    const world = await openWorld(t);
    const company = await openCompany(world);
    const [rohan, sam] = [await company.person('Rohan', 'Devaraj'), await company.person('Sam', 'Okoro')];
    const leaver = await world.as([role], { personId: rohan, name: 'Rohan Devaraj' });
    await company.open([rohan], { title: 'Order the cake' });
    const secret = await company.secretTo('rohan@fernhill.example');
    const concealmentId = await company.conceal(rohan, told);
    const task = await company.open([rohan, sam, rohan], {
      title: 'Close Badges for Rohan Devaraj',
      subjectPersonId: rohan,
      concealmentId,
      escalateAt: '2026-11-26T10:00:00Z',
      kind: 'question',
      answerKind: 'person',
    });
    const evidence = await world.owner('POST', `/tasks/${task}/evidence/file`, new Uint8Array([1]));
    assert.equal(evidence.status, 200);
    const row = await company.task(task);
    assert.deepEqual([row.assignee_person_id, row.deputy_person_id, row.never_person_id], [sam, null, rohan]);

    const lists =
      role === 'owner' || role === 'ops' || role === 'auditor'
        ? ['/tasks', '/tasks?scope=all', '/tasks?status=closed&scope=all']
        : ['/tasks', '/tasks?status=closed'];
    const sees = async (caller: Caller, paths = lists) => {
      const texts = [];
      for (const path of paths) texts.push(JSON.stringify((await caller('GET', path)).body));
      return texts.join('').includes('Close Badges');
    };
    assert.equal(await sees(leaver), false);
    const count = await runAs(
      world.platform,
      {
        organizationId: world.organizationId,
        actor: {
          kind: 'member',
          id: leaver.memberId,
          name: 'Rohan',
          memberId: leaver.memberId,
          personId: rohan,
          roles: [role],
          scopes: null,
        },
      },
      countOpenTasks,
    );
    assert.equal(count, 1);
    assert.equal((await leaver('GET', `/tasks/${task}`)).status, 404);
    assert.equal((await leaver('GET', `/tasks/${task}/evidence/${evidence.body.id}`)).status, 404);
    if (role !== 'auditor') {
      for (const [verb, body] of [
        ['finish', { answer: sam }],
        ['evidence', { note: 'x' }],
        ['reassign', { personId: rohan, reason: 'give it to me' }],
        ['ask-deputy', { reason: 'now then' }],
      ] as const) {
        assert.equal((await leaver('POST', `/tasks/${task}/${verb}`, body)).status, 404, verb);
      }
    }
    const opened = await world.anybody('POST', '/task-link', { secret });
    assert.deepEqual([opened.body.tasks.length, opened.body.settled.length], [1, 0]);
    assert.equal((await world.anybody('POST', '/task-link/finish', { secret, taskId: task, answer: sam })).status, 404);

    world.clock.set('2026-11-26T10:00:00Z');
    await performDueTaskReminders(world.platform, world.organizationId);
    const escalated = await company.task(task);
    assert.notEqual(escalated.assignee_person_id, rohan);
    assert.notEqual(escalated.assignee_member_id, leaver.memberId);
    const mails = (await company.mails()).filter((mail) => mail.body.includes('Close Badges'));
    const leaverAddress = await world.run(
      async (ctx) =>
        (await ctx.db.selectFrom('identity_members').select('address').where('id', '=', leaver.memberId).executeTakeFirstOrThrow()).address,
    );
    assert.ok(mails.length >= 2);
    for (const mail of mails) {
      assert.ok(![leaverAddress, 'rohan@fernhill.example'].includes(mail.to_address), `a mail went to ${mail.to_address}`);
      assert.notEqual(mail.to_person_id, rohan);
      assert.equal(mail.concealment_id, concealmentId);
    }
    assert.equal(await sees(leaver), false);

    world.clock.set(told);
    const mayReadAll = role === 'owner' || role === 'ops' || role === 'auditor';
    assert.equal(await sees(leaver), mayReadAll, 'once told, those who read all tasks read it');
    if (role === 'owner' || role === 'ops') {
      assert.match(
        wordsOf(await leaver('POST', `/tasks/${task}/finish`, { answer: sam })),
        /403 forbidden This is about you, so somebody else does it/,
      );
      assert.match(wordsOf(await leaver('POST', `/tasks/${task}/cancel`, { reason: 'no thanks' })), /403/);
    }
    assert.match(
      wordsOf(await world.owner('POST', `/tasks/${task}/reassign`, { personId: rohan, reason: 'by mistake' })),
      /This is about Rohan Devaraj/,
    );
  });
}

test('a member without a record who has the leaver’s address is passed over too', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const rohan = await company.person('Rohan', 'Devaraj');
  await world.run((ctx) =>
    ctx.db.updateTable('identity_members').set({ address: 'Rohan@Fernhill.example' }).where('id', '=', world.ownerMemberId).execute(),
  );
  const second = await world.as(['ops'], { name: 'Noor Haddad' });
  const concealmentId = await company.conceal(rohan, told);
  const task = await company.open([rohan], { concealmentId, subjectPersonId: rohan });
  assert.equal((await company.task(task)).assignee_member_id, second.memberId);
});

test('a sensitive exit is asked only of those named, who sign in for it; nobody else is written to or sees it', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const [rohan, arjun, sam] = [
    await company.person('Rohan', 'Devaraj'),
    await company.person('Arjun', 'Pillai'),
    await company.person('Sam', 'Okoro'),
  ];
  const named = await world.as(['hr'], { personId: arjun, name: 'Arjun Pillai' });
  const other = await world.as(['owner'], { personId: sam, name: 'Sam Okoro' });
  await company.open([arjun], { title: 'Order the cake' });
  const secret = await company.secretTo('arjun@fernhill.example');
  const concealmentId = await company.conceal(rohan, told, [named.memberId]);
  world.clock.advance({ minutes: 1 });
  const task = await company.open([sam, arjun], {
    title: 'Prepare the letter',
    concealmentId,
    subjectPersonId: rohan,
    escalateAt: '2026-11-26T10:00:00Z',
  });
  assert.deepEqual([(await company.task(task)).assignee_person_id, (await company.task(task)).deputy_person_id], [arjun, null]);
  const mail = (await company.mails()).at(-1)!;
  assert.equal(mail.to_address, 'arjun@fernhill.example');
  assert.ok(mail.body.includes(`(you sign in first): http://localhost:4600/tasks/${task}`));
  assert.ok(!mail.body.includes('/task#'));
  assert.ok(
    !JSON.stringify((await world.anybody('POST', '/task-link', { secret })).body).includes('letter'),
    'a link alone does not open it',
  );
  assert.equal((await named('GET', `/tasks/${task}`)).status, 200);
  assert.equal((await other('GET', `/tasks/${task}`)).status, 404);
  assert.ok(!JSON.stringify((await other('GET', '/tasks?scope=all')).body).includes('letter'));
  assert.match(
    wordsOf(await named('POST', `/tasks/${task}/reassign`, { personId: sam, reason: 'please' })),
    /Sam Okoro may not know of this yet/,
  );
  world.clock.set('2026-11-26T10:00:00Z');
  await performDueTaskReminders(world.platform, world.organizationId);
  assert.deepEqual(
    [...new Set((await company.mails()).filter((each) => each.body.includes('letter')).map((each) => each.to_person_id))],
    [arjun],
  );
});
