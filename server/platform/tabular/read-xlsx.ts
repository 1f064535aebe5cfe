import { invalid, Refusal } from '../errors.ts';
import { cellText } from './cell-text.ts';
import { cleanCell } from './clean-cell.ts';
import { tooManyRows } from './split-csv.ts';
import { quoted, type RawRow, type ReadLimits, thousands } from './table.ts';
import { readStyles, readWorkbook, type Sheet, type Show, sharedStringsParser, unescapeText, xmlParser } from './xlsx-parts.ts';
import { readZipDirectory, unpackEntry, unpackText, type ZipEntry } from './zip-directory.ts';

type Book = { bytes: Uint8Array; entries: Map<string, ZipEntry>; limits: ReadLimits; strings: string[]; shows: Show[]; from1904: boolean };

/** The rows of one sheet: the one asked for, else the first visible one that holds rows. */
export async function readXlsx(
  bytes: Uint8Array,
  limits: ReadLimits,
  wanted: string | undefined,
): Promise<{ rows: RawRow[]; sheets: string[]; sheet: string; notes: string[] }> {
  try {
    return await read(bytes, limits, wanted);
  } catch (failure) {
    if (failure instanceof Refusal) throw failure;
    throw new Refusal(
      422,
      'file_damaged',
      'The workbook is damaged: it cannot be unpacked or is not whole. Nothing was read. Open it in Excel or LibreOffice, save it anew, and try again.',
      {
        cause: failure,
        internal: String(failure),
      },
    );
  }
}

async function read(bytes: Uint8Array, limits: ReadLimits, wanted: string | undefined) {
  const directory = readZipDirectory(bytes);
  if (directory === null) throw new Error('There is no zip directory.');
  const entries = new Map(directory.map((entry) => [entry.name, entry]));
  refuseOtherZips(entries);
  const unpacked = directory.reduce((sum, entry) => sum + entry.size, 0);
  if (unpacked > limits.unpackedBytes) throw tooLarge(unpacked, limits);
  const whole = (name: string) => {
    const entry = entries.get(name);
    if (entry === undefined) return null;
    if (entry.size > 16 * 1024 * 1024) throw tooLarge(entry.size, limits);
    return unpackEntry(bytes, entry, 16 * 1024 * 1024).toString('utf8');
  };
  const workbook = readWorkbook(whole('xl/workbook.xml') ?? '', whole('xl/_rels/workbook.xml.rels') ?? '');
  const shared = sharedStringsParser();
  const sharedEntry = entries.get('xl/sharedStrings.xml');
  if (sharedEntry !== undefined) {
    for await (const piece of unpackText(bytes, sharedEntry, limits.unpackedBytes, () => tooLarge(null, limits))) shared.write(piece);
    shared.end();
  }
  const styles = whole('xl/styles.xml');
  const book: Book = {
    bytes,
    entries,
    limits,
    strings: shared.strings,
    shows: styles === null ? [] : readStyles(styles),
    from1904: workbook.from1904,
  };
  const visible = workbook.sheets.filter((sheet) => !sheet.hidden);
  const candidates = wanted === undefined ? (visible.length > 0 ? visible : workbook.sheets) : [named(workbook.sheets, visible, wanted)];
  for (const sheet of candidates) {
    const { rows, notes } = await readSheet(book, sheet);
    if (rows.length === 0 && sheet !== candidates[candidates.length - 1]) continue;
    const others = visible.length > 1 && wanted === undefined;
    return {
      rows,
      sheets: visible.map(({ name }) => name),
      sheet: sheet.name,
      notes: others ? [`The workbook has ${visible.length} sheets; ${quoted(sheet.name)} was read.`, ...notes] : notes,
    };
  }
  throw new Error('The workbook lists no sheet.');
}

function named(sheets: Sheet[], visible: Sheet[], wanted: string): Sheet {
  const found = sheets.find(({ name }) => name === wanted) ?? sheets.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return found;
  const message = `The workbook has no sheet ${quoted(wanted)}. It has: ${visible.map(({ name }) => name).join(', ')}.`;
  throw invalid('file_no_such_sheet', `${message} Nothing was read.`, [{ field: 'sheet', value: quoted(wanted), message }]);
}

async function readSheet(book: Book, sheet: Sheet): Promise<{ rows: RawRow[]; notes: string[] }> {
  const entry = book.entries.get(sheet.part);
  if (entry === undefined) throw new Error(`The part ${sheet.part} is missing.`);
  const { limits } = book;
  const rows: RawRow[] = [];
  let row: RawRow = { number: 0, cells: [] };
  let column = 0;
  let cell = { type: '', style: 0, raw: '', formula: false, valued: false };
  let inValue = false;
  let inSheet = false;
  let sounds = 0;
  const errors: { row: number; text: string }[] = [];
  let unsaved = 0;
  let hiddenRows = 0;
  const finishCell = () => {
    if (cell.formula && !cell.valued) unsaved++;
    if (!cell.valued) return;
    const text = textOf(cell, book);
    if (cell.type === 'e') errors.push({ row: row.number, text: cell.raw });
    if (text === '') return;
    if (text.length > limits.cellCharacters * 2) throw tooLarge(null, limits);
    if (column > limits.columns) {
      const message = `Row ${thousands(row.number)} has ${thousands(column)} columns or more; at most ${limits.columns} are read.`;
      throw invalid(
        'file_too_many_columns',
        `${message} Nothing was read. Keep only the columns you need, one person or account per row.`,
        [{ row: row.number, message }],
      );
    }
    while (row.cells.length < column - 1) row.cells.push('');
    row.cells.push(text);
  };
  const parser = xmlParser({
    open: (name, attributes) => {
      if (name === 'sheetData') inSheet = true;
      if (!inSheet) return;
      if (name === 'row') {
        row = { number: Number(attributes.r ?? row.number + 1), cells: [] };
        column = 0;
        if (['1', 'true'].includes(attributes.hidden ?? '')) hiddenRows++;
      } else if (name === 'c') {
        column = attributes.r === undefined ? column + 1 : columnOf(attributes.r);
        cell = { type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), raw: '', formula: false, valued: false };
      } else if (name === 'f') cell.formula = true;
      else if (name === 'rPh') sounds++;
      else if (name === 'v' || (name === 't' && sounds === 0)) inValue = cell.valued = true;
    },
    text: (text) => {
      if (inValue) cell.raw += text;
    },
    close: (name) => {
      if (name === 'v' || name === 't') inValue = false;
      else if (!inSheet) return;
      else if (name === 'c') finishCell();
      else if (name === 'rPh') sounds--;
      else if (name === 'sheetData') inSheet = false;
      else if (name === 'row' && row.cells.length > 0) {
        rows.push(row);
        if (rows.length > limits.rows + 31) throw tooManyRows(limits);
      }
    },
  });
  for await (const piece of unpackText(book.bytes, entry, limits.unpackedBytes, () => tooLarge(null, limits))) parser.write(piece);
  parser.end();
  return { rows, notes: notesOn(errors, unsaved, hiddenRows) };
}

function notesOn(errors: { row: number; text: string }[], unsaved: number, hiddenRows: number): string[] {
  const notes: string[] = [];
  const [first] = errors;
  if (first !== undefined)
    notes.push(
      `${thousands(errors.length)} ${errors.length === 1 ? 'cell holds' : 'cells hold'} an error of the spreadsheet (${first.text} in row ${first.row}) and ${errors.length === 1 ? 'is' : 'are'} read as blank.`,
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

function tooLarge(bytes: number | null, limits: ReadLimits) {
  const size = bytes === null ? '' : ` (${thousands(Math.ceil(bytes / 1024 / 1024))} MB)`;
  return invalid(
    'file_unpacks_too_large',
    `The workbook becomes too large when it is unpacked${size}; at most ${thousands(Math.floor(limits.unpackedBytes / 1024 / 1024))} MB are read. Nothing was read. Copy the list alone into a new workbook, or save it as CSV.`,
  );
}

function refuseOtherZips(entries: Map<string, ZipEntry>): void {
  const names = [...entries.keys()];
  const starts = (text: string) => names.some((name) => name.startsWith(text));
  const say = (words: string, mend: string) => {
    throw invalid('file_wrong_kind', `This is ${words}, not a list. Nothing was read. ${mend}`);
  };
  if ([...entries.values()].some((entry) => entry.encrypted))
    say('a zip file locked with a password', 'Unpack it and choose the list inside.');
  if (entries.has('xl/workbook.xml')) return;
  if (entries.has('xl/workbook.bin')) say('a workbook in the binary format of Excel (.xlsb)', 'Save it as XLSX or CSV.');
  if (starts('word/')) say('a document of Word (.docx)', 'Choose the list itself, saved as CSV or XLSX.');
  if (starts('ppt/')) say('a presentation (.pptx)', 'Choose the list itself, saved as CSV or XLSX.');
  if (starts('Index/') || starts('Index.zip')) say('a document of Numbers', 'In Numbers choose File, Export To, Excel or CSV.');
  if (entries.has('content.xml') && entries.has('mimetype')) say('an OpenDocument file (.ods)', 'Save it as XLSX or CSV.');
  const lists = names.filter((name) => /\.(csv|xlsx|txt)$/i.test(name));
  say(
    'a zip file',
    lists.length > 0
      ? `Unpack it and choose the list inside (${lists.slice(0, 3).join(', ')}).`
      : 'Choose the list itself, saved as CSV or XLSX.',
  );
}
