import type { RuleFact } from '../rules/rule-facts.ts';
import { type FactsOfPerson, preferredFacts } from './held-access.ts';
import { addTo, emptySet, type PersonSet } from './person-set.ts';

/** One value of a fact; of what is true or not, `true` and `false`. Spellings that differ only in case or space are one value; `spellings` holds them all, the most common first. */
export type FactValue = { spellings: string[]; people: PersonSet; size: number };

/** The values of one fact. `of` gives each person's by its index in `values`; -1: unknown. `known`: whose value is known. */
export type FieldValues = { field: RuleFact; values: FactValue[]; of: Int32Array; known: PersonSet };

/** Gathers who has which value of each fact. Values stand in the order of their spelling, so that the same company always gives the same rules. */
export function factValues(people: readonly FactsOfPerson[]): FieldValues[] {
  return preferredFacts.map((field) => {
    const spelled = new Map<string, Map<string, number[]>>();
    for (const [index, { facts }] of people.entries()) {
      const fact = facts[field];
      const text = typeof fact === 'boolean' ? String(fact) : fact;
      const key = text?.trim().replaceAll(/\s+/g, ' ').toLowerCase();
      if (!text || !key) continue;
      const spellings = spelled.get(key) ?? new Map<string, number[]>();
      const alike = spellings.get(text);
      if (alike) alike.push(index);
      else spellings.set(text, [index]);
      spelled.set(key, spellings);
    }
    const of = new Int32Array(people.length).fill(-1);
    const known = emptySet(people.length);
    const sorted = [...spelled].sort(([one], [other]) => (one < other ? -1 : 1));
    const values = sorted.map(([, spellings], value) => {
      const byCount = [...spellings].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1));
      const members = emptySet(people.length);
      for (const person of byCount.flatMap(([, indices]) => indices)) {
        of[person] = value;
        addTo(members, person);
        addTo(known, person);
      }
      return { spellings: byCount.map(([text]) => text), people: members, size: byCount.reduce((sum, [, { length }]) => sum + length, 0) };
    });
    return { field, values, of, known };
  });
}
