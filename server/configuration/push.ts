import type { Context } from '../platform/context.ts';
import { type Problem, Refusal } from '../platform/errors.ts';
import { didYouMean } from './nearest-word.ts';
import { fieldName, type Path, type Place, pathOf } from './read-yaml.ts';

export const kindsOfLine = [
  'organization',
  'location',
  'department',
  'address',
  'sign-in',
  'app',
  'connection',
  'rule',
  'milestone',
  'playbook',
] as const;
export type What = (typeof kindsOfLine)[number];
/** `gone`: taken away, because the file no longer has it. `stays`: not in the file, and kept. `waits`: cannot be done yet, and is said each time. */
export const changes = ['new', 'changed', 'same', 'gone', 'stays', 'waits'] as const;
export type Change = (typeof changes)[number];

/** One line of the diff. `before` and `after` hold only what differs, never a secret. */
export type Line = {
  what: What;
  name: string;
  change: Change;
  words: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

/** Values of secrets by app and secret name, as the command line resolved them. */
export type Secrets = Record<string, Record<string, string>>;

/** A push under way: what it has done so far, and all that was wrong. `dry`: it is only shown, and taken back. */
export type Push = { ctx: Context; place: Place; lines: Line[]; problems: Problem[]; dry: boolean };

/** Notes a problem at its line, in a condition at the line of its character. Where one of a few words must stand, the nearest to what was written is named. */
export function complain(push: Push, path: Path, message: string): void {
  const character = message.match(/\(character (\d+)\)$/)?.[1];
  const { row, field, given } = push.place(path, character === undefined ? undefined : Number(character) - 1);
  const choice = message.match(/^This must be one of: (.+)\.$/)?.[1];
  const mend = choice && typeof given === 'string' ? didYouMean(given, choice.split(', ')) : '';
  const empty = given === null && message.startsWith('This must be ') ? ' Nothing stands here: write something, or leave it out.' : '';
  push.problems.push({ row, field, message: `${message}${mend}${empty}` });
}

/** Whether nothing is wrong so far with an entry of the file. */
export const isSound = (push: Push, path: Path): boolean => {
  const name = fieldName(path);
  return !push.problems.some(({ field = '' }) => field === name || field.startsWith(`${name}.`) || field.startsWith(`${name}[`));
};

const nothingChanged = / (Nothing was (changed|saved)|It was not (changed|saved))\.$/;

/**
 * Does one thing of a push. A refusal becomes problems at the lines of the file that caused it, so that all are told at once; `fields` names
 * the operation's fields as the file does (`ownerPersonId` → `owner`).
 */
export async function attempt<T>(push: Push, path: Path, fields: Record<string, string>, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal) || ![404, 409, 422].includes(error.status)) throw error;
    const told = error.problems.length > 0 ? error.problems : [{ message: error.message.replace(nothingChanged, '') } as Problem];
    for (const { field, message } of told) {
      const inFile = field === undefined ? [] : pathOf(fields[field] ?? field);
      complain(push, [...path, ...inFile], message);
    }
    return undefined;
  }
}

/** "owner: nobody → maya@acme.example; signIn: no → yes" of what differs. */
export const changeWords = (before: Record<string, unknown>, after: Record<string, unknown>): string =>
  Object.keys(after)
    .map((field) => `${field}: ${valueWords(before[field])} → ${valueWords(after[field])}`)
    .join('; ');

/** "owner: maya@acme.example; writer: manual" of something new. */
export const newWords = (after: Record<string, unknown>): string =>
  Object.entries(after)
    .map(([field, value]) => `${field}: ${valueWords(value)}`)
    .join('; ');

function valueWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 160 ? `${line.slice(0, 157)}…` : line;
}

/** Of the given fields those that differ from what is there; undefined means not given. null when none does. */
export function differing<T extends Record<string, unknown>>(
  current: T,
  given: { [key in keyof T]?: T[key] | undefined },
): { before: Partial<T>; after: Partial<T> } | null {
  const fields = Object.keys(given).filter((field) => given[field] !== undefined && given[field] !== current[field]) as (keyof T)[];
  if (fields.length === 0) return null;
  const of = (from: { [key in keyof T]?: T[key] | undefined }) =>
    Object.fromEntries(fields.map((field) => [field, from[field]])) as Partial<T>;
  return { before: of(current), after: of(given) };
}

/** Lines for what is in the organization and not in the file, and stays because it has a history. */
export function leftOut(push: Push, what: What, there: { name: string }[], inFile: string[]): void {
  const named = new Set(inFile.map((name) => name.toLowerCase()));
  for (const { name } of there)
    if (!named.has(name.toLowerCase())) {
      push.lines.push({ what, name, change: 'stays', words: 'Not in the file; it stays as it is.', before: null, after: null });
    }
}
