import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type JoiningCompany, openJoiningCompany } from './joining-company.ts';

type Named = { person: string };
/** Does whatever somebody was asked to do. */
async function finishAll(world: JoiningCompany): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    const { rows } = (await world.owner('get', '/tasks?scope=all&status=open&limit=200')).body;
    if (rows.length === 0) return;
    for (const { id, answerKind } of rows)
      await world.owner('post', `/tasks/${id}/finish`, {
        note: 'Seen.',
        ...(answerKind ? { answer: answerKind === 'yes-no' ? 'yes' : 'Fine' } : {}),
      });
    await world.settle();
  }
}

const names = (rows: Named[]) => rows.map(({ person }) => person).sort();

test('what hires waited for: by cause with the names behind it, ready of started, milestones that are open; no-shows, postponed starts and exits that are not told stay out', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const report = async (over = '90-days', caller = world.owner) => {
    const answer = await caller('get', `/joining/report?over=${over}`);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body;
  };
  const nobody = await report('all');
  assert.deepEqual([nobody.started, nobody.ready, nobody.days, nobody.causes, nobody.milestones, nobody.since], [0, 0, 0, [], [], null]);
  const milestones = [
    { name: 'First own demo held', when: 'person.department == "Sales"', targetDays: 5 },
    { name: 'First invoice sent', when: 'person.department == "Finance"', targetDays: 5 },
    { name: 'Knows whom to ask', when: 'true', targetDays: 30 },
  ];
  assert.equal((await world.owner('put', '/milestones', { rows: milestones })).status, 204);
  const amara = await world.hire({ givenName: 'Amara', startDate: '2026-11-06' });
  await world.hire({
    givenName: 'Bruno',
    personalAddress: 'bruno@home.example',
    startDate: '2026-11-06',
    managerId: null,
    departmentId: null,
    title: 'Courier',
  });
  const cleo = await world.hire({ givenName: 'Cleo', personalAddress: 'cleo@home.example', startDate: '2026-11-06' });
  const dara = await world.hire({ givenName: 'Dara', personalAddress: 'dara@home.example', startDate: '2026-11-06' });
  assert.equal((await world.owner('post', `/joining/${cleo.runId}/no-show`, { reason: 'Took another job.' })).status, 200);
  assert.equal((await world.owner('post', `/joining/${dara.runId}/move`, { startDate: '2026-12-14' })).status, 200);
  await world.settle();
  for (const at of ['2026-11-04T09:00:00Z', '2026-11-04T09:00:10Z', '2026-11-05T15:00:00Z', '2026-11-06T07:00:00Z']) {
    await world.at(at);
    await finishAll(world);
  }

  // Friday, the first morning: Amara's screen is not there until Monday morning. Nobody says anything of Bruno, and nobody has looked.
  await world.at('2026-11-06T08:00:01Z');
  assert.equal((await report()).unknown, 2);
  const secret = await world.link('amara@home.example');
  const missing = [{ key: null, what: 'Second screen', cause: 'device' }];
  assert.equal((await world.anybody('post', '/welcome/first-morning', { secret, everything: false, missing })).status, 204);
  await world.at('2026-11-09T08:00:00Z');
  const monday = await report();
  assert.deepEqual(names(monday.hires), ['Amara Okafor', 'Bruno Okafor']);
  assert.deepEqual([monday.started, monday.ready, monday.unknown, monday.days], [2, 0, 1, 1]);
  assert.deepEqual(monday.causes, [
    { cause: 'device', days: 1, hires: [{ runId: amara.runId, person: 'Amara Okafor', days: 1, things: ['Second screen'], isOpen: true }] },
  ]);
  assert.equal((await world.anybody('post', '/welcome/first-morning', { secret, everything: true, missing: [] })).status, 204);
  const brunos = await world.link('bruno@home.example');
  assert.equal((await world.anybody('post', '/welcome/first-morning', { secret: brunos, everything: true, missing: [] })).status, 204);
  const mended = await report();
  assert.deepEqual([mended.started, mended.ready, mended.unknown, mended.days], [2, 1, 0, 1]);
  assert.equal(mended.causes[0].hires[0].isOpen, false);

  // One milestone is reached, of the others nobody knows yet or they are open.
  const { rows } = (await world.owner('get', '/milestones')).body;
  const demo = rows.find((row: { name: string }) => row.name === 'First own demo held').id;
  await world.at('2026-11-18T09:00:00Z');
  const reach = { reachedOn: '2026-11-17' };
  assert.equal((await world.owner('post', `/joining/${amara.runId}/milestones/${demo}`, reach)).status, 204);
  const [held, invoice, known] = (await report()).milestones;
  assert.deepEqual([held.name, held.reached, held.inTime, held.unknown], ['First own demo held', 1, 0, 1]);
  assert.deepEqual([held.days, held.workingDays.median], [{ median: 11, least: 11, most: 11 }, 7]);
  assert.deepEqual([invoice.name, invoice.unknown, invoice.open, invoice.days], ['First invoice sent', 1, 0, null]);
  assert.deepEqual([known.reached, known.open, known.late, known.days], [0, 2, 0, null]);
  assert.deepEqual(
    known.byDepartment.map((group: { name: string | null; open: number }) => [group.name, group.open]),
    [
      ['Sales', 1],
      [null, 1],
    ],
  );

  // A manager sees their own hires alone, an employee nothing.
  const maya = await world.as(['manager'], { personId: world.manager });
  const own = await report('all', maya);
  assert.deepEqual(names(own.hires), ['Amara Okafor']);
  assert.ok(!JSON.stringify(own).includes('Bruno'));
  assert.equal((await (await world.as(['employee']))('get', '/joining/report')).status, 403);

  // A sensitive exit of Amara changes nothing for who is not named, until it happens.
  const hanna = await world.as(['ops']);
  const before = await report('all', hanna);
  const exit = await world.owner('post', '/leaving', {
    personIds: [amara.personId],
    terms: { at: '2026-11-27T17:00', sensitive: true },
  });
  assert.equal(exit.status, 200, JSON.stringify(exit.body));
  await world.settle();
  assert.deepEqual(await report('all', hanna), before);
  await world.at('2026-11-27T16:00:00Z');
  await world.at('2026-11-27T16:00:10Z');
  const left = (await report('all')).milestones.find((row: { name: string }) => row.name === 'Knows whom to ask');
  assert.deepEqual([left.open, left.left], [1, 1]);

  // After 90 days these hires are in no report but that of the year.
  world.clock.set('2027-02-20T09:00:00Z');
  assert.deepEqual(names((await report()).hires), ['Dara Okafor']);
  assert.equal((await report('year')).started, 3);
});
