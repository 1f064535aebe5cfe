import { parse } from 'csv-parse/sync';
import { invalid } from '../errors.ts';
import { cleanCell } from './clean-cell.ts';
import { detectSeparator, type Separator } from './detect-separator.ts';
import { quoted, type RawRow, type ReadLimits, thousands } from './table.ts';

type Failure = { code?: string; records?: number };

/** RFC 4180 with the separators and line ends that occur. Rows are numbered as a spreadsheet would; empty rows are left out. */
export function splitCsv(text: string, limits: ReadLimits): { rows: RawRow[]; separator: Separator | null; notes: string[] } {
  const notes: string[] = [];
  const told = /^sep=([,;\t|])(?:\r\n|\r|\n)/i.exec(text);
  const body = told === null ? text : text.slice(told[0].length);
  const offset = told === null ? 0 : 1;
  const separator = (told?.[1] as Separator | undefined) ?? detectSeparator(body);
  let strict = true;
  let records: string[][];
  try {
    records = split(body, separator, limits, true, offset);
  } catch (failure) {
    if ((failure as Failure).code !== 'INVALID_OPENING_QUOTE') throw failure;
    strict = false;
    records = split(body, separator, limits, false, offset);
    notes.push('Some cells hold a quotation mark in the middle of their text; it was read as part of the text.');
  }
  const rows: RawRow[] = [];
  for (let i = 0; i < records.length; i++) {
    const cells = records[i] as string[];
    const number = i + 1 + offset;
    if (cells.every((cell) => cell.trim() === '')) continue;
    for (let c = 0; c < cells.length; c++) {
      const cell = cells[c] as string;
      if (!strict && cell.includes('"') && /[\r\n]/.test(cell)) throw unclosed(number, cell);
      if (cell.length > limits.cellCharacters) throw hugeCell(number, c, cell, limits);
      cells[c] = cleanCell(cell);
    }
    rows.push({ number, cells });
  }
  return { rows, separator, notes };
}

function split(text: string, separator: Separator | null, limits: ReadLimits, strict: boolean, offset: number): string[][] {
  let count = 0;
  let cells = 0;
  try {
    return parse(text, {
      delimiter: separator ?? ',',
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: !strict,
      ltrim: strict && separator !== '\t',
      skip_empty_lines: false,
      on_record: (record: string[]) => {
        if (++count > limits.rows * 2 + 100) throw tooManyRows(limits);
        cells += record.length;
        if (cells > limits.cells) throw tooManyCells(limits);
        return record;
      },
    }) as string[][];
  } catch (failure) {
    const { code, records = 0 } = failure as Failure;
    if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_INVALID_CLOSING_QUOTE') throw unclosed(records + 1 + offset, null);
    throw failure;
  }
}

/** 422, before anything is read: the file has more rows of data than are read at once. */
export function tooManyRows(limits: ReadLimits) {
  return invalid(
    'file_too_many_rows',
    `The file has more than ${thousands(limits.rows)} rows of data. Nothing was read. Split it into files of at most ${thousands(limits.rows)} rows, or remove rows and columns that only look empty.`,
  );
}

/** 422, before anything is read: the list has more cells than are read at once, blank ones counted. */
export function tooManyCells(limits: ReadLimits) {
  return invalid(
    'file_too_many_cells',
    `The list has more than ${thousands(limits.cells)} cells, blank ones counted. Nothing was read. Keep only the columns you need, or split it.`,
  );
}

function unclosed(row: number, value: string | null) {
  const message = `Row ${thousands(row)}: a quotation mark (") opens here and is not closed where the cell ends. Close it, or remove it; a quotation mark inside a text is written twice ("").`;
  return invalid('file_unclosed_quote', `${message} Nothing was read.`, [
    { row, message, ...(value === null ? {} : { value: quoted(value) }) },
  ]);
}

function hugeCell(row: number, column: number, cell: string, limits: ReadLimits) {
  const message = `Row ${thousands(row)}: column ${column + 1} holds ${thousands(cell.length)} characters; a cell has at most ${thousands(limits.cellCharacters)}. A quotation mark that is not closed is a common cause.`;
  return invalid('file_huge_cell', `${message} Nothing was read.`, [{ row, message, value: quoted(cell) }]);
}
