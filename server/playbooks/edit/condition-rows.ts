import type { PlaybookDefinition } from '../schedule/playbook-definition.ts';
import { deniedWords, factWords } from './playbook-words.ts';

export const comparisons = ['==', '!=', '>', '>=', '<', '<='] as const;
export type Comparison = (typeof comparisons)[number];

/** One row of a condition that a form can show. */
export type ConditionRow = { field: string; is: Comparison; value: string | number | boolean };
export type ConditionRows = { join: 'all' | 'any'; rows: ConditionRow[] };

const field = String.raw`(?:person|leaving|joining|answers)\.[A-Za-z][A-Za-z0-9_]*`;
const compared = new RegExp(String.raw`^(${field})\s*(==|!=|>=|<=|>|<)\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|-?\d+|true|false)$`);
const alone = new RegExp(String.raw`^(!?)\s*(${field})$`);

/** The rows of a condition that is a list of simple comparisons, all joined alike; null for any other, which is shown as text. Pure. */
export function conditionRows(text: string): ConditionRows | null {
  const parts = splitOutsideQuotes(text);
  if (parts === null) return null;
  const rows = parts.rows.map(rowOf);
  return rows.every((row) => row !== null) ? { join: parts.join, rows: rows as ConditionRow[] } : null;
}

function rowOf(text: string): ConditionRow | null {
  const single = alone.exec(text);
  if (single) return { field: single[2]!, is: '==', value: single[1] !== '!' };
  const match = compared.exec(text);
  if (!match) return null;
  const value = literal(match[3]!);
  return value === null ? null : { field: match[1]!, is: match[2] as Comparison, value };
}

function literal(text: string): string | number | boolean | null {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^-?\d+$/.test(text)) return Number(text);
  const inner = text.slice(1, -1);
  // Escapes other than of the quotes themselves have their own meaning: such a condition stays text.
  return /\\(?!["'\\])/.test(inner) ? null : inner.replaceAll(/\\(["'\\])/g, '$1');
}

function splitOutsideQuotes(text: string): { join: 'all' | 'any'; rows: string[] } | null {
  const rows: string[] = [];
  let from = 0;
  let quote = '';
  let join: '&&' | '||' | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    if (quote !== '') {
      if (char === '\\') at += 1;
      else if (char === quote) quote = '';
      continue;
    }
    if (char === '"' || char === "'") quote = char;
    if (char === '(' || char === ')') return null;
    const two = text.slice(at, at + 2);
    if (two !== '&&' && two !== '||') continue;
    if (join !== null && join !== two) return null;
    join = two;
    rows.push(text.slice(from, at).trim());
    from = at + 2;
    at += 1;
  }
  rows.push(text.slice(from).trim());
  return { join: join === '||' ? 'any' : 'all', rows };
}

/** A condition as a person would say it, to stand behind "only if"; one that is more than a list of comparisons stands as it is. */
export function conditionWords(text: string, definition: Pick<PlaybookDefinition, 'steps'>): string {
  const found = conditionRows(text);
  if (!found) return text;
  return found.rows.map((row) => rowWords(row, definition)).join(found.join === 'all' ? ' and ' : ' or ');
}

function rowWords({ field: name, is, value }: ConditionRow, definition: Pick<PlaybookDefinition, 'steps'>): string {
  const what = factWords(name, definition);
  if (typeof value === 'boolean') {
    const holds = (is === '==') === value;
    if (name.startsWith('answers.')) return `${what} is ${holds ? 'yes' : 'no'}`;
    return holds ? what : deniedWords(name);
  }
  const shown = typeof value === 'number' ? value : (optionLabel(name, value, definition) ?? `“${value}”`);
  return `${what} is ${comparisonWords[is]}${shown}`;
}

const comparisonWords: Readonly<Record<Comparison, string>> = {
  '==': '',
  '!=': 'not ',
  '>': 'more than ',
  '>=': 'at least ',
  '<': 'less than ',
  '<=': 'at most ',
};

function optionLabel(name: string, value: string, { steps }: Pick<PlaybookDefinition, 'steps'>): string | null {
  const step = steps.find(({ key }) => name === `answers.${key}`);
  const option = step?.kind === 'question' ? step.question.options?.find((each) => each.value === value) : undefined;
  return option ? `“${option.label}”` : null;
}
