import { headingKey } from '../../platform/tabular/index.ts';
import { saysLeaving, statusOf } from './read-words.ts';

/** What a status cell says, and whether it says that they are about to leave; `as` null when it is not known. */
export type StatusSaid = { as: 'active' | 'left' | 'on leave' | null; leaving: boolean };

/** Headings under which "yes" means that somebody has left. */
export const invertedHeadings = new Set(
  'terminated|is terminated|inactive|inaktiv|is inactive|left|ausgeschieden'.split('|').map(headingKey),
);

const yesNo = new Map<string, 'active' | 'left'>([
  ...'yes|ja|y|j|1|true|wahr|x'.split('|').map((word) => [word, 'left'] as const),
  ...'no|nein|n|0|false|falsch'.split('|').map((word) => [word, 'active'] as const),
]);

/** Codes of payroll programs, read only where the column speaks in codes. */
const codes = new Map<string, StatusSaid['as']>([
  ['a', 'active'],
  ['l', 'on leave'],
  ['p', 'on leave'],
  ['t', 'left'],
  ['i', 'left'],
  ['d', 'left'],
  ['r', 'left'],
]);

/**
 * How the cells of a status column are read. Its heading may turn yes and no round; single letters mean something only together: A, L and T are payroll
 * codes, T and F are true and false, and T alone says nothing.
 */
export function statusReader(heading: string, values: string[]): (text: string) => StatusSaid {
  const inverted = invertedHeadings.has(headingKey(heading));
  const letters = new Set(values.filter((value) => /^[a-z]$/i.test(value)).map((value) => value.toLowerCase()));
  const truth = letters.has('t') && letters.has('f');
  const payroll = !truth && letters.has('a');
  return (text) => {
    const word = text.toLowerCase();
    if (truth && (word === 't' || word === 'f')) return { as: (word === 't') === inverted ? 'left' : 'active', leaving: false };
    if (payroll && codes.has(word)) return { as: codes.get(word) ?? null, leaving: false };
    if (inverted && yesNo.has(word)) return { as: yesNo.get(word) ?? null, leaving: false };
    return { as: statusOf(text), leaving: saysLeaving(text) };
  };
}
