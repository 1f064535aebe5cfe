import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld, type World } from '../../../tests/world.ts';
import { concealLeaving } from '../conceal-leaving.ts';

const upload = async (world: Pick<World, 'owner'>, text: string, more = '') => {
  const { status, body } = await world.owner('post', `/people/imports?fileName=people.csv${more}`, new TextEncoder().encode(text));
  assert.equal(status, 200, JSON.stringify(body));
  const { counts } = body;
  assert.equal(counts.rows, counts.new + counts.changed + counts.unchanged + counts.refused);
  return body;
};
async function takeIn(world: World, text: string, more = '') {
  const preview = await upload(world, text, more);
  const done = await world.owner('post', `/people/imports/${preview.id}/confirm`, { evenThough: true });
  assert.equal(done.status, 200, JSON.stringify(done.body));
  return done.body;
}
type Line = { name: string; personId: string; question: string; questionWords: string; suggestedDay: string | null };
const questions = async (world: World, importId: string): Promise<Line[]> =>
  (await world.owner('get', `/people/imports/${importId}/rows?question=true`)).body.rows;
const people = async (world: World): Promise<Record<string, { id: string; status: string }>> =>
  Object.fromEntries((await world.owner('get', '/people?limit=200')).body.rows.map((row: { name: string }) => [row.name, row]));

const head = 'Employee ID,First name,Last name,Work email,Status,Last day of work,Termination date\n';
const list = `${head}1,Ann,Roe,ann@x.example,Active,,
2,Clara,Diaz,clara@x.example,Terminated,,2026-10-30
3,Re,Hired,re@x.example,Active,2022-06-30,
4,Dora,Ek,dora@x.example,,,2026-09-15
`;

test('an end that is no last working day, or contradicts the row, is asked with its day; nobody has left until somebody says so', async (t) => {
  const world = await openWorld(t);
  const { id, counts } = await takeIn(world, list);
  assert.deepEqual([counts.new, counts.undecided], [4, 3]);
  assert.deepEqual(
    (await questions(world, id)).map(({ name, question, suggestedDay }) => [name, question, suggestedDay]),
    [
      ['Clara Diaz', 'says-left', '2026-10-30'],
      ['Re Hired', 'says-left', '2022-06-30'],
      ['Dora Ek', 'says-left', '2026-09-15'],
    ],
  );
  assert.equal((await world.owner('get', '/people?view=left')).body.total, 0);
  const again = await upload(world, list);
  assert.deepEqual([again.counts.unchanged, again.counts.questions], [4, 3], 'the same file asks the same and changes nothing');

  const rehired = (await people(world))['Re Hired']!.id;
  const latest = (await takeIn(world, list)).id;
  const stays = { decisions: [{ personId: rehired, decision: 'stays' }] };
  assert.equal((await world.owner('post', `/people/imports/${latest}/missing`, stays)).status, 200);
  const all = await world.owner('post', `/people/imports/${latest}/missing`, { all: 'left', on: '2026-11-01' });
  assert.deepEqual(all.body, { left: 2, stay: 0 });
  const { 'Clara Diaz': clara, 'Dora Ek': dora } = await people(world);
  for (const [somebody, day] of [
    [clara, '2026-10-30'],
    [dora, '2026-09-15'],
  ] as const)
    assert.equal(
      (await world.owner('get', `/people/${somebody!.id}`)).body.lastWorkingDay,
      day,
      'a day that the list suggests goes before the day for all',
    );
  assert.equal((await upload(world, list)).counts.questions, 0, 'what was answered is not asked again');
});

test('an end that the next list does not give any more is asked about, and not told to those from whom the leaving is hidden', async (t) => {
  const world = await openWorld(t);
  const leaves = `${head}1,Ann,Roe,ann@x.example,Active,2026-12-18,\n2,Bob,Low,bob@x.example,Active,,\n`;
  await takeIn(world, leaves);
  const { id } = (await people(world))['Ann Roe']!;
  const without = leaves.replace('2026-12-18', '');
  const asked = await upload(world, without);
  const [question] = await questions(world, asked.id);
  assert.equal(question?.question, 'end-withdrawn');
  assert.match(
    question?.questionWords ?? '',
    /gives no end and says "Active"; an earlier list said that Ann Roe leaves on Fri 18 Dec 2026\. Do they stay\?/,
  );
  await world.run((ctx) =>
    concealLeaving(ctx, { personId: id, toldAt: '2026-12-01T11:00:00Z', sensitive: true, namedMemberIds: [world.ownerMemberId] }),
  );
  const hr = await world.as(['hr']);
  const theirs = await hr('post', '/people/imports?fileName=people.csv', new TextEncoder().encode(without));
  assert.deepEqual([theirs.body.counts.unchanged, theirs.body.counts.questions], [2, 0]);
  assert.doesNotMatch(JSON.stringify((await hr('get', `/people/imports/${theirs.body.id}/rows`)).body), /withdrawn|18 Dec|2026-12-18/);
  const early = await hr(
    'post',
    '/people/imports?fileName=people.csv',
    new TextEncoder().encode(leaves.replace('Active,2026', 'Terminated,2026')),
  );
  assert.doesNotMatch(JSON.stringify((await hr('get', `/people/imports/${early.body.id}/rows`)).body), /18 Dec|2026-12-18/);
  assert.match((await questions(world, early.body.id))[0]?.questionWords ?? '', /"Terminated" of Ann Roe.*18 Dec 2026\. Left already\?/);
});

test('numbers that lost their zeros are the same people, and the longer number stays', async (t) => {
  const world = await openWorld(t);
  const numbers = 'Employee Number,First Name,Last Name\n';
  await takeIn(world, `${numbers}00123,Anna,Alt\n00124,Ben,Bau\n`);
  const shorter = await upload(world, `${numbers}123,Anna,Alt\n124,Zoe,Other\n`, '&declaredComplete=true');
  assert.deepEqual([shorter.counts.new, shorter.counts.unchanged, shorter.counts.refused, shorter.counts.missing], [0, 1, 1, 0]);
  const { body } = await world.owner('get', `/people/imports/${shorter.id}/rows?change=refused`);
  assert.match(
    body.rows[0].problems[0].message,
    /number 124 may be 00124 of Ben Bau, whose name is another\. Spreadsheet programs cut leading zeros off/,
  );
  await takeIn(world, `${numbers}7,Di,Do\n`);
  const longer = await upload(world, `${numbers}007,Di,Do\n`);
  assert.equal(longer.counts.changed, 1, 'a number with its zeros mends one without');
});

test('the preview asks for the zone of a place that has none, sums up words it does not know, and says it anew when read differently', async (t) => {
  const world = await openWorld(t);
  const preview = await upload(
    world,
    'Name,Work email,Location,Status,Austritt,Exit date\nAnn Roe,ann@x.example,San Francisco,Purple,,\nBob Low,bob@x.example,Werk 2,Purple,,\nCy Hill,cy@x.example,Munich,Active,2026-10-30,2026-10-31\n',
  );
  const said = preview.notes.join('\n');
  assert.match(said, /The location San Francisco has no time zone: days there would end in Berlin.*Is it America\/Los_Angeles\?/);
  assert.match(said, /No time zone is known for Werk 2: days there end in Berlin/);
  assert.doesNotMatch(said, /Munich/, 'what the zone of the list fits is not asked');
  assert.match(said, /The status "Purple" \(2 rows\) is not known/);
  const next = await world.owner('put', `/people/imports/${preview.id}`, { defaultTimeZone: 'America/New_York' });
  const anew = next.body.notes.join('\n');
  assert.match(anew, /San Francisco has no time zone: days there would end in New York/);
  assert.doesNotMatch(anew, /end in Berlin/);
});

test('a place without a zone is not named as the clock of a leaving', async (t) => {
  const world = await openWorld(t);
  await takeIn(world, 'Name,Work email,Location,Last day\nAnn Roe,ann@x.example,San Francisco,2026-11-20\n');
  const { rows } = await world.run((ctx) =>
    ctx.db
      .selectFrom('people_roster')
      .select(['place', 'location', 'time_zone'])
      .execute()
      .then((all) => ({ rows: all })),
  );
  assert.deepEqual(rows, [{ place: null, location: 'San Francisco', time_zone: 'Europe/Berlin' }]);
});
