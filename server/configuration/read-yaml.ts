import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Problem } from '../platform/errors.ts';
import { findDoubledKeys } from '../platform/find-doubled-keys.ts';
import { yamlProblems } from '../platform/yaml-problems.ts';

export const MAX_LENGTH = 200_000;
/** Of a file that is longer. */
export const tooLong = `The file is longer than ${MAX_LENGTH} characters. Split it: a section may stand in a file of its own.`;
const MAX_ALIASES = 50;
const MAX_PROBLEMS = 50;

export type Path = readonly (string | number)[];

/**
 * Names where an entry stands, as `row` (the line, from 1) and `field` (as `apps[2].owner`), and what is written there. `character` is one of a
 * text, from 0: `row` is then its line.
 */
export type Place = (path: Path, character?: number) => { row: number; field: string; given: unknown };

export type ReadYaml = { value: unknown; place: Place } | { problems: Problem[] };

/**
 * Reads YAML 1.2 of bounded length, keeping where each entry stands. A key that is there twice, more than one document, or parts that refer
 * to each other without end are problems; nothing in the text runs anything.
 */
export function readYaml(text: string): ReadYaml {
  if (text.length > MAX_LENGTH) return { problems: [{ row: 1, message: tooLong }] };
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
    const unread = yamlProblems(document, text, lines);
    if (unread.length > 0) return { problems: unread };
    const doubled = findDoubledKeys(document).slice(0, MAX_PROBLEMS);
    if (doubled.length > 0) return { problems: doubled.map((offset) => doubledKey(text, offset, lines)) };
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    const place: Place = (path, character) => ({
      row: lines.linePos(character === undefined ? offsetOf(path, document) : characterOf(path, character, { document, text })).line,
      field: fieldName(path),
      given: document.getIn(path),
    });
    return { value, place };
  } catch {
    const message = 'The file refers to its own parts too often, or its parts stand too deep in each other. Write them out.';
    return { problems: [{ row: 1, message }] };
  }
}

function doubledKey(text: string, offset: number, lines: LineCounter): Problem {
  const key = /^(?:"([^"\n]*)"|'([^'\n]*)'|([^:\n]*))/.exec(text.slice(offset, offset + 200))!;
  const field = (key[1] ?? key[2] ?? key[3] ?? '').trim();
  return { row: lines.linePos(offset).line, field, message: 'This key is there twice, and keys are unique. Leave one out.' };
}

/** Where the entry stands: at its key when it has one, else at the nearest entry that holds it. */
function offsetOf(path: Path, document: ReturnType<typeof parseDocument>): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(path[length - 1]));
      if (pair && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
      continue;
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

/** Where a character of a text stands that may go over several lines: each line counts without its indentation, and one more for its end. */
function characterOf(path: Path, character: number, file: { document: ReturnType<typeof parseDocument>; text: string }): number {
  const node = file.document.getIn(path, true);
  if (!isScalar(node) || !node.range) return offsetOf(path, file.document);
  const [start, end] = node.range;
  const isBlock = node.type?.startsWith('BLOCK') ?? false;
  let [at, left] = [start, character];
  for (const [index, line] of file.text.slice(start, end).split('\n').entries()) {
    const counted = isBlock && index === 0 ? -1 : line.trim().length;
    if (left <= counted) return at;
    left -= counted + 1;
    at += line.length + 1;
  }
  return start;
}

/** `apps[2].owner` of ['apps', 2, 'owner']. */
export const fieldName = (path: Path): string =>
  path.reduce<string>((name, part) => (typeof part === 'number' ? `${name}[${part}]` : name === '' ? part : `${name}.${part}`), '');

/** ['apps', 2, 'owner'] of `apps[2].owner` or `apps.2.owner`. */
export const pathOf = (field: string): (string | number)[] =>
  [...field.matchAll(/[^.[\]]+/g)].map(([part]) => (/^\d+$/.test(part) ? Number(part) : part));
