import { endFields, type Told, type ToldField } from './told-fields.ts';

/** What is known of the sources when one of them tells something. */
export type Standing = {
  /** Source id to rank; 1 is the strongest. */
  ranks: ReadonlyMap<string, number>;
  /** Field to the source that decides it. */
  authorities: ReadonlyMap<string, string>;
  /** Of one person: source id to what it last told. */
  told: ReadonlyMap<string, Told>;
  /** Of one person: field to what was told when somebody decided it. */
  choices: ReadonlyMap<string, Readonly<Record<string, string>>>;
};

/** `write`: it goes into the people list. `differs`: something stronger stands, and the difference is shown. `ask`: a person has to say which is right. */
export type Verdict = 'write' | 'differs' | 'ask';

/** 0 for the source that decides a field, else its rank. */
export const strengthOf = ({ ranks, authorities }: Pick<Standing, 'ranks' | 'authorities'>, source: string, field: string): number =>
  authorities.get(field) === source ? 0 : (ranks.get(source) ?? Number.POSITIVE_INFINITY);

/**
 * Whether a value that a source tells goes into the people list. The stronger source wins; what a person decided holds until something else is told; among equals
 * the newest change wins, except for leaving dates. A source that is silent about a field wins nothing in it.
 */
export function mayWrite(tell: { source: string; field: ToldField; value: string; stands: string | null }, standing: Standing): Verdict {
  const { source, field, value, stands } = tell;
  if (standing.choices.get(field)?.[source] === value) return 'differs';
  const mine = strengthOf(standing, source, field);
  const others = [...standing.told].filter(([id, told]) => id !== source && told[field] !== undefined);
  if (others.some(([id]) => strengthOf(standing, id, field) < mine)) return 'differs';
  const rivals = others.filter(([id, told]) => strengthOf(standing, id, field) === mine && told[field] !== value);
  if (rivals.length === 0) return 'write';
  if (endFields.includes(field)) return 'ask';
  if (stands === null) return 'write';
  const before = standing.told.get(source)?.[field];
  return before !== undefined && before !== value ? 'write' : 'differs';
}
