import { type ChosenRule, chooseRules } from './choose-rules.ts';
import { type Condition, conditionName, conditionWords } from './condition.ts';
import { factValues } from './fact-values.ts';
import { joinedConditions, simpleConditions } from './find-conditions.ts';
import { leastHolders } from './fits.ts';
import type { Access, CompanyAccess } from './held-access.ts';
import { addAll, emptySet, isIn, isWithin, membersOf, type PersonSet, sizeOf, sizeOfBoth } from './person-set.ts';
import { findTargets, type Target } from './targets.ts';

/** One grant of a proposed rule: `held` of the `of` people whom the rule means have it already. */
export type ProposedGrant = Access & { app: string; held: number; of: number };

/**
 * `when` is CEL, `meant` words for whom it means. `peopleIds`: whom it means. `without`: everybody it means who has not yet what it would give.
 */
export type ProposedRule = {
  name: string;
  when: string;
  meant: string;
  grants: ProposedGrant[];
  peopleIds: string[];
  without: (Access & { personId: string; app: string })[];
};

/**
 * `grants`: everything that is held, each entitlement of an account once, and the account itself where it has no entitlement. `explained`: of them,
 * what a proposed rule or a rule in force (`ruled`) gives; an account without entitlements is explained by whatever is given in its app.
 * An account whose entitlement no rule gives is not explained by a rule that gives the account alone: `accounts` counts those, account by account.
 */
export type Proposal = {
  rules: ProposedRule[];
  explained: { grants: number; total: number; ruled: number; accounts: { explained: number; total: number } };
  leftOver: (Access & { app: string; holderIds: string[]; powerful: boolean })[];
};

/**
 * Rules that would give people what they hold: at most fifteen, each with its exceptions. Pure, and the same for the same company.
 * Runs to its end in one go; `proposingRules` is the same in steps.
 */
export function proposeRules(company: CompanyAccess): Proposal {
  const steps = proposingRules(company);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** As proposeRules; yields every few milliseconds so that the caller can let others work. */
export function* proposingRules(company: CompanyAccess): Generator<void, Proposal> {
  const people = company.people.length;
  const fields = factValues(company.people);
  const all = findTargets(company);
  const targets = all.filter(({ held }) => held >= leastHolders);
  const simple = simpleConditions(fields, targets, people);
  yield;
  const first = yield* chooseRules(sorted(simple.values()), fields, targets, people);
  const loose = targets.filter((target) => isLoose(target, first, people));
  const joined = yield* joinedConditions(fields, loose, people);
  const conditions = new Map([...joined, ...simple]);
  const chosen = joined.size === 0 ? first : yield* chooseRules(sorted(conditions.values()), fields, targets, people);
  return describe(company, all, withoutIdleGrants(chosen, people));
}

const sorted = (conditions: Iterable<Condition>) =>
  [...conditions].sort((one, other) => one.cost - other.cost || other.size - one.size || (one.text < other.text ? -1 : 1));

/** Whether the simple rules leave much of it: holders unexplained, or many who would newly get it. */
function isLoose(target: Target, rules: readonly ChosenRule[], people: number): boolean {
  const given = givenBy(rules, (each) => each === target, people);
  addAll(given, target.ruled);
  const both = sizeOfBoth(given, target.holders);
  return target.held - both >= leastHolders || sizeOf(given) - both >= leastHolders;
}

function givenBy(rules: readonly ChosenRule[], which: (target: Target) => boolean, people: number): PersonSet {
  const given = emptySet(people);
  for (const { condition, targets } of rules) if (targets.some(which)) addAll(given, condition.people);
  return given;
}

/** Drops accounts from rules whose people all get an entitlement of the app by some rule, and rules that give nothing then. */
function withoutIdleGrants(rules: readonly ChosenRule[], people: number): ChosenRule[] {
  return rules
    .map(({ condition, targets }) => ({
      condition,
      targets: targets.filter(
        ({ appId, entitlement }) =>
          entitlement !== null ||
          !isWithin(
            condition.people,
            givenBy(rules, (other) => other.appId === appId && other.entitlement !== null, people),
          ),
      ),
    }))
    .filter(({ targets }) => targets.length > 0);
}

function describe(company: CompanyAccess, all: readonly Target[], chosen: readonly ChosenRule[]): Proposal {
  const people = company.people.length;
  const idsOf = (set: PersonSet) => membersOf(set).map((index) => company.people[index]!.id);
  const rules = chosen.map(({ condition, targets }) => {
    const grants = targets.map(({ appId, app, entitlement, kind, holders }) => ({
      ...{ appId, app, entitlement, kind, held: sizeOfBoth(condition.people, holders), of: condition.size },
    }));
    const without = targets.flatMap((target) => {
      const { appId, app, entitlement, kind } = target;
      const members = membersOf(condition.people).filter((person) => !isIn(target.holders, person));
      return members.map((person) => ({ personId: company.people[person]!.id, appId, app, entitlement, kind }));
    });
    const rule = { name: conditionName(condition), when: condition.text, meant: conditionWords(condition), grants, without };
    return { ...rule, peopleIds: idsOf(condition.people) };
  });
  const weight = ({ grants }: ProposedRule) => grants.reduce((sum, { held }) => sum + held, 0);
  rules.sort((one, other) => weight(other) - weight(one) || (one.when < other.when ? -1 : 1));
  const explained = { grants: 0, total: 0, ruled: 0, accounts: { explained: 0, total: 0 } };
  const leftOver: Proposal['leftOver'] = [];
  for (const target of all) {
    const { appId, app, entitlement, kind, whole, powerful } = target;
    const given = givenBy(chosen, (other) => other === target || (entitlement === null && other.appId === appId), people);
    addAll(given, target.ruled);
    explained.total += sizeOf(whole);
    explained.grants += sizeOfBoth(whole, given);
    explained.ruled += sizeOfBoth(whole, target.ruled);
    if (entitlement === null) {
      explained.accounts.total += target.held;
      explained.accounts.explained += sizeOfBoth(target.holders, given);
    }
    const rest = whole.map((word, index) => word & ~given[index]!);
    if (sizeOf(rest) > 0) leftOver.push({ appId, app, entitlement, kind, holderIds: idsOf(rest), powerful });
  }
  leftOver.sort((one, other) => other.holderIds.length - one.holderIds.length);
  return { rules, explained, leftOver };
}
