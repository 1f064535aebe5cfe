import assert from 'node:assert/strict';
import { test } from 'node:test';
import exceljs from 'exceljs';
import { readTable } from './read-table.ts';
import { workbookOf } from './zip-for-tests.ts';

const read = (bytes: Uint8Array, sheet?: string) =>
  readTable(bytes, { fileName: 'people.xlsx', ...(sheet === undefined ? {} : { sheet }) });
const date = (text: string) => new Date(`${text}Z`);

test('dates are ISO text, numbers have no exponent, formulas give their saved result', async () => {
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet('People');
  sheet.addRow(['Name', 'Start', 'Cut-off', 'Number', 'Big', 'Share', 'Formula', 'Date formula', 'Yes', 'Time', 'Rich']);
  const row = sheet.addRow(['Ann']);
  row.getCell(2).value = date('2026-11-27T00:00:00');
  row.getCell(2).numFmt = 'dd.mm.yyyy';
  row.getCell(3).value = date('2026-11-27T17:30:00');
  row.getCell(3).numFmt = 'dd/mm/yyyy hh:mm';
  row.getCell(4).value = 42;
  row.getCell(4).numFmt = '00000';
  row.getCell(5).value = 1e21;
  row.getCell(6).value = 0.1 + 0.2;
  row.getCell(7).value = { formula: 'A2&"x"', result: 'Annx' };
  row.getCell(8).value = { formula: 'B2', result: date('2026-11-28T00:00:00') as unknown as number };
  row.getCell(8).numFmt = 'yyyy-mm-dd';
  row.getCell(9).value = true;
  row.getCell(10).value = 0.75;
  row.getCell(10).numFmt = 'hh:mm';
  row.getCell(11).value = { richText: [{ text: 'Jane ' }, { text: 'Doe', font: { bold: true } }] };
  const table = await read(new Uint8Array(await workbook.xlsx.writeBuffer()));
  assert.equal(table.format, 'xlsx');
  assert.deepEqual(table.rows[0]?.cells, [
    'Ann',
    '2026-11-27',
    '2026-11-27T17:30:00',
    '00042',
    '1000000000000000000000',
    '0.3',
    'Annx',
    '2026-11-28',
    'TRUE',
    '18:00:00',
    'Jane Doe',
  ]);
});

test('dates that count from 1904 are the same days', async () => {
  const workbook = new exceljs.Workbook();
  workbook.properties.date1904 = true;
  const sheet = workbook.addWorksheet('People');
  sheet.addRow(['Name', 'Start']);
  sheet.addRow(['Ann', date('2026-11-27T00:00:00')]).getCell(2).numFmt = 'yyyy-mm-dd';
  assert.equal((await read(new Uint8Array(await workbook.xlsx.writeBuffer()))).rows[0]?.cells[1], '2026-11-27');
});

test('the first visible sheet with rows is read and said; a sheet can be asked for by name', async () => {
  const workbook = new exceljs.Workbook();
  workbook.addWorksheet('Secret', { state: 'hidden' }).addRows([
    ['Name', 'X'],
    ['No', '1'],
  ]);
  workbook.addWorksheet('Cover');
  workbook.addWorksheet('Staff').addRows([
    ['Name', 'X'],
    ['Ann', '1'],
  ]);
  workbook.addWorksheet('Old').addRows([
    ['Name', 'X'],
    ['Bob', '1'],
  ]);
  const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());
  const table = await read(bytes);
  assert.deepEqual([table.sheet, table.sheets, table.rows[0]?.cells[0]], ['Staff', ['Cover', 'Staff', 'Old'], 'Ann']);
  assert.match(table.notes.join(), /3 sheets; "Staff" was read/);
  assert.equal((await read(bytes, 'old')).rows[0]?.cells[0], 'Bob');
  await assert.rejects(read(bytes, 'New'), { code: 'file_no_such_sheet' });
});

test('of a workbook with a cover sheet and a summary the list is read, and what was not read is named', async () => {
  const workbook = new exceljs.Workbook();
  workbook.addWorksheet('Read me').addRows([['Export of 20.11.2026'], ['Made by Ann'], ['ann@acme.example']]);
  workbook.addWorksheet('Summary').addRows([
    ['Department', 'Count'],
    ['Sales', 3],
  ]);
  workbook.addWorksheet('Users').addRows([
    ['User list', null, null],
    ['Name', 'Email', 'Status'],
    ['Ann', 'ann@acme.example', 'active'],
  ]);
  workbook.addWorksheet('Former').addRows([
    ['Name', 'Email', 'Status'],
    ['Bob', 'bob@acme.example', 'deleted'],
  ]);
  const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());
  const known = new Set(['Name', 'Email', 'Status']);
  const countKnown = (table: { headings: string[] }) => table.headings.filter((heading) => known.has(heading)).length;
  const table = await readTable(bytes, { fileName: 'users.xlsx', countKnown });
  assert.deepEqual([table.sheet, table.headings, table.rows[0]?.cells[0]], ['Users', ['Name', 'Email', 'Status'], 'Ann']);
  assert.match(table.notes.join(' '), /4 sheets; "Users" was read. Another can be named: "Read me", "Summary", "Former"\./);
  assert.match(table.notes.join(' '), /"Former" looks like a list too and was not read/);
  assert.equal((await readTable(bytes, { fileName: 'users.xlsx', countKnown, sheet: 'Former' })).rows[0]?.cells[0], 'Bob');
});

test('a sheet that is asked of a file without sheets is refused, not passed over', async () => {
  await assert.rejects(readTable(Buffer.from('Name,X\nAnn,1\n'), { fileName: 'a.csv', sheet: 'Users' }), { code: 'file_no_such_sheet' });
});

test('workbooks of other programs are read: prefixed names, inline rich text, cells without a reference', async () => {
  const table = await read(
    workbookOf(
      '<x:worksheet xmlns:x="m"><x:sheetData>' +
        '<x:row><x:c t="inlineStr"><x:is><x:r><x:t>Full </x:t></x:r><x:r><x:t>name</x:t></x:r></x:is></x:c><x:c t="str"><x:v>Mail</x:v></x:c></x:row>' +
        '<x:row r="4" hidden="1"><x:c r="B4" t="str"><x:v>a_x000D_b&amp;c</x:v></x:c></x:row>' +
        '<x:row r="5"><x:c r="A5" t="e"><x:f>1/0</x:f><x:v>#DIV/0!</x:v></x:c><x:c r="B5"><x:f>NOW()</x:f></x:c><x:c r="C5"/></x:row>' +
        '<x:row r="6"><x:c r="A6"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>',
    ),
  );
  assert.deepEqual(table.headings, ['Full name', 'Mail']);
  assert.deepEqual(table.rows, [
    { number: 4, cells: ['', 'a\rb&c'] },
    { number: 6, cells: ['7', ''] },
  ]);
  assert.match(table.notes.join(' '), /#DIV\/0! in row 5.*no saved result.*1 row is hidden/);
});

test('a document type with entities is not expanded', async () => {
  const xml =
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>';
  await assert.rejects(read(workbookOf(xml)), { code: 'file_damaged' });
});

test('a workbook with too many columns is refused by row', async () => {
  const xml =
    '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>Name</v></c><c r="XFD1" t="str"><v>x</v></c></row></sheetData></worksheet>';
  await assert.rejects(read(workbookOf(xml)), { code: 'file_too_many_columns' });
});

test('a workbook of 100,000 rows is read within seconds', async () => {
  const cell = (column: string, row: number, text: string) => `<c r="${column}${row}" t="str"><v>${text}</v></c>`;
  const rows = Array.from(
    { length: 100_001 },
    (_, i) => `<row r="${i + 1}">${['A', 'B', 'C', 'D', 'E', 'F'].map((c) => cell(c, i + 1, `${c} value ${i}`)).join('')}</row>`,
  );
  const bytes = workbookOf(`<worksheet><sheetData>${rows.join('').replaceAll(' value 0<', ' heading<')}</sheetData></worksheet>`);
  const begun = performance.now();
  assert.equal((await read(bytes)).rows.length, 100_000);
  assert.ok(performance.now() - begun < 40_000);
});
