import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AccountToMatch, matchAccounts, type PersonToMatch } from './match-accounts.ts';

const person = (id: string, givenName: string, familyName: string, more: Partial<PersonToMatch> = {}): PersonToMatch => ({
  id,
  givenName,
  familyName,
  workAddress: `${id}@acme.example`,
  personalAddress: null,
  aliases: [],
  employeeNumber: null,
  ...more,
});
const account = (more: Partial<AccountToMatch>): AccountToMatch => ({
  userName: null,
  address: null,
  displayName: null,
  employeeNumber: null,
  ...more,
});
const people = [
  person('jane', 'Jane', 'Doe', { employeeNumber: 'P-1', aliases: ['jd@acme.example'], personalAddress: 'jane@home.example' }),
  person('jurgen', 'Jürgen', 'Groß'),
  person('lukasz', 'Łukasz', 'Ørsted'),
  person('ann', 'Ann', 'van der Roe', { preferredName: 'Annie' }),
  person('twin1', 'Kim', 'Lee', { employeeNumber: '7' }),
  person('twin2', 'Kim', 'Lee', { employeeNumber: '7' }),
];
const match = (more: Partial<AccountToMatch>) => matchAccounts([account(more)], people)[0] as ReturnType<typeof matchAccounts>[number];

test('a confirmed match wins, then the work address, the employee number and other addresses, whatever the capitals', () => {
  const how = (more: Partial<AccountToMatch>) => [match(more).personId, match(more).how];
  assert.deepEqual(how({ address: 'jane@acme.example', confirmedPersonId: 'ann' }), ['ann', 'confirmed']);
  assert.deepEqual(how({ address: 'JANE@Acme.example' }), ['jane', 'address']);
  assert.deepEqual(how({ userName: 'jane@acme.example' }), ['jane', 'address']);
  assert.deepEqual(how({ employeeNumber: 'p-1' }), ['jane', 'employee-number']);
  assert.deepEqual(how({ address: 'jd@acme.example' }), ['jane', 'alias']);
});

test('a personal address, likeness of names and what fits several people are suggestions only', () => {
  const suggested = (more: Partial<AccountToMatch>) => {
    const found = match(more);
    assert.equal(found.personId, null);
    return found.suggestion?.personId ?? null;
  };
  assert.equal(suggested({ address: 'jane@home.example' }), 'jane');
  assert.equal(suggested({ address: 'jane.doe@old.example' }), 'jane');
  assert.equal(suggested({ address: 'jane.doe2@old.example' }), 'jane');
  assert.equal(suggested({ userName: 'jdoe' }), 'jane');
  assert.equal(suggested({ userName: 'ACME\\doej' }), 'jane');
  assert.equal(suggested({ address: 'juergen.gross@old.example' }), 'jurgen');
  assert.equal(suggested({ address: 'jurgen.gross@old.example' }), 'jurgen');
  assert.equal(suggested({ address: 'lukasz.orsted@old.example' }), 'lukasz');
  assert.equal(suggested({ address: 'lukasz.oersted@old.example' }), 'lukasz');
  assert.equal(suggested({ address: 'annie.vanderroe@old.example' }), 'ann');
  assert.equal(suggested({ displayName: 'Groß, Jürgen', userName: 'x99' }), 'jurgen');
  assert.equal(suggested({ displayName: 'Ann van der Roe (Sales)' }), 'ann');
  assert.equal(suggested({ address: 'zoe@old.example' }), null);
  const twins = match({ employeeNumber: '7' });
  assert.deepEqual([twins.how, twins.suggestion?.personId, twins.suggestion?.alsoPossible], ['suggestion', 'twin1', ['twin2']]);
  assert.equal(twins.suggestion?.why, "Employee number 7 is Kim Lee and Kim Lee's. Only one can be right.");
});

test('an address and a number that disagree are asked', () => {
  const found = match({ address: 'ann@acme.example', employeeNumber: 'P-1' });
  assert.deepEqual([found.personId, found.how], [null, 'suggestion']);
  assert.equal(found.suggestion?.why, "The address is Ann van der Roe's, employee number P-1 is Jane Doe's. Only one can be right.");
});

test('somebody who was said not to be the owner is not matched or suggested again', () => {
  assert.equal(match({ address: 'jane@acme.example', notPersonIds: ['jane'] }).personId, null);
  assert.equal(match({ userName: 'jdoe', notPersonIds: ['jane'] }).suggestion, null);
});

test('what looks like a machine is said, and only where nobody owns it for certain', () => {
  assert.match(match({ address: 'svc-backup@acme.example' }).looksLikeService ?? '', /machine/);
  assert.equal(match({ address: 'jane@acme.example', displayName: 'Jane API' }).looksLikeService, null);
});

test('10,000 accounts are compared with 10,000 people without comparing each with each', () => {
  const letters = (n: number) => n.toString(26).replace(/./g, (c) => String.fromCharCode(97 + Number.parseInt(c, 26)));
  const many = Array.from({ length: 10_000 }, (_, i) =>
    person(`p${i}`, `Gi${letters(i)}`, `Fä${letters(i * 7)}`, { employeeNumber: `${i}` }),
  );
  const accounts = many.map((_, i) =>
    account(
      i % 2 === 0 ? { address: `p${i}@acme.example` } : { address: `gi${letters(i)}.fae${letters(i * 7)}@old.example`, displayName: 'x y' },
    ),
  );
  const begun = performance.now();
  const found = matchAccounts(accounts, many);
  const took = performance.now() - begun;
  assert.equal(found.filter(({ personId }) => personId !== null).length, 5000);
  assert.equal(found.filter(({ suggestion }) => suggestion !== null).length, 5000);
  assert.ok(took < 10_000, `${took} ms`);
});
