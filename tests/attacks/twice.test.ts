// Two at once.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type LeavingCompany, openCompany } from '../leaving-company.ts';
import type { Answer, Caller } from '../world.ts';
import { bytes, ok } from './request-and-answer.ts';

const twice = async (send: () => Promise<Answer>) => (await Promise.all([send(), send(), send()])).sort((a, b) => a.status - b.status);

/** One was done, the others were refused in words that say so. */
function oneWins(answers: Answer[], code?: RegExp): void {
  const [first, ...rest] = answers;
  assert.ok(first!.status < 300, `${first!.status} ${JSON.stringify(first!.body)}`);
  for (const answer of rest) {
    assert.ok([404, 409, 422].includes(answer.status), `${answer.status} ${JSON.stringify(answer.body)}`);
    assert.ok(answer.body.detail.length > 15);
    if (code) assert.match(answer.body.code, code);
  }
}

async function leavingWorld(t: TestContext): Promise<{ company: LeavingCompany; owner: Caller; ada: string; noor: string }> {
  const company = await openCompany(t);
  const noor = await company.person({ givenName: 'Noor' });
  const ada = await company.person({ givenName: 'Ada', managerId: noor });
  await company.manualApp('Badges', { ownerPersonId: ada, deputyPersonId: noor, accounts: [{ addresses: ['ada@acme.example'] }] });
  return { company, owner: company.owner, ada, noor };
}

test('two who press at once have one effect: an exit is started once, a task finished once, a section signed once, an heir chosen, an exit called off once', async (t) => {
  const { company, owner, ada, noor } = await leavingWorld(t);
  const started = await twice(() => owner('post', '/leaving', { personIds: [ada], terms: { at: 'now' } }));
  oneWins(started, /already_leaving/);
  const runId = started[0]!.body.runIds[0];
  await company.settle();
  company.clock.advance({ seconds: 5 });
  await company.settle();
  let run = ok(await owner('get', `/runs/${runId}`));
  assert.equal(run.actions.length, 1);
  oneWins(await twice(() => owner('post', `/tasks/${run.actions[0].task_id}/finish`, { note: 'Disabled.' })), /already_done/);
  await company.settle();
  run = ok(await owner('get', `/runs/${runId}`));
  for (const handover of run.handovers) {
    const chosen = await Promise.all([1, 2, 3].map(() => owner('put', `/handovers/${handover.id}/heir`, { personId: noor })));
    assert.ok(
      chosen.every((answer) => answer.status < 300 || answer.status === 409),
      JSON.stringify(chosen.map((each) => each.body)),
    );
  }
  oneWins(await twice(() => owner('post', `/runs/${runId}/proof/signatures`, { section: 'access' })), /already_signed/);
  oneWins(await twice(() => owner('post', `/runs/${runId}/proof/signatures`, { section: 'ownership' })), /already_signed/);
  run = ok(await owner('get', `/runs/${runId}`));
  assert.equal(run.proofStatus, 'closed');
  oneWins(await twice(() => owner('post', `/runs/${runId}/rescind`, { reason: 'She stays.' })), /run_is_over/);
  const events = ok(await owner('get', '/audit?limit=200')).rows.map((event: { action: string }) => event.action);
  for (const action of ['leaving.confirmed', 'task.done', 'proof.closed', 'leaving.rescinded'])
    assert.equal(events.filter((each: string) => each === action).length, 1, action);
  assert.equal(events.filter((each: string) => each === 'proof.section-signed').length, 2);
  const plans = await company.run((ctx) => ctx.db.selectFrom('access_plans').select('purpose').execute());
  assert.deepEqual(plans.map((plan) => plan.purpose).sort(), ['data', 'leave', 'restore']);
});

test('a list of people and a list of an app are taken in once, whoever confirms at the same moment', async (t) => {
  const company = await openCompany(t);
  const people = ok(
    await company.owner(
      'post',
      '/people/imports?fileName=p.csv',
      bytes('Name,Work email\nAda Test,ada@acme.example\nBo Test,bo@acme.example\n'),
    ),
  );
  oneWins(
    await twice(() => company.owner('post', `/people/imports/${people.id}/confirm`, { evenThough: true })),
    /import_not_open|people_changed_since/,
  );
  assert.equal(ok(await company.owner('get', '/people')).total, 2);
  const app = ok(await company.owner('post', '/apps', { name: 'Wiki' }));
  const list = ok(await company.owner('post', `/apps/${app.appId}/lists?fileName=w.csv`, bytes('Email,Name\nada@acme.example,Ada\n')));
  oneWins(await twice(() => company.owner('post', `/syncs/${list.id}/confirm`, { declaredComplete: true })), /nothing_to_confirm/);
  assert.equal(ok(await company.owner('get', `/apps/${app.appId}/readings`)).total, 1);
  const same = await Promise.all(
    [1, 2, 3].map(() => company.owner('post', '/people', { givenName: 'Cy', workAddress: 'cy@acme.example' })),
  );
  oneWins(same.sort((a, b) => a.status - b.status));
  assert.ok(same.every((answer) => !/violates|constraint|people_people/.test(JSON.stringify(answer.body))));
});
