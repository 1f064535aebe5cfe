import { Refusal } from '../errors.ts';
import { findHeadings, nameHeadings } from './find-headings.ts';
import { quoted, type RawRow, type Table } from './table.ts';

/** How many of the columns a caller knows; the sheet with the most is the list. */
export type CountKnown = (table: Pick<Table, 'headings' | 'rows'>) => number | Promise<number>;

/** The first rows of a sheet, enough to know its headings by. */
export type SheetSample<Sheet> = { sheet: Sheet; name: string; rows: RawRow[] };

/**
 * The sheet that holds the list: the one with the most known columns, the first of several that have as many. A sheet without rows or
 * headings is never chosen while another has some. `notes` name what was not read, so that a second list in the workbook is not missed.
 */
export async function chooseSheet<Sheet>(
  samples: SheetSample<Sheet>[],
  countKnown: CountKnown,
): Promise<{ sheet: Sheet; notes: string[] }> {
  const judged: (SheetSample<Sheet> & { known: number })[] = [];
  for (const sample of samples) judged.push({ ...sample, known: await knownIn(sample.rows, countKnown) });
  const best = judged.reduce((most, next) => (next.known > most.known ? next : most));
  if (samples.length === 1) return { sheet: best.sheet, notes: [] };
  const others = judged.filter((one) => one !== best).map(({ name }) => quoted(name));
  const notes = [`The workbook has ${samples.length} sheets; ${quoted(best.name)} was read. Another can be named: ${others.join(', ')}.`];
  const alike = judged.filter((one) => one !== best && one.known >= 2 && one.known * 4 >= best.known * 3);
  if (alike.length > 0) {
    const which = alike.map(({ name }) => quoted(name)).join(', ');
    notes.push(`${which} ${alike.length === 1 ? 'looks' : 'look'} like a list too and ${alike.length === 1 ? 'was' : 'were'} not read.`);
  }
  return { sheet: best.sheet, notes };
}

/** -2: no rows; -1: no headings, or nothing below them. */
async function knownIn(raw: RawRow[], countKnown: CountKnown): Promise<number> {
  if (raw.length === 0) return -2;
  try {
    const at = findHeadings(raw);
    const cells = raw[at]?.cells ?? [];
    const rows = raw.slice(at + 1).map(({ number, cells: row }) => ({ number, cells: cells.map((_, i) => row[i] ?? '') }));
    return rows.length === 0 ? -1 : await countKnown({ headings: nameHeadings(cells).headings, rows });
  } catch (failure) {
    if (failure instanceof Refusal) return -1;
    throw failure;
  }
}
