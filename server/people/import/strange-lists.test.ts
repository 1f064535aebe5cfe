import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTable } from '../../platform/tabular/index.ts';
import { meaningsOf } from './column-headings.ts';
import { readPeopleRows } from './read-people-rows.ts';
import { statusReader } from './read-status.ts';
import { saysLeaving, statusOf } from './read-words.ts';
import { recogniseColumns } from './recognise-columns.ts';
import { recogniseZone } from './recognise-zone.ts';
import { saysWrongFile } from './says-wrong-file.ts';
import { unusedEnds } from './unused-ends.ts';

async function read(csv: string) {
  const table = await readTable(Buffer.from(csv), { fileName: 'people.csv' });
  const proposal = recogniseColumns(table);
  const held = Object.fromEntries(Object.entries(proposal.mapping).map(([field, column]) => [field, table.headings[column]]));
  return { table, held, notes: proposal.notes, mapping: proposal.mapping, ...readPeopleRows(table, proposal.mapping) };
}
const words = ({ refused }: Awaited<ReturnType<typeof read>>) => refused.flatMap(({ problems }) => problems.map(({ message }) => message));

test('headings of many systems mean what they say, in English and German', () => {
  const table: Record<string, string> = {
    lastWorkingDay:
      'Terminated on|Date of exit|Date of leaving|Dismissal date|Relieving date|Inactive date|End of employment|Employment ended|Ended on|Last date worked|Last day of employment|Last physical day|Final working day|Employment Details Termination Date|Ende des Arbeitsverhältnisses|Ende Arbeitsverhältnis|Ende der Beschäftigung|Arbeitsende|Kündigung zum|gekündigt zum|Beendigung zum|beendet am|Austrittstermin|Austritt per|Datum Austritt|Tag des Austritts|letzter AT|letzter Anwesenheitstag|Ausscheidedatum|Ausgeschieden|Abgangsdatum|Abmeldedatum',
    startDate:
      'Hired on|Date started|Start of employment|First day of work|Service date|Rehire date|Anstelldatum|Arbeitsbeginn|Beginn des Arbeitsverhältnisses|Eintrittstermin|Firmeneintritt|eingetreten am|Tag des Eintritts|beschäftigt ab|im Unternehmen seit',
    employeeNumber: 'Associate ID|File Number|Personio ID|Staff code|Badge number|Employee #|Arbeitnehmernummer|AN-Nr|Personalkennung',
    fullName: 'Employee|Payroll Name|Name of employee|Team member|Arbeitnehmer|Mitarbeitende:r|Vorname und Nachname|Vor-/Nachname',
    workAddress:
      'Work Contact: Work Email|Email ID|Corporate Email ID|Official email|E-Mail beruflich|E-Mail Firma|berufliche E-Mail|betriebliche E-Mail|E-Mail-Adresse dienstlich|E-Mail (geschäftlich)',
    personalAddress: 'Personal Contact: Personal Email|Personal email ID|E-Mail-Adresse privat|E-Mail (privat)|Email (personal)',
    manager:
      "Reporting manager|Worker's Manager|Direct supervisor|Managed by|Direkter Vorgesetzter|Fachvorgesetzter|Disziplinarische Führungskraft|Leitung",
    managerAddress: "Supervisor's email|Line manager's email|Reporting manager email|Führungskraft E-Mail|Email (Manager)",
    managerNumber: 'Reports To Associate ID|Vorgesetzten-ID',
    managerName: 'Name (Manager)',
    department: 'Home Department|Team names|Abt.|Abteilungsbezeichnung',
    title: 'Job Title Description|Tätigkeitsbezeichnung|Funktionsbezeichnung',
    location: 'Arbeitsplatz|Dienstsitz|Einsatzort|Beschäftigungsort|Filiale',
    employmentType: 'Worker Category|Assignment Category|Beschäftigungsverh.|Arbeitsverhältnis',
    status: 'Position Status|Terminated|Inactive|Currently employed|Status des Mitarbeiters|Status Mitarbeiter',
    legalEnd: 'Contract expiry date|Fixed-term end|Vertrag befristet bis|Kündigung zum',
  };
  for (const [field, headings] of Object.entries(table))
    for (const heading of headings.split('|'))
      assert.ok(
        meaningsOf(heading).some((meaning) => meaning.field === field),
        `${heading} is not ${field}`,
      );
});

test('what stands in brackets may make a heading another one', () => {
  for (const heading of [
    'End date (probation)',
    'Ende (Probezeit)',
    'Name (Notfallkontakt)',
    'End date (visa)',
    'Kündigungsdatum',
    'Resignation date',
  ])
    assert.deepEqual(meaningsOf(heading), [], heading);
  for (const heading of ['Status [READ ONLY]', 'Start date (UTC)', 'First Name [Required]', 'Email (2)'])
    assert.notDeepEqual(meaningsOf(heading), [], heading);
});

test('a column of ends is kept whatever else stands in it, and words and years for "no end" are read as none', async () => {
  const none = ['unbefristet', 'offen', 'present', 'Active', '01.01.1900', '31.12.2099', '31.12.9999', '00.00.0000', 'laufend'];
  const list = await read(
    `Name;E-Mail;Austrittsdatum\n${none.map((word, i) => `P${i} X;p${i}@x.io;${word}`).join('\n')}\nClara Diaz;c@x.io;30.10.2026\nDora Ek;d@x.io;30.10.2026 (voraussichtlich)\n`,
  );
  assert.equal(list.held.lastWorkingDay, 'Austrittsdatum');
  assert.deepEqual(list.refused, []);
  assert.deepEqual(
    list.records.map(({ lastWorkingDay }) => lastWorkingDay),
    [...none.map(() => undefined), '2026-10-30', '2026-10-30'],
  );
  assert.match(list.records[0]?.notes.join() ?? '', /unbefristet as last working day means "no end"/);
  assert.equal(list.records.at(-1)?.hints?.remark, '(voraussichtlich)');
});

test('a column of dates that speaks of an end and is not used is kept as a hint; birthdays, probation and leave are none', async () => {
  const list = await read(
    'Name,Email,Last day of work,Contract End Date,Termination Date,Birth date,End date (probation),Return from leave ends\nAnn Roe,a@x.io,,,2026-10-30,1990-01-01,2026-06-30,2026-01-01\n',
  );
  assert.deepEqual(
    unusedEnds(list.table, list.mapping).map(({ heading }) => heading),
    ['Termination Date'],
  );
  assert.deepEqual(list.records[0]?.hints, { otherEnd: { heading: 'Termination Date', day: '2026-10-30' } });
});

test('"Employee" holds names and not numbers, and a sure heading that loses its field is told', async () => {
  const list = await read('Employee,Employee ID,File Number,Work email\n"Alt, Anna",E1,9,a@x.io\n');
  assert.deepEqual([list.held.fullName, list.held.employeeNumber], ['Employee', 'Employee ID']);
  assert.match(list.notes.join(' '), /"File Number" is not used: "Employee ID" was taken for the employee number/);
});

test('a province under "State" is no status; "Terminated: yes" says that somebody left', async () => {
  assert.equal((await read('Name,Email,State\nAnn Roe,a@x.io,BE\nBob Low,b@x.io,CA\n')).held.status, undefined);
  assert.equal((await read('Name,Email,State\nAnn Roe,a@x.io,active\nBob Low,b@x.io,inactive\n')).held.status, 'State');
  const list = await read('Name,Email,Terminated\nAnn Roe,a@x.io,No\nBob Low,b@x.io,Yes\n');
  assert.deepEqual(
    list.records.map(({ saysLeft }) => saysLeft),
    [false, true],
  );
});

test('single letters are codes only together', () => {
  const as = (values: string[]) => values.map((value) => statusReader('Status', values)(value).as);
  assert.deepEqual(as(['A', 'L', 'T']), ['active', 'on leave', 'left']);
  assert.deepEqual(as(['T', 'F']), ['active', 'left']);
  assert.deepEqual(as(['T']), [null]);
});

test('status words of people and of accounts are known, and notice is not the end', () => {
  const table: [string, ReturnType<typeof statusOf>][] = [
    ...'Separated - Voluntary|Terminated (Voluntary)|Involuntary termination|Contract ended|ausgesch.|Austritt|beendet|abgemeldet|Ehemaliger MA|in Rente|Ruhestand|archiviert|Suspended|DEPROVISIONED|Archived'
      .split('|')
      .map((word): [string, 'left'] => [word, 'left']),
    ...'Offer accepted|Future hire|pre-start|aktiv beschäftigt|Eintritt geplant|Neueintritt|Under notice|Offboarding|Probation period|gekündigt'
      .split('|')
      .map((word): [string, 'active'] => [word, 'active']),
    ...'Auszeit|ruhendes Arbeitsverhältnis|Active - Leave|Leave with pay|Freistellung'
      .split('|')
      .map((word): [string, 'on leave'] => [word, 'on leave']),
    ['Active (terminated)', null],
    ['T', null],
  ];
  for (const [word, as] of table) assert.equal(statusOf(word), as, word);
  assert.deepEqual(['gekündigt', 'Notice', 'Active'].map(saysLeaving), [true, true, false]);
});

test('totals and lines below the list are refused with their reason, and every row is counted', async () => {
  const list = await read(
    'Name;E-Mail;Abteilung\nAnna Alt;a@x.io;IT\nPage Larry;l@x.io;IT\nBen Bau;;HR\nSumme: 3 Mitarbeiter;;\nStand: 20.11.2026;;\n\nSeite 1 von 1;;\nVertraulich;;\n',
  );
  assert.deepEqual([list.records.length, list.refused.length], [3, 4]);
  assert.match(words(list)[0] ?? '', /Row 5: "Summe: 3 Mitarbeiter" stands alone in its row/);
});

test('numbers that a spreadsheet program shortened are refused with the mend, ".0" is taken off', async () => {
  const list = await read("Employee Number,Name,Email\n1.2E+05,Ann Roe,a@x.io\n123.0,Bob Low,b@x.io\n'00124,Cy Hill,c@x.io\n");
  assert.match(words(list)[0] ?? '', /has shortened; its digits are lost\. Format the column as text/);
  assert.deepEqual(
    list.records.map(({ employeeNumber }) => employeeNumber),
    ['123', '00124'],
  );
});

test('of two employments of one person the newer is taken and the older refused; two that overlap are both refused', async () => {
  const list = await read(
    'Employee ID,Name,Email,Status,Start Date,Termination Date\n7,Re Hired,r@x.io,Terminated,2019-01-01,2022-06-30\n7,Re Hired,r@x.io,Active,2024-01-01,\n8,Two Jobs,t@x.io,Active,2020-01-01,\n8,Two Jobs,t@x.io,Active,2020-01-01,\n',
  );
  assert.deepEqual(
    list.records.map(({ row }) => row),
    [3],
  );
  assert.match(words(list)[0] ?? '', /an employment of Re Hired that ended on 2022-06-30\. The newer one, in row 3, is taken/);
});

test('addresses of Microsoft 365 are parted by plus signs; a broken other address is a note', async () => {
  const list = await read(
    'Name,Email,Proxy addresses\nAnn Roe,a@x.io,SMTP:ann+tag@x.io+smtp:roe@x.io+x500:/o=First Org/ou=Exchange+sip:a@x.io\nBob Low,b@x.io,smtp:broken\n',
  );
  assert.deepEqual(list.refused, []);
  assert.deepEqual(list.records[0]?.aliases, ['ann+tag@x.io', 'roe@x.io']);
  assert.match(list.records[1]?.notes.join() ?? '', /"smtp:broken" is no address.*left out of the other addresses/);
});

test('zones are known by the names that Windows shows; an unknown zone refuses nobody, and is counted once', async () => {
  const zones: [string, string][] = [
    ['(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna', 'Europe/Berlin'],
    ['(GMT-05:00) Eastern Time (US & Canada)', 'America/New_York'],
    ['Europe/Berlin (CET)', 'Europe/Berlin'],
    ['W. Europe Daylight Time', 'Europe/Berlin'],
    ['SE Asia Standard Time', 'Asia/Bangkok'],
    ['Russian Standard Time', 'Europe/Moscow'],
  ];
  for (const [name, zone] of zones) assert.deepEqual(recogniseZone(name), { zone }, name);
  const list = await read(
    'Name,Email,Time zone,Access ends\nAnn Roe,a@x.io,CET,\nBob Low,b@x.io,CET,\nCy Hill,c@x.io,CET,2026-11-27 17:00\n',
  );
  assert.deepEqual([list.records.length, list.unknown.map(({ value, rows }) => [value, rows])], [2, [['CET', 3]]]);
  assert.match(words(list)[0] ?? '', /The access cut-off cannot be told without it/);
});

test('managers are found with a number beside the name, and words for "none" are none', async () => {
  const list = await read(
    'Name,Email,Manager\nAnna Alt,a@x.io,NO_MANAGER\nBen Bau,b@x.io,1 - Anna Alt\nCy Co,c@x.io,Anna Alt 1\nDi Do,d@x.io,Anna Alt (7)\n',
  );
  assert.deepEqual(
    list.records.map(({ managerReference }) => managerReference?.value ?? null),
    [null, 'Anna Alt', 'Anna Alt', 'Anna Alt'],
  );
});

test('lists of accounts are told from lists of people by their headings and states', async () => {
  const accounts = [
    'login,firstName,lastName,email,status,lastLogin\na@x.io,Ann,Roe,a@x.io,DEPROVISIONED,\n',
    'User principal name,Display name,Licenses,Block credential,Department,Title\na@x.io,Ann Roe,E3,False,IT,CEO\n',
    'Name,Email,Role,Teamspaces,Groups,Last active\nAnn Roe,a@x.io,Member,General,,2026-11-02\n',
    'Email,Name,Status\na@x.io,Ann Roe,Enabled\n',
    'userPrincipalName,displayName,userType,jobTitle,department,accountEnabled,employeeHireDate\na@x.io,Ann Roe,Member,CEO,IT,True,\n',
  ];
  for (const csv of accounts) assert.match(saysWrongFile((await read(csv)).table) ?? '', /user list of an app/, csv);
  const people = ['Name,Email,Status,Username,Last login,Hire date,Manager\nAnn Roe,a@x.io,Active,ann,2026-01-01,2020-01-01,Bob Low\n'];
  for (const csv of people) assert.equal(saysWrongFile((await read(csv)).table), null, csv);
});
