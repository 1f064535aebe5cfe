import { parseTable, type TableQuestion } from './parse-table.ts';
import { readInWorker } from './read-in-worker.ts';
import { sniffFormat } from './sniff-format.ts';
import { defaultLimits, type Table } from './table.ts';
import { createTurns } from './take-turns.ts';

/** A text of this size is read within milliseconds. */
const smallBytes = 128 * 1024;

let again = 0;

const inTurn = createTurns({ atOnce: 2, mostWaiting: 30 });

/**
 * Reads a list that somebody exported: CSV (UTF-8, UTF-16, Windows-1252; `,` `;` tab `|`) or XLSX.
 * The content decides, not the file's name. Cells are trimmed text; dates of a workbook are ISO 8601, numbers have no exponent.
 * Throws a Refusal (422, codes `file_…`) that says what was found, that nothing was read, and the mend; rows that are longer than the
 * headings stand in `refused` instead. Of a workbook `sheet` is read, else the visible sheet in which `countKnown` finds the most columns.
 *
 * Workbooks and long texts are read in a thread of their own with limits, two at once in this process and one at once of each `turn` (an
 * organization's id): the others wait (Refusal 503 `too_many_files` from 30 on). Call it before a transaction is opened. Without `turn` (a file
 * that was taken in before is read again) it goes before those that wait.
 */
export async function readTable(bytes: Uint8Array, { turn, ...question }: TableQuestion & { turn?: string }): Promise<Table> {
  const most = question.limits?.bytes ?? defaultLimits.bytes;
  const quick = bytes.byteLength > most || (bytes.byteLength <= smallBytes && sniffFormat(bytes).kind !== 'zip');
  return quick ? parseTable(bytes, question) : inTurn(turn ?? `again ${++again}`, () => readInWorker(bytes, question));
}
