import type { RuleFact, RuleFacts } from '../rules/rule-facts.ts';

/** The facts in the order in which a rule prefers them where several say the same: a department says why, a cost centre does not. */
export const preferredFacts: readonly RuleFact[] = [
  'department',
  'location',
  'employmentType',
  'managesPeople',
  'country',
  'title',
  'costCentre',
  'manager',
];

/** A fact that is absent, null or empty is unknown: no condition holds for it. */
export type FactsOfPerson = { id: string; name: string; facts: Partial<RuleFacts> };

/** What can be held: an entitlement of an app by its name, or, where `entitlement` is null, the account itself. `kind` only tells entitlements of one name apart. */
export type Access = { appId: string; entitlement: string | null; kind: string | null };

/** Somebody holds something. Of an account with entitlements each entitlement is one; the account itself is one only where it has none. */
export type HeldAccess = Access & { personId: string };

/** `people`: everybody present. `held` and `ruled` (what rules in force give already, held or not) name only them; of others it is passed over. */
export type CompanyAccess = {
  people: readonly FactsOfPerson[];
  apps: readonly { id: string; name: string }[];
  held: readonly HeldAccess[];
  ruled: readonly HeldAccess[];
};
