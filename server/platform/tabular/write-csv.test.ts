import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readTable } from './read-table.ts';
import { writeCsv } from './write-csv.ts';

test('what a spreadsheet would run is written as text, numbers stay', () => {
  const text = Buffer.from(
    writeCsv(
      ['Name', 'N'],
      [
        ['=1+1', -5],
        ['+49 30', '-5'],
        ['@x', '-5+cmd'],
        ['\tx', '-1,5'],
        ['a,"b"', null],
        ['＝1', true],
      ],
    ),
  ).toString();
  assert.equal(
    text,
    `\ufeff${['Name,N', "'=1+1,-5", "'+49 30,-5", "'@x,'-5+cmd", '"\'\tx","-1,5"', '"a,""b""",', "'＝1,true"].join('\r\n')}\r\n`,
  );
});

test('what was written is read back the same, from CSV', async () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replace(/[\p{C}\p{Z}\s']+/gu, ' ').trim());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), async (rows) => {
      const filled = rows.map(([a, b]) => [`n ${a}`.trim(), b] as const);
      const headings = ['First name', 'Department'];
      const bytes = writeCsv(
        headings,
        filled.map((row) => [...row]),
      );
      const table = await readTable(bytes, { fileName: 'x' });
      assert.deepEqual(
        table.rows.map((row) => row.cells),
        filled.map((row) => [...row]),
      );
    }),
    { numRuns: 60 },
  );
});
