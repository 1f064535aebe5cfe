import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decideAdmission, type Known } from './decide-admission.ts';
import type { ProvenIdentity } from './proven-identity.ts';

const rules = {
  domains: ['fernhill.example'],
  groupRoles: [
    { group: 'a', role: 'ops' as const },
    { group: 'b', role: 'hr' as const },
  ],
  withoutGroup: 'employee' as const,
  outsideRoster: 'refuse' as const,
};
const proven = (more: Partial<ProvenIdentity> = {}): ProvenIdentity => ({
  issuer: 'x',
  subject: '1',
  address: 'owen@fernhill.example',
  isVerified: true,
  name: null,
  groups: [],
  claims: [],
  ...more,
});
const nobody: Known = { linked: null, byAddress: null, person: null };
const linked = (roles: string[], givenRoles: string[], isDisabled = false): Known => ({
  ...nobody,
  linked: { id: 'm', roles, givenRoles, isDisabled },
});
const byAddress = (more: object = {}): Known => ({
  ...nobody,
  byAddress: { id: 'm', roles: ['ops'], isDisabled: false, isLinked: false, ...more },
});

test('where the groups cannot be known, nothing is given and nothing taken', () => {
  assert.deepEqual(decideAdmission(rules, proven({ groups: null }), linked(['ops', 'auditor'], ['ops'])), {
    memberId: 'm',
    roles: ['auditor', 'ops'],
    given: ['ops'],
  });
});

test('a role that somebody has by hand is never taken by their groups, whatever the groups said meanwhile', () => {
  const role = fc.constantFrom<string>('owner', 'ops', 'hr', 'auditor', 'finance');
  fc.assert(
    fc.property(fc.uniqueArray(role), fc.array(fc.subarray(['a', 'b', 'c']), { minLength: 1, maxLength: 6 }), (byHand, signIns) => {
      let member = { roles: byHand, given: [] as string[] };
      for (const groups of signIns) {
        const admission = decideAdmission(rules, proven({ groups }), linked(member.roles, member.given));
        assert.ok('roles' in admission);
        member = admission;
        for (const each of byHand) assert.ok(admission.roles.includes(each));
        for (const each of admission.roles) assert.ok(byHand.includes(each) || admission.given.includes(each));
        assert.equal(admission.roles.includes('owner'), byHand.includes('owner'), 'groups make no owner');
      }
    }),
  );
});

test('nobody whom the domains do not name, whose access has ended, or who has left is let in, whatever else is true', () => {
  const problemOf = (known: Known, more: Partial<ProvenIdentity> = {}) => {
    const admission = decideAdmission({ ...rules, outsideRoster: 'admit' }, proven(more), known);
    return 'problem' in admission ? admission.problem : null;
  };
  assert.equal(problemOf(nobody), null);
  assert.equal(problemOf(nobody, { address: 'owen@sub.fernhill.example' }), 'foreign_domain');
  assert.equal(problemOf(nobody, { address: 'owen@fernhill.example.evil.example' }), 'foreign_domain');
  assert.equal(problemOf(byAddress({ isDisabled: true })), 'access_ended');
  assert.equal(problemOf(linked(['ops'], [], true)), 'access_ended');
  assert.equal(problemOf({ ...linked(['ops'], []), person: { left: true } }), 'has_left');
  assert.equal(problemOf({ ...nobody, person: { left: true } }), 'has_left');
  assert.equal(problemOf({ ...nobody, person: { left: null } }), null, 'unknown is not left');
  assert.equal(problemOf(byAddress({ roles: ['owner'] }), { isVerified: null }), 'owner_unverified');
  assert.equal(problemOf(byAddress(), { isVerified: null }), null);
  assert.equal(problemOf(byAddress({ isLinked: true })), 'address_taken');
});
