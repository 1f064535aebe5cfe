import type { Table } from '../../platform/tabular/index.ts';

const footer =
  /^[#*\s]*(?:total|grand total|summe|gesamt|anzahl|count|stand(?=\s*:|\s+\d)|seite(?=\s+\d)|page(?=\s+\d)|generated|erstellt|exported|exportiert|report (?:generated|created)|copyright|\(c\)|©|confidential|vertraulich|internal use|nur für|as of(?=\s+\d|\s*:))(?=[\s:#.,(]|$)/i;

/**
 * Rows that stand in a list and are about nobody: totals, dates, page numbers, notices. One cell alone is filled (or two, in a line of totals), and it reads
 * like such a line, or stands behind a blank line or at the very end of a list whose other rows say more.
 */
export function footerRows(table: Pick<Table, 'rows'>): ReadonlySet<number> {
  const found = new Set<number>();
  const filled = table.rows.map(({ cells }) => cells.filter((cell) => cell !== ''));
  const fuller = filled.filter((cells) => cells.length > 1).length;
  if (fuller * 2 < filled.length && fuller < 3) return words(table, filled, found);
  for (let i = table.rows.length - 1; i >= 0 && (filled[i] as string[]).length === 1; i--) found.add(table.rows[i]!.number);
  let behind = false;
  table.rows.forEach(({ number }, i) => {
    const before = table.rows[i - 1]?.number;
    if ((filled[i] as string[]).length !== 1) behind = false;
    else if (behind || (before !== undefined && number > before + 1)) {
      behind = true;
      found.add(number);
    }
  });
  return words(table, filled, found);
}

function words(table: Pick<Table, 'rows'>, filled: string[][], found: Set<number>): Set<number> {
  table.rows.forEach(({ number, cells }, i) => {
    const first = filled[i]?.[0];
    if (first === undefined || cells.length < 2 || filled[i]!.length > 2 || filled[i]!.some((cell) => cell.includes('@'))) return;
    if (footer.test(first)) found.add(number);
  });
  return found;
}
