import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { zipOf } from '../../server/platform/tabular/zip-for-tests.ts';
import { openCompany } from '../leaving-company.ts';

const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const times = (count: number, make: (index: number) => string) => Array.from({ length: count }, (_, index) => make(index)).join('');

/** A workbook whose sheets all name the same part. */
const bookOf = (sheet: string, { sheets = 1, more = [] }: { sheets?: number; more?: { name: string; content: string }[] } = {}) =>
  zipOf([
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns:r="${relationships}"><sheets>${times(sheets, (i) => `<sheet name="s${i}" sheetId="${i + 1}" r:id="r${i}"/>`)}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships>${times(sheets, (i) => `<Relationship Id="r${i}" Type="x/worksheet" Target="worksheets/sheet1.xml"/>`)}</Relationships>`,
    },
    { name: 'xl/worksheets/sheet1.xml', content: sheet },
    ...more,
  ]);

const sheetOf = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
const rowsOf = (rows: string[][]) =>
  sheetOf(
    rows.map((row, i) => `<row r="${i + 1}">${row.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`).join(''),
  );
const blank = sheetOf('<row/>'.repeat(2_000_000));
const list = rowsOf([
  ['Name', 'Work email'],
  ['Ada', 'ada@acme.example'],
]);

const bombs: [name: string, code: string, file: () => Uint8Array][] = [
  ['elements that nest without end', 'file_damaged', () => bookOf(`<worksheet><sheetData>${'<a>'.repeat(5_000_000)}`)],
  ['a text that never ends', 'file_damaged', () => bookOf(sheetOf(`<row><c t="inlineStr"><is><t>${'x'.repeat(50_000_000)}`))],
  ['an attribute that never ends', 'file_damaged', () => bookOf(`<worksheet a="${'x'.repeat(50_000_000)}"/>`)],
  ['a comment that never ends', 'file_damaged', () => bookOf(`<worksheet><!--${'<'.repeat(50_000_000)}--></worksheet>`)],
  [
    'a cell of many runs',
    'file_huge_cell',
    () => bookOf(sheetOf(`<row><c t="inlineStr"><is>${`<t>${'x'.repeat(99)}</t>`.repeat(300_000)}</is></c></row>`)),
  ],
  ['blank rows without end', 'file_too_many_rows', () => bookOf(blank)],
  ['fifteen sheets of one part', 'file_too_many_rows', () => bookOf(blank, { sheets: 15 })],
  ['thousands of sheets', 'file_too_many_sheets', () => bookOf(list, { sheets: 5_000 })],
  ['a cell far to the right', 'file_too_many_columns', () => bookOf(sheetOf('<row><c r="ZZZZZZZZ1"><v>1</v></c></row>'))],
  ['blank cells without end', 'file_too_many_cells', () => bookOf(sheetOf('<row><c r="SF1"><v>1</v></c></row>'.repeat(100_000)))],
  [
    'one long text in all rows',
    'file_unpacks_too_large',
    () =>
      bookOf(sheetOf('<row><c t="s"><v>0</v></c></row>'.repeat(100_000)), {
        more: [{ name: 'xl/sharedStrings.xml', content: `<sst><si><t>${'x'.repeat(32_000)}</t></si></sst>` }],
      }),
  ],
  [
    'texts of nothing without end',
    'file_unpacks_too_large',
    () => bookOf(list, { more: [{ name: 'xl/sharedStrings.xml', content: `<sst>${'<si/>'.repeat(14_000_000)}</sst>` }] }),
  ],
];

test('no workbook ends the process or holds it up: each is refused in words, in bounded memory and time', async (t) => {
  const company = await openCompany(t);
  for (const [name, code, file] of bombs) {
    const bytes = file();
    let blocked = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      blocked = Math.max(blocked, performance.now() - last);
      last = performance.now();
    }, 10);
    const answer = await company.owner('post', '/people/imports?fileName=p.xlsx', bytes);
    clearInterval(timer);
    assert.deepEqual([answer.status, answer.body.code], [422, code], `${name}: ${JSON.stringify(answer.body)}`);
    assert.match(answer.body.detail, /Nothing was read\./, name);
    assert.ok(blocked < 1_000, `${name}: everything else waited ${Math.round(blocked)} ms`);
  }
});

test('styles with formats made to take long are read at once', async (t) => {
  const company = await openCompany(t);
  const styles = `<s><numFmts><numFmt numFmtId="200" formatCode="${'['.repeat(2_000_000)}"/></numFmts><cellXfs>${'<xf numFmtId="200"/>'.repeat(500_000)}</cellXfs></s>`;
  const answer = await company.owner(
    'post',
    '/people/imports?fileName=p.xlsx',
    bookOf(list, { more: [{ name: 'xl/styles.xml', content: styles }] }),
  );
  assert.ok(answer.status === 200 || answer.body.code === 'file_damaged', JSON.stringify(answer.body));
});

test('an app owner who gives many workbooks at once keeps nobody else waiting', async (t) => {
  const company = await openCompany(t);
  const ownerPersonId = await company.person({ givenName: 'Appo' });
  const apps: string[] = [];
  for (let i = 0; i < 20; i += 1) apps.push(await company.manualApp(`A${i}`, { ownerPersonId }));
  const appOwner = await company.as(['app-owner'], { personId: ownerPersonId });
  const bytes = bookOf(blank, { sheets: 15 });
  const uploads = apps.map((id) => appOwner('post', `/apps/${id}/lists?fileName=l.xlsx`, bytes));
  let going = true;
  const all = Promise.all(uploads).finally(() => {
    going = false;
  });
  let asked = 0;
  while (going) {
    const from = performance.now();
    assert.equal((await company.owner('get', '/organization')).status, 200);
    assert.ok(performance.now() - from < 3_000, 'somebody else waits');
    asked += 1;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.ok(asked > 3);
  assert.deepEqual([...new Set((await all).map(({ body }) => body.code))], ['file_too_many_rows']);
});

test('a list for an app that is not their own is not even taken apart', async (t) => {
  const company = await openCompany(t);
  const appId = await company.manualApp('Foreign', {});
  const appOwner = await company.as(['app-owner'], { personId: await company.person({ givenName: 'Appo' }) });
  const answer = await appOwner('post', `/apps/${appId}/lists?fileName=l.xlsx`, bookOf('<a>'));
  assert.equal(answer.status, 404);
});

const bytesOf = (text: string) => new TextEncoder().encode(text);
/** Texts that are cut, quoted or stored somewhere: letters of two halves at every place where a cut may fall. */
const oddText = fc.oneof(
  fc
    .tuple(fc.integer({ min: 30, max: 210 }), fc.constantFrom('😀', '𝒳', '👩‍🚀'))
    .map(([at, sign]) => `${'x'.repeat(at)}${sign} tail ${sign}`),
  fc.string({ unit: 'grapheme', maxLength: 250 }).map((text) => text.replace(/[",;\t|\r\n\0]/g, ' ')),
);

test('no letter of a cell makes an honest list refused as a whole, wherever it stands', async (t) => {
  const company = await openCompany(t);
  const appId = await company.manualApp('Wiki', {});
  const wellFormed = (answer: { status: number; body: unknown }, text: string) =>
    assert.equal(answer.status, 200, `${JSON.stringify(text)}: ${JSON.stringify(answer.body)}`);
  const at = (count: number) => `${'y'.repeat(count)}😀 and more text that goes beyond what is quoted of it`;
  const examples: [string][] = [[at(79)], [at(56)], [at(59)], [at(39)], [at(199)]];
  await fc.assert(
    fc.asyncProperty(oddText, async (text) => {
      const people = `Name,Work email,Title\nAda Test,ada@acme.example,"${text}"\nBo Test,bo@acme.example,Clerk,"${text}"\nCy Test,cy@acme.example,Clerk\n`;
      wellFormed(await company.owner('post', '/people/imports?fileName=p.csv', bytesOf(people)), text);
      const accounts = `Email,Name,Status,Aliases\nada@acme.example,"${text}","${text}","${text}@x"\n"${text}@",Bo,"${text}",\ncy@acme.example,Cy,active,,"${text}"\n`;
      wellFormed(await company.owner('post', `/apps/${appId}/lists?fileName=l.csv`, bytesOf(accounts)), text);
    }),
    { numRuns: 25, examples },
  );
  for (const odd of ['_x0000_', '_xD800_', '_xDC00_', 'a_xD83D_b', '_xD83D__xDE00_']) {
    const people = bookOf(
      rowsOf([
        ['Name', 'Work email', `Odd${odd}`],
        [`Ada${odd} Test`, 'ada@acme.example', odd],
      ]),
    );
    wellFormed(await company.owner('post', '/people/imports?fileName=p.xlsx', people), odd);
    const accounts = bookOf(
      rowsOf([
        ['Email', 'Name', `Odd${odd}`],
        ['ada@acme.example', `Ad${odd}a`, odd],
      ]),
    );
    wellFormed(await company.owner('post', `/apps/${appId}/lists?fileName=l.xlsx`, accounts), odd);
  }
});
