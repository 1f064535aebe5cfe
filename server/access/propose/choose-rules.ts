import type { Condition } from './condition.ts';
import type { FieldValues } from './fact-values.ts';
import { fits, groupsBeside, groupsNamed, leastHolders, worth } from './fits.ts';
import { addAll, emptySet, type PersonSet } from './person-set.ts';
import type { Target } from './targets.ts';

/** A condition and the targets it is to give. */
export type ChosenRule = { condition: Condition; targets: Target[] };

export const mostRules = 15;
// What one rule more has to explain beyond what it newly gives, in grants, and what one grant more within a rule.
const ruleCost = { least: 2, share: 1 / 2000 };
const grantCost = 0.75;

type Pair = { condition: number; target: number; alone: number; gain: number };

/**
 * Chooses at most fifteen conditions and what each gives, so that as much as possible of what is held is explained and little would newly be given
 * (`worth`). Greedy: the condition that adds most is taken, until none is worth a rule; then each is tried for whether the others do without it
 * or another does better in its place. For each target the best of the chosen conditions give it. Yields between steps.
 */
export function* chooseRules(
  conditions: readonly Condition[],
  fields: readonly FieldValues[],
  targets: readonly Target[],
  people: number,
): Generator<void, ChosenRule[]> {
  const grants = targets.reduce((sum, { entitlement, held }) => sum + (entitlement === null ? 0 : held), 0);
  const cost = conditions.map((condition) => Math.max(ruleCost.least, grants * ruleCost.share) + condition.cost);
  const byCondition: Pair[][] = conditions.map(() => []);
  const byTarget: Pair[][] = targets.map(() => []);
  const choices = fields.reduce((sum, { values }) => sum + values.filter(({ size }) => size >= leastHolders).length, 0);
  for (const [condition, { people: meant }] of conditions.entries()) {
    const beside = onceAsked(() => groupsBeside(conditions[condition]!, fields, people));
    const named = onceAsked(() => groupsNamed(conditions[condition]!));
    for (const [target, each] of targets.entries()) {
      if (!fits(conditions[condition]!, each, { people, choices, beside, named })) continue;
      const pair = { condition, target, alone: worth(each, meant, null) - grantCost, gain: 0 };
      if (pair.alone <= 0) continue;
      byCondition[condition]!.push(pair);
      cost[condition]! += conditions[condition]!.discount * pair.alone;
      byTarget[target]!.push(pair);
    }
    if (condition % 50 === 49) yield;
  }
  const chosen = new Set<number>();
  const givers: number[][] = targets.map(() => []);
  const values = targets.map(() => 0);
  const gains = conditions.map(() => 0);

  const valueBy = (target: number, among: readonly number[]) =>
    among.length === 0 ? 0 : worth(targets[target]!, together(conditions, among, people), null) - grantCost * among.length;

  /** The best givers of a target among the chosen conditions, and what each other condition would add to them. */
  const settle = (target: number) => {
    const able = byTarget[target]!.filter(({ condition }) => chosen.has(condition)).sort((one, other) => other.alone - one.alone);
    let best: number[] = [];
    for (const { condition } of able) {
      const longer = [...best, condition];
      if (valueBy(target, longer) > valueBy(target, best)) best = longer;
    }
    for (const giver of [...best]) {
      const shorter = best.filter((each) => each !== giver);
      if (valueBy(target, shorter) > valueBy(target, best)) best = shorter;
    }
    const value = valueBy(target, best);
    if (best.length > 1 && able[0]!.alone >= value) best = [able[0]!.condition];
    givers[target] = best;
    values[target] = Math.max(value, able[0]?.alone ?? 0);
    const given = together(conditions, best, people);
    for (const pair of byTarget[target]!) {
      const added = worth(targets[target]!, conditions[pair.condition]!.people, given) - grantCost;
      const gain = chosen.has(pair.condition) ? 0 : Math.max(0, added, pair.alone - values[target]!);
      gains[pair.condition]! += gain - pair.gain;
      pair.gain = gain;
    }
  };
  const settleFor = (condition: number) => {
    for (const { target } of byCondition[condition]!) settle(target);
  };
  const add = (condition: number) => {
    chosen.add(condition);
    settleFor(condition);
  };
  const remove = (condition: number) => {
    chosen.delete(condition);
    settleFor(condition);
  };
  const total = () => values.reduce((sum, value) => sum + value, 0) - [...chosen].reduce((sum, condition) => sum + cost[condition]!, 0);
  const bestOther = (without: number | null) => {
    let best = -1;
    for (let condition = 0; condition < conditions.length; condition += 1) {
      if (condition === without || chosen.has(condition)) continue;
      if (gains[condition]! > cost[condition]! && (best < 0 || gains[condition]! - cost[condition]! > gains[best]! - cost[best]! + 1e-9))
        best = condition;
    }
    return best;
  };

  for (let target = 0; target < targets.length; target += 1) settle(target);
  yield;
  for (let round = 0; round < 3; round += 1) {
    let better = false;
    while (chosen.size < mostRules) {
      const next = bestOther(null);
      if (next < 0) break;
      add(next);
      better = true;
      yield;
    }
    if (round > 0 && !better) break;
    for (const condition of [...chosen].reverse()) {
      const before = total();
      remove(condition);
      if (total() >= before) continue;
      const other = bestOther(condition);
      if (other >= 0) {
        add(other);
        if (total() > before + 1e-6) continue;
        remove(other);
      }
      add(condition);
      yield;
    }
  }
  return [...chosen].map((condition) => ({
    condition: conditions[condition]!,
    targets: byCondition[condition]!.filter(({ target }) => givers[target]!.includes(condition)).map(({ target }) => targets[target]!),
  }));
}

function onceAsked<T>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}

function together(conditions: readonly Condition[], among: readonly number[], people: number): PersonSet {
  const set = emptySet(people);
  for (const condition of among) addAll(set, conditions[condition]!.people);
  return set;
}
