import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTable } from '../../platform/tabular/index.ts';
import type { ReadOptions } from './read-cells.ts';
import { readPeopleRows } from './read-people-rows.ts';
import { recogniseColumns } from './recognise-columns.ts';

async function read(csv: string, options: ReadOptions = {}) {
  const table = await readTable(Buffer.from(csv), { fileName: 'people.csv' });
  return readPeopleRows(table, recogniseColumns(table).mapping, options);
}
const messages = (refused: { problems: { message: string }[] }[]) =>
  refused.flatMap(({ problems }) => problems.map(({ message }) => message));

test('a row says what its cells say, and a blank cell says nothing', async () => {
  const { records, refused } = await read(
    'Vorname;Nachname;E-Mail;Personalnummer;Abteilung;Zeitzone;Eintritt;Letzter Arbeitstag;Zugang bis;Vorgesetzter;Anstellungsart;Alias\n' +
      'Jane;Doe;Jane.Doe@Acme.example;P-17;Sales;Berlin;01.02.2020;27.11.2026;27.11.2026 17:30 Uhr;Roe, Ann;Werkstudentin;smtp:jd@acme.example, jane@acme.example\n' +
      'Ann;Roe;-;;n/a;;;31.12.9999;;;;\n',
  );
  assert.deepEqual(refused, []);
  assert.deepEqual(records[0], {
    row: 2,
    givenName: 'Jane',
    familyName: 'Doe',
    workAddress: 'jane.doe@acme.example',
    employeeNumber: 'P-17',
    department: 'Sales',
    timeZone: 'Europe/Berlin',
    startDate: '2020-02-01',
    lastWorkingDay: '2026-11-27',
    accessCutOff: { local: '2026-11-27T17:30' },
    managerReference: { by: 'name', value: 'Ann Roe' },
    employmentType: 'working student',
    aliases: ['jd@acme.example', 'jane@acme.example'],
    saysLeft: false,
    notes: [],
  });
  assert.deepEqual(Object.keys(records[1] ?? {}).sort(), ['familyName', 'givenName', 'managerReference', 'notes', 'row', 'saysLeft']);
});

test('what is wrong with a row is named with row, column, value and mend, and nothing else is refused', async () => {
  const { records, refused } = await read(
    'Name,Email,Start date,Last day,Time zone,Access ends,Leave from,Leave until\n' +
      'Ok Person,ok@acme.example,2020-01-01,,Europe/Berlin,,,\n' +
      ',noname@acme.example,,,,,,\n' +
      'A B,a.b@acme,,,,,,\n' +
      'C D,cd@acme.example,31.11.2026,,,,,\n' +
      'E F,ef@acme.example,2026-05-01,2026-04-30,,,,\n' +
      'G H,gh@acme.example,,,Europe/Berln,,,\n' +
      'I J,ij@acme.example,,,,2026-11-27,,\n' +
      'K L,kl@acme.example,,,,,2026-05-02,2026-05-01\n' +
      '=cmd|x,mn@acme.example,,,,,,\n' +
      'O P,op@acme.example,04/05/2026,,,,,\n' +
      'Q R,qr@acme.example; rq@acme.example,,,,,,\n',
  );
  assert.deepEqual(
    records.map(({ row }) => row),
    [2, 7],
  );
  assert.match(records[1]?.notes.join() ?? '', /"Europe\/Berln" is no time zone we know\. Did you mean Europe\/Berlin\?/);
  assert.deepEqual(messages(refused), [
    'Row 3: there is no name. Each person needs at least one.',
    'Row 4, Email: "a.b@acme" is no address: "acme" is no whole domain, such as acme.example.',
    'Row 5, Start date: "31.11.2026" is no day. November has 30.',
    'Row 6: the last working day (2026-04-30) is before the start (2026-05-01).',
    'Row 8, Access ends: "2026-11-27" has no time. Write it like 2026-11-27 17:00.',
    'Row 9: the leave ends (2026-05-01) before it begins (2026-05-02).',
    'Row 10, Name: "=cmd|x" is a formula and not a value. Write the value itself.',
    'Row 11, Start date: "04/05/2026" may be 4 May or 5 April. Say whether the day or the month comes first.',
    'Row 12, Email: "qr@acme.example; rq@acme.example" is more than one address, or has an @ too many. Put one in this cell.',
  ]);
  assert.equal(refused[2]?.problems[0]?.field, 'Start date');
  assert.equal(refused[2]?.problems[0]?.value, '31.11.2026');
});

test('two rows that claim one address or number are both refused, whatever the capitals, also across other addresses', async () => {
  const { records, refused } = await read(
    'Name,Email,Employee ID,Aliases\nA B,ab@acme.example,1,\nC D,AB@acme.example,2,\nE F,ef@acme.example,x7,\nG H,gh@acme.example,X7,\nI J,ij@acme.example,5,kl@acme.example\nK L,kl@acme.example,6,\nM N,mn@acme.example,7,mn@acme.example\n',
  );
  assert.deepEqual(
    records.map(({ row }) => row),
    [8],
  );
  assert.deepEqual(messages(refused), [
    'Row 2: the address ab@acme.example stands in row 3 too. Keep it in one row.',
    'Row 3: the address ab@acme.example stands in row 2 too. Keep it in one row.',
    'Row 4: employee number x7 stands in row 5 too. Keep it in one row.',
    'Row 5: employee number x7 stands in row 4 too. Keep it in one row.',
    'Row 6: the address kl@acme.example stands in row 7 too. Keep it in one row.',
    'Row 7: the address kl@acme.example stands in row 6 too. Keep it in one row.',
  ]);
  assert.equal(records[0]?.aliases?.length, 0);
});

test('people with nothing but a name are refused when the name stands twice', async () => {
  const { refused } = await read('Name,Department\nJane Doe,A\n"Doe, Jane",B\nAnn Roe,C\n');
  assert.equal(refused.length, 2);
  assert.match(messages(refused)[0] ?? '', /Jane Doe stands in row 3 too.*Add an employee number or a work address/);
});

test('managers in a circle are refused, each named; a manager who is not in the file is kept for the roster', async () => {
  const { records, refused } = await read(
    'Name,Email,Manager email\nAnn Roe,ann@x.io,bob@x.io\nBob Low,bob@x.io,Cy@x.io\nCy Hill,cy@x.io,ann@x.io\nDi May,di@x.io,ann@x.io\nEd Fox,ed@x.io,boss@x.io\nFay Orr,fay@x.io,fay@x.io\n',
  );
  assert.deepEqual(
    records.map(({ row }) => row),
    [5, 6, 7],
  );
  assert.deepEqual(
    [records[2]?.managerReference, records[2]?.notes],
    [null, ['The list names them as their own manager; the manager was left open.']],
  );
  assert.deepEqual(records[1]?.managerReference, { by: 'address', value: 'boss@x.io' });
  assert.equal(
    messages(refused)[0],
    'Row 2: Ann Roe reports to Bob Low, Bob Low to Cy Hill, Cy Hill to Ann Roe: a circle. Change the manager of one of them.',
  );
});

test('a word that says that somebody left, without a date, is a flag and no date', async () => {
  const { records } = await read(
    'Name,Email,Status,Last day\nA B,ab@x.io,ausgeschieden,\nC D,cd@x.io,Terminated,2026-11-01\nE F,ef@x.io,Active,\nG H,gh@x.io,Purple,\n',
  );
  assert.deepEqual(
    records.map(({ saysLeft }) => saysLeft),
    [true, false, false, false],
  );
  assert.match(records[3]?.notes.join() ?? '', /"Purple" is not known/);
});

test('an instant of an export is the day where the person is; a cut-off with an offset stays exact', async () => {
  const csv = 'Name,Email,Location,Last day,Access ends\nA B,ab@x.io,Berlin,2026-11-26T23:00:00Z,2026-11-27T17:00:00+01:00\n';
  const { records } = await read(csv, { zoneOfLocation: new Map([['berlin', 'Europe/Berlin']]) });
  assert.equal(records[0]?.lastWorkingDay, '2026-11-27');
  assert.deepEqual(records[0]?.accessCutOff, { instant: '2026-11-27T16:00:00Z' });
});

test('"Intern" beside "Extern" means somebody of the house', async () => {
  const { records } = await read('Name;Email;Mitarbeiterart\nA B;ab@x.io;Intern\nC D;cd@x.io;Extern\n');
  assert.deepEqual(
    records.map(({ employmentType }) => employmentType),
    ['employee', 'contractor'],
  );
});

test('a row that is too long is refused and still tells whom it is about', async () => {
  const { records, refused } = await read('Name,Email,Department\nDoe, Jane,jane@x.io,Sales\nAnn Roe,ann@x.io,Sales\n');
  assert.deepEqual(
    records.map(({ row }) => row),
    [3],
  );
  assert.deepEqual(refused[0]?.seen.aliases, ['jane@x.io']);
});
