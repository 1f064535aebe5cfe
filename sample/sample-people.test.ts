import assert from 'node:assert/strict';
import { test } from 'node:test';
import { germanPeopleCsv, peopleCsv } from './people-csv.ts';
import { places } from './places.ts';
import { accountsCsv, hasAccount, sampleAccounts } from './sample-accounts.ts';
import { sampleApps } from './sample-apps.ts';
import { samplePeople } from './sample-people.ts';

test('the same seed and day give the same people, lists and accounts; another seed gives others', () => {
  assert.deepEqual(samplePeople(300), samplePeople(300));
  assert.deepEqual(peopleCsv(samplePeople(300)), peopleCsv(samplePeople(300)));
  const app = sampleApps[7]!;
  assert.deepEqual(accountsCsv(sampleAccounts(samplePeople(300), app)), accountsCsv(sampleAccounts(samplePeople(300), app)));
  assert.notDeepEqual(samplePeople(300, 'other').slice(60), samplePeople(300).slice(60));
});

test('a longer list begins with the shorter one', () => {
  assert.deepEqual(samplePeople(1000).slice(0, 188), samplePeople(188));
});

test('addresses and numbers are unique, reserved, and every manager stands before their reports', () => {
  const people = samplePeople(5000);
  assert.equal(new Set(people.map(({ workAddress }) => workAddress)).size, 5000);
  assert.equal(new Set(people.map(({ number }) => number)).size, 5000);
  for (const [index, person] of people.entries()) {
    assert.match(person.workAddress, /^[a-z0-9][a-z0-9.-]*@fernhill\.example$/);
    assert.match(person.personalAddress, /@home\.example$/);
    if (index > 0) assert.ok(person.manager !== null && person.manager < index);
  }
});

test('names come from many countries: Han, marks, single names, long double names', () => {
  const names = samplePeople(188);
  assert.ok(names.some(({ givenName }) => /\p{Script=Han}/u.test(givenName)));
  assert.ok(names.some(({ familyName }) => familyName === null));
  assert.ok(names.some(({ familyName }) => (familyName ?? '').length > 25));
  assert.ok(names.filter(({ givenName, familyName }) => /[^\p{ASCII}]/u.test(`${givenName}${familyName}`)).length > 30);
  assert.equal(new Set(names.map(({ place }) => place)).size, places.length);
});

test('twenty-five apps; whether somebody has an account does not depend on who else is there', () => {
  assert.equal(sampleApps.length, 25);
  const people = samplePeople(188);
  for (const app of sampleApps) {
    assert.ok(sampleAccounts(people, app).length > 0, app.name);
    const few = new Set(sampleAccounts(people.slice(0, 50), app).map(({ externalId }) => externalId));
    for (const person of people.slice(0, 50)) assert.equal(few.has(person.workAddress), hasAccount(person, app));
  }
});

test('leavers are left out, or stand on the list with their day; in German as Windows-1252 with semicolons', () => {
  const people = samplePeople(60);
  const leavers = new Map([[14, '2026-10-30']]);
  const without = new TextDecoder().decode(peopleCsv(people, leavers, { omitLeavers: true }));
  assert.ok(!without.includes(people[14]!.workAddress));
  assert.equal(without.trim().split('\r\n').length, 60);
  assert.ok(new TextDecoder().decode(peopleCsv(people, leavers)).includes('2026-10-30'));
  const german = new TextDecoder('windows-1252').decode(germanPeopleCsv(people, leavers));
  assert.match(german, /Nachname;Vorname/);
  assert.match(german, /Weißmüller;Rüdiger/);
  assert.match(german, /30\.10\.2026/);
});
