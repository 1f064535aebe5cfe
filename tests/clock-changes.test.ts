import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addPerson } from '../server/people/index.ts';
import { openWorld } from './world.ts';

const moments = [
  { local: '2026-03-29T02:30', zone: 'Europe/Berlin', words: /does not exist/ },
  { local: '2026-10-25T02:30', zone: 'Europe/Berlin', words: /twice/ },
  { local: '2027-03-14T02:15', zone: 'America/Toronto', words: /does not exist/ },
  { local: '2026-11-01T01:30', zone: 'America/Toronto', words: /twice/ },
  { local: '2026-10-04T02:15', zone: 'Australia/Lord_Howe', words: /does not exist/ },
];

test('a cut-off in an hour that is missing or comes twice is the same instant by the page’s dry run, when confirmed, and by import, and is said', async (t) => {
  const world = await openWorld(t, { at: '2026-02-01T08:00:00Z' });
  for (const [index, { local, zone, words }] of moments.entries()) {
    const expected = Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: 'compatible' }).toInstant().toString();
    const confirmed = await world.run((ctx) =>
      addPerson(ctx, { givenName: `P${index}`, workAddress: `p${index}@acme.example`, timeZone: zone, startDate: '2025-01-01' }),
    );
    const terms = { at: local };
    const preview = await world.owner('post', '/leaving/preview', { personIds: [confirmed], terms });
    assert.equal(preview.body.rows[0].moment.cutOffAt, expected);
    assert.match(preview.body.rows[0].moment.note, words);
    const started = await world.owner('post', '/leaving', { personIds: [confirmed], terms });
    const { run } = (await world.owner('get', `/runs/${started.body.runIds[0]}`)).body;
    assert.equal(run.cut_off_at, expected);
    assert.match(run.cut_off_note, words);
    const file = `First name,Last name,Work email,Time zone,Access cut-off\nQ${index},Test,q${index}@acme.example,${zone},${local.replace('T', ' ')}\n`;
    const upload = await world.owner('post', `/people/imports?fileName=list.csv`, new TextEncoder().encode(file));
    const taken = await world.owner('post', `/people/imports/${upload.body.id}/confirm`, {});
    assert.equal(taken.status, 200, JSON.stringify(taken.body));
    const imported = await world.run((ctx) =>
      ctx.db
        .selectFrom('people_roster')
        .select('cut_off_at')
        .where('work_address', '=', `q${index}@acme.example`)
        .executeTakeFirstOrThrow(),
    );
    assert.equal(imported.cut_off_at, expected);
  }
});

test('whoever works in a zone of their own reads times called by that zone, not by the place of their office', async (t) => {
  const world = await openWorld(t, { at: '2027-03-01T08:00:00Z' });
  const { locationId } = (await world.owner('post', '/locations', { name: 'Oslo', timeZone: 'Europe/Oslo', country: 'NO' })).body;
  const hire = { givenName: 'Dina', familyName: 'Azar', personalAddress: 'dina@home.example', startDate: '2027-03-29', locationId };
  const wordsOf = async (more: object) => {
    const { body } = await world.owner('post', '/joining/preview', { ...hire, ...more });
    return body.steps.map(({ words }: { words: string }) => words.replace(/^.* in /, ''));
  };
  assert.deepEqual([...new Set(await wordsOf({ timeZone: 'Asia/Tehran' }))], ['Tehran']);
  assert.deepEqual([...new Set(await wordsOf({ timeZone: 'Europe/Oslo' }))], ['Oslo']);
  assert.deepEqual([...new Set(await wordsOf({}))], ['Oslo']);
  const { runId, personId } = (await world.owner('post', '/joining', { ...hire, timeZone: 'Asia/Tehran' })).body;
  const tried = (await world.owner('get', `/joining?personId=${personId}`)).body;
  assert.deepEqual([tried.rows[0].runId ?? tried.rows[0].id, tried.rows[0].place], [runId, null]);
});
