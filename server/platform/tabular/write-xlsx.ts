import exceljs from 'exceljs';
import { neutraliseFormula } from './neutralise-formula.ts';
import type { Cell } from './write-csv.ts';

/** A workbook with one sheet, headings bold and held in place; texts are texts and never formulas, also when saved as CSV later. */
export async function writeXlsx(
  headings: string[],
  rows: Iterable<Cell[]>,
  { sheet = 'List' }: { sheet?: string } = {},
): Promise<Uint8Array> {
  const workbook = new exceljs.Workbook();
  const page = workbook.addWorksheet(sheet.replace(/[\\/?*:[\]]/g, ' ').slice(0, 31), { views: [{ state: 'frozen', ySplit: 1 }] });
  page.addRow(headings.map(neutraliseFormula)).font = { bold: true };
  for (const row of rows) page.addRow(row.map((cell) => (typeof cell === 'string' ? neutraliseFormula(cell) : (cell ?? null))));
  page.columns.forEach((column, index) => {
    column.width = Math.min(40, Math.max(12, (headings[index]?.length ?? 0) + 2));
  });
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
