import assert from 'node:assert/strict';
import { test } from 'node:test';
import { playbookYaml, savePlaybookVersion } from '../server/playbooks/index.ts';
import { openCompany } from './leaving-company.ts';
import type { Answer } from './world.ts';

const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, `${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};

async function company(t: Parameters<typeof openCompany>[0]) {
  const world = await openCompany(t, { at: '2026-11-22T10:00:00Z' });
  const maya = await world.person({ givenName: 'Maya', familyName: 'Brandt', timeZone: 'Europe/Berlin' });
  const amara = await world.person({ givenName: 'Amara', familyName: 'Diallo', timeZone: 'Europe/Lisbon', managerId: maya });
  const find = async (moment: string) =>
    ok(await world.owner('get', '/playbooks')).rows.find((row: { moment: string }) => row.moment === moment);
  const get = async (moment: string) => ok(await world.owner('get', `/playbooks/${(await find(moment)).id}`));
  return { world, maya, amara, find, get };
}

const retitled = (definition: any, key: string, title: string) => ({
  ...definition,
  steps: definition.steps.map((step: any) => (step.key === key ? { ...step, title } : step)),
});

test('the three playbooks are there from the start; an edit is the next version, and an open run keeps its own', async (t) => {
  const { world, amara, get, find } = await company(t);
  const rows = ok(await world.owner('get', '/playbooks')).rows;
  assert.deepEqual(
    rows.map((row: { moment: string; version: number }) => [row.moment, row.version]),
    [
      ['leaver', 1],
      ['joiner', 1],
      ['contractor', 1],
    ],
  );
  const { runIds } = ok(await world.owner('post', '/leaving', { personIds: [amara], terms: { at: '2026-11-27T18:00' } }));
  const before = await get('leaver');
  assert.equal(before.openRuns, 1);
  const definition = retitled(before.definition, 'final_pay', 'Settle the final pay');
  const checked = ok(await world.owner('post', '/playbooks/check', { playbookId: before.id, definition }));
  assert.deepEqual(checked.problems, []);
  assert.equal(checked.changes.words, '1 step changed.');
  assert.match(checked.yaml, /# What happens when somebody leaves/);
  const saved = ok(await world.owner('post', `/playbooks/${before.id}/versions`, { definition, basedOn: 1, note: 'Payroll calls it so' }));
  assert.deepEqual(saved, { version: 2, changed: true });
  const after = await get('leaver');
  assert.equal(after.madeBy, 'Ines Halvorsen');
  assert.equal(after.yaml, checked.yaml);
  assert.deepEqual(
    after.versions.map((version: any) => [version.version, version.note, version.openRuns, version.changes?.words ?? null]),
    [
      [2, 'Payroll calls it so', 0, '1 step changed.'],
      [1, null, 1, null],
    ],
  );
  const picture = ok(await world.owner('get', `/runs/${runIds[0]}/picture`));
  assert.equal(
    picture.steps.find((step: any) => step.key === 'final_pay').title,
    before.definition.steps.find((step: any) => step.key === 'final_pay').title,
  );
  assert.deepEqual(picture.steps.find((step: any) => step.key === 'free_licences').waitsFor, ['licences_asked']);
  const events = ok(await world.owner('get', '/audit?limit=50')).rows;
  assert.ok(events.some((event: any) => event.action === 'playbook.changed' && event.reason === 'Payroll calls it so'));
  // The old text once more is a new version with the old words.
  const old = after.versions[1];
  const text = ok(await world.owner('get', `/playbooks/${before.id}/versions/${old.id}`));
  assert.equal(text.yaml, before.yaml);
  assert.equal(text.againstCurrent.words, '1 step changed.');
  ok(await world.owner('post', `/playbooks/${before.id}/versions`, { yaml: text.yaml, basedOn: 2 }));
  assert.equal((await get('leaver')).yaml, before.yaml);
  assert.equal((await find('leaver')).version, 3);
});

test('saving without a change makes no version; a comment in the text is a change of the text', async (t) => {
  const { world, get } = await company(t);
  const { id, definition, yaml } = await get('joiner');
  assert.deepEqual(ok(await world.owner('post', `/playbooks/${id}/versions`, { definition, basedOn: 1 })), { version: 1, changed: false });
  assert.deepEqual(ok(await world.owner('post', `/playbooks/${id}/versions`, { yaml, basedOn: 1 })), { version: 1, changed: false });
  const commented = `# Ours since November.\n${yaml}`;
  assert.deepEqual(ok(await world.owner('post', `/playbooks/${id}/versions`, { yaml: commented, basedOn: 1 })), {
    version: 2,
    changed: true,
  });
  assert.ok((await get('joiner')).yaml.startsWith('# Ours since November.'));
  const rewritten = await world.run((ctx) => savePlaybookVersion(ctx, { moment: 'joiner', yaml: playbookYaml(definition) }));
  assert.deepEqual([rewritten.version, rewritten.changed], [2, false]);
});

test('who saves second is told that somebody else saved, and nothing is lost', async (t) => {
  const { world, get } = await company(t);
  const { id, definition } = await get('leaver');
  const other = await world.as(['ops'], { name: 'Tom Wirth' });
  const [first, second] = await Promise.all([
    other('post', `/playbooks/${id}/versions`, { definition: retitled(definition, 'final_pay', 'Pay by Tom'), basedOn: 1 }),
    world.owner('post', `/playbooks/${id}/versions`, { definition: retitled(definition, 'final_pay', 'Pay by Ines'), basedOn: 1 }),
  ]);
  assert.deepEqual([first.status, second.status].sort(), [200, 409]);
  const refused = first.status === 409 ? first : second;
  assert.equal(refused.body.code, 'playbook_changed');
  assert.match(refused.body.detail, /(Tom Wirth|Ines Halvorsen) saved version 2 meanwhile/);
  assert.equal((await get('leaver')).versions.length, 2);
});

test('only who may manage playbooks saves them; who may read them may try and check them', async (t) => {
  const { world, get, amara } = await company(t);
  const { id, definition } = await get('leaver');
  const hr = await world.as(['hr']);
  assert.equal((await hr('post', `/playbooks/${id}/versions`, { definition, basedOn: 1 })).status, 403);
  ok(await hr('post', '/playbooks/check', { definition }));
  ok(await hr('post', '/playbooks/try', { definition, personId: amara }));
  const employee = await world.as(['employee']);
  assert.equal((await employee('get', '/playbooks')).status, 403);
});

test('a mistake is named by field or by line, and saves nothing', async (t) => {
  const { world, get } = await company(t);
  const { id, definition, yaml } = await get('leaver');
  const broken = retitled(definition, 'final_pay', '');
  const byField = ok(await world.owner('post', '/playbooks/check', { playbookId: id, definition: broken }));
  const index = definition.steps.findIndex((step: any) => step.key === 'final_pay');
  assert.deepEqual(byField.problems, [{ field: `steps[${index}].title`, message: 'This is empty.' }]);
  assert.equal(byField.yaml, null);
  assert.deepEqual(byField.outline, []);
  const circle = {
    ...definition,
    steps: definition.steps.map((step: any) => (step.key === 'close_access' ? { ...step, waitsFor: ['final_pay'] } : step)),
  };
  const byRule = ok(await world.owner('post', '/playbooks/check', { playbookId: id, definition: circle }));
  assert.match(byRule.problems[0].message, /The cut-off never waits/);
  assert.equal(byRule.outline.length, definition.steps.length);
  assert.equal((await world.owner('post', `/playbooks/${id}/versions`, { definition: circle, basedOn: 1 })).status, 422);
  const typed = yaml.replace('title: Settle final pay, holidays and expenses', 'titel: Settle final pay');
  const byLine = ok(await world.owner('post', '/playbooks/check', { playbookId: id, yaml: typed }));
  const line = typed.split('\n').findIndex((text: string) => text.includes('titel:')) + 1;
  assert.ok(byLine.problems.some((problem: any) => problem.row === line && /'titel' is not known here/.test(problem.message)));
  const other = ok(await world.owner('post', '/playbooks/check', { playbookId: id, yaml: (await get('joiner')).yaml }));
  assert.match(other.problems[0].message, /write leaver/);
  assert.equal((await get('leaver')).version, 1);
});

test('tried on a person: each moment on their clock, who would be asked, what holds for them, and nothing is written', async (t) => {
  const { world, get, amara } = await company(t);
  const { definition } = await get('leaver');
  const count = async () => {
    const rows = await world.run(async (ctx) => ({
      runs: await ctx.db.selectFrom('playbooks_runs').select('id').execute(),
      mail: await ctx.db.selectFrom('platform_mail').select('id').execute(),
      tasks: await ctx.db.selectFrom('tasks_tasks').select('id').execute(),
    }));
    return [rows.runs.length, rows.mail.length, rows.tasks.length];
  };
  const before = await count();
  const tried = ok(
    await world.owner('post', '/playbooks/try', { definition, personId: amara, dates: { cutOffLocal: '2026-11-27T18:00' } }),
  );
  assert.equal(tried.words, 'Access closes Fri 27 Nov 2026, 18:00 in Lisbon');
  const step = (key: string) => tried.steps.find((each: any) => each.key === key);
  assert.equal(step('close_access').at, '2026-11-27T18:00:00Z');
  assert.equal(step('close_access').words, 'Fri 27 Nov 2026, 18:00 in Lisbon');
  assert.equal(step('shared_secrets').who, 'Maya Brandt');
  assert.equal(step('hand_over_work').who, 'Amara Diallo');
  assert.deepEqual([step('new_manager').applies, step('new_manager').who], [false, null]);
  assert.match(step('new_manager').why, /the number of people who report to them is more than 0\. Here it is 0\./);
  assert.equal(step('tell_outside').applies, null);
  assert.match(step('tell_outside').why, /That is asked first/);
  assert.equal(step('final_pay').late, true);
  assert.deepEqual(await count(), before);
});

test('tried with the clocks going back: the note says so, and each step keeps its local time', async (t) => {
  const { world, get, amara } = await company(t);
  const { definition } = await get('joiner');
  const tried = ok(
    await world.owner('post', '/playbooks/try', { definition, personId: amara, dates: { startDate: '2027-03-29', startTime: '09:00' } }),
  );
  const at = (key: string) => tried.steps.find((each: any) => each.key === key);
  assert.equal(tried.words, 'The first morning is Mon 29 Mar 2027, 09:00 in Lisbon');
  assert.equal(at('do_you_have_everything').at, '2027-03-29T08:00:00Z');
  // Two working days before: Thursday, before the clocks go forward.
  assert.equal(at('open_access').at, '2027-03-25T10:00:00Z');
  assert.equal(at('do_you_have_everything').who, 'Amara Diallo');
});

test('trying a playbook says nothing about an exit that the person has and the reader may not know of', async (t) => {
  const { world, get, amara } = await company(t);
  const { definition } = await get('leaver');
  const hr = await world.as(['hr']);
  const ask = async () => ok(await hr('post', '/playbooks/try', { definition, personId: amara }));
  const calm = await ask();
  ok(
    await world.owner('post', '/leaving', {
      personIds: [amara],
      terms: { at: '2026-12-04T15:00', lastWorkingDay: '2026-12-01', toldAt: '2026-12-04T14:00:00Z', sensitive: true },
    }),
  );
  assert.deepEqual(await ask(), calm);
  assert.equal(ok(await hr('get', '/playbooks')).rows[0].openRuns, 0);
});
