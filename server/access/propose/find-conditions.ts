import { type Condition, conditionOf, type Term } from './condition.ts';
import type { FieldValues } from './fact-values.ts';
import { leastHolders, leastSupport } from './fits.ts';
import { preferredFacts } from './held-access.ts';
import { isIn, membersOf, sizeOf } from './person-set.ts';
import type { Target } from './targets.ts';

/** Conditions by whom they mean: of several that mean the same people the simplest is kept. */
export type Conditions = Map<string, Condition>;

// A value of one person is a name, no rule; in a set of several values two people are enough.
const leastOfValue = { alone: 3, inSet: 2 };

export function addCondition(conditions: Conditions, people: number, terms: Term[]): void {
  const condition = conditionOf(people, terms);
  if (!condition || condition.size < leastHolders) return;
  const key = condition.people.join();
  const known = conditions.get(key);
  if (!known || condition.cost < known.cost || (condition.cost === known.cost && condition.text < known.text))
    conditions.set(key, condition);
}

/** Everyone; one value of one fact; for each target the values of a fact whose people mostly hold it; everybody but one kind of employment. */
export function simpleConditions(fields: readonly FieldValues[], targets: readonly Target[], people: number): Conditions {
  const conditions: Conditions = new Map();
  addCondition(conditions, people, []);
  const everyone = Array.from({ length: people }, (_, person) => person);
  for (const field of fields) {
    for (const [value, { size }] of field.values.entries()) {
      if (size >= leastOfValue.alone) addCondition(conditions, people, [{ field, values: [value], not: false }]);
    }
    for (const term of negations(field)) addCondition(conditions, people, [term]);
    for (const target of targets) {
      const term = holdingValues(field, everyone, target);
      if (term) addCondition(conditions, people, [term]);
    }
  }
  return conditions;
}

/**
 * Conditions of two terms, for what the simple ones leave: within each value of a fact (or all but one kind of employment) the values of another
 * fact whose people mostly hold the target, or all but one kind of employment. Yields after each target.
 */
export function* joinedConditions(fields: readonly FieldValues[], loose: readonly Target[], people: number): Generator<void, Conditions> {
  const conditions: Conditions = new Map();
  const bases = fields
    .flatMap((field): Term[] => [
      ...[...field.values.keys()]
        .filter((value) => field.values[value]!.size > leastHolders)
        .map((value) => ({ field, values: [value], not: false })),
      ...negations(field),
    ])
    .flatMap((term) => {
      const condition = conditionOf(people, [term]);
      return condition ? [{ term, members: membersOf(condition.people) }] : [];
    });
  const employment = fields.flatMap(negations);
  for (const target of loose) {
    for (const { term, members } of bases) {
      const holding = members.reduce((sum, person) => sum + (isIn(target.holders, person) ? 1 : 0), 0);
      // Where nearly all of them hold it, or nearly nobody, a second term finds nothing.
      if (holding < leastHolders || holding > nearlyAll * members.length) continue;
      for (const field of fields) {
        if (field === term.field) continue;
        const second = holdingValues(field, members, target);
        if (second) addCondition(conditions, people, inOrder(term, second));
      }
      if (!term.not && holding > members.length / 2) {
        for (const second of employment) if (second.field !== term.field) addCondition(conditions, people, inOrder(term, second));
      }
    }
    yield;
  }
  return conditions;
}

const nearlyAll = 0.96;

const inOrder = (one: Term, other: Term): Term[] =>
  [one, other].sort(
    (a, b) => Number(a.not) - Number(b.not) || preferredFacts.indexOf(a.field.field) - preferredFacts.indexOf(b.field.field),
  );

/** Everybody of a known employment but one kind, where more than one person is of it, and no more than half of all: "everyone but employees" is no way to say it. */
const negations = (field: FieldValues): Term[] =>
  field.field !== 'employmentType' || field.values.length < 2
    ? []
    : [...field.values.keys()]
        .filter((value) => field.values[value]!.size > 1 && field.values[value]!.size * 2 <= sizeOf(field.known))
        .map((value) => ({ field, values: [value], not: true }));

/** The values of a fact that go with holding the target, among these people; null where there are none, or all. */
function holdingValues(field: FieldValues, among: readonly number[], target: Target): Term | null {
  const of = new Uint16Array(field.values.length);
  const holding = new Uint16Array(field.values.length);
  for (const person of among) {
    const value = field.of[person]!;
    if (value < 0) continue;
    of[value]! += 1;
    if (isIn(target.holders, person)) holding[value]! += 1;
  }
  const values: number[] = [];
  let others = 0;
  for (const [value, all] of of.entries()) {
    if (all >= leastOfValue.inSet && holding[value]! >= leastSupport * all - roundedOff) values.push(value);
    else if (all > 0) others += 1;
  }
  return values.length === 0 || others === 0 ? null : { field, values, not: false };
}

// Two of three count as enough for one value among several.
const roundedOff = 0.26;
