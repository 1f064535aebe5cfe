import { type Document, isNode, isScalar, visit } from 'yaml';

/**
 * Offsets of keys that are in one mapping twice. Each key is looked up once: the parser's own check compares each with all others, which a file of
 * tens of thousands of keys makes last for many seconds. Give the parser `uniqueKeys: false`.
 */
export function findDoubledKeys(document: Document.Parsed): number[] {
  const found: number[] = [];
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? key.value : key;
        if (seen.has(name)) found.push(isNode(key) && key.range ? key.range[0] : 0);
        seen.add(name);
      }
    },
  });
  return found;
}
