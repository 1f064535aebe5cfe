import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readClaims } from './proven-identity.ts';

const base = { iss: 'https://id.example', sub: '1', email: 'owen@fernhill.example' };

test('an address counts as confirmed only where the provider says so; that it says nothing is a third thing', () => {
  const said = (more: object) => readClaims('oidc', { ...base, ...more }, null).isVerified;
  assert.deepEqual(
    [said({ email_verified: true }), said({ email_verified: 'true' }), said({ email_verified: false }), said({})],
    [true, true, false, null],
  );
});

test('at Google only an account that its company manages counts: anybody can have one with a company’s address', () => {
  const said = (more: object) => readClaims('google', { ...base, email_verified: true, ...more }, null).isVerified;
  assert.deepEqual([said({ hd: 'fernhill.example' }), said({}), said({ hd: 'other.example' })], [true, false, false]);
});

test('at Entra the user name counts and not the mail, which its administrator can set to anything, unless its domain is verified', () => {
  const read = (more: object) =>
    readClaims('entra', { ...base, email: 'victim@fernhill.example', preferred_username: 'owen@fernhill.example', ...more }, null);
  assert.deepEqual([read({}).address, read({}).isVerified], ['owen@fernhill.example', null]);
  assert.deepEqual([read({ email_verified: true }).address, read({ email_verified: true }).isVerified], ['owen@fernhill.example', null]);
  assert.deepEqual([read({ xms_edov: true }).address, read({ xms_edov: '1' }).isVerified], ['victim@fernhill.example', true]);
});

test('no group is not the same as too many to be told', () => {
  const groups = (more: object) => readClaims('entra', { ...base, ...more }, 'groups').groups;
  assert.deepEqual(groups({ groups: ['a', 'b'] }), ['a', 'b']);
  assert.deepEqual(groups({ groups: 'a' }), ['a']);
  assert.deepEqual(groups({}), []);
  assert.equal(groups({ _claim_names: { groups: 'src1' } }), null);
  assert.equal(groups({ hasgroups: true }), null);
});

test('what is no address is none', () => {
  for (const email of ['', 'owen', 'a@b@c', 'a b@c.example', ['owen@fernhill.example'], { a: 1 }, `${'a'.repeat(320)}@x.example`])
    assert.equal(readClaims('oidc', { iss: 'x', sub: '1', email }, null).address, null, JSON.stringify(email));
});
