import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld, type World } from '../../../tests/world.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const upload = (world: World, text: string, name = 'people.csv', more = '') => world.owner('post', `/people/imports?fileName=${encodeURIComponent(name)}${more}`, bytes(text));
const confirm = (world: World, importId: string, evenThough = false) => world.owner('post', `/people/imports/${importId}/confirm`, { evenThough });

const list = `Employee ID,First name,Last name,Work email,Title,Department,Location,Time zone,Manager email,Start date,Last working day
1,Ines,Halvorsen,ines@fernhill.example,Operations,Ops,Berlin,Europe/Berlin,,2020-01-01,
2,Rohan,Devaraj,rohan@fernhill.example,Engineer,Lab,Montréal,America/Toronto,ines@fernhill.example,2021-03-01,2026-11-20
3,Camille,Roy,camille@fernhill.example,Designer,Lab,Montréal,America/Toronto,rohan@fernhill.example,2022-05-02,2026-12-18
`;

test('a list is recognised, previewed and taken in as previewed; given again it changes nothing', async (t) => {
  const world = await openWorld(t);
  const first = await upload(world, list);
  assert.equal(first.status, 200, JSON.stringify(first.body));
  assert.deepEqual(first.body.counts, { rows: 3, new: 3, changed: 0, unchanged: 0, refused: 0, missing: 0, questions: 0, undecided: 0 });
  assert.equal((await world.owner('get', '/people')).body.total, 0, 'a preview changes nobody');
  const done = await confirm(world, first.body.id);
  assert.equal(done.status, 200, JSON.stringify(done.body));
  assert.equal(done.body.status, 'done');
  const people = await world.owner('get', '/people?sort=need');
  assert.deepEqual(
    people.body.rows.map((row: { name: string; status: string; manager: string | null; timeZone: string }) => [row.name, row.status, row.manager, row.timeZone]),
    [
      ['Camille Roy', 'leaving', 'Rohan Devaraj', 'America/Toronto'],
      ['Ines Halvorsen', 'working', null, 'Europe/Berlin'],
      ['Rohan Devaraj', 'left', 'Ines Halvorsen', 'America/Toronto'],
    ],
  );
  const again = await upload(world, list);
  assert.deepEqual(again.body.counts, { rows: 3, new: 0, changed: 0, unchanged: 3, refused: 0, missing: 0, questions: 0, undecided: 0 });
});
