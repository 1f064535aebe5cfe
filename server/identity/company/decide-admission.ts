import type { CompanySignIn, GroupRole } from './company-sign-in.ts';
import type { ProvenIdentity } from './proven-identity.ts';
import type { SignInProblem } from './refuse-sign-in.ts';

export type StandingMember = { id: string; roles: string[]; isDisabled: boolean };

/** What is known here about whoever the provider names. */
export type Known = {
  /** Whom this identity of the provider was before. */
  linked: (StandingMember & { givenRoles: string[] }) | null;
  /** The member with the proven address, or the member whose person has it as work address. `isLinked`: to another identity of this provider. */
  byAddress: (StandingMember & { isLinked: boolean }) | null;
  person: { left: boolean | null } | null;
};

/** Who comes in: a member (null: one is to be made), with which roles, of which `given` came by groups. Or why not, and what they lose. */
export type Admission =
  | { memberId: string | null; roles: string[]; given: string[] }
  | { problem: SignInProblem; loses?: { memberId: string; roles: string[] } };

type Rules = Pick<CompanySignIn, 'domains' | 'groupRoles' | 'withoutGroup' | 'outsideRoster'>;

/** The roles that groups give, each once. Names are compared as they come, without regard to letter case. */
export function rolesOfGroups(groupRoles: readonly GroupRole[], groups: readonly string[]): string[] {
  const held = new Set(groups.map((group) => group.toLowerCase()));
  return [...new Set(groupRoles.filter(({ group }) => held.has(group.toLowerCase())).map(({ role }) => role))];
}

/**
 * Whether somebody whom the provider has proved is let in, and as what. Known by (issuer, subject) first; a first link goes by an address of a domain
 * that the organization named, never by one that the provider says is not confirmed. Roles that groups gave come and go with the groups;
 * roles given by hand stay. Where the groups cannot be known, nothing is given and nothing taken.
 */
export function decideAdmission(rules: Rules, proven: ProvenIdentity, known: Known): Admission {
  const problem = known.linked ? null : problemOfFirst(rules, proven, known);
  if (problem) return { problem };
  const member = known.linked ?? known.byAddress;
  if (member?.isDisabled) return { problem: 'access_ended' };
  if (known.person?.left === true) return { problem: 'has_left' };
  const givenBefore = known.linked?.givenRoles ?? [];
  const byHand = (member?.roles ?? []).filter((role) => !givenBefore.includes(role));
  const mapped = proven.groups === null ? givenBefore : rolesOfGroups(rules.groupRoles, proven.groups);
  const given = mapped.filter((role) => !byHand.includes(role));
  if (byHand.length + given.length > 0) return { memberId: member?.id ?? null, roles: [...byHand, ...given], given };
  if (rules.withoutGroup === 'employee') return { memberId: member?.id ?? null, roles: ['employee'], given: ['employee'] };
  return { problem: 'no_role', ...(member && givenBefore.length > 0 ? { loses: { memberId: member.id, roles: [] } } : {}) };
}

function problemOfFirst({ domains, outsideRoster }: Rules, proven: ProvenIdentity, { byAddress, person }: Known): SignInProblem | null {
  if (proven.address === null) return 'no_address';
  const domain = proven.address.split('@')[1]!.toLowerCase();
  if (!domains.includes(domain)) return 'foreign_domain';
  if (proven.isVerified === false) return 'unverified_address';
  if (byAddress) {
    if (byAddress.isDisabled) return 'access_ended';
    if (byAddress.isLinked) return 'address_taken';
    return byAddress.roles.includes('owner') && proven.isVerified !== true ? 'owner_unverified' : null;
  }
  return person === null && outsideRoster === 'refuse' ? 'not_on_roster' : null;
}
