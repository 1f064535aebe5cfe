import { isDeepStrictEqual } from 'node:util';
import { Document, isMap, isPair, isScalar, isSeq, type Node, type Pair, parseDocument, Scalar, visit, YAMLMap, YAMLSeq } from 'yaml';
import { parsePlaybook } from '../schedule/parse-playbook.ts';
import type { PlaybookDefinition, PlaybookStep } from '../schedule/playbook-definition.ts';

/** The order in which the fields of a step are written. What is not named here comes last, in its own order. */
const fieldOrder = [
  ...['key', 'title', 'kind', 'access', 'accounts', 'to', 'provisional', 'about', 'tell', 'connection', 'method', 'path', 'body', 'effect'],
  ...['at', 'when', 'onlyAfterTold', 'waitsFor', 'who', 'message', 'question', 'due', 'remind', 'escalate', 'evidence', 'readiness'],
  'instructions',
];
const onOneLine = new Set(['at', 'due', 'remind', 'escalate', 'waitsFor', 'to', 'tell', 'who']);
/** Fields whose texts are read without the white space at their ends. */
const texts = new Set(['instructions', 'message', 'description']);
const options = { lineWidth: 0, flowCollectionPadding: true } as const;

/** A playbook as readable YAML: fields always in the same order, moments on one line, longer texts as blocks, an empty line between steps. */
export function playbookYaml(definition: PlaybookDefinition): string {
  const document = new Document();
  const top = new YAMLMap();
  for (const field of ['name', 'for', 'description'] as const)
    if (definition[field] !== undefined) top.set(document.createNode(field), valueNode(document, field, definition[field]));
  const steps = new YAMLSeq();
  for (const [index, step] of definition.steps.entries()) {
    const node = stepNode(document, step);
    node.spaceBefore = index > 0;
    steps.add(node);
  }
  const heading = document.createNode('steps') as Scalar;
  heading.spaceBefore = true;
  top.set(heading, steps);
  document.contents = top as never;
  return tightLists(document.toString(options), definition);
}

/**
 * The text of a playbook with the changes of a new definition and nothing else: steps are recognised by their key, what did not change keeps
 * its words, its place and its comments. A comment before a step that is gone stays before the next one.
 *
 * @param yamlText a text that parsePlaybook accepts
 */
export function changeYaml(yamlText: string, definition: PlaybookDefinition): string {
  const changed = orNull(() => changedText(yamlText, definition));
  // What cannot be changed in place (anchors and aliases, a flow list of steps) is written anew.
  return changed !== null && isSame(changed, definition) ? changed : playbookYaml(definition);
}

function changedText(yamlText: string, definition: PlaybookDefinition): string | null {
  const document = parseDocument(yamlText, { uniqueKeys: false });
  const top = document.contents;
  if (document.errors.length > 0 || !isMap(top)) return null;
  const steps = top.get('steps', true);
  if (!isSeq(steps) || steps.flow) return null;
  for (const field of ['name', 'for', 'description'] as const) {
    if (definition[field] === undefined) top.delete(field);
    else if ((top.get(field) as unknown) !== definition[field])
      putField(document, top as YAMLMap, field, definition[field], ['name', 'for', 'description']);
  }
  const known = new Map<string, YAMLMap>();
  for (const item of steps.items) if (isMap(item)) known.set(String(item.get('key')), item as YAMLMap);
  const kept = new Set(definition.steps.map((step) => step.key));
  const orphaned = commentsOfGone(steps.items as Node[], kept);
  const spaced = steps.items.some((item, index) => index > 0 && (item as Node).spaceBefore);
  steps.items = definition.steps.map((step, index) => {
    const old = known.get(step.key);
    const node = old ?? stepNode(document, step);
    if (old) changeStep(document, old, step);
    else if (spaced) node.spaceBefore = index > 0;
    const comment = orphaned.get(step.key);
    if (comment) {
      node.commentBefore = [comment, node.commentBefore].filter(Boolean).join('\n');
      node.spaceBefore = index > 0;
    }
    return node;
  });
  return tightLists(document.toString(options), definition);
}

/** `[PT24H, PT2H]` without inner spaces, as people write it; a text of a step that looks like one is left alone. */
function tightLists(yamlText: string, definition: PlaybookDefinition): string {
  const tight = yamlText.replaceAll(/^( {4,}(?:remind|waitsFor|tell): )\[ (.*) \]$/gm, '$1[$2]');
  return isSame(tight, definition) ? tight : yamlText;
}

function isSame(yamlText: string, definition: PlaybookDefinition): boolean {
  return isDeepStrictEqual(
    orNull(() => parsePlaybook(yamlText)),
    definition,
  );
}

function orNull<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

/** The comments before steps that are gone, by the key of the next step that stays. */
function commentsOfGone(items: Node[], kept: ReadonlySet<string>): Map<string, string> {
  const comments = new Map<string, string>();
  let waiting: string[] = [];
  for (const item of items) {
    const key = isMap(item) ? String(item.get('key')) : '';
    if (!kept.has(key)) {
      if (item.commentBefore) waiting.push(item.commentBefore);
      continue;
    }
    if (waiting.length > 0) comments.set(key, waiting.join('\n'));
    waiting = [];
  }
  return comments;
}

function changeStep(document: Document, node: YAMLMap, step: PlaybookStep): void {
  const now = node.toJS(document) as Record<string, unknown>;
  const next = step as Record<string, unknown>;
  for (const field of Object.keys(now)) if (next[field] === undefined) node.delete(field);
  for (const [field, value] of Object.entries(next))
    if (value !== undefined && !isDeepStrictEqual(trimmed(now[field]), trimmed(value))) putField(document, node, field, value, fieldOrder);
}

// A block of text ends with a line break in the file, and without one once it was read.
function trimmed(value: unknown): unknown {
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value)) return value.map(trimmed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, trimmed(inner)]));
}

/** Sets a field: in its place when it is there, else behind the last of those that come before it. */
function putField(document: Document, map: YAMLMap, field: string, value: unknown, order: readonly string[]): void {
  const node = valueNode(document, field, value);
  const there = map.items.find((pair) => isScalar(pair.key) && pair.key.value === field);
  if (there) {
    const old = there.value as Node | null;
    if (old && isScalar(old) && isScalar(node) && old.comment) node.comment = old.comment;
    there.value = node;
    return;
  }
  const earlier = new Set(order.slice(0, Math.max(0, order.indexOf(field))));
  const at = map.items.findLastIndex((pair: Pair) => isScalar(pair.key) && earlier.has(String(pair.key.value)));
  map.items.splice(at + 1, 0, document.createPair(field, node) as Pair<unknown, unknown>);
}

function stepNode(document: Document, step: PlaybookStep): YAMLMap {
  const rank = (field: string) => (fieldOrder.includes(field) ? fieldOrder.indexOf(field) : fieldOrder.length);
  const node = new YAMLMap();
  const fields = Object.entries(step).filter(([, value]) => value !== undefined);
  for (const [field, value] of fields.sort(([a], [b]) => rank(a) - rank(b)))
    node.set(document.createNode(field), valueNode(document, field, value));
  return node;
}

function valueNode(document: Document, field: string, value: unknown): Node {
  const node = document.createNode(value) as Node;
  visit(node, {
    Scalar: (_key, scalar) => {
      if (typeof scalar.value === 'string' && scalar.value.includes('\n')) {
        scalar.type = Scalar.BLOCK_LITERAL;
        if (texts.has(field)) scalar.value = `${scalar.value.trimEnd()}\n`;
      }
      // Other readers of YAML take 09:00 for a number.
      else if (typeof scalar.value === 'string' && /^\d+:\d+$/.test(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE;
    },
    Pair: (_key, pair) => {
      if (isPair(pair) && isScalar(pair.key) && pair.key.value === 'options' && isSeq(pair.value))
        for (const option of pair.value.items) if (isMap(option)) option.flow = true;
    },
  });
  if (onOneLine.has(field) && (isMap(node) || isSeq(node))) node.flow = true;
  return node;
}
