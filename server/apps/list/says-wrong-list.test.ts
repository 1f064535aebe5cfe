import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recogniseAccountColumns } from './recognise-account-columns.ts';
import { saysWrongList } from './says-wrong-list.ts';

const says = (headings: string, states: string[] = []) => {
  const names = headings.split(',');
  const rows = [{ number: 2, cells: names.map((name) => (/mail|login|principal/i.test(name) ? 'a@x.io' : 'Anna Alt')) }];
  return saysWrongList({ headings: names, mapping: recogniseAccountColumns({ headings: names, rows }).mapping, states });
};

const ofPeople = [
  'ID,Vorname,Nachname,E-Mail,Status,Position,Abteilung,Team,Vorgesetzter,Einstellungsdatum,Letzter Arbeitstag',
  'Employee #,First Name,Last Name,Status,Work Email,Hire Date,Department,Job Title,Reporting to,Termination Date',
  'Pers.Nr.,Name,Vorname,Arbeitsbeginn,Arbeitsende,Mailadresse',
  'Full Name,Work Email,Hired on,Terminated on',
  'Name,Email,Group,Type,Manager,Start date,Last login',
];
const ofApps = [
  'First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Org Unit Path [Required],Status [READ ONLY],Last Sign In [READ ONLY],Employee ID,Employee Type,Employee Title,Manager Email,Department,Cost Center,2sv Enrolled [READ ONLY],Email Usage [READ ONLY]',
  'Email,First Name,Last Name,Department,Manager,User Group,Licenses,User Status,Last Login (UTC),Client Version,Employee ID,Type',
  'Block credential,Department,Display name,Licenses,Object Id,Office,Proxy addresses,Title,User principal name',
  'login,firstName,lastName,email,status,lastLogin,employeeNumber,title,department',
  'Name,Email,Department,Manager,Last login',
  'Email,Name,Status',
  'Name,Email,Team,Group',
];

test('a people list is asked about, whatever headings it shares with apps; the list of an app is not', () => {
  for (const headings of ofPeople) assert.match(says(headings) ?? headings, /look like a people list/);
  for (const headings of ofApps) assert.equal(says(headings), null, headings);
});

test('states that only people have are asked about', () => {
  assert.match(
    says('Name,Work Email,Status', ['Active', 'Employed', 'Notice', 'On Leave']) ?? '',
    /how people are employed \("Employed", "Notice", "On Leave"\)/,
  );
  assert.equal(says('Name,Work Email,Status', ['Active', 'Suspended', 'Invited', 'Employed']), null);
});

test('a file of which nothing but a name is known is asked about', () => {
  assert.match(says('Invoice,Customer,Amount,Name') ?? '', /names and nothing else/);
  assert.equal(says('Name,Role'), null);
});
