import type { RuleFact } from '../rules/rule-facts.ts';
import { type Condition, conditionOf } from './condition.ts';
import type { FieldValues } from './fact-values.ts';
import { addAll, bits, both, emptySet, everyone, type PersonSet, sizeOf, sizeOfBoth, without } from './person-set.ts';
import { partWeight, type Target } from './targets.ts';

/** Of those whom a rule means, at least this share hold what it would give, and of each value it names at least `leastOfValue`. */
export const leastSupport = 0.75;
const leastOfValue = 0.6;
/** Fewer holders than these are no rule. */
export const leastHolders = 3;
// For a role that runs the app.
const leastPowerful = 0.9;
const mostPowerful = { people: 8, share: 0.05 };

/**
 * Whether a rule of this condition may give this: enough hold it, and more of them than chance would leave there. Chance is judged by how many hold
 * it beside the condition (`beside`: the groups that those whom it means belong to, without them; of each, as of `named`, worked out when first asked for): with 7 of 10 people holding something anyway,
 * 3 of 3 with a title say nothing. Of a role, too, whether those with an account hold it more often than others with an account. The test is the
 * Chernoff bound of the binomial tail, n · KL(k/n ‖ p) (Arratia and Gordon 1989), against a bound that grows with the ways to choose a condition: `choices` values.
 */
export function fits(
  condition: Condition,
  target: Target,
  among: { people: number; choices: number; beside(): PersonSet[]; named(): PersonSet[] },
): boolean {
  const { people, choices } = among;
  const { size, terms } = condition;
  const held = sizeOfBoth(condition.people, target.holders);
  if (held < leastHolders || held < leastSupport * size) return false;
  if (target.powerful && (held < leastPowerful * size || size > Math.max(mostPowerful.people, mostPowerful.share * people))) return false;
  if (terms.length === 0) return true;
  const named = terms.reduce((sum, { values }) => sum + values.length, 0);
  const bound = 1.5 + terms.length * Math.log(1 + choices) + 2 * (named - terms.length);
  const rates = among.beside().map((group) => rateAmong(sizeOf(group), sizeOfBoth(group, target.holders), target.held / people));
  if (!tells(size, held, Math.max(...rates), bound)) return false;
  for (const meant of among.named()) if (sizeOfBoth(meant, target.holders) < leastOfValue * sizeOf(meant)) return false;
  const accounts = sizeOf(target.accounts);
  if (target.entitlement === null || target.held >= leastSupport * accounts) return true;
  const own = sizeOfBoth(condition.people, target.accounts);
  return tells(own, held, rateAmong(accounts - own, target.held - held, target.held / accounts), bound);
}

const rateAmong = (size: number, holding: number, overall: number) => (holding + 2 * overall) / (size + 2);

const tells = (size: number, held: number, expected: number, bound: number) =>
  held / size > expected && size * divergence(held / size, Math.max(expected, 0.002)) >= bound;

/**
 * The groups beside a condition, each without those whom it means: everybody, or those for whom one of its terms holds; and those of the departments,
 * locations and kinds of employment that its people are of, where there are some besides them.
 */
export function groupsBeside(condition: Condition, fields: readonly FieldValues[], people: number): PersonSet[] {
  const { terms, size } = condition;
  const own = terms.length > 1 ? terms.map((term) => conditionOf(people, [term])!.people) : [everyone(people)];
  const wider = fields
    .filter(({ field }) => groupFields.has(field) && !terms.some((term) => term.field.field === field))
    .map(({ values }) => {
      const group = emptySet(people);
      for (const value of values) if (sizeOfBoth(value.people, condition.people) >= leastOfGroup * size) addAll(group, value.people);
      return without(group, condition.people);
    });
  return [...own.map((group) => without(group, condition.people)), ...wider.filter((group) => sizeOf(group) >= leastHolders)];
}

/** Of each value that a condition names beside others of its fact: those of its people who have it. */
export const groupsNamed = ({ terms, people }: Condition): PersonSet[] =>
  terms.flatMap(({ field, values, not }) =>
    not || values.length < 2 ? [] : values.map((value) => both(people, field.values[value]!.people)),
  );

const groupFields: ReadonlySet<RuleFact> = new Set(['department', 'location', 'employmentType']);
const leastOfGroup = 0.1;

/** Kullback-Leibler divergence of two probabilities, in nats. */
function divergence(rate: number, expected: number): number {
  const part = (share: number, of: number) => (share === 0 ? 0 : share * Math.log(share / of));
  return part(rate, expected) + part(1 - rate, 1 - expected);
}

/** What a target is worth given to `to`: grants explained, less what would newly be given. */
export function worth(target: Target, to: PersonSet, given: PersonSet | null): number {
  const { whole, part, holders, ruled } = target;
  let explained = 0;
  let half = 0;
  let missed = 0;
  for (let word = 0; word < to.length; word += 1) {
    const fresh = to[word]! & ~ruled[word]! & ~(given === null ? 0 : given[word]!);
    if (fresh === 0) continue;
    explained += bits(fresh & whole[word]!);
    half += bits(fresh & part[word]!);
    missed += bits(fresh & ~holders[word]!);
  }
  return explained + partWeight * half - missCost * target.missWeight * missed;
}

// Below 1, so that the more general of two conditions wins where they are about as good.
const missCost = 0.7;
