import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Problem } from '../platform/errors.ts';
import { findDoubledKeys } from '../platform/find-doubled-keys.ts';

export const MAX_LENGTH = 200_000;
const MAX_ALIASES = 50;
const MAX_PROBLEMS = 50;

export type Path = readonly (string | number)[];

/** Names where an entry stands, as `row` (the line, from 1) and `field` (as `apps[2].owner`), and what is written there. */
export type Place = (path: Path) => { row: number; field: string; given: unknown };

export type ReadYaml = { value: unknown; place: Place } | { problems: Problem[] };

/**
 * Reads YAML 1.2 of bounded length, keeping where each entry stands. A key that is there twice, more than one document, or parts that refer
 * to each other without end are problems; nothing in the text runs anything.
 */
export function readYaml(text: string): ReadYaml {
  if (text.length > MAX_LENGTH) return { problems: [{ row: 1, message: `The file is longer than ${MAX_LENGTH} characters.` }] };
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
    if (document.errors.length > 0) {
      const problems = document.errors.slice(0, MAX_PROBLEMS).map((error) => ({
        row: lines.linePos(error.pos[0]).line,
        message: `This line cannot be read: ${error.message}`,
      }));
      return { problems };
    }
    const doubled = findDoubledKeys(document).slice(0, MAX_PROBLEMS);
    if (doubled.length > 0)
      return {
        problems: doubled.map((offset) => ({
          row: lines.linePos(offset).line,
          message: 'This key is there twice, and keys are unique. Leave one out.',
        })),
      };
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    const place: Place = (path) => ({
      row: lines.linePos(offsetOf(path, document)).line,
      field: fieldName(path),
      given: document.getIn(path),
    });
    return { value, place };
  } catch {
    const message = 'The file refers to its own parts too often, or its parts stand too deep in each other. Write them out.';
    return { problems: [{ row: 1, message }] };
  }
}

/** Where the entry stands: at its key when it has one, else at the nearest entry that holds it. */
function offsetOf(path: Path, document: ReturnType<typeof parseDocument>): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === path[length - 1]);
      if (pair && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
      continue;
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

/** `apps[2].owner` of ['apps', 2, 'owner']. */
export const fieldName = (path: Path): string =>
  path.reduce<string>((name, part) => (typeof part === 'number' ? `${name}[${part}]` : name === '' ? part : `${name}.${part}`), '');

/** ['apps', 2, 'owner'] of `apps[2].owner` or `apps.2.owner`. */
export const pathOf = (field: string): (string | number)[] =>
  [...field.matchAll(/[^.[\]]+/g)].map(([part]) => (/^\d+$/.test(part) ? Number(part) : part));
