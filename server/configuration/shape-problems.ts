import type { z } from 'zod';
import { didYouMean } from './nearest-word.ts';
import type { Path } from './read-yaml.ts';

/** What is wrong at a place of the file; the path counts list entries from 0. */
export type Found = { path: Path; message: string };

/** What zod found in an entry, in plain words, with the mend. `known` are the keys that may stand beside an unknown one. */
export function shapeProblems(error: z.ZodError, at: Path, schema: z.ZodType): Found[] {
  const wrongType = error.issues.filter(({ code }) => code === 'invalid_type').map((issue) => issue.path.join('\n'));
  return error.issues
    .filter(({ code, path }) => code === 'invalid_type' || code === 'unrecognized_keys' || !wrongType.includes(path.join('\n')))
    .flatMap((issue) => problemsOf(issue, at, schema));
}

function problemsOf(issue: z.core.$ZodIssue, at: Path, schema: z.ZodType): Found[] {
  const inner = issue.path as (string | number)[];
  const path = [...at, ...inner];
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, inner);
    return issue.keys.map((key) => ({ path: [...path, key], message: unknownKey(key, known) }));
  }
  return [{ path, message: plainIssue(issue, inner) }];
}

/** The words for a key that nothing knows. */
export function unknownKey(key: string, known: readonly string[]): string {
  if (key === '<<') return "'<<' takes over the keys of another entry, which a configuration does not. Write them out.";
  const odd = /[^\x20-\x7e]/u.exec(key)?.[0];
  const code = odd?.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  const foreign = odd === undefined ? '' : ` It holds a character that only looks right (U+${code}). Type it anew.`;
  const meant = didYouMean(key.normalize('NFKC').replaceAll(/[\p{Cf}\p{Zs}]/gu, ''), known);
  return `'${key}' is not known here.${foreign}${meant}${known.length > 0 ? ` Possible here: ${known.join(', ')}.` : ''}`;
}

function plainIssue(issue: z.core.$ZodIssue, path: (string | number)[]): string {
  switch (issue.code) {
    case 'invalid_type': {
      if (!issue.message.startsWith('Invalid input')) return issue.message;
      if (issue.message.endsWith('undefined')) return `'${String(path.at(-1) ?? 'this')}' is missing.`;
      const list = issue.expected === 'array' ? ' Write [] for none.' : '';
      return `This must be ${typeWords[issue.expected] ?? issue.expected}.${list}`;
    }
    case 'invalid_value':
      if (!issue.message.startsWith('Invalid')) return issue.message;
      return `This must be one of: ${issue.values.map(String).join(', ')}.`;
    case 'invalid_union':
      return 'This has no shape that is known here.';
    case 'too_big':
      return issue.message.startsWith('At most') ? issue.message : `This is at most ${issue.maximum}.`;
    case 'too_small':
      return /^(A|This)/.test(issue.message) ? issue.message : `This is at least ${issue.minimum}.`;
    default:
      return issue.message;
  }
}

type Def = {
  type: string;
  shape?: Record<string, z.ZodType>;
  innerType?: z.ZodType;
  element?: z.ZodType;
  valueType?: z.ZodType;
  out?: z.ZodType;
};

/** The keys that a schema knows at a place of its value. */
export function keysAt(schema: z.ZodType, path: readonly (string | number)[]): string[] {
  const def = schema._zod.def as unknown as Def;
  if (def.innerType) return keysAt(def.innerType, path);
  if (def.type === 'pipe' && def.out) return keysAt(def.out, path);
  const [first, ...rest] = path;
  if (first === undefined) return def.shape ? Object.keys(def.shape) : [];
  const next = typeof first === 'number' ? def.element : (def.shape?.[first] ?? def.valueType);
  return next ? keysAt(next, rest) : [];
}

const typeWords: Record<string, string> = {
  string: 'text (in quotes if it could be read as a number, a date or yes and no)',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of entries',
  record: 'a group of entries',
};
