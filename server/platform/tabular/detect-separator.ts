import type { Table } from './table.ts';

export type Separator = NonNullable<Table['separator']>;

export const separators: Separator[] = [',', ';', '\t', '|'];

const names: Record<Separator, string> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' };

export const separatorName = (separator: Separator): string => names[separator];

/** How often each separator stands outside quotes in each record; at most `limit` records. Quotes open only where a cell begins. */
export function countSeparators(text: string, limit: number): Record<Separator, number>[] {
  const records: Record<Separator, number>[] = [];
  let counts: Record<Separator, number> = { ',': 0, ';': 0, '\t': 0, '|': 0 };
  let inQuotes = false;
  let cellStart = true;
  let blank = true;
  for (let i = 0; i < text.length && records.length < limit; i++) {
    const letter = text[i] as string;
    if (inQuotes) {
      if (letter === '"') {
        if (text[i + 1] === '"') i++;
        else inQuotes = false;
      }
      continue;
    }
    if (letter === '"' && cellStart) {
      inQuotes = true;
      blank = false;
      cellStart = false;
    } else if (letter === '\n' || letter === '\r') {
      if (!blank) records.push(counts);
      counts = { ',': 0, ';': 0, '\t': 0, '|': 0 };
      cellStart = true;
      blank = true;
    } else if (letter === ',' || letter === ';' || letter === '\t' || letter === '|') {
      counts[letter]++;
      cellStart = true;
      blank = false;
    } else {
      if (letter !== ' ') cellStart = false;
      blank = false;
    }
  }
  if (!blank && records.length < limit) records.push(counts);
  return records;
}

/**
 * The separator whose count is the same in the most records, or null when the file has one column.
 * Of two that are equally steady the one with more columns wins: decimal commas and "Doe, Jane" are fewer than cells.
 */
export function detectSeparator(text: string): Separator | null {
  const records = countSeparators(text.slice(0, 512 * 1024), 300);
  let best: { separator: Separator; steady: number; count: number } | null = null;
  for (const separator of separators) {
    const often = new Map<number, number>();
    for (const record of records) if (record[separator] > 0) often.set(record[separator], (often.get(record[separator]) ?? 0) + 1);
    let count = 0;
    let steady = 0;
    for (const [value, times] of often) if (times > steady || (times === steady && value > count)) [count, steady] = [value, times];
    if (steady === 0) continue;
    const better = best === null || steady > best.steady * 1.1 || (steady >= best.steady * 0.9 && count > best.count);
    if (better) best = { separator, steady, count };
  }
  return best?.separator ?? null;
}
