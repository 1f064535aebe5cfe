import { invalid } from '../errors.ts';
import type { CountKnown } from './choose-sheet.ts';
import { decodeText } from './decode-text.ts';
import { readXlsx } from './read-xlsx.ts';
import { shapeTable } from './shape-table.ts';
import { sniffFormat } from './sniff-format.ts';
import { splitCsv } from './split-csv.ts';
import { defaultLimits, quoted, type ReadLimits, type Table, thousands } from './table.ts';

/** What is read of a list. `sheet`: the one of a workbook, else the visible one in which `countKnown` finds the most columns. */
export type TableQuestion = {
  fileName: string;
  sheet?: string | undefined;
  countKnown?: CountKnown | undefined;
  limits?: Partial<ReadLimits> | undefined;
};

/** Reads a list as readTable does, at once and in this thread: what it is given may take long. */
export async function parseTable(bytes: Uint8Array, { fileName, sheet, countKnown = () => 0, limits }: TableQuestion): Promise<Table> {
  const bounds = { ...defaultLimits, ...limits };
  if (bytes.byteLength === 0)
    throw invalid('file_empty', `The file "${fileName}" is empty (0 bytes). Nothing was read. Export the list again.`);
  if (bytes.byteLength > bounds.bytes) {
    const size = (count: number) => `${thousands(Math.ceil(count / 1024 / 1024))} MB`;
    throw invalid(
      'file_too_large',
      `The file has ${size(bytes.byteLength)}; at most ${size(bounds.bytes)} are read. Nothing was read. Split it, or keep only the columns you need.`,
    );
  }
  const sniffed = sniffFormat(bytes);
  if (sniffed.kind === 'other') throw invalid('file_wrong_kind', `This is ${sniffed.words}, not a list. Nothing was read. ${sniffed.mend}`);
  if (sniffed.kind === 'zip') {
    const { rows, sheets, sheet: name, notes } = await readXlsx(bytes, bounds, sheet, countKnown);
    const shape = shapeTable(rows, null, bounds);
    return { ...shape, format: 'xlsx', encoding: null, separator: null, sheets, sheet: name, notes: [...notes, ...shape.notes] };
  }
  if (sheet !== undefined) {
    const message = `The file "${fileName}" is text and has no sheets, so ${quoted(sheet)} is not in it. Leave the sheet out, or give the workbook.`;
    throw invalid('file_no_such_sheet', `${message} Nothing was read.`, [{ field: 'sheet', value: quoted(sheet), message }]);
  }
  const { text, encoding, notes } = decodeText(bytes);
  const { rows, separator, notes: more } = splitCsv(text, bounds);
  const shape = shapeTable(rows, separator, bounds);
  return { ...shape, format: 'csv', encoding, separator, sheets: [], sheet: null, notes: [...notes, ...more, ...shape.notes] };
}
