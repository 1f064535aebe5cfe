import { MAX_EXPRESSION_LENGTH } from '../../platform/expressions/index.ts';
import type { RuleFact } from '../rules/rule-facts.ts';
import type { FieldValues } from './fact-values.ts';
import { everyone, type PersonSet, sizeOf } from './person-set.ts';

/** `field` is one of `values` (their indices in the field's values), or, `not`, is known and none of them. */
export type Term = { field: FieldValues; values: number[]; not: boolean };

/**
 * Whom a rule may mean: those for whom every term holds; without a term everybody. `cost` grows with what somebody has to read and keep up, in
 * grants; `discount` is the share of what it explains by which it has to be better than a condition on a department.
 */
export type Condition = { terms: Term[]; text: string; people: PersonSet; size: number; cost: number; discount: number };

// A cost centre or a manager says the same as a department or a team, but nobody would write the rule like that.
const fieldCosts: Record<RuleFact, number> = {
  department: 0,
  location: 0.1,
  employmentType: 0.1,
  managesPeople: 0.2,
  country: 0.2,
  title: 0.3,
  costCentre: 0.6,
  manager: 1.2,
};
const fieldDiscounts: Partial<Record<RuleFact, number>> = { title: 0.01, costCentre: 0.04, manager: 0.08 };
const secondTerm = { cost: 1.5, discount: 0.02 };
const costPerFurtherValue = 0.1;

/** The condition that these terms make, or null where its text would be longer than a rule may be. */
export function conditionOf(people: number, terms: Term[]): Condition | null {
  const text = terms.map(termText).join(' && ') || 'true';
  if (text.length > MAX_EXPRESSION_LENGTH / 2) return null;
  const members = everyone(people);
  for (const term of terms) for (let word = 0; word < members.length; word += 1) members[word]! &= termPeople(term, word);
  const costs = terms.map(({ field, values }) => fieldCosts[field.field] + costPerFurtherValue * (values.length - 1));
  const further = Math.max(0, terms.length - 1);
  const cost = costs.reduce((sum, each) => sum + each, further * secondTerm.cost);
  const discount = terms.reduce((sum, { field }) => sum + (fieldDiscounts[field.field] ?? 0), further * secondTerm.discount);
  return { terms, text, people: members, size: sizeOf(members), cost, discount };
}

/** For whom the term holds, of the people in one word of a set. */
function termPeople({ field, values, not }: Term, word: number): number {
  let named = 0;
  for (const value of values) named |= field.values[value]!.people[word]!;
  return not ? field.known[word]! & ~named : named;
}

/**
 * CEL: `person.field == "…"`, `person.field in ["…", "…"]`, or `person.field != "…"`; of what is true or not `person.field` or `!person.field`. In the
 * form that the page's form reads back.
 */
function termText({ field, values, not }: Term): string {
  const texts = values.flatMap((value) => field.values[value]!.spellings).map((spelling) => JSON.stringify(spelling));
  const name = `person.${field.field}`;
  if (field.field === 'managesPeople') return isTrue({ field, values }) ? name : `!${name}`;
  if (not) return texts.map((text) => `${name} != ${text}`).join(' && ');
  return texts.length === 1 ? `${name} == ${texts[0]}` : `${name} in [${texts.join(', ')}]`;
}

/** Whom the condition means, in words that go after a number of people: "in Sales", "who are no contractor". */
export function conditionWords(condition: Condition): string {
  return condition.terms.length === 0 ? 'people' : condition.terms.map(termWords).join(' ');
}

/** A name for the rule: "Everyone", "Sales, Berlin", "Everyone but contractor", "Sales, managers of people". */
export function conditionName(condition: Condition): string {
  if (condition.terms.length === 0) return 'Everyone';
  const parts = condition.terms.map(termName);
  if (condition.terms.length === 1 && condition.terms[0]!.not) return `Everyone but ${anyOf(condition.terms[0]!, 'and')}`;
  const name = parts.join(', ');
  if (condition.terms.length === 1 && condition.terms[0]!.field.field === 'managesPeople')
    return isTrue(condition.terms[0]!) ? 'Managers of people' : 'Everyone who manages nobody';
  return name.length > 100 ? `${name.slice(0, 98).replace(/[ ,]+$/, '')} …` : name;
}

function termName(term: Term): string {
  if (term.field.field === 'managesPeople') return isTrue(term) ? 'managers of people' : 'manages nobody';
  return term.not ? `not ${anyOf(term, 'or')}` : anyOf(term, 'and');
}

const leads: Record<Exclude<RuleFact, 'managesPeople'>, string> = {
  department: 'in',
  location: 'in',
  country: 'in',
  employmentType: 'employed as',
  title: 'with the title',
  costCentre: 'on cost centre',
  manager: 'who report to',
};

function termWords(term: Term): string {
  const { field } = term.field;
  if (field === 'managesPeople') return isTrue(term) ? 'who manage people' : 'who manage nobody';
  return term.not ? `not employed as ${anyOf(term, 'or')}` : `${leads[field]} ${anyOf(term, 'or')}`;
}

/** Of a term on what is true or not: whether it means those of whom it is true. */
const isTrue = ({ field, values }: Pick<Term, 'field' | 'values'>): boolean => field.values[values[0]!]!.spellings[0] === 'true';

function anyOf({ field, values }: Term, joint: 'and' | 'or'): string {
  const names = values.map((value) => field.values[value]!.spellings[0]!);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${joint} ${names.at(-1)}`;
}
