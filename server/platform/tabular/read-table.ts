import { invalid } from '../errors.ts';
import { decodeText } from './decode-text.ts';
import { readXlsx } from './read-xlsx.ts';
import { shapeTable } from './shape-table.ts';
import { sniffFormat } from './sniff-format.ts';
import { splitCsv } from './split-csv.ts';
import { defaultLimits, type ReadLimits, type Table, thousands } from './table.ts';

/**
 * Reads a list that somebody exported: CSV (UTF-8, UTF-16, Windows-1252; `,` `;` tab `|`) or XLSX.
 * The content decides, not the file's name. Cells are trimmed text; dates of a workbook are ISO 8601, numbers have no exponent.
 * Throws a Refusal (422, codes `file_…`) that says what was found, that nothing was read, and the mend; rows that are longer than the
 * headings stand in `refused` instead.
 */
export async function readTable(
  bytes: Uint8Array,
  { fileName, sheet, limits }: { fileName: string; sheet?: string; limits?: Partial<ReadLimits> },
): Promise<Table> {
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
    const { rows, sheets, sheet: name, notes } = await readXlsx(bytes, bounds, sheet);
    const shape = shapeTable(rows, null, bounds);
    return { ...shape, format: 'xlsx', encoding: null, separator: null, sheets, sheet: name, notes: [...notes, ...shape.notes] };
  }
  const { text, encoding, notes } = decodeText(bytes);
  const { rows, separator, notes: more } = splitCsv(text, bounds);
  const shape = shapeTable(rows, separator, bounds);
  return { ...shape, format: 'csv', encoding, separator, sheets: [], sheet: null, notes: [...notes, ...more, ...shape.notes] };
}
