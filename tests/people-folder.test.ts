// A folder into which something else puts people lists: the newest is taken in once, half a file changes nobody, and what a list cannot say waits for the lead.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { watchFolder } from '../server/connections/index.ts';
import { openWorld, type World } from './world.ts';

let world: World;
const folder = mkdtempSync(path.join(os.tmpdir(), 'groundcrew-people-'));
after(() => rmSync(folder, { recursive: true, force: true }));
before(async (t) => {
  world = await openWorld(t as never, { at: '2026-12-01T09:00:00Z', env: { GROUNDCREW_PEOPLE_FOLDER: folder } });
});

const list = (count: number, title = 'Engineer', start = '2024-03-25') =>
  ['Employee number,Name,Work email,Job title,Start date']
    .concat(
      Array.from(
        { length: count },
        (_, index) => `E${index},Person${index} Ode,p${index}@acme.example,${index < 2 ? title : 'Engineer'},${start}`,
      ),
    )
    .join('\n');
let minute = 0;
/** Written by something else, a while ago; later files are newer. */
const put = (name: string, text: string) => {
  writeFileSync(path.join(folder, name), text);
  const at = Date.now() / 1000 - 3_600 + 60 * ++minute;
  utimesSync(path.join(folder, name), at, at);
};
const turn = async () => {
  await watchFolder(world.platform)();
  await world.drain();
};
const people = async () => (await world.owner('get', '/people?view=now&limit=200')).body;
const source = async () => (await world.owner('get', '/people/sources')).body.sources[0];
const tasks = () =>
  world.run((ctx) =>
    ctx.db
      .selectFrom('tasks_tasks')
      .select(['title', 'instructions'])
      .where('about_kind', '=', 'people-source-held')
      .where('status', '=', 'open')
      .execute(),
  );

test('an empty folder, a hidden file, a link and a file that is still being written are no list', async () => {
  put('.people.csv', list(3));
  symlinkSync('/etc/hostname', path.join(folder, 'link.csv'));
  writeFileSync(path.join(folder, 'growing.csv'), list(3));
  await turn();
  assert.equal((await people()).total, 0);
  rmSync(path.join(folder, 'growing.csv'));
});

test('the newest list is taken in once; the next one changes what it says', async () => {
  put('people.csv', list(20));
  await turn();
  assert.equal((await people()).total, 20);
  assert.match((await source()).note, /people.csv: 20 new, 0 changed/);
  await turn();
  put('people-december.csv', list(20, 'Senior engineer'));
  await turn();
  assert.ok((await people()).rows.filter(({ title }: { title: string }) => title === 'Senior engineer').length === 2);
  assert.deepEqual([(await source()).kind, (await source()).people], ['folder', 20]);
});

test('half a file changes nobody and is told once; the whole one ends the task', async () => {
  put('people-half.csv', list(9, 'Nobody'));
  await turn();
  await turn();
  assert.equal((await tasks()).length, 1);
  assert.match((await tasks())[0]!.instructions, /people-half.csv has 9 rows, and the list before told of 20 people/);
  assert.ok((await people()).rows.filter(({ title }: { title: string }) => title === 'Senior engineer').length === 2);
  put('people-whole.csv', list(21, 'Engineer'));
  await turn();
  assert.equal((await tasks()).length, 0);
  assert.equal((await people()).total, 21);
});

test('a file that is no people list, and dates that only a person can read, wait for the lead', async () => {
  put('invoice.csv', `Invoice,Amount\n${'1,20\n'.repeat(30)}`);
  await turn();
  assert.match((await tasks())[0]!.instructions, /invoice.csv: None of the headings/);
  put('people-dates.csv', list(21, 'Captain', '03/04/2024'));
  await turn();
  assert.match((await source()).note, /is held, and nobody was changed. Say first which number comes first/);
  assert.ok((await people()).rows.every(({ title }: { title: string }) => title === 'Engineer'));
});
