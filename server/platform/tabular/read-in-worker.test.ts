import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTable } from './parse-table.ts';
import { readInWorker } from './read-in-worker.ts';
import { createTurns } from './take-turns.ts';
import { workbookOf } from './zip-for-tests.ts';

const lines = (count: number, cells: number) =>
  Buffer.from(
    [
      Array.from({ length: cells }, (_, i) => `Column ${i}x`),
      ...Array.from({ length: count }, (_, r) => Array.from({ length: cells }, (_, c) => `v ${r} ${c}`)),
    ]
      .map((row) => row.join(';'))
      .join('\n'),
  );

test('a thread of its own reads what the reader itself reads, rows that are refused included', async () => {
  const file = Buffer.concat([lines(12_000, 12), Buffer.from(`\n${'too;many;'.repeat(10)}`)]);
  const [there, here] = [await readInWorker(file, { fileName: 'l.csv' }), await parseTable(file, { fileName: 'l.csv' })];
  assert.deepEqual(there, here);
  assert.deepEqual([there.rows.length, there.refused.length], [12_000, 1]);
});

test('a file that takes too long is stopped and refused in words, and so is one that needs too much memory', async () => {
  const file = lines(90_000, 20);
  await assert.rejects(readInWorker(file, { fileName: 'l.csv' }, { memoryMegabytes: 1024, seconds: 0.3 }), {
    status: 422,
    code: 'file_takes_too_long',
    message: /longer than 0\.3 seconds and was stopped\. Nothing was read\. Copy the list alone/,
  });
  await assert.rejects(readInWorker(file, { fileName: 'l.csv' }, { memoryMegabytes: 40, seconds: 60 }), {
    status: 422,
    code: 'file_unpacks_too_large',
    message: /more memory than a list needs and was stopped\. Nothing was read/,
  });
  await assert.rejects(readInWorker(workbookOf('<worksheet>'), { fileName: 'p.xlsx' }), { status: 422, code: 'file_damaged' });
});

test('what fails in who asks for known columns fails the reading', async () => {
  const { default: exceljs } = await import('exceljs');
  const workbook = new exceljs.Workbook();
  for (const name of ['One', 'Two']) workbook.addWorksheet(name).addRows([['Name'], ['Ann']]);
  const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());
  const countKnown = () => {
    throw new Error('cannot count');
  };
  await assert.rejects(readInWorker(bytes, { fileName: 'p.xlsx', countKnown }), /cannot count/);
});

test('one file of each organization is read at once, two in all, and nobody with many keeps others waiting', async () => {
  const inTurn = createTurns({ atOnce: 2, mostWaiting: 3 });
  const order: string[] = [];
  let now = 0;
  let most = 0;
  const ends: (() => void)[] = [];
  const work = (name: string) => async () => {
    order.push(name);
    most = Math.max(most, ++now);
    await new Promise<void>((end) => ends.push(end));
    now -= 1;
  };
  const all = [
    inTurn('a', work('a1')),
    inTurn('a', work('a2')),
    inTurn('b', work('b1')),
    inTurn('a', work('a3')),
    inTurn('b', work('b2')),
    inTurn('c', work('c1')),
    inTurn('a', work('a4')),
  ];
  await assert.rejects(
    inTurn('a', async () => {}),
    { status: 503, code: 'too_many_files' },
  );
  for (let turn = 0; turn < all.length; turn += 1) {
    ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(all);
  assert.deepEqual(order, ['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4']);
  assert.equal(most, 2);
});
