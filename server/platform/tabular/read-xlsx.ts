import { invalid, Refusal } from '../errors.ts';
import { type CountKnown, chooseSheet } from './choose-sheet.ts';
import { type Book, readSheet } from './read-sheet.ts';
import { quoted, type RawRow, type ReadLimits, thousands } from './table.ts';
import { readStyles, readWorkbook, type Sheet, sharedStringsParser } from './xlsx-parts.ts';
import { readZipDirectory, unpackEntry, unpackText, type ZipEntry } from './zip-directory.ts';

/** The rows of one sheet: the one asked for, else the visible one of which the most columns are known. */
export async function readXlsx(
  bytes: Uint8Array,
  limits: ReadLimits,
  wanted: string | undefined,
  countKnown: CountKnown,
): Promise<{ rows: RawRow[]; sheets: string[]; sheet: string; notes: string[] }> {
  try {
    return await read(bytes, limits, wanted, countKnown);
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

async function read(bytes: Uint8Array, limits: ReadLimits, wanted: string | undefined, countKnown: CountKnown) {
  const directory = readZipDirectory(bytes);
  if (directory === null) throw new Error('There is no zip directory.');
  const entries = new Map(directory.map((entry) => [entry.name, entry]));
  refuseOtherZips(entries);
  const unpacked = directory.reduce((sum, entry) => sum + entry.size, 0);
  if (unpacked > limits.unpackedBytes) throw tooLarge(unpacked, limits);
  const spend = counter(limits.unpackedBytes, () => tooLarge(null, limits));
  const keep = counter(limits.characters, () => tooLarge(null, limits));
  const whole = (name: string) => {
    const entry = entries.get(name);
    if (entry === undefined) return null;
    if (entry.size > 16 * 1024 * 1024) throw tooLarge(entry.size, limits);
    return unpackEntry(bytes, entry, 16 * 1024 * 1024, spend).toString('utf8');
  };
  const workbook = readWorkbook(whole('xl/workbook.xml') ?? '', whole('xl/_rels/workbook.xml.rels') ?? '');
  if (workbook.sheets.length > limits.sheets) throw tooManySheets(workbook.sheets.length, limits);
  const shared = sharedStringsParser(keep);
  const sharedEntry = entries.get('xl/sharedStrings.xml');
  if (sharedEntry !== undefined) {
    for await (const piece of unpackText(bytes, sharedEntry, spend)) shared.write(piece);
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
    spend,
    keep,
  };
  const visible = workbook.sheets.filter((sheet) => !sheet.hidden);
  const candidates = wanted === undefined ? (visible.length > 0 ? visible : workbook.sheets) : [named(workbook.sheets, visible, wanted)];
  if (candidates.length === 0) throw new Error('The workbook lists no sheet.');
  const { sheet, notes: chosen } = await oneOf(book, candidates, countKnown);
  const { rows, notes } = await readSheet(book, sheet);
  return { rows, sheets: visible.map(({ name }) => name), sheet: sheet.name, notes: [...chosen, ...notes] };
}

const sampleRows = 60;

async function oneOf(book: Book, sheets: Sheet[], countKnown: CountKnown): Promise<{ sheet: Sheet; notes: string[] }> {
  if (sheets.length === 1) return { sheet: sheets[0] as Sheet, notes: [] };
  const parts = new Map<string, RawRow[]>();
  const samples = [];
  for (const sheet of sheets) {
    const rows = parts.get(sheet.part) ?? (await readSheet(book, sheet, sampleRows).catch(noRows)).rows;
    parts.set(sheet.part, rows);
    samples.push({ sheet, name: sheet.name, rows });
  }
  return chooseSheet(samples, countKnown);
}

/** A sheet that cannot be read is no list, and refuses nothing as long as another one is. */
function noRows(failure: unknown): { rows: RawRow[] } {
  if (failure instanceof Refusal && failure.code !== unpacksTooLarge) return { rows: [] };
  throw failure;
}

function named(sheets: Sheet[], visible: Sheet[], wanted: string): Sheet {
  const found = sheets.find(({ name }) => name === wanted) ?? sheets.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return found;
  const message = `The workbook has no sheet ${quoted(wanted)}. It has: ${visible.map(({ name }) => name).join(', ')}.`;
  throw invalid('file_no_such_sheet', `${message} Nothing was read.`, [{ field: 'sheet', value: quoted(wanted), message }]);
}

/** Counts up to `most` and then throws `tooMuch()`. */
function counter(most: number, tooMuch: () => Refusal): (amount: number) => void {
  let sum = 0;
  return (amount) => {
    sum += amount;
    if (sum > most) throw tooMuch();
  };
}

const unpacksTooLarge = 'file_unpacks_too_large';

function tooLarge(bytes: number | null, limits: ReadLimits) {
  const size = bytes === null ? '' : ` (${thousands(Math.ceil(bytes / 1024 / 1024))} MB)`;
  return invalid(
    unpacksTooLarge,
    `The workbook becomes too large when it is unpacked${size}; at most ${thousands(Math.floor(limits.unpackedBytes / 1024 / 1024))} MB are read. Nothing was read. Copy the list alone into a new workbook, or save it as CSV.`,
  );
}

function tooManySheets(count: number, limits: ReadLimits) {
  return invalid(
    'file_too_many_sheets',
    `The workbook has ${thousands(count)} sheets; at most ${limits.sheets} are read. Nothing was read. Copy the list alone into a new workbook, or save it as CSV.`,
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
