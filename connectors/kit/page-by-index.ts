import { ConnectorError } from './connector-error.ts';
import type { Page } from './records.ts';

/**
 * Reads a list page by page by an index that counts records. Copes with servers that cap the page size, ignore it, ignore the index (the
 * same page comes again), count from 0 although told from 1 (then the record left out is asked for at the end), or name no total.
 * `read(index)` gives the records from that index on. Ends with the first page that brings nothing new.
 */
export async function* pageByIndex<T>(
  read: (index: number) => Promise<Page<T>>,
  options: { idOf: (record: T) => string; firstIndex?: number },
): AsyncGenerator<Page<T>> {
  const { idOf, firstIndex = 1 } = options;
  const seen = new Set<string>();
  let index = firstIndex;
  let total: number | null = null;
  for (;;) {
    const page = await read(index);
    total = page.total ?? total;
    const fresh = page.records.filter((record) => !seen.has(idOf(record)));
    for (const record of page.records) seen.add(idOf(record));
    if (page.records.length > 0 || index === firstIndex) yield { records: page.records, total };
    if (fresh.length === 0 || (total !== null && seen.size >= total)) break;
    index += page.records.length;
  }
  if (total !== null && seen.size < total && firstIndex > 0) {
    const missed = (await readOrNothing(read)).filter((record) => !seen.has(idOf(record)));
    if (missed.length > 0) yield { records: missed, total };
  }
}

/** A server that counts from 1 may refuse index 0: then nothing was missed there. */
async function readOrNothing<T>(read: (index: number) => Promise<Page<T>>): Promise<T[]> {
  try {
    return (await read(0)).records;
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'refused') return [];
    throw error;
  }
}
