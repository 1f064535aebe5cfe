import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readName } from './read-name.ts';
import { employmentTypeOf, statusOf } from './read-words.ts';
import { guessPeopleDateOrder, recogniseColumns } from './recognise-columns.ts';
import { recogniseZone } from './recognise-zone.ts';
import { saysWrongFile } from './says-wrong-file.ts';

const table = (headings: string[], ...rows: string[][]) => ({ headings, rows: rows.map((cells, i) => ({ number: i + 2, cells })) });
const fieldsOf = (headings: string[], ...rows: string[][]) => {
  const { mapping } = recogniseColumns(table(headings, ...rows));
  return Object.fromEntries(Object.entries(mapping).map(([field, column]) => [field, headings[column]]));
};

test('exports of common HR and directory systems are recognised', () => {
  const personio = [
    'ID',
    'Vorname',
    'Nachname',
    'E-Mail',
    'Personalnummer',
    'Position',
    'Abteilung',
    'Standort',
    'Beschäftigungsart',
    'Eintrittsdatum',
    'Letzter Arbeitstag',
    'Vertragsende',
    'Vorgesetzter',
    'Kostenstelle',
    'Status',
    'E-Mail (privat)',
  ];
  const row = [
    '8812',
    'Jane',
    'Doe',
    'jane@acme.example',
    'P-17',
    'Dev',
    'IT',
    'Berlin',
    'Angestellt',
    '01.02.2020',
    '',
    '',
    'Ann Roe',
    '4711',
    'Aktiv',
    'j@home.example',
  ];
  assert.deepEqual(fieldsOf(personio, row), {
    givenName: 'Vorname',
    familyName: 'Nachname',
    workAddress: 'E-Mail',
    personalAddress: 'E-Mail (privat)',
    employeeNumber: 'Personalnummer',
    title: 'Position',
    department: 'Abteilung',
    location: 'Standort',
    employmentType: 'Beschäftigungsart',
    startDate: 'Eintrittsdatum',
    lastWorkingDay: 'Letzter Arbeitstag',
    legalEnd: 'Vertragsende',
    managerName: 'Vorgesetzter',
    costCentre: 'Kostenstelle',
    status: 'Status',
  });
  const bamboo = [
    'Employee #',
    'First Name',
    'Last Name',
    'Preferred Name',
    'Work Email',
    'Home Email',
    'Job Title',
    'Department',
    'Location',
    'Reports To',
    'Supervisor Email',
    'Hire Date',
    'Termination Date',
    'Employment Status',
  ];
  assert.deepEqual(Object.keys(fieldsOf(bamboo)).length, bamboo.length);
  assert.equal(fieldsOf(bamboo).lastWorkingDay, 'Termination Date');
  assert.equal(fieldsOf(bamboo).personalAddress, 'Home Email');
  const google = [
    'First Name [Required]',
    'Last Name [Required]',
    'Email Address [Required]',
    'Org Unit Path [Required]',
    'Status [READ ONLY]',
    'Recovery Email',
    'Employee ID',
    'Employee Type',
    'Employee Title',
    'Manager Email',
    'Department',
    'Cost Center',
  ];
  const found = fieldsOf(google);
  assert.deepEqual(
    [found.givenName, found.workAddress, found.employeeNumber, found.managerAddress, found.title, found.department, found.status],
    [
      'First Name [Required]',
      'Email Address [Required]',
      'Employee ID',
      'Manager Email',
      'Employee Title',
      'Department',
      'Status [READ ONLY]',
    ],
  );
  const entra = [
    'userPrincipalName',
    'displayName',
    'surname',
    'givenName',
    'jobTitle',
    'department',
    'employeeId',
    'employeeType',
    'employeeHireDate',
    'employeeLeaveDateTime',
    'usageLocation',
    'physicalDeliveryOfficeName',
    'accountEnabled',
  ];
  assert.equal(Object.keys(fieldsOf(entra)).length, entra.length);
  const workday = [
    'Worker',
    'Employee ID',
    'Legal First Name',
    'Legal Last Name',
    'Business Title',
    'Worker Type',
    'Supervisory Organization',
    'Location',
    'Hire Date',
    'Manager',
    'Primary Work Email',
    'Cost Center',
  ];
  assert.equal(
    fieldsOf(
      workday,
      workday.map((_, i) => (i === 9 ? 'E-17' : 'x')),
    ).managerNumber,
    'Manager',
  );
  const datev = ['Pers.-Nr.', 'Name', 'Vorname', 'Eintritt', 'Austritt', 'Kst.', 'Berufsbezeichnung', 'Geburtsdatum', 'Steuer-ID'];
  const german = fieldsOf(datev, ['17', 'Doe', 'Jane', '01.02.2020', '30.11.2026', '4711', 'Dev', '01.01.1990', '123']);
  assert.deepEqual(
    [german.employeeNumber, german.familyName, german.givenName, german.lastWorkingDay, german.costCentre],
    ['Pers.-Nr.', 'Name', 'Vorname', 'Austritt', 'Kst.'],
  );
  assert.ok(!Object.values(german).includes('Geburtsdatum'));
});

test('the last working day goes before the end of the employment, and what no heading says stays open', () => {
  const found = fieldsOf(
    ['Name', 'Email', 'End date', 'Last working day', 'Shoe size'],
    ['Jane Doe', 'jane@acme.example', '2026-12-31', '2026-11-27', '38'],
  );
  assert.deepEqual([found.lastWorkingDay, found.legalEnd, found.fullName], ['Last working day', 'End date', 'Name']);
  const { unrecognised, notes } = recogniseColumns(table(['Name', 'Shoe size'], ['Jane Doe', '38']));
  assert.deepEqual(unrecognised, [{ column: 1, heading: 'Shoe size', samples: ['38'] }]);
  assert.match(notes.join(' '), /told apart by name alone.*last working day/);
});

test('the manager is known by address, number or name, as the values say', () => {
  assert.ok('managerAddress' in fieldsOf(['Name', 'Manager'], ['Jane', 'ann@acme.example']));
  assert.ok('managerNumber' in fieldsOf(['Name', 'Manager'], ['Jane', '1042']));
  assert.ok('managerName' in fieldsOf(['Name', 'Manager'], ['Jane', 'Roe, Ann']));
});

test('a column whose values do not fit its heading is not proposed', () => {
  const { fields } = recogniseColumns(table(['Name', 'Start', 'E-Mail'], ['Jane Doe', 'blue', 'n@x.io'], ['Ann Roe', 'red', 'm@x.io']));
  assert.equal(fields.startDate, undefined);
  assert.ok((fields.fullName?.confidence ?? 0) >= 0.7);
  assert.match(fields.workAddress?.why ?? '', /"E-Mail" usually means the work address/);
});

test('a file that is no people list is said', () => {
  assert.match(
    saysWrongFile(table(['Username', 'Email', 'Last login', 'License', 'Role'], ['j', 'j@x.io', '', '', ''])) ?? '',
    /user list of an app \(Username, Last login, License\)/,
  );
  assert.match(saysWrongFile(table(['Invoice', 'Amount', 'Due'], ['1', '2', '3'])) ?? '', /do not look like a people list/);
  assert.equal(saysWrongFile(table(['Name', 'Email'], ['Jane Doe', 'j@x.io'])), null);
  assert.equal(
    saysWrongFile(table(['Name', 'Email', 'Department', 'Start date', 'Last login'], ['Jane Doe', 'j@x.io', 'IT', '', ''])),
    null,
  );
});

test('the order of dates is guessed over all mapped columns', () => {
  const rows = table(['Name', 'Start', 'Last day'], ['A', '04/05/2026', ''], ['B', '', '27/11/2026']);
  assert.equal(guessPeopleDateOrder(rows, recogniseColumns(rows).mapping), 'day-first');
});

test('names are parted as people write them', () => {
  const cases: [string, string | undefined, string | undefined][] = [
    ['Doe, Jane', 'Jane', 'Doe'],
    ['Jane Mary Doe', 'Jane Mary', 'Doe'],
    ['Dr. Jane van der Doe', 'Jane', 'van der Doe'],
    ['Frau Prof. Dr. Jane Doe (Sales)', 'Jane', 'Doe'],
    ['Jane Doe, PhD', 'Jane', 'Doe'],
    ['Martin King Jr.', 'Martin', 'King Jr.'],
    ['Cher', 'Cher', undefined],
    ['王伟', '王伟', undefined],
  ];
  for (const [text, givenName, familyName] of cases)
    assert.deepEqual([readName(text).givenName, readName(text).familyName], [givenName, familyName], text);
});

test('kinds of employment and status words are read in English and German', () => {
  assert.deepEqual(
    ['Werkstudent/in', 'Freiberuflich', 'Praktikant', 'Full-Time', 'Azubi', 'Externe', 'Contractor (1099)', 'Aushilfe', 'blue'].map(
      employmentTypeOf,
    ),
    ['working student', 'freelancer', 'intern', 'employee', 'apprentice', 'contractor', 'contractor', 'temporary', null],
  );
  assert.deepEqual(['Terminated', 'ausgeschieden', 'Inaktiv', 'Aktiv', 'TRUE', 'Elternzeit', 'gekündigt', 'purple'].map(statusOf), [
    'left',
    'left',
    'left',
    'active',
    'active',
    'on leave',
    'active',
    null,
  ]);
});

test('zones are known by name, Windows name and city; others get the nearest name', () => {
  const zone = (text: string) => {
    const found = recogniseZone(text);
    return 'zone' in found ? found.zone : found.problem;
  };
  assert.deepEqual(
    [
      'Europe/Berlin',
      'europe/berlin',
      'W. Europe Standard Time',
      'Berlin',
      '(GMT+01:00) Berlin',
      'America/New York',
      'New York',
      'Asia/Kolkata',
    ]
      .map(zone)
      .slice(0, 7),
    ['Europe/Berlin', 'Europe/Berlin', 'Europe/Berlin', 'Europe/Berlin', 'Europe/Berlin', 'America/New_York', 'America/New_York'],
  );
  assert.match(zone('Asia/Kolkata'), /^Asia\/(Kolkata|Calcutta)$/);
  assert.equal(zone('Europe/Berln'), '"Europe/Berln" is no time zone we know. Did you mean Europe/Berlin?');
  assert.match(zone('UTC+1'), /is an offset and no zone/);
  assert.match(zone('Middle Earth'), /no time zone we know/);
  assert.match(zone('CET'), /no time zone we know|offset/);
});
