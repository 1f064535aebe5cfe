import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld, type World } from '../../../tests/world.ts';
import { concealLeaving } from '../conceal-leaving.ts';
import { setLeavingDates } from '../leaving-dates.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const upload = (world: Pick<World, 'owner'>, text: string | Uint8Array, more = '') =>
  world.owner('post', `/people/imports?fileName=people.csv${more}`, typeof text === 'string' ? bytes(text) : text);
const confirm = (world: Pick<World, 'owner'>, importId: string, evenThough = false) =>
  world.owner('post', `/people/imports/${importId}/confirm`, { evenThough });
async function takeIn(world: World, text: string, more = ''): Promise<string> {
  const preview = await upload(world, text, more);
  assert.equal(preview.status, 200, JSON.stringify(preview.body));
  const done = await confirm(world, preview.body.id);
  assert.equal(done.status, 200, JSON.stringify(done.body));
  assert.equal(done.body.status, 'done');
  return preview.body.id;
}
async function people(world: World): Promise<Record<string, { id: string; status: string; [key: string]: unknown }>> {
  const { body } = await world.owner('get', '/people?limit=200');
  return Object.fromEntries(body.rows.map((row: { name: string }) => [row.name, row]));
}

const head = 'Employee ID,First name,Last name,Work email,Title,Department,Location,Time zone,Manager email,Start date,Last working day\n';
const list = `${head}1,Ines,Halvorsen,ines@fernhill.example,Operations,Ops,Berlin,Europe/Berlin,,2020-01-01,
2,Rohan,Devaraj,rohan@fernhill.example,Engineer,Lab,Montréal,America/Toronto,ines@fernhill.example,2021-03-01,2026-11-20
3,Camille,Roy,camille@fernhill.example,Designer,Lab,Montréal,America/Toronto,rohan@fernhill.example,2022-05-02,2026-12-18
`;
const many = (count: number, from = 1) =>
  head +
  Array.from({ length: count }, (_, i) => `${from + i},Given${from + i},Family,p${from + i}@fernhill.example,,,,,,2024-01-01,`).join('\n');

test('a list is recognised, previewed and taken in as previewed; given again it changes nothing', async (t) => {
  const world = await openWorld(t);
  const first = await upload(world, list);
  assert.equal(first.status, 200, JSON.stringify(first.body));
  assert.deepEqual(first.body.counts, { rows: 3, new: 3, changed: 0, unchanged: 0, refused: 0, missing: 0, questions: 0, undecided: 0 });
  assert.equal((await world.owner('get', '/people')).body.total, 0, 'a preview changes nobody');
  await confirm(world, first.body.id);
  const { body } = await world.owner('get', '/people?sort=need');
  assert.deepEqual(
    body.rows.map((row: { name: string; status: string; manager: string | null; timeZone: string }) => [
      row.name,
      row.status,
      row.manager,
      row.timeZone,
    ]),
    [
      ['Camille Roy', 'leaving', 'Rohan Devaraj', 'America/Toronto'],
      ['Ines Halvorsen', 'working', null, 'Europe/Berlin'],
      ['Rohan Devaraj', 'left', 'Ines Halvorsen', 'America/Toronto'],
    ],
  );
  const again = await upload(world, list);
  assert.deepEqual(again.body.counts, { rows: 3, new: 0, changed: 0, unchanged: 3, refused: 0, missing: 0, questions: 0, undecided: 0 });
  assert.equal((await confirm(world, first.body.id)).status, 409, 'a list is taken in once');
});

test('a changed address stays as another address, addresses may change hands, and the audit tells each change', async (t) => {
  const world = await openWorld(t);
  await takeIn(world, list);
  await takeIn(
    world,
    list
      .replace('ines@fernhill.example,Op', 'i.halvorsen@fernhill.example,Op')
      .replace('rohan@fernhill.example,Eng', 'ines.h@fernhill.example,Eng'),
  );
  const { Ines, Rohan } = { Ines: (await people(world))['Ines Halvorsen']!, Rohan: (await people(world))['Rohan Devaraj']! };
  const ines = await world.owner('get', `/people/${Ines.id}`);
  assert.equal(ines.body.workAddress, 'i.halvorsen@fernhill.example');
  assert.deepEqual(ines.body.aliases, ['ines@fernhill.example']);
  // Two people swap their work addresses in one file.
  await takeIn(
    world,
    `Employee ID,Work email\n1,ines.h@fernhill.example\n2,i.halvorsen@fernhill.example\n`
      .replace('1,ines.h', '1,x.one')
      .replace('2,i.halvorsen', '2,x.two'),
  );
  await takeIn(world, 'Employee ID,First name,Work email\n4,Max,max@fernhill.example\n5,Mia,mia@fernhill.example\n');
  const timeline = await world.owner('get', `/people/${Ines.id}/timeline`);
  assert.deepEqual(
    timeline.body.rows.map((row: { action: string }) => row.action),
    ['person.changed', 'person.changed', 'person.added'],
  );
  assert.deepEqual(timeline.body.rows[1].before, { workAddress: 'ines@fernhill.example' });
  assert.equal((await world.owner('get', `/people/${Rohan.id}`)).body.workAddress, 'x.two@fernhill.example');
});

test('a return opens a new employment and keeps the old one; without a new start the list only asks', async (t) => {
  const world = await openWorld(t);
  await takeIn(world, list);
  const { id } = (await people(world))['Rohan Devaraj']!;
  const asks = await upload(world, 'Employee ID,First name,Last name\n2,Rohan,Devaraj\n');
  assert.equal(asks.body.counts.questions, 1);
  await takeIn(world, 'Employee ID,First name,Last name,Start date\n2,Rohan,Devaraj,2026-11-25\n');
  const { body } = await world.owner('get', `/people/${id}`);
  assert.equal(body.status, 'working');
  assert.equal(body.startDate, '2026-11-25');
  assert.equal(body.lastWorkingDay, null);
  assert.deepEqual(body.former, [{ startDate: '2021-03-01', lastWorkingDay: '2026-11-20', leftAt: '2026-11-21T05:00:00Z' }]);
});

test('a cut-off is the same instant from a local time, an offset and another zone, and moves nothing when given again', async (t) => {
  const world = await openWorld(t);
  await world.owner('post', '/locations', { name: 'Montréal', timeZone: 'America/Toronto' });
  const file = (moment: string) => `Employee ID,First name,Last name,Location,Access cut-off\n1,Ann,Roe,Montréal,${moment}\n`;
  await takeIn(world, file('2026-11-27 17:00'));
  const { id } = (await people(world))['Ann Roe']!;
  assert.equal((await world.owner('get', `/people/${id}`)).body.cutOffAt, '2026-11-27T22:00:00Z');
  for (const same of ['2026-11-27T22:00:00Z', '2026-11-27T23:00:00+01:00', '2026-11-27 17:00']) {
    assert.equal((await upload(world, file(same))).body.counts.unchanged, 1, same);
  }
  await takeIn(world, file('2026-11-27T22:30:00Z'));
  const moved = (await world.owner('get', `/people/${id}`)).body;
  assert.deepEqual(
    [moved.cutOffAt, moved.cutOffLocal, moved.cutOffZone],
    ['2026-11-27T22:30:00Z', '2026-11-27T17:30:00', 'America/Toronto'],
  );
});

test('a cut-off in an hour that clocks skip or show twice is the compatible instant', async (t) => {
  const world = await openWorld(t);
  await takeIn(
    world,
    'Employee ID,First name,Last name,Time zone,Access cut-off\n1,Ann,Roe,Europe/Berlin,2027-03-28 02:30\n2,Bob,Low,America/New_York,2027-11-07 01:30\n',
  );
  const all = await people(world);
  assert.equal(all['Ann Roe']!.leftAt, '2027-03-28T01:30:00Z');
  assert.equal(all['Bob Low']!.leftAt, '2027-11-07T05:30:00Z');
});

test('a confirmed exit stands: a list with another date asks and changes the rest of the row only', async (t) => {
  const world = await openWorld(t);
  await takeIn(world, list);
  const { id } = (await people(world))['Ines Halvorsen']!;
  await world.run((ctx) =>
    setLeavingDates(ctx, id, { lastWorkingDay: '2026-12-01', cutOffLocal: '2026-12-01T12:00:00', cutOffZone: 'Europe/Berlin' }),
  );
  const other = list.replace('Operations,Ops,Berlin,Europe/Berlin,,2020-01-01,', 'Lead,Ops,Berlin,Europe/Berlin,,2020-01-01,2026-12-31');
  const preview = await upload(world, other);
  assert.deepEqual([preview.body.counts.changed, preview.body.counts.unchanged, preview.body.counts.questions], [1, 2, 1]);
  const rows = await world.owner('get', `/people/imports/${preview.body.id}/rows?question=true`);
  assert.match(
    rows.body.rows[0].questionWords,
    /last working day Thu 31 Dec 2026, and the confirmed exit Tue 1 Dec 2026\. The confirmed exit stands/,
  );
  await confirm(world, preview.body.id);
  const { body } = await world.owner('get', `/people/${id}`);
  assert.deepEqual([body.title, body.lastWorkingDay, body.cutOffAt], ['Lead', '2026-12-01', '2026-12-01T11:00:00Z']);
});

test('people missing from a complete list end by confirmation only, one by one or together', async (t) => {
  const world = await openWorld(t);
  await takeIn(world, many(40));
  const importId = await takeIn(world, many(38), '&declaredComplete=true');
  const view = (await world.owner('get', `/people/imports/${importId}`)).body;
  assert.deepEqual([view.counts.missing, view.counts.undecided], [2, 2]);
  assert.equal((await world.owner('get', '/people?view=left')).body.total, 0, 'nobody ends by themselves');
  const missing = await world.owner('get', `/people/imports/${importId}/rows?change=missing`);
  assert.deepEqual(
    missing.body.rows.map((row: { name: string; row: number | null }) => [row.name, row.row]),
    [
      ['Given39 Family', null],
      ['Given40 Family', null],
    ],
  );
  const [first, second] = missing.body.rows as { personId: string }[];
  const stays = await world.owner('post', `/people/imports/${importId}/missing`, {
    decisions: [{ personId: first!.personId, decision: 'stays' }],
  });
  assert.deepEqual(stays.body, { left: 0, stay: 1 });
  const left = await world.owner('post', `/people/imports/${importId}/missing`, { all: 'left' });
  assert.deepEqual(left.body, { left: 1, stay: 0 });
  const person = (await world.owner('get', `/people/${second!.personId}`)).body;
  assert.deepEqual([person.status, person.lastWorkingDay], ['left', '2026-11-25']);
  assert.equal(
    (await world.owner('post', `/people/imports/${importId}/missing`, { decisions: [{ personId: second!.personId, decision: 'left' }] }))
      .status,
    422,
  );
});

test('brakes hold a list that ends many, lacks many or is another file, whoever gives it; a person can take it in even though', async (t) => {
  const world = await openWorld(t);
  await takeIn(world, many(40));
  const cut = await upload(world, many(16), '&declaredComplete=true');
  assert.match(cut.body.heldReasons[0], /The file has 16 of 40 people\. Nobody was changed\. Is it complete\?/);
  const hr = await world.as(['hr'], { scopes: ['people:*'] });
  const held = await hr('post', `/people/imports/${cut.body.id}/confirm`, {});
  assert.equal(held.status, 409);
  assert.equal(held.body.code, 'import_held');
  assert.equal((await world.owner('get', `/people/imports/${cut.body.id}`)).body.status, 'held');
  const ending = await upload(world, many(40).replaceAll(/(,p[1-5]@.*),$/gm, '$1,2026-11-20'));
  assert.equal(ending.body.counts.changed, 5);
  assert.equal((await confirm(world, ending.body.id)).status, 409);
  assert.equal((await world.owner('get', '/people?view=left')).body.total, 0);
  assert.equal((await confirm(world, ending.body.id, true)).status, 200);
  assert.equal((await world.owner('get', '/people?view=left')).body.total, 5);
  const audit = await world.owner('get', '/audit?action=people.imported');
  assert.match(audit.body.rows[0].reason, /Taken in although it was held: 5 would get an end/);
});

test('several small lists within a day are weighed together', async (t) => {
  const world = await openWorld(t);
  await takeIn(world, many(40));
  await takeIn(world, many(40).replaceAll(/(,p[12]@.*),$/gm, '$1,2026-11-20'));
  const next = await upload(world, many(40).replaceAll(/(,p[123]@.*),$/gm, '$1,2026-11-20'));
  assert.match(next.body.heldReasons[0] ?? '', /1 would get an end, 2 more ended by the same source/);
  world.clock.advance({ hours: 25 });
  assert.deepEqual((await upload(world, many(40).replaceAll(/(,p[123]@.*),$/gm, '$1,2026-11-20'))).body.heldReasons, []);
});

test('what changed between preview and confirmation is not overwritten unseen', async (t) => {
  const world = await openWorld(t);
  await takeIn(world, list);
  const preview = await upload(world, list.replace('Designer', 'Art director'));
  const { id } = (await people(world))['Camille Roy']!;
  await world.owner('PATCH', `/people/${id}`, { title: 'Head of design' });
  const refused = await confirm(world, preview.body.id);
  assert.equal(refused.status, 409);
  assert.equal(refused.body.code, 'people_changed_since');
  const rows = await world.owner('get', `/people/imports/${preview.body.id}/rows?change=changed`);
  assert.deepEqual(rows.body.rows[0].changes, [{ field: 'title', label: 'title', from: 'Head of design', to: 'Art director' }]);
  assert.equal((await confirm(world, preview.body.id)).status, 200);
});

test('an imported leaving date is hidden from whom it concerns, whatever their role, on every people route, until it is there', async (t) => {
  const world = await openWorld(t);
  await takeIn(world, list.replace('2026-12-18', ''));
  const { id } = (await people(world))['Camille Roy']!;
  const camille = await world.as(['owner', 'hr', 'auditor', 'manager', 'employee'], { personId: id });
  const preview = await upload(world, list);
  const seen = async () => {
    const texts: string[] = [];
    for (const path of [
      '/people?sort=need',
      '/people?view=leaving',
      '/people/counts',
      `/people/${id}`,
      `/people/${id}/timeline`,
      '/people/imports',
      `/people/imports/${preview.body.id}`,
      `/people/imports/${preview.body.id}/rows`,
      '/audit',
      `/audit?words=${encodeURIComponent('2026-12-18')}`,
    ])
      texts.push(JSON.stringify((await camille('get', path)).body));
    return texts.join('\n');
  };
  const told = /2026-12-1[89]|"leaving":[1-9]|Camille Roy","status":"leaving/;
  assert.doesNotMatch(await seen(), told);
  assert.equal((await confirm(world, preview.body.id)).status, 200);
  assert.equal((await people(world))['Camille Roy']!.status, 'leaving');
  assert.doesNotMatch(await seen(), told);
  world.clock.set('2026-12-19T05:00:01Z');
  assert.match(JSON.stringify((await camille('get', `/people/${id}`)).body), /"status":"left"/);
});

test('a list tells nothing of a sensitive exit to those not named in it: the row is there as any other, without question or date', async (t) => {
  const world = await openWorld(t);
  await takeIn(world, list);
  const { id } = (await people(world))['Ines Halvorsen']!;
  await world.run(async (ctx) => {
    await concealLeaving(ctx, { personId: id, toldAt: '2026-12-01T11:00:00Z', sensitive: true, namedMemberIds: [world.ownerMemberId] });
    await setLeavingDates(ctx, id, { lastWorkingDay: '2026-12-01', cutOffLocal: '2026-12-01T12:00:00', cutOffZone: 'Europe/Berlin' });
  });
  const hr = await world.as(['hr']);
  const preview = await hr(
    'post',
    '/people/imports?fileName=people.csv',
    bytes(list.replace(',,2020-01-01,', ',,2020-01-01,2026-12-31').replace('Designer', 'Art director')),
  );
  assert.deepEqual([preview.body.counts.rows, preview.body.counts.changed, preview.body.counts.questions], [3, 1, 0]);
  const rows = JSON.stringify((await hr('get', `/people/imports/${preview.body.id}/rows`)).body);
  assert.doesNotMatch(rows, /exit|2026-12-01|1 Dec/);
  assert.equal((await hr('post', `/people/imports/${preview.body.id}/confirm`, {})).status, 200);
  const { body } = await world.owner('get', `/people/${id}`);
  assert.deepEqual([body.status, body.lastWorkingDay], ['leaving', '2026-12-01']);
  assert.equal((await hr('get', `/people/${id}`)).body.status, 'working');
});

test('a long list is taken in in the background, shows how far it is, and is one transaction', async (t) => {
  const world = await openWorld(t);
  const preview = await upload(world, many(2_500));
  const started = await confirm(world, preview.body.id);
  assert.deepEqual([started.status, started.body.status], [200, 'running']);
  assert.equal((await world.owner('get', '/people')).body.total, 0);
  await world.drain();
  const view = (await world.owner('get', `/people/imports/${preview.body.id}`)).body;
  assert.deepEqual([view.status, view.progress], ['done', { done: 2_500, total: 2_500 }]);
  assert.equal((await world.owner('get', '/people')).body.total, 2_500);
  assert.equal((await upload(world, many(2_500))).body.counts.unchanged, 2_500);
});

test('refused rows come back as a file with their reason, formulas neutralised', async (t) => {
  const world = await openWorld(t);
  const preview = await upload(
    world,
    `First name,Last name,Work email,Start date\nAnn,Roe,ann@x.example,31.11.2026\n=HYPERLINK("http://evil"),Low,bob@x.example,2026-01-01\nCara,Poe,cara@x.example,2026-01-01\n`.replace(
      '=HYPERLINK("http://evil")',
      '"=HYPERLINK(""http://evil"")"',
    ),
  );
  assert.deepEqual([preview.body.counts.new, preview.body.counts.refused, preview.body.counts.rows], [1, 2, 3]);
  const file = await world.owner('get', `/people/imports/${preview.body.id}/refused.csv`);
  const text = new TextDecoder().decode(file.bytes);
  assert.match(text, /November has 30/);
  assert.match(text, /"'=HYPERLINK\(/);
  assert.equal(file.headers.get('content-disposition')?.startsWith('attachment'), true);
});

test('what is no people list is refused with words, and nothing is kept', async (t) => {
  const world = await openWorld(t);
  const nasty: [string, Uint8Array, RegExp][] = [
    ['empty', new Uint8Array(), /empty/],
    ['picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...new Array(200).fill(7)]), /picture|PNG|image/i],
    ['100,000 columns', bytes(`${Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',')}\n${'1,'.repeat(99_999)}1\n`), /columns/],
    ['unclosed quote', bytes('First name,Work email\n"Ann,ann@x.example\nBob,bob@x.example\n'), /quotation mark/],
    ['zero bytes', new Uint8Array(500), /not text|no list|kind/i],
    ['strange headings', bytes('Foo,Bar\n1,2\n'), /people list/],
  ];
  for (const [name, file, words] of nasty) {
    const answer = await upload(world, file);
    assert.equal(answer.status, 422, `${name}: ${JSON.stringify(answer.body)}`);
    assert.match(answer.body.detail, words, name);
  }
  assert.equal((await world.owner('get', '/people/imports')).body.total, 0);
});

test('Windows-1252 with semicolons, mixed separators and title lines are read as they are meant', async (t) => {
  const world = await openWorld(t);
  const german = new Uint8Array(
    [...'Personalnummer;Vorname;Nachname;E-Mail;Eintrittsdatum\r\n7;J']
      .map((c) => c.charCodeAt(0))
      .concat(
        [0xfc],
        [...'rgen;M'].map((c) => c.charCodeAt(0)),
        [0xfc],
        [...'ller;j@x.example;01.02.2024\r\n'].map((c) => c.charCodeAt(0)),
      ),
  );
  const preview = await upload(world, german);
  assert.equal(preview.status, 200, JSON.stringify(preview.body));
  await confirm(world, preview.body.id);
  assert.ok((await people(world))['Jürgen Müller']);
  const mixed = await upload(
    world,
    'First name;Last name;Work email\nAnn;Roe;ann@x.example\nBob,Low,bob@x.example\nCara;Poe;cara@x.example;too;many\n',
  );
  assert.equal(mixed.status, 422);
  assert.match(mixed.body.detail, /separator|separated|[,;]/);
});

test('an ambiguous date order is asked, and the list waits for the answer', async (t) => {
  const world = await openWorld(t);
  const preview = await upload(world, 'First name,Last name,Work email,Start date\nAnn,Roe,ann@x.example,04/05/2026\n');
  assert.equal(preview.body.asksDateOrder, true);
  assert.equal((await confirm(world, preview.body.id)).body.code, 'date_order_unanswered');
  const answered = await world.owner('put', `/people/imports/${preview.body.id}`, { dateOrder: 'day-first' });
  assert.equal(answered.body.counts.new, 1);
  await confirm(world, preview.body.id);
  assert.equal((await people(world))['Ann Roe']!.startDate, '2026-05-04');
});

test('a mapping that cannot be is refused beside its field, and a changed one previews anew', async (t) => {
  const world = await openWorld(t);
  const preview = await upload(world, 'Name,Mail,Rolle\nAnn Roe,ann@x.example,Engineer\n');
  const bad = await world.owner('put', `/people/imports/${preview.body.id}`, { mapping: { fullName: 0, title: 9 } });
  assert.deepEqual([bad.status, bad.body.problems[0].field], [422, 'mapping.title']);
  const good = await world.owner('put', `/people/imports/${preview.body.id}`, { mapping: { fullName: 0, workAddress: 1, title: 2 } });
  assert.equal(good.status, 200);
  const rows = await world.owner('get', `/people/imports/${preview.body.id}/rows`);
  assert.ok(
    rows.body.rows[0].changes.some((change: { field: string; to: string }) => change.field === 'title' && change.to === 'Engineer'),
  );
});

test('a member and a person with the same work address are linked, whichever came first', async (t) => {
  const world = await openWorld(t);
  await world.run(async (ctx) => {
    const { addMember } = await import('../../identity/index.ts');
    await addMember(ctx, { name: 'Ines', address: 'INES@fernhill.example', roles: ['hr'] });
  });
  await takeIn(world, list);
  const all = await people(world);
  assert.notEqual((await world.owner('get', `/people/${all['Ines Halvorsen']!.id}`)).body.memberId, null);
  await world.run(async (ctx) => {
    const { addMember } = await import('../../identity/index.ts');
    await addMember(ctx, { name: 'Camille', address: 'camille@fernhill.example', roles: ['employee'] });
  });
  await world.drain();
  assert.notEqual((await world.owner('get', `/people/${all['Camille Roy']!.id}`)).body.memberId, null);
});
