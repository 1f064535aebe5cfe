import { Worker } from 'node:worker_threads';
import { Refusal } from '../errors.ts';
import type { TableQuestion } from './parse-table.ts';
import type { Table } from './table.ts';
import type { Assignment, Heard, Said } from './table-worker.ts';

/** The limits of one file: the heap of its thread, and how long it may take on the clock. */
export type WorkLimits = { memoryMegabytes: number; seconds: number };

const usual: WorkLimits = { memoryMegabytes: 1536, seconds: 60 };

/**
 * Reads a list as readTable does, in a thread that is ended when it takes too long or needs too much memory (Refusal 422,
 * `file_takes_too_long`, `file_unpacks_too_large`): neither can hold up or end the server.
 */
export function readInWorker(bytes: Uint8Array, question: TableQuestion, { memoryMegabytes, seconds }: WorkLimits = usual): Promise<Table> {
  const { fileName, sheet, limits, countKnown } = question;
  const own = new Uint8Array(bytes);
  const assignment: Assignment = { bytes: own, fileName, sheet, limits };
  const worker = new Worker(new URL('./table-worker.ts', import.meta.url), {
    workerData: assignment,
    transferList: [own.buffer],
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
    env: {},
    execArgv: [],
  });
  return new Promise<Table>((resolve, reject) => {
    let table: Table | null = null;
    let over = false;
    const settle = (done: () => void) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      void worker.terminate().finally(done);
    };
    const refuse = (error: Error) => settle(() => reject(error));
    const timer = setTimeout(() => refuse(takesTooLong(seconds)), seconds * 1000);
    const say = (heard: Heard) => setImmediate(() => over || worker.postMessage(heard));
    const hear = async (said: Said) => {
      if (said.kind === 'refused') {
        const { status, code, message, problems, internal } = said;
        refuse(new Refusal(status, code, message, { problems, ...(internal === undefined ? {} : { internal }) }));
      } else if (said.kind === 'failed') refuse(new Error(`A list could not be read: ${said.message}`));
      else if (said.kind === 'sample') say({ known: (await countKnown?.(said.sample)) ?? 0 });
      else if (said.kind === 'table') {
        table = { ...said.table, rows: [], refused: [] };
        say({ goOn: true });
      } else {
        for (const row of said.rows) table?.rows.push(row);
        for (const row of said.refused) table?.refused.push(row);
        if (said.last) settle(() => resolve(table as Table));
        else say({ goOn: true });
      }
    };
    worker.on('message', (said: Said) => void hear(said).catch(refuse));
    worker.on('error', (error: Error & { code?: string }) => refuse(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuchMemory() : error));
    worker.on('exit', () => refuse(new Error('The thread that read a list ended before it was done.')));
  });
}

const mend = 'Nothing was read. Copy the list alone into a new workbook, keep only the columns you need, or save it as CSV.';

const takesTooLong = (seconds: number) =>
  new Refusal(422, 'file_takes_too_long', `Reading this file took longer than ${seconds} seconds and was stopped. ${mend}`);

const tooMuchMemory = () =>
  new Refusal(422, 'file_unpacks_too_large', `Reading this file takes more memory than a list needs and was stopped. ${mend}`);
