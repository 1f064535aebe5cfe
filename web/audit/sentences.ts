import { isRecord, type Values } from './values.ts';

/** What an event did as one sentence, and the fields that the sentence says already. */
export type Said = { sentence: string; says: string[] };

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const counted = (count: unknown, one: string, many: string): string =>
  `${number(count).toLocaleString('en')} ${number(count) === 1 ? one : many}`;

/** "3 new, 0 changed": those that the event counts, with the zeros of the first. */
const parts = (after: Values, names: [key: string, words: string, always?: true][]): string =>
  names
    .filter(([key, , always]) => key in after && (always || number(after[key]) > 0))
    .map(([key, words]) => `${number(after[key]).toLocaleString('en')} ${words}`)
    .join(', ');

const readCounts: Parameters<typeof parts>[1] = [
  ['added', 'new', true],
  ['changed', 'changed', true],
  ['unchanged', 'as before', true],
  ['gone', 'gone'],
  ['refused', 'refused'],
];
const whose: Parameters<typeof parts>[1] = [
  ['suggested', 'with somebody suggested'],
  ['unmatched', 'of nobody we know'],
];
const listCounts: Parameters<typeof parts>[1] = [
  ['new', 'new', true],
  ['changed', 'changed', true],
  ['unchanged', 'as before', true],
  ['missing', 'not on it any more'],
  ['ending', 'with an end'],
  ['questions', 'with a question'],
  ['refused', 'refused'],
];

const keys = (...of: Parameters<typeof parts>[1][]): string[] => of.flat().map(([key]) => key);
const sourceWords = ({ source, label }: Values): string =>
  source === 'sync' ? ' over its connection' : typeof label === 'string' ? ` from “${label}”` : '';
const incomplete = (said: unknown, as: string): string => (said === false ? ` It was not complete, so nobody counts as ${as}.` : '');

const sentences: Record<string, (after: Values) => Said> = {
  'accounts.read': (after) => {
    const open = parts(after, whose);
    return {
      sentence: `${counted(after.rows, 'account', 'accounts')} read${sourceWords(after)}: ${parts(after, readCounts)}.${open === '' ? '' : ` ${open[0]?.toUpperCase()}${open.slice(1)}.`}${incomplete(after.complete, 'gone')}`,
      says: ['rows', 'source', 'label', 'complete', 'matched', 'grantsAdded', 'grantsRemoved', ...keys(readCounts, whose)],
    };
  },
  'people.imported': (after) => ({
    sentence: `${counted(after.rows, 'row', 'rows')}: ${parts(after, listCounts)}.${incomplete(after.declaredComplete, 'left')}`,
    says: ['rows', 'done', 'total', 'declaredComplete', ...keys(listCounts)],
  }),
  'person.erased': (after) => erased(after),
  'audit.values-erased': (after) => erased(after),
};

const erasedNames: Record<string, [one: string, many: string]> = {
  mail: ['message', 'messages'],
  messages: ['message', 'messages'],
  audit: ['event of the audit', 'events of the audit'],
  eventIds: ['event of the audit', 'events of the audit'],
  access: ['access change', 'access changes'],
  accounts: ['account', 'accounts'],
  exits: ['exit', 'exits'],
  imports: ['row of a people list', 'rows of people lists'],
  membership: ['membership', 'memberships'],
  syncs: ['row of a reading', 'rows of readings'],
  tasks: ['task', 'tasks'],
};

function erased(after: Values): Said {
  const lost = Object.entries(after).flatMap(([key, value]) => {
    const count = Array.isArray(value) ? value.length : value;
    if (typeof count !== 'number' || count === 0) return [];
    const [one, many] = erasedNames[key] ?? [`of “${key}”`, `of “${key}”`];
    return [counted(count, one, many)];
  });
  return {
    sentence: lost.length === 0 ? 'Nothing else named them.' : `${lost.join(', ')} lost what named them.`,
    says: Object.keys(after),
  };
}

/** The sentence of an event whose counts belong together; null where its fields speak for themselves. */
export function sentenceOf(action: string, after: unknown): Said | null {
  const sentence = sentences[action];
  if (sentence !== undefined && isRecord(after)) return sentence(after);
  return null;
}
