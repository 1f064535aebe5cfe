import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Refusal } from '../errors.ts';
import { readTable } from './read-table.ts';
import { workbookOf, zipOf } from './zip-for-tests.ts';

const csv = (text: string) => readTable(Buffer.from(text), { fileName: 'people.csv' });
const read = (bytes: Uint8Array) => readTable(bytes, { fileName: 'people.csv' });

async function refused(bytes: Uint8Array | string, code: string, words: RegExp): Promise<Refusal> {
  try {
    await readTable(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, { fileName: 'people.csv' });
  } catch (failure) {
    assert.ok(failure instanceof Refusal, String(failure));
    assert.equal(failure.code, code, failure.message);
    assert.match(failure.message, words);
    assert.equal(failure.status, 422);
    return failure;
  }
  throw new assert.AssertionError({ message: `It was read and should have been refused as ${code}.` });
}

test('UTF-8 with and without a byte order mark, UTF-16 in both orders and Windows-1252 give the same words', async () => {
  const text = 'Name,Ort\nJürgen Groß,Köln\n';
  const le = Buffer.from(`\ufeff${text}`, 'utf16le');
  const be = Buffer.from(le).swap16();
  const files: [string, Uint8Array][] = [
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-16le', le],
    ['utf-16be', be],
    ['utf-16le', le.subarray(2)],
    ['utf-16be', be.subarray(2)],
    ['windows-1252', Buffer.from(text, 'latin1')],
  ];
  for (const [encoding, bytes] of files) {
    const table = await read(bytes);
    assert.equal(table.encoding, encoding);
    assert.deepEqual(table.headings, ['Name', 'Ort']);
    assert.deepEqual(table.rows, [{ number: 2, cells: ['Jürgen Groß', 'Köln'] }]);
  }
  assert.match((await read(Buffer.from(text, 'latin1'))).notes.join(), /Windows-1252/);
});

test('commas, semicolons, tabs and bars are told apart by steady counts outside quotes', async () => {
  for (const separator of [',', ';', '\t', '|'] as const) {
    const rows = [
      ['Name', 'Salary', 'Note'],
      ['"Doe, Jane; Dr | x"', '"1,5"', 'a'],
      ['Ann', '2', 'b'],
    ];
    const table = await csv(rows.map((row) => row.join(separator)).join('\n'));
    assert.equal(table.separator, separator);
    assert.equal(table.rows[0]?.cells[0], 'Doe, Jane; Dr | x');
  }
  const german = await csv('Name;Gehalt;Ort\nDoe, Jane;1,50;Köln\nRoe, Rick;2,75;Berlin\n');
  assert.equal(german.separator, ';');
  assert.equal((await csv('sep=|\nName|Ort\nA|B\n')).rows[0]?.number, 3);
});

test('CRLF, LF and CR end a row, empty rows keep the numbering of a spreadsheet', async () => {
  for (const end of ['\r\n', '\n', '\r']) {
    const table = await csv(['Name,Ort', 'A,B', '', ',', 'C,"D"'].join(end));
    assert.deepEqual(table.rows, [
      { number: 2, cells: ['A', 'B'] },
      { number: 5, cells: ['C', 'D'] },
    ]);
  }
  assert.equal((await csv('Name,Note\nA,"one\ntwo"\nB,c\n')).rows[1]?.number, 3);
});

test('title lines above the headings are passed over and said', async () => {
  const table = await csv('People export\nCreated,2026-11-20\n\nName,Mail,Ort,Start\nA,a@x.io,K,2020-01-01\nB,b@x.io,K,2020-01-01\n');
  assert.deepEqual(table.headings, ['Name', 'Mail', 'Ort', 'Start']);
  assert.equal(table.headingRow, 4);
  assert.equal(table.rows[0]?.number, 5);
  assert.match(table.notes.join(), /row 4/);
  const prose = await csv('Acme, Berlin, 2026\nName;Mail;Ort\nA;a@x.io;K\nB;b@x.io;K\n');
  assert.deepEqual([prose.separator, prose.headingRow], [';', 2]);
});

test('an unclosed quote is refused and the row in which it began is named', async () => {
  const one = await refused('Name,Ort\nA,B\nC,"D\nE,F\n', 'file_unclosed_quote', /Row 3: a quotation mark/);
  assert.equal(one.problems[0]?.row, 3);
  const two = await refused('Name,Ort\nA,B\nC,"D\nE,"F"\nG,H\n', 'file_unclosed_quote', /Row 3/);
  assert.equal(two.problems[0]?.row, 3);
  await refused('Name,Ort\nA 5" B,x\nC,"D\nE,"F"\nG,H\n', 'file_unclosed_quote', /Row 3/);
});

test('a quotation mark inside a text is part of the text', async () => {
  const table = await csv('Name,Kit\nA,27" screen\nB,"13"" laptop"\n');
  assert.deepEqual(
    table.rows.map((row) => row.cells[1]),
    ['27" screen', '13" laptop'],
  );
});

test('rows with another separator than the rest refuse the file by row', async () => {
  const failure = await refused(
    'Name;Mail;Ort\nA;a@x.io;K\nB,b@x.io,K\nC;c@x.io;K\n',
    'file_mixed_separators',
    /Row 3 is separated by commas, the rest of the file by semicolons/,
  );
  assert.equal(failure.problems[0]?.row, 3);
  await refused('Name;Mail;Ort\nA,a@x.io,K\nB,b@x.io,K\n', 'file_mixed_separators', /Row 1/);
  await refused('Name;Mail;Ort;Land\nA;a@x.io;K;D\nB;b@x.io,K,D\nC;c@x.io;K;D\n', 'file_mixed_separators', /Row 3/);
});

test('a row longer than the headings is refused by row and the others are read', async () => {
  const table = await csv('Name,Ort\nA,B\nDoe, Jane,Berlin\nC,D,,\n');
  assert.deepEqual(
    table.rows.map((row) => row.number),
    [2, 4],
  );
  assert.equal(table.refused.length, 1);
  assert.equal(table.refused[0]?.problems[0]?.row, 3);
  assert.match(table.refused[0]?.problems[0]?.message ?? '', /3 cells and there are 2 headings.*quotation marks/);
});

test('short rows are filled up, repeated and missing headings are named, and all of it is said', async () => {
  const table = await csv('Name,Mail,Mail,,\nA,a@x.io,b@x.io,x,\nB\n');
  assert.deepEqual(table.headings, ['Name', 'Mail', 'Mail (2)', 'Column D']);
  assert.deepEqual(table.rows[1]?.cells, ['B', '', '', '']);
  assert.match(table.notes.join(' '), /"Mail" stands more than once.*1 row is shorter/);
});

test('files that are no list are named in words', async () => {
  const ole = (word: string) =>
    Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(600), Buffer.from(word, 'utf16le')]);
  const cases: [Uint8Array | string, RegExp][] = [
    [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), /This is a picture \(PNG\)/],
    [Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46]), /a picture \(JPEG\)/],
    ['%PDF-1.7\n%âãÏÓ', /a PDF/],
    [gzipSync('Name,Ort\nA,B'), /a packed file \(gzip\)/],
    ['<!DOCTYPE html><html><body><table><tr><td>Name</td></tr></table>', /a web page \(HTML\)/],
    ['\ufeff<html xmlns:o="urn:schemas-microsoft-com:office:office">', /a web page \(HTML\)/],
    ['<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', /XML format of Excel 2003/],
    ['[{"name":"Ann"}]', /a JSON file/],
    [ole('Workbook'), /old format of Excel \(\.xls\)/],
    [ole('EncryptedPackage'), /locked with a password/],
    [zipOf([{ name: 'word/document.xml', content: 'x' }]), /Word \(\.docx\)/],
    [zipOf([{ name: 'people.csv', content: 'x' }]), /a zip file.*people\.csv/],
  ];
  for (const [bytes, words] of cases) await refused(bytes, 'file_wrong_kind', words);
  await refused(Buffer.from([1, 0, 2, 3, 0, 5, 6, 7, 0, 9, 1, 1, 1, 1]), 'file_not_text', /not text/);
});

test('empty files, files with headings alone and files without headings are refused with the mend', async () => {
  await refused('', 'file_empty', /empty \(0 bytes\)/);
  await refused('\n\n , \n', 'file_empty', /no rows/);
  await refused('Name,Mail\n', 'file_no_rows', /no rows below/);
  await refused(
    'Jane,jane@acme.example,2020-01-01\nAnn,ann@acme.example,2021-01-01\n',
    'file_no_headings',
    /Row 1 should hold the headings/,
  );
});

test('100,000 columns are refused quickly, in the heading and in a later row', async () => {
  await refused(
    Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(','),
    'file_too_many_columns',
    /Row 1 has 100,000 columns; at most 500/,
  );
  await refused(`a,b\n1,2\n${'x,'.repeat(99_999)}x\n`, 'file_too_many_columns', /Row 3 has 100,000 columns/);
});

test('100,000 rows are read within seconds, one more is refused', async () => {
  const row = (i: number) => `${i},Jane,Doe,jane${i}@acme.example,Sales,"x, y",2020-01-01,Berlin\n`;
  const heading = 'Number,First,Last,Mail,Department,Note,Start,Location\n';
  const text = heading + Array.from({ length: 100_000 }, (_, i) => row(i)).join('');
  const begun = performance.now();
  const table = await csv(text);
  assert.equal(table.rows.length, 100_000);
  assert.ok(performance.now() - begun < 40_000);
  await refused(`${text}${row(1)}`, 'file_too_many_rows', /more than 100,000 rows/);
});

test('a file larger than the limit is refused before it is read', async () => {
  await assert.rejects(readTable(Buffer.alloc(2048, 65), { fileName: 'a.csv', limits: { bytes: 1024 } }), /The file has 1 MB/);
});

test('formulas in a text file stay text; the tricks of spreadsheets to keep a text are taken off', async () => {
  const table = await csv('Name,Number\n=1+1,"=""0042"""\n\'=x,7\n');
  assert.deepEqual(
    table.rows.map((row) => row.cells),
    [
      ['=1+1', '0042'],
      ['=x', '7'],
    ],
  );
});

test('a zip bomb is refused by what it claims, and by what comes out when it lies', async () => {
  const sheet = '<worksheet><sheetData><row><c t="inlineStr"><is><t>a</t></is></c></row></sheetData></worksheet>';
  const honest = workbookOf(sheet, [{ name: 'xl/media/x', content: 'x', claim: 3_000_000_000 }]);
  await refused(honest, 'file_unpacks_too_large', /too large when it is unpacked/);
  const filler = `<worksheet><sheetData>${'<row/>'.repeat(2_000_000)}</sheetData></worksheet>`;
  const lying = zipOf([
    { name: 'xl/workbook.xml', content: '<workbook xmlns:r="r"><sheets><sheet name="P" sheetId="1" r:id="a"/></sheets></workbook>' },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: '<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/></Relationships>',
    },
    { name: 'xl/s.xml', content: filler, claim: 100 },
  ]);
  await assert.rejects(readTable(lying, { fileName: 'a.xlsx', limits: { unpackedBytes: 5_000_000 } }), { code: 'file_unpacks_too_large' });
});

test('a workbook that is cut short is called damaged', async () => {
  const whole = workbookOf('<worksheet><sheetData><row><c t="str"><v>Name</v></c></row></sheetData></worksheet>');
  await refused(whole.subarray(0, whole.length - 40), 'file_damaged', /damaged/);
  await refused(workbookOf('<worksheet><sheetData><row><c t="str"><v>Name</v>'), 'file_damaged', /damaged/);
});
