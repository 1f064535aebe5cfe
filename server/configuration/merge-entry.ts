import { isDeepStrictEqual } from 'node:util';
import { Document, isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { layOut, writing } from './write-yaml.ts';

type Value = Record<string, unknown>;
/** What an entry means before and after, and how it is written freshly. */
export type Turn = { before: unknown; after: unknown; fresh: unknown };

/** Lists inside an entry whose parts are known by something: what is written of them stays. `ordered`: their order says something. */
const parts: Record<string, { keyOf: (part: Value) => string; ordered: boolean }> = {
  grants: { keyOf: ({ app, entitlement, kind }) => JSON.stringify([app, entitlement, entitlement && kind]).toLowerCase(), ordered: false },
  steps: { keyOf: ({ key }) => String(key), ordered: true },
};

/** Brings a mapping to what it should mean. Keys that mean the same already keep how they are written, with their comments. */
export function mergeMap(map: YAMLMap, { before, after, fresh }: Turn): void {
  const [old, next, written] = [before, after, fresh].map((each) => (each ?? {}) as Value) as [Value, Value, Value];
  for (const key of new Set([...Object.keys(written), ...Object.keys(next), ...Object.keys(old)])) {
    if (isDeepStrictEqual(old[key] ?? null, next[key] ?? null)) continue;
    const child = map.get(key, true) as Node | undefined;
    const wanted = written[key];
    if (wanted === undefined) map.delete(key);
    else if (isMap(child) && isGroup(wanted)) mergeMap(child, { before: old[key], after: next[key], fresh: wanted });
    else if (isSeq(child) && parts[key] && Array.isArray(wanted)) mergeParts(child, parts[key], wanted as Value[]);
    else if (child) map.set(key, asNode(wanted, child));
    else insert(map, key, wanted, Object.keys(written));
  }
}

/** Adds a key where it stands in an entry that is written freshly. */
function insert(map: YAMLMap, key: string, value: unknown, order: string[]): void {
  const names = map.items.map((pair) => String(isScalar(pair.key) ? pair.key.value : pair.key));
  const before = order.slice(0, order.indexOf(key)).findLast((each) => names.includes(each));
  const document = new Document();
  const pair = document.createPair(key, null) as Pair;
  pair.value = asNode(value, undefined);
  map.items.splice(before === undefined ? 0 : names.indexOf(before) + 1, 0, pair as never);
}

function mergeParts(seq: YAMLSeq, { keyOf, ordered }: (typeof parts)[string], wanted: Value[]): void {
  const there = new Map(seq.items.map((item) => [keyOf((item as Node).toJSON() as Value), item]));
  const keys = wanted.map(keyOf);
  for (const [index, part] of wanted.entries()) {
    const item = there.get(keys[index]!);
    if (isMap(item)) mergeMap(item, { before: item.toJSON(), after: part, fresh: part });
    else there.set(keys[index]!, asNode(part, undefined));
  }
  const kept = [...there.keys()].filter((key) => keys.includes(key));
  seq.items = (ordered ? keys : kept).map((key) => there.get(key)!);
}

/** Takes from a list what is gone and adds what is new: at its end, or where it is after. `there`: the items by what they are known by. */
export function mergeItems(
  seq: YAMLSeq,
  there: Map<string, unknown>,
  { after, ordered }: { after: { name: string; raw: unknown }[]; ordered: boolean },
): void {
  const next = after.map(({ name, raw }) => ({ name, item: there.get(name) ?? asNode(raw, undefined) }));
  const position = ({ name }: { name: string }) => (there.has(name) ? [...there.keys()].indexOf(name) : there.size);
  seq.items = (ordered ? next : next.toSorted((one, other) => position(one) - position(other))).map(({ item }) => item);
}

/** A value as a node; the comments of what stood there stay. */
function asNode(value: unknown, instead: Node | undefined): Node {
  const node = new Document(null, writing).createNode(value, writing) as Node;
  layOut(node, 'part');
  if (!isNode(instead)) return node;
  node.commentBefore = instead.commentBefore ?? null;
  node.comment = instead.comment ?? null;
  if (instead.spaceBefore) node.spaceBefore = true;
  if (isScalar(node) && isScalar(instead) && instead.type?.startsWith('QUOTE')) node.type = instead.type;
  return node;
}

const isGroup = (value: unknown): value is Value => typeof value === 'object' && value !== null && !Array.isArray(value);
