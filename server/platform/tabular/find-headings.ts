import { invalid } from '../errors.ts';
import { columnName, quoted, type RawRow } from './table.ts';

const filled = (row: RawRow): number => row.cells.reduce((sum, cell) => sum + (cell === '' ? 0 : 1), 0);

const looksLikeData = (cell: string): boolean =>
  /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(cell) || /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}/.test(cell) || /^[+-]?\d+([.,]\d+)*$/.test(cell);

/**
 * The index of the row with the headings: the first of the first 30 that is filled about as widely as the data below it.
 * Title lines above have fewer cells. Refuses a file whose first full row is data already.
 */
export function findHeadings(rows: RawRow[]): number {
  const sample = rows
    .slice(0, 60)
    .map(filled)
    .sort((a, b) => a - b);
  const usual = sample[Math.floor(sample.length / 2)] ?? 0;
  const widest = sample[sample.length - 1] ?? 0;
  const enough = Math.max(1, usual * 0.6, Math.min(2, widest));
  const index = Math.max(
    0,
    rows.slice(0, 30).findIndex((row) => filled(row) >= enough),
  );
  const row = rows[index];
  const data = row?.cells.find(looksLikeData);
  if (row !== undefined && data !== undefined && row.cells.filter((cell) => cell !== '' && looksLikeData(cell)).length * 4 >= filled(row)) {
    const message = `Row ${row.number} should hold the headings and holds data (${quoted(data)}). Put a row with the name of each column above it.`;
    throw invalid('file_no_headings', `${message} Nothing was read.`, [{ row: row.number, value: quoted(data), message }]);
  }
  return index;
}

/** Headings made whole: blank ones named by their column, repeated ones told apart, both said in `notes`. */
export function nameHeadings(cells: string[]): { headings: string[]; notes: string[] } {
  const notes: string[] = [];
  const seen = new Map<string, number>();
  const headings = cells.map((cell, index) => {
    const text = cell.replace(/\s+/g, ' ').trim();
    if (text === '') return `Column ${columnName(index + 1)}`;
    const times = (seen.get(text.toLowerCase()) ?? 0) + 1;
    seen.set(text.toLowerCase(), times);
    if (times === 1) return text;
    notes.push(`The heading ${quoted(text)} stands more than once. Column ${columnName(index + 1)} is called "${text} (${times})" here.`);
    return `${text} (${times})`;
  });
  return { headings, notes };
}
