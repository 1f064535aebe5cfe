import { type AttributePath, isKnown, readPath } from './attribute-path.ts';
import type { ResourceKind } from './schemas.ts';
import { badRequest } from './scim-error.ts';

export type Comparison = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';
export type FilterValue = string | number | boolean | null;

/** A filter expression as a tree (RFC 7644 section 3.4.2.2). `has` is `emails[…]`: one value of the attribute fits the whole inner filter. */
export type Filter =
  | { is: 'and' | 'or'; parts: Filter[] }
  | { is: 'not'; part: Filter }
  | { is: 'present'; path: AttributePath }
  | { is: 'compare'; path: AttributePath; operator: Comparison; value: FilterValue }
  | { is: 'has'; path: AttributePath; part: Filter };

const mostLength = 10_000;
const mostDepth = 20;
const comparisons = new Set(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']);
const token = /\s*(?:("(?:[^"\\]|\\.)*")|([()[\]])|([^\s()[\]"]+))/y;

type Token = { text: string; isString: boolean };

const wrong = (words: string) => badRequest('invalidFilter', words);

function tokensOf(text: string): Token[] {
  if (text.length > mostLength) throw wrong(`The filter has more than ${mostLength} characters.`);
  const found: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw wrong(`The filter cannot be read from character ${at + 1} on: ${text.slice(at, at + 40)}`);
    found.push(match[1] === undefined ? { text: (match[2] ?? match[3])!, isString: false } : { text: match[1], isString: true });
  }
  return found;
}

/**
 * Reads a filter. Operators and attribute names in any capitals. Throws 400 invalidFilter for what is no filter, and, when `strict`, for an
 * attribute that the kind does not have.
 */
export function readFilter(text: string, kind: ResourceKind, strict = true): Filter {
  const tokens = tokensOf(text);
  let at = 0;
  const peek = () => tokens[at];
  const isWord = (word: string) => peek()?.isString === false && peek()!.text.toLowerCase() === word;
  const take = (): Token => {
    const next = tokens[at];
    if (!next) throw wrong('The filter ends too early.');
    at += 1;
    return next;
  };
  const expect = (word: string) => {
    const next = take();
    if (next.isString || next.text !== word) throw wrong(`The filter needs "${word}" where it has ${next.text}.`);
  };

  function either(inner: AttributePath | null, depth: number): Filter {
    if (depth > mostDepth) throw wrong(`The filter is nested more than ${mostDepth} deep.`);
    const parts = [both(inner, depth)];
    while (isWord('or')) {
      take();
      parts.push(both(inner, depth));
    }
    return parts.length === 1 ? parts[0]! : { is: 'or', parts };
  }

  function both(inner: AttributePath | null, depth: number): Filter {
    const parts = [one(inner, depth)];
    while (isWord('and')) {
      take();
      parts.push(one(inner, depth));
    }
    return parts.length === 1 ? parts[0]! : { is: 'and', parts };
  }

  function one(inner: AttributePath | null, depth: number): Filter {
    if (isWord('not')) {
      take();
      // RFC 7644 wants brackets after `not`; a comparison without them is clear, too.
      return { is: 'not', part: one(inner, depth + 1) };
    }
    if (isWord('(')) {
      take();
      const part = either(inner, depth + 1);
      expect(')');
      return part;
    }
    const name = take();
    if (name.isString || /^[()[\]]$/.test(name.text)) throw wrong(`The filter needs an attribute where it has ${name.text}.`);
    const path = inner ? innerPath(name.text, inner) : readPath(name.text, kind);
    if (!path) throw wrong(`"${name.text}" is no attribute.`);
    if (strict && !isKnown(path)) throw wrong(`A ${kind.name} has no attribute "${name.text}".`);
    if (!inner && isWord('[')) {
      take();
      const part = either(path, depth + 1);
      expect(']');
      // Entra ID compares a part of the values that fit: emails[type eq "work"].value eq "…".
      const next = peek();
      if (!next || next.isString || !next.text.startsWith('.')) return { is: 'has', path, part };
      const sub = innerPath(take().text.slice(1), path);
      if (!sub) throw wrong(`"${next.text}" after the brackets is no attribute.`);
      return { is: 'has', path, part: { is: 'and', parts: [part, compared(sub, next.text)] } };
    }
    return compared(path, name.text);
  }

  function compared(path: AttributePath, name: string): Filter {
    const operator = take().text.toLowerCase();
    if (operator === 'pr') return { is: 'present', path };
    if (!comparisons.has(operator)) throw wrong(`"${operator}" after ${name} is no operator.`);
    const value = literalOf(take());
    const type = (path.subDefinition ?? path.definition)?.type;
    if (['gt', 'ge', 'lt', 'le'].includes(operator) && (type === 'boolean' || type === 'binary' || typeof value === 'boolean'))
      throw wrong(`${name} has no order; "${operator}" cannot compare it.`);
    return { is: 'compare', path, operator: operator as Comparison, value };
  }

  const filter = either(null, 0);
  if (at < tokens.length) throw wrong(`The filter goes on where it should end: ${tokens[at]!.text}`);
  return filter;
}

/** Reads the filter of a PATCH path such as `emails[type eq "work"]`, whose names are those of the attribute's values. */
export function readValueFilter(text: string, name: string, kind: ResourceKind): Extract<Filter, { is: 'has' }> {
  const filter = readFilter(`${name}[${text}]`, kind, false);
  if (filter.is !== 'has') throw wrong('The filter in the path cannot be read.');
  return filter;
}

// Inside the brackets a name is one of the value's own; a bare multi-valued attribute of texts is called `value`.
function innerPath(name: string, outer: AttributePath): AttributePath | null {
  if (!/^[$A-Za-z][\w$-]*$/.test(name)) return null;
  const definition = outer.definition?.subAttributes?.find((each) => each.name.toLowerCase() === name.toLowerCase());
  return { urn: null, attribute: definition?.name ?? name, sub: null, definition, subDefinition: undefined };
}

function literalOf({ text, isString }: Token): FilterValue {
  if (isString) {
    try {
      return JSON.parse(text) as string;
    } catch {
      throw wrong(`${text} is no text that can be read.`);
    }
  }
  const lower = text.toLowerCase();
  if (lower === 'true' || lower === 'false') return lower === 'true';
  if (lower === 'null') return null;
  if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return Number(text);
  throw wrong(`${text} is no value. Write texts in quotation marks.`);
}
