import { parentPort, workerData } from 'node:worker_threads';
import { type Problem, Refusal } from '../errors.ts';
import { parseTable } from './parse-table.ts';
import type { ReadLimits, RefusedRow, Table, TableRow } from './table.ts';

/** What the thread is started with. */
export type Assignment = { bytes: Uint8Array; fileName: string; sheet: string | undefined; limits: Partial<ReadLimits> | undefined };

/**
 * What the thread says. `sample`: how many columns of this are known? The rows of a table come in parts, each when it was asked for, so that
 * no part holds up who receives it.
 */
export type Said =
  | { kind: 'sample'; sample: Pick<Table, 'headings' | 'rows'> }
  | { kind: 'refused'; status: number; code: string; message: string; problems: Problem[]; internal: string | undefined }
  | { kind: 'failed'; message: string }
  | { kind: 'table'; table: Omit<Table, 'rows' | 'refused'> }
  | { kind: 'rows'; rows: TableRow[]; refused: RefusedRow[]; last: boolean };

/** The answer to a sample: how many columns are known. To everything else: go on. */
export type Heard = { known: number } | { goOn: true };

const cellsAtOnce = 50_000;

const { bytes, fileName, sheet, limits } = workerData as Assignment;
const port = parentPort!;

const ask = (said: Said): Promise<Heard> =>
  new Promise((resolve) => {
    port.once('message', resolve);
    port.postMessage(said);
  });

const asRefusal = ({ status, code, message, problems, internal }: Refusal): Said => ({
  kind: 'refused',
  status,
  code,
  message,
  problems,
  internal,
});

try {
  const table = await parseTable(bytes, {
    fileName,
    sheet,
    limits,
    countKnown: async (sample) => {
      const heard = await ask({ kind: 'sample', sample });
      return 'known' in heard ? heard.known : 0;
    },
  });
  const { rows, refused, ...head } = table;
  await ask({ kind: 'table', table: head });
  const rowsAtOnce = Math.max(1, Math.floor(cellsAtOnce / Math.max(1, head.headings.length)));
  const most = Math.max(rows.length, refused.length);
  for (let at = 0; at < most || at === 0; at += rowsAtOnce) {
    const part = { rows: rows.slice(at, at + rowsAtOnce), refused: refused.slice(at, at + rowsAtOnce) };
    const last = at + rowsAtOnce >= most;
    if (last) port.postMessage({ kind: 'rows', ...part, last } satisfies Said);
    else await ask({ kind: 'rows', ...part, last });
  }
} catch (failure) {
  port.postMessage(failure instanceof Refusal ? asRefusal(failure) : ({ kind: 'failed', message: String(failure) } satisfies Said));
}
