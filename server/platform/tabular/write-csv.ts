import { neutraliseFormula } from './neutralise-formula.ts';

/** One cell as it is handed over to be written. */
export type Cell = string | number | boolean | null | undefined;

/** RFC 4180 in UTF-8 with byte order mark, CRLF, commas; formulas neutralised. */
export function writeCsv(headings: string[], rows: Iterable<Cell[]>): Uint8Array {
  const lines = [line(headings)];
  for (const row of rows) lines.push(line(row));
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`, 'utf8');
}

const line = (cells: Cell[]): string => cells.map(write).join(',');

function write(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  const text = typeof cell === 'string' ? neutraliseFormula(cell) : String(cell);
  return /[",;\t\r\n|]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
