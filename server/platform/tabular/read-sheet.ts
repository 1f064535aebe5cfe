import { invalid, type Refusal } from '../errors.ts';
import { cellText } from './cell-text.ts';
import { cleanCell } from './clean-cell.ts';
import { cutText } from './cut-text.ts';
import { tooManyCells, tooManyRows } from './split-csv.ts';
import { quoted, type RawRow, type ReadLimits, thousands } from './table.ts';
import { type Sheet, type Show, unescapeText, xmlParser } from './xlsx-parts.ts';
import { type Spend, unpackText, type ZipEntry } from './zip-directory.ts';

/** An opened workbook. `spend` and `keep` count what is unpacked (bytes) and what is kept of it (characters), and throw when it is too much. */
export type Book = {
  bytes: Uint8Array;
  entries: Map<string, ZipEntry>;
  limits: ReadLimits;
  strings: string[];
  shows: Show[];
  from1904: boolean;
  spend: Spend;
  keep(characters: number): void;
};

/** The rows that a sheet can have (Excel's own limit), blank ones counted. */
const mostRowElements = 1_048_576;
/** Of a sheet that is only looked at, no more than this is unpacked. */
const lookedAtCharacters = 8 * 1024 * 1024;

/** All rows of a sheet, or its first `most`. */
export async function readSheet(book: Book, sheet: Sheet, most = Number.POSITIVE_INFINITY): Promise<{ rows: RawRow[]; notes: string[] }> {
  const entry = book.entries.get(sheet.part);
  if (entry === undefined) throw new Error(`The part ${sheet.part} is missing.`);
  const sheetReader = readerOf(book, most);
  let seen = 0;
  for await (const piece of unpackText(book.bytes, entry, book.spend)) {
    sheetReader.write(piece);
    seen += piece.length;
    if (sheetReader.rows.length >= most || (most !== Number.POSITIVE_INFINITY && seen > lookedAtCharacters)) {
      return { rows: sheetReader.rows, notes: [] };
    }
  }
  return { rows: sheetReader.rows, notes: sheetReader.end() };
}

function readerOf(book: Book, most: number): { rows: RawRow[]; write(piece: string): void; end(): string[] } {
  const { limits } = book;
  const rows: RawRow[] = [];
  let row: RawRow = { number: 0, cells: [] };
  let rowElements = 0;
  let cells = 0;
  let column = 0;
  let cell = { type: '', style: 0, raw: '', formula: false, valued: false };
  let inValue = false;
  let inSheet = false;
  let sounds = 0;
  const errors = { count: 0, row: 0, text: '' };
  let unsaved = 0;
  let hiddenRows = 0;
  const finishCell = () => {
    if (cell.formula && !cell.valued) unsaved++;
    if (!cell.valued) return;
    const text = textOf(cell, book);
    if (cell.type === 'e' && errors.count++ === 0) Object.assign(errors, { row: row.number, text: cell.raw });
    if (text === '') return;
    if (text.length > limits.cellCharacters * 2) throw hugeCell(row.number, text, limits);
    if (column > limits.columns) throw tooWide(row.number, column, limits);
    book.keep(text.length);
    while (row.cells.length < column - 1) row.cells.push('');
    row.cells[column - 1] = text;
  };
  const finishRow = () => {
    if (row.cells.length === 0 || rows.length >= most) return;
    rows.push(row);
    if (rows.length > limits.rows + 31) throw tooManyRows(limits);
    cells += row.cells.length;
    if (cells > limits.cells) throw tooManyCells(limits);
  };
  const parser = xmlParser({
    open: (name, attributes) => {
      if (name === 'sheetData') inSheet = true;
      if (!inSheet) return;
      if (name === 'row') {
        if (++rowElements > mostRowElements) throw tooManyRows(limits);
        row = { number: numberAfter(row.number, attributes.r), cells: [] };
        column = 0;
        if (['1', 'true'].includes(attributes.hidden ?? '')) hiddenRows++;
      } else if (name === 'c') {
        column = (attributes.r === undefined ? 0 : columnOf(attributes.r)) || column + 1;
        cell = { type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), raw: '', formula: false, valued: false };
      } else if (name === 'f') cell.formula = true;
      else if (name === 'rPh') sounds++;
      else if (name === 'v' || (name === 't' && sounds === 0)) inValue = cell.valued = true;
    },
    text: (text) => {
      if (!inValue) return;
      cell.raw += text;
      if (cell.raw.length > limits.cellCharacters * escaped) throw hugeCell(row.number, cell.raw, limits);
    },
    close: (name) => {
      if (name === 'v' || name === 't') inValue = false;
      else if (!inSheet) return;
      else if (name === 'c') finishCell();
      else if (name === 'rPh') sounds--;
      else if (name === 'sheetData') inSheet = false;
      else if (name === 'row') finishRow();
    },
  });
  return {
    rows,
    write: parser.write,
    end: () => {
      parser.end();
      return notesOn(errors, unsaved, hiddenRows);
    },
  };
}

/** A letter written as _x0041_ has seven. */
const escaped = 7;

/** The number that a row bears, where it can be right: rows follow one another. */
function numberAfter(before: number, given: string | undefined): number {
  const number = Number(given);
  return Number.isInteger(number) && number > before && number <= mostRowElements ? number : before + 1;
}

function notesOn(errors: { count: number; row: number; text: string }, unsaved: number, hiddenRows: number): string[] {
  const notes: string[] = [];
  if (errors.count > 0)
    notes.push(
      `${thousands(errors.count)} ${errors.count === 1 ? 'cell holds' : 'cells hold'} an error of the spreadsheet (${cutText(errors.text, 20)} in row ${errors.row}) and ${errors.count === 1 ? 'is' : 'are'} read as blank.`,
    );
  if (unsaved > 0)
    notes.push(
      `${thousands(unsaved)} ${unsaved === 1 ? 'formula has' : 'formulas have'} no saved result and ${unsaved === 1 ? 'is' : 'are'} read as blank. Open the workbook in Excel and save it to have them counted.`,
    );
  if (hiddenRows > 0)
    notes.push(
      `${thousands(hiddenRows)} ${hiddenRows === 1 ? 'row is' : 'rows are'} hidden in the workbook and ${hiddenRows === 1 ? 'was' : 'were'} read all the same.`,
    );
  return notes;
}

function textOf(cell: { type: string; style: number; raw: string }, book: Book): string {
  switch (cell.type) {
    case 's':
      return cleanCell(book.strings[Number(cell.raw)] ?? '');
    case 'inlineStr':
    case 'str':
      return cleanCell(unescapeText(cell.raw));
    case 'b':
      return cell.raw === '1' || cell.raw === 'true' ? 'TRUE' : 'FALSE';
    case 'e':
      return '';
    case 'd':
      return cell.raw.trim().replace(/T00:00:00(\.0+)?Z?$/, '');
    default:
      return cellText(cell.raw, book.shows[cell.style], book.from1904);
  }
}

function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const code = reference.charCodeAt(i);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column;
}

function tooWide(row: number, columns: number, limits: ReadLimits): Refusal {
  const message = `Row ${thousands(row)} has ${thousands(columns)} columns or more; at most ${limits.columns} are read.`;
  return invalid('file_too_many_columns', `${message} Nothing was read. Keep only the columns you need, one person or account per row.`, [
    { row, message },
  ]);
}

function hugeCell(row: number, text: string, limits: ReadLimits): Refusal {
  const message = `Row ${thousands(row)} has a cell with more than ${thousands(limits.cellCharacters)} characters, which no workbook holds.`;
  return invalid('file_huge_cell', `${message} Nothing was read. Shorten it, or save the list as CSV.`, [
    { row, message, value: quoted(text) },
  ]);
}
