import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type Asking, answerOf, askingsOf, difference, idsIn } from './setup/ask-everything.ts';
import { accepted, confirmExit, exitIds, type QuietCompany, quietCompany, secretDates, secretWords } from './setup/quiet-company.ts';

// A sensitive exit is known to those named alone: everybody else is answered as in the company where Lena stays.
let company: QuietCompany;
let known: Set<string>;
let ids: Record<string, string[]>;
let runId: string;

before(async (t) => {
  company = await quietCompany(t as never);
  known = await idsIn(company.exit);
  runId = await confirmExit(company, { sensitive: true, namedMemberIds: [company.members.hanna] });
  const made = await exitIds(company.exit);
  const pick = (name: string) => made[name]!.filter((id) => !known.has(id)).slice(0, 2);
  ids = {
    ...company.ids,
    runId: [...pick('playbooks_runs'), ...company.ids.runId!],
    taskId: [...pick('tasks_tasks'), ...company.ids.taskId!],
    actionId: pick('access_actions'),
  };
});

const holders = [
  ['otto', ['owner', 'ops', 'hr', 'finance', 'auditor']],
  ['mark', ['manager', 'employee']],
  ['lena', ['owner', 'auditor']],
] as const;

for (const [name, roles] of holders) {
  for (const role of roles) {
    test(`${name}, who is ${role} and not named, is answered as if Lena stayed`, async () => {
      for (const twin of [company.exit, company.calm])
        await twin.admin('update identity_members set roles = $2 where id = $1', [company.members[name], [role]]);
      const wrong: string[] = [];
      for (const asking of askingsOf(role, ids, ['Lena'], false).filter(({ path }) => !path.endsWith('.pdf'))) {
        const [exit, calm] = [
          await answerOf(company.exit, company.tokens[name], asking, known),
          await answerOf(company.calm, company.tokens[name], asking, known),
        ];
        if (exit !== calm) wrong.push(`${asking.path}${difference(exit, calm)}`);
      }
      assert.deepEqual(wrong, []);
    });
  }
}

test('whoever is named sees it and gets the tasks; mail about it goes to nobody else', async () => {
  const seen = JSON.stringify(await accepted(company.exit, company.tokens.hanna, 'get', `/runs/${runId}`));
  assert.ok(seen.includes(secretDates.at));
  for (const twin of [company.exit, company.calm]) await twin.at('2026-11-30T17:00:00Z');
  const about = company.letters.exit.filter((letter) => /Lena|Marquardt/.test(letter.text));
  assert.ok(about.length > 0);
  const [hanna] = await company.exit.admin<{ address: string }>('select lower(address) as address from identity_members where id = $1', [
    company.members.hanna,
  ]);
  assert.deepEqual(
    [...new Set(about.flatMap((letter) => letter.to))].filter((address) => ![hanna!.address, 'hanna@acme.example'].includes(address)),
    [],
  );
});

test('somebody who is not named and lets her leave, or sets her last day, is refused without hearing why, and changes nothing', async () => {
  const { exit, tokens, people, members } = company;
  await exit.admin('update identity_members set roles = $2 where id = $1', [members.otto, ['owner', 'hr']]);
  const before = await accepted(exit, tokens.hanna, 'get', `/runs/${runId}`);
  const attempts: Asking[] = [
    { route: '', method: 'post', path: '/leaving', body: { personIds: [people.lena], terms: { at: '2026-12-18T17:00' } } },
    { route: '', method: 'post', path: '/leaving', body: { personIds: [people.lena], terms: { at: 'now' } } },
    { route: '', method: 'post', path: '/leaving', body: { personIds: [people.rita, people.lena], terms: { at: '2026-12-18T17:00' } } },
    { route: '', method: 'patch', path: `/people/${people.lena}`, body: { lastWorkingDay: '2026-12-18' } },
  ];
  for (const attempt of attempts) {
    const answer = await answerOf(exit, tokens.otto, attempt, known);
    assert.match(answer, /^409 .*cannot_be_set_here/, answer);
    assert.doesNotMatch(answer, /exit|already|run|confirmed|concealed|sensitive/i);
    for (const word of secretWords) assert.ok(!answer.includes(word), answer);
  }
  assert.equal((await accepted(exit, tokens.otto, 'get', `/people/${people.rita}`)).status, 'working');
  const after = await accepted(exit, tokens.hanna, 'get', `/runs/${runId}`);
  assert.deepEqual([after.run, after.actions.length], [before.run, before.actions.length]);
  const person = await accepted(exit, tokens.hanna, 'get', `/people/${people.lena}`);
  assert.equal(person.lastWorkingDay, secretDates.lastWorkingDay);
});

test('a list with her in it, given by somebody who is not named, shows no date of the exit and does not move it', async () => {
  const { exit, tokens, people } = company;
  const bytes = new TextEncoder().encode('Name,Work email,Last working day,Title\nLena Marquardt,lena@acme.example,2026-12-24,Chief\n');
  const made = await accepted(exit, tokens.otto, 'post', '/people/imports?fileName=try.csv', bytes);
  const rows = await accepted(exit, tokens.otto, 'get', `/people/imports/${made.id}/rows`);
  const done = await accepted(exit, tokens.otto, 'post', `/people/imports/${made.id}/confirm`, { evenThough: true });
  const later = await accepted(exit, tokens.otto, 'get', `/people/imports/${made.id}/rows`);
  const text = JSON.stringify([made, rows, done, later]);
  for (const word of secretWords) assert.ok(!text.includes(word), `${word} in ${text}`);
  assert.doesNotMatch(text, /exit-differs|confirmed exit/);
  const person = await accepted(exit, tokens.hanna, 'get', `/people/${people.lena}`);
  assert.deepEqual([person.lastWorkingDay, person.title], [secretDates.lastWorkingDay, 'Chief']);
});

test('a token that somebody makes sees with the eyes of its member alone: nobody makes one for whoever signs in themselves', async () => {
  const { exit, tokens, members } = company;
  await exit.admin("update identity_members set user_id = 'hanna' where id = $1", [members.hanna]);
  const body = { name: 'borrowed', scopes: ['*'], expiresAt: '2026-12-30T00:00:00Z', memberId: members.hanna };
  const answer = await exit.call(tokens.otto, 'post', '/tokens', body);
  assert.equal(answer.status, 403);
});

test('a second member of hers, or one that is not linked to her record, is told apart by any address of hers', async () => {
  const { exit, tokens, people } = company;
  const { runIds } = await accepted(exit, tokens.hanna, 'post', '/leaving', {
    personIds: [people.rolf],
    terms: { at: '2026-12-18T17:00' },
  });
  await exit.admin("update people_people set personal_address = 'Rolf@Home.example', aliases = '{r.kern@acme.example}' where id = $1", [
    people.rolf,
  ]);
  const sees = async () => (await exit.call(tokens.otto, 'get', `/runs/${runIds[0]}`)).status;
  assert.equal(await sees(), 200);
  for (const address of ['rolf@home.example', 'R.Kern@acme.example', 'ROLF@acme.example']) {
    await exit.admin('update identity_members set address = $2 where id = $1', [company.members.otto, address]);
    assert.equal(await sees(), 404, address);
  }
});
