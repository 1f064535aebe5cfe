import { ConnectorError } from './connector-error.ts';
import type { Page } from './records.ts';

/** One page and the cursor (or whole address) of the next one; null: the source says that nothing follows. */
export type CursorPage<T> = { records: T[]; next: string | null; total?: number | null };

/**
 * Reads a list page by page by what each page names as the next: a cursor, a token, or a whole address. `read(null)` gives the first page. A
 * cursor that comes a second time is an endless list: ConnectorError `broken`. The last page says that it is the last.
 */
export async function* pageByCursor<T>(read: (cursor: string | null) => Promise<CursorPage<T>>): AsyncGenerator<Page<T>> {
  const used = new Set<string>();
  let cursor: string | null = null;
  do {
    const { records, next, total = null }: CursorPage<T> = await read(cursor);
    if (next !== null && used.has(next)) throw new ConnectorError('broken', 'The list goes in a circle: the same page was named twice.');
    if (next !== null) used.add(next);
    yield { records, total, last: next === null };
    cursor = next;
  } while (cursor !== null);
}

/** The address of `rel="next"` in a Link header (RFC 8288), or null. */
export function nextLink(header: string | undefined): string | null {
  for (const link of header?.split(/,(?=\s*<)/) ?? []) {
    const [, address, parameters] = /^\s*<([^>]*)>(.*)$/s.exec(link) ?? [];
    if (address !== undefined && /;\s*rel\s*=\s*(?:"[^"]*\bnext\b[^"]*"|next\b)/i.test(parameters ?? '')) return address;
  }
  return null;
}
