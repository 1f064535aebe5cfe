import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from '../platform/errors.ts';
import type { Said } from './answer.ts';
import type { Answer } from './api-client.ts';
import type { Session } from './open-session.ts';

type View = Answer<'getPeopleImport'>;
export type PeopleList = {
  fileName: string;
  file: Uint8Array;
  /** Which sheet of a workbook; without it, the one that looks most like a people list. */
  sheet?: string | undefined;
  complete?: boolean;
  dateOrder?: 'day-first' | 'month-first' | 'iso';
  despite?: boolean;
  /** What is true of those who are on a complete list no more; without it they stay a question. */
  missing?: 'left' | 'stays';
  yes?: boolean;
  seconds: number;
};

/** Previews a people list and, with `yes`, takes it in. Rows in = new + changed + unchanged + refused. */
export async function importPeople(session: Session, list: PeopleList): Promise<Said> {
  const { call } = session;
  const uploaded = await call('uploadPeopleImport', {
    query: {
      fileName: list.fileName,
      declaredComplete: list.complete ? 'true' : 'false',
      ...(list.sheet === undefined ? {} : { sheet: list.sheet }),
    },
    file: list.file,
  });
  const params = { importId: uploaded.id };
  if (list.dateOrder) await call('changePeopleImport', { params, body: { dateOrder: list.dateOrder } });
  const preview = await settled(session, uploaded.id, list.seconds);
  const refused = await refusedRows(session, preview);
  if (preview.status === 'failed' || !list.yes) {
    const how = preview.status === 'failed' ? 'Nothing was taken in.' : 'Nothing was taken in yet. Do it with --yes.';
    return { data: { ...preview, refused }, words: [...inWords(preview), ...refused, how], failed: true };
  }
  if (preview.asksDateOrder && !list.dateOrder) {
    throw new Refusal(
      422,
      'which_date_order',
      'The dates in this file can be read in two ways. Say --date-order day-first or month-first. Nothing was taken in.',
    );
  }
  await call('confirmPeopleImport', { params, body: { evenThough: list.despite === true } });
  const done = await settled(session, uploaded.id, list.seconds);
  const decided =
    list.missing && done.status === 'done' && done.counts.undecided > 0
      ? await call('decidePeopleMissing', { params, body: { all: list.missing } })
      : null;
  await session.settle();
  const words = [...inWords(done), ...refused];
  if (decided) words.push(`Of those on the list no more, ${decided.left} left and ${decided.stay} stay.`);
  else if (done.counts.undecided > 0)
    words.push(`${done.counts.undecided} are on your list no more. Did they leave? Decide on the page, or repeat with --missing left.`);
  return { data: { ...done, refused, decided }, words, failed: done.status !== 'done' };
}

async function settled({ call, settle }: Session, importId: string, seconds: number): Promise<View> {
  await settle();
  for (const limit = performance.now() + seconds * 1000; ; ) {
    const view = await call('getPeopleImport', { params: { importId } });
    if (view.status !== 'running') return view;
    if (performance.now() > limit)
      throw new Refusal(
        503,
        'still_running',
        `The list is still being worked on after ${seconds} seconds. It goes on without this command.`,
      );
    await delay(300);
  }
}

async function refusedRows({ call }: Session, view: View): Promise<string[]> {
  if (view.counts.refused === 0) return [];
  const { rows } = await call('listPeopleImportRows', { params: { importId: view.id }, query: { change: 'refused', limit: 50 } });
  const lines = rows.map((row) => `  ${row.problems.map((problem) => problem.message).join(' ')}`);
  return view.counts.refused > rows.length ? [...lines, `  and ${view.counts.refused - rows.length} more`] : lines;
}

function inWords({ fileName, status, counts, notes, heldReasons, problem }: View): string[] {
  const numbers = `${counts.rows} rows: ${counts.new} new, ${counts.changed} changed, ${counts.unchanged} unchanged, ${counts.refused} refused`;
  return [
    `${fileName}: ${status}. ${numbers}.`,
    ...[problem, ...heldReasons, ...notes].filter((line) => line !== null).map((line) => `  ${line}`),
  ];
}
