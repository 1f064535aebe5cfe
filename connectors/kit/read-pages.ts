import type { Page } from './records.ts';

/** How a list was read. `complete`: true only when the source said how many there are and each of them came, or that the list ends here; null when it said neither. */
export type Reading = { complete: boolean | null; words: string; read: number; total: number | null; duplicates: number; pages: number };

// biome-ignore lint/suspicious/noConfusingVoidType: most readers of pages answer nothing
type OnPage = void | 'enough';

type Options<T> = {
  idOf: (record: T) => string;
  /** What is counted, for the sentence: "accounts". */
  what?: string;
  /** Called with the new records of each page, never with one twice. `enough` ends the reading: what was looked for is found. */
  onPage: (records: T[], progress: { read: number; total: number | null }) => OnPage | Promise<OnPage>;
  maxPages?: number;
  maxRecords?: number;
};

/**
 * Reads a list to its end, hands on each record once, and judges whether it was the whole list. What is not complete proves nobody's absence.
 * Stops at `maxPages` (2,000) and `maxRecords` (250,000), so that a server that never ends cannot keep us.
 */
export async function readPages<T>(pages: AsyncIterable<Page<T>>, options: Options<T>): Promise<Reading> {
  const { idOf, onPage, what = 'accounts', maxPages = 2_000, maxRecords = 250_000 } = options;
  const seen = new Set<string>();
  let total: number | null = null;
  let duplicates = 0;
  let count = 0;
  let cut = false;
  let ended = false;
  for await (const page of pages) {
    count++;
    total = page.total ?? total;
    ended = page.last === true;
    const fresh = page.records.filter((record) => {
      const isNew = !seen.has(idOf(record));
      if (isNew) seen.add(idOf(record));
      else duplicates++;
      return isNew;
    });
    if (fresh.length > 0 && (await onPage(fresh, { read: seen.size, total })) === 'enough') {
      return { complete: null, words: `Read ${seen.size} ${what}; that was enough.`, read: seen.size, total, duplicates, pages: count };
    }
    cut = count >= maxPages || seen.size >= maxRecords;
    if (cut) break;
  }
  return { ...judged({ read: seen.size, total, duplicates, cut, ended, what }), read: seen.size, total, duplicates, pages: count };
}

function judged(facts: { read: number; total: number | null; duplicates: number; cut: boolean; ended: boolean; what: string }): {
  complete: boolean | null;
  words: string;
} {
  const { read, total, duplicates, cut, ended, what } = facts;
  const number = (value: number) => value.toLocaleString('en');
  const reading = `Read ${number(read)}${total === null ? '' : ` of ${number(total)}`} ${what}`;
  if (cut && !ended && read !== total) return { complete: false, words: `${reading}, then stopped: the list did not end.` };
  if (total === null) {
    if (ended) return { complete: true, words: `${reading}, to the end of the list.` };
    if (duplicates > 0)
      return {
        complete: null,
        words: `${reading}. The same ones came again, and the server does not say how many there are, so some may be missing.`,
      };
    return { complete: null, words: `${reading}. The server does not say how many there are.` };
  }
  if (read < total)
    return { complete: false, words: `${reading}: the pages ended early. Nobody is taken for gone because of this reading.` };
  if (read > total)
    return {
      complete: null,
      words: `Read ${number(read)} ${what}, though the server counts ${number(total)}. The list may have changed meanwhile.`,
    };
  return { complete: true, words: `${reading}.` };
}
