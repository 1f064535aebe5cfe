import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCompany, type Shown, wordsOf } from '../../tests/tasks-company.ts';
import { openWorld } from '../../tests/world.ts';
import { answerWords } from './describe-tasks.ts';

test('a person sees their own tasks in bundles by whom they concern, the soonest first, and nobody else’s', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const [arjun, sam, rohan, camille] = [
    await company.person('Arjun', 'Pillai'),
    await company.person('Sam', 'Okoro'),
    await company.person('Rohan', 'Devaraj'),
    await company.person('Camille', 'Roy', { locationId: company.montreal }),
  ];
  const late = world.clock.now().add({ hours: 30 }).toString();
  const soon = world.clock.now().add({ hours: 1 }).toString();
  await company.open([arjun], { title: 'A', subjectPersonId: rohan, dueAt: late });
  await company.open([arjun], { title: 'B', subjectPersonId: camille, dueAt: soon });
  await company.open([arjun], { title: 'C', subjectPersonId: camille, dueAt: null });
  const foreign = await company.open([sam], { title: 'D', subjectPersonId: rohan, dueAt: soon });

  const as = await world.as(['app-owner'], { personId: arjun });
  const mine = await as('GET', '/tasks');
  assert.deepEqual(
    mine.body.rows.map((row: Shown) => `${row.title} ${row.subject.name} ${row.place.name} ${row.assignee.mine}`),
    ['B Camille Roy Montréal true', 'C Camille Roy Montréal true', 'A Rohan Devaraj Berlin true'],
  );
  assert.equal(mine.body.total, 3);
  assert.equal((await as('GET', '/tasks?scope=all')).status, 403);
  for (const [method, path, body] of [
    ['GET', '', undefined],
    ['POST', '/finish', {}],
    ['POST', '/evidence', { note: 'seen' }],
    ['POST', '/reassign', { personId: arjun, reason: 'mine now' }],
    ['POST', '/ask-deputy', { reason: 'no time' }],
  ] as const) {
    assert.equal((await as(method, `/tasks/${foreign}${path}`, body)).status, 404, `${method} ${path}`);
  }
  const auditor = await world.as(['auditor']);
  assert.equal((await auditor('GET', '/tasks?scope=all')).body.total, 4);
  assert.equal((await auditor('GET', `/tasks/${foreign}`)).body.title, 'D');
  assert.equal((await auditor('POST', `/tasks/${foreign}/finish`, {})).status, 403);
  assert.equal((await world.owner('GET', '/tasks?scope=all&limit=2&offset=2')).body.rows.length, 2);
  assert.equal((await world.owner('GET', '/tasks?scope=all&limit=2&offset=20')).body.total, 4);
});

test('a task that requires evidence is refused in words without any, and finishing twice names who did it', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const arjun = await company.person('Arjun', 'Pillai');
  const as = await world.as(['app-owner'], { personId: arjun, name: 'Arjun Pillai' });
  const task = await company.open([arjun], { evidenceRequired: true });
  const refused = await as('POST', `/tasks/${task}/finish`, { note: '   ' });
  assert.equal(
    wordsOf(refused),
    '422 evidence_missing Say what shows that it is done. Nothing was changed. Attach a picture or a link, or write what you saw.',
  );
  assert.equal((await company.task(task)).status, 'open');
  assert.equal((await as('POST', `/tasks/${task}/finish`, { note: 'Her row is grey now.' })).status, 204);
  const again = await as('POST', `/tasks/${task}/finish`, { note: 'x' });
  assert.equal(wordsOf(again), '409 already_done Arjun Pillai has finished this already.');
  const closed = await as('GET', '/tasks?status=closed');
  assert.deepEqual(
    closed.body.rows.map((row: Shown) => [row.status, row.doneBy]),
    [['done', 'Arjun Pillai']],
  );
  const detail = await as('GET', `/tasks/${task}`);
  assert.equal(detail.body.evidence[0].note, 'Her row is grey now.');
});

test('evidence leaves only as an attachment, called by a harmless type or a mere row of bytes', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const arjun = await company.person('Arjun', 'Pillai');
  const as = await world.as(['app-owner'], { personId: arjun });
  const stranger = await world.as(['app-owner']);
  const task = await company.open([arjun]);
  const other = await company.open([arjun], { title: 'Other' });
  const page = new TextEncoder().encode('<script>alert(1)</script>');
  const attach = async (name: string, type: string) =>
    (await as('POST', `/tasks/${task}/evidence/file?${new URLSearchParams({ fileName: name, contentType: type })}`, page)).body.id;
  const cases: [name: string, type: string, kept: string, served: string][] = [
    ['../../evil\u202Egnp.html', 'text/html', 'evilgnp.html', 'application/octet-stream'],
    ['drawing.svg', 'image/svg+xml', 'drawing.svg', 'application/octet-stream'],
    ['picture.png', 'image/png; x=y', 'picture.png', 'image/png'],
    ['\u0000\r\nSet-Cookie: a', 'text/plain', 'Set-Cookie: a', 'text/plain'],
  ];
  for (const [name, type, kept, served] of cases) {
    const id = await attach(name, type);
    const file = await as('GET', `/tasks/${task}/evidence/${id}`);
    assert.equal(file.headers.get('content-type'), served);
    assert.match(file.headers.get('content-disposition')!, /^attachment; /);
    assert.ok(file.headers.get('content-disposition')!.endsWith(`filename*=UTF-8''${encodeURIComponent(kept)}`));
    assert.equal(file.headers.get('x-content-type-options'), 'nosniff');
    assert.match(file.headers.get('content-security-policy')!, /sandbox/);
    assert.deepEqual(file.bytes, page);
    assert.equal((await as('GET', `/tasks/${other}/evidence/${id}`)).status, 404, 'by another task');
    assert.equal((await stranger('GET', `/tasks/${task}/evidence/${id}`)).status, 404);
  }
  for (const url of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'https:// x', 'http://', ' https://a.example']) {
    assert.equal((await as('POST', `/tasks/${task}/evidence`, { url })).body.code, 'bad_link', url);
  }
  assert.equal((await as('POST', `/tasks/${task}/evidence`, { url: 'https://admin.example/users/7' })).status, 200);
  assert.equal((await as('POST', `/tasks/${task}/evidence`, {})).body.code, 'evidence_missing');
  assert.equal((await as('POST', `/tasks/${task}/evidence/file`, new Uint8Array())).body.code, 'evidence_empty');
  assert.equal((await as('POST', `/tasks/${task}/evidence/file`, new Uint8Array(10 * 1024 * 1024 + 1))).body.code, 'evidence_too_large');
  assert.equal((await as('POST', `/tasks/${task}/evidence/file`, new Uint8Array(11 * 1024 * 1024))).status, 413);
});

test('an answer is what was asked for: yes or no, an option, a day that exists, words, or a person who is here and is not the subject', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const [arjun, rohan, lena, gone] = [
    await company.person('Arjun', 'Pillai'),
    await company.person('Rohan', 'Devaraj'),
    await company.person('Lena', 'Brandt'),
    await company.person('Greta', 'Gone'),
  ];
  await company.leave(gone, '2026-11-01T12:00:00Z');
  const as = await world.as(['manager'], { personId: arjun });
  const ask = (answerKind: 'yes-no' | 'choice' | 'person' | 'text' | 'date', more = {}) =>
    company.open([arjun], { kind: 'question', answerKind, subjectPersonId: rohan, ...more });
  const answer = async (task: string, text: string | null) => wordsOf(await as('POST', `/tasks/${task}/finish`, { answer: text }));

  const person = await ask('person');
  assert.match(await answer(person, null), /Name a person/);
  assert.match(await answer(person, 'Lena Brandt'), /Nobody here is this person/);
  assert.match(await answer(person, crypto.randomUUID()), /Nobody here is this person/);
  assert.match(await answer(person, rohan), /This is about Rohan Devaraj/);
  assert.match(await answer(person, gone), /Greta Gone has left/);
  const found = await as('GET', `/tasks/${person}/people?find=e`);
  assert.deepEqual(
    found.body.rows.map((row: Shown) => row.name),
    ['Lena Brandt'],
    'neither the subject nor who has left is offered',
  );
  assert.equal(await answer(person, lena), '204');
  assert.equal((await as('GET', `/tasks/${person}`)).body.answerWords, 'Lena Brandt');
  assert.equal((await as('GET', `/tasks/${person}/people?find=e`)).status, 409, 'nobody is offered once it is answered');

  assert.equal(await world.run((ctx) => answerWords(ctx, person)), 'Lena Brandt');

  const day = await ask('date');
  assert.match(await answer(day, '2026-02-30'), /is no day/);
  assert.match(await answer(day, '27.11.2026'), /Choose a day/);
  assert.equal(await answer(day, '2026-11-30'), '204');

  const yes = await ask('yes-no');
  assert.match(await answer(yes, 'maybe'), /Choose one of: Yes, No/);
  assert.equal(await answer(yes, 'yes'), '204');

  const choice = await ask('choice', {
    options: [
      { value: 'reply', label: 'A reply' },
      { value: 'nothing', label: 'Nothing' },
    ],
  });
  assert.match(await answer(choice, 'yes'), /Choose one of: A reply, Nothing/);
  assert.equal(await answer(choice, 'reply'), '204');

  const text = await ask('text');
  assert.match(await answer(text, '  '), /Write an answer/);
  assert.equal(await answer(text, 'The door code of the lab'), '204');
  assert.equal((await company.audits('task.done')).length, 5);
});

test('a task is given to somebody else by name, who is told; it is cancelled only by those who run operations, with a reason', async (t) => {
  const world = await openWorld(t);
  const company = await openCompany(world);
  const [arjun, sam, gone] = [
    await company.person('Arjun', 'Pillai'),
    await company.person('Sam', 'Okoro'),
    await company.person('Greta', 'Gone'),
  ];
  await company.leave(gone, '2026-11-01T12:00:00Z');
  const as = await world.as(['app-owner'], { personId: arjun });
  const task = await company.open([arjun]);
  assert.match(wordsOf(await as('POST', `/tasks/${task}/reassign`, { personId: gone, reason: 'on holiday' })), /Greta Gone has left/);
  assert.equal((await as('POST', `/tasks/${task}/reassign`, { personId: sam, reason: ' ' })).status, 422);
  assert.equal((await as('POST', `/tasks/${task}/cancel`, { reason: 'not needed' })).status, 403);
  assert.equal((await as('POST', `/tasks/${task}/reassign`, { personId: sam, reason: 'on holiday' })).status, 204);
  assert.equal((await as('GET', `/tasks/${task}`)).status, 404, 'it is not theirs any more');
  assert.deepEqual(
    (await company.mails()).map((mail) => [mail.to_address, mail.status]),
    [
      ['arjun@fernhill.example', 'withheld'],
      ['sam@fernhill.example', 'queued'],
    ],
    'a mail that was not sent yet is not sent to somebody whose task it is no more',
  );
  assert.equal((await company.audits('task.reassigned'))[0]!.reason, 'on holiday');
  assert.equal((await world.owner('POST', `/tasks/${task}/cancel`, { reason: 'The badge was found' })).status, 204);
  assert.equal((await company.audits('task.cancelled'))[0]!.reason, 'The badge was found');
  assert.match(wordsOf(await world.owner('POST', `/tasks/${task}/finish`, {})), /409 no_longer_needed This is not needed any more/);
  assert.match(wordsOf(await world.owner('POST', `/tasks/${task}/cancel`, { reason: 'again' })), /409 not_open/);
});
