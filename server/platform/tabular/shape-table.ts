import { invalid, type Problem } from '../errors.ts';
import { type Separator, separatorName, separators } from './detect-separator.ts';
import { findHeadings, nameHeadings } from './find-headings.ts';
import { tooManyCells, tooManyRows } from './split-csv.ts';
import { columnName, quoted, type RawRow, type ReadLimits, type RefusedRow, type TableRow, thousands } from './table.ts';

export type Shape = { headings: string[]; headingRow: number; rows: TableRow[]; refused: RefusedRow[]; notes: string[] };

/**
 * Raw rows to headings and rows of one width. Mixed separators refuse the file; in a text file a row longer than the headings is refused,
 * in a workbook (no separator) a cell always stands below its own heading, so the headings grow instead.
 */
export function shapeTable(raw: RawRow[], separator: Separator | null, limits: ReadLimits): Shape {
  if (raw.length === 0) {
    throw invalid(
      'file_empty',
      'The file holds no rows. Nothing was read. Export the list again, and look whether a filter hides the rows.',
    );
  }
  for (const row of raw) if (row.cells.length > limits.columns) tooWide(row, limits);
  if (separator !== null) refuseMixedSeparators(raw, separator);
  const at = findHeadings(raw);
  const heading = raw[at] as RawRow;
  const body = raw.slice(at + 1);
  if (body.length === 0) {
    throw invalid(
      'file_no_rows',
      `The file has headings (row ${heading.number}) and no rows below them. Nothing was read. Export the list again, and look whether a filter hides the rows.`,
    );
  }
  if (body.length > limits.rows) throw tooManyRows(limits);
  const notes: string[] = [];
  if (at > 0)
    notes.push(
      `The headings were found in row ${heading.number}; the ${at === 1 ? 'line' : 'lines'} above ${at === 1 ? 'was' : 'were'} taken for a title.`,
    );
  const spread = body.reduce((most, row) => Math.max(most, lastFilled(row.cells)), 0);
  const width = separator === null ? Math.max(heading.cells.length, spread) : heading.cells.length;
  if (width * body.length > limits.cells) throw tooManyCells(limits);
  const named = nameHeadings(Array.from({ length: width }, (_, i) => heading.cells[i] ?? ''));
  notes.push(...named.notes);
  const rows: TableRow[] = [];
  const refused: RefusedRow[] = [];
  let short = 0;
  for (const { number, cells } of body) {
    const used = lastFilled(cells);
    if (used > width) {
      refused.push({ number, cells, problems: [longRow(number, cells, used, width)] });
      continue;
    }
    if (separator !== null && cells.length < width) short++;
    rows.push({ number, cells: cells.length === width ? cells : Array.from({ length: width }, (_, i) => cells[i] ?? '') });
  }
  if (short > 0)
    notes.push(
      `${thousands(short)} ${short === 1 ? 'row is' : 'rows are'} shorter than the headings; the missing cells are read as blank.`,
    );
  return { ...dropEmptyColumns(named.headings, heading.cells, rows), headingRow: heading.number, refused, notes };
}

function dropEmptyColumns(headings: string[], given: string[], rows: TableRow[]): { headings: string[]; rows: TableRow[] } {
  const nameless = headings.map((_, i) => i).filter((i) => (given[i] ?? '') === '');
  const empty = new Set(nameless.filter((i) => rows.every((row) => row.cells[i] === '')));
  if (empty.size === 0) return { headings, rows };
  const keep = <T>(list: T[]) => list.filter((_, i) => !empty.has(i));
  return { headings: keep(headings), rows: rows.map((row) => ({ number: row.number, cells: keep(row.cells) })) };
}

function lastFilled(cells: string[]): number {
  let length = cells.length;
  while (length > 0 && cells[length - 1] === '') length--;
  return length;
}

function longRow(row: number, cells: string[], used: number, width: number): Problem {
  const value = quoted(cells[width] ?? '');
  return {
    row,
    field: `column ${columnName(width + 1)}`,
    value,
    message: `Row ${thousands(row)} has ${used} cells and there are ${width} headings, so its cells cannot be told apart. Put a text that holds a separator in quotation marks.`,
  };
}

function tooWide(row: RawRow, limits: ReadLimits): never {
  const message = `Row ${thousands(row.number)} has ${thousands(row.cells.length)} columns; at most ${limits.columns} are read.`;
  throw invalid(
    'file_too_many_columns',
    `${message} Nothing was read. Export the list with only the columns you need, one person or account per row.`,
    [{ row: row.number, message }],
  );
}

/** Refuses a file in which some rows are parted by one sign and some by another: half of it would be read as one cell. Sentences above the headings are titles. */
function refuseMixedSeparators(raw: RawRow[], separator: Separator): void {
  const often = new Map<number, number>();
  for (const row of raw) if (row.cells.length > 1) often.set(row.cells.length, (often.get(row.cells.length) ?? 0) + 1);
  const width = [...often].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])[0];
  const full = raw.findIndex((row) => row.cells.length >= width);
  for (const [index, row] of raw.entries()) {
    if (width < 2 || row.cells.length >= width) continue;
    if (index < full && row.cells.some((cell) => /[,;] /.test(cell))) continue;
    for (const other of separators) {
      if (other === separator) continue;
      const extra = row.cells.reduce((sum, cell) => sum + cell.split(other).length - 1, 0);
      if (row.cells.length + extra !== width || (extra < 2 && row.cells.length > 1)) continue;
      const message = `Row ${thousands(row.number)} is separated by ${separatorName(other)}${row.cells.length > 1 ? ` and ${separatorName(separator)}` : ''}, the rest of the file by ${separatorName(separator)}.`;
      throw invalid('file_mixed_separators', `${message} Nothing was read. Export the list once more with one separator in all rows.`, [
        { row: row.number, value: quoted(row.cells.join(separator)), message },
      ]);
    }
  }
}
