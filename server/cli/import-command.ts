import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { Refusal } from '../platform/errors.ts';
import { answering, type Options, type Said } from './answer.ts';
import { findAppNamed } from './find.ts';
import { importPeople } from './import-people.ts';
import { inSession, type Session } from './open-session.ts';
import { syncSettled, syncWords } from './sync-command.ts';

const dateOrders = ['day-first', 'month-first', 'iso'];

/** `import people FILE` and `import accounts APP FILE`: the preview, and with --yes the import itself. */
export function addImportCommand(program: Command): void {
  const command = program.command('import').description('take in lists (CSV, XLSX)');
  const shared = (each: Command) =>
    each
      .option('--complete', 'the list is complete: who is not on it is gone from it')
      .option('--date-order <order>', `how dates are written where that is unclear: ${dateOrders.join(', ')}`)
      .option('--sheet <name>', 'which sheet of a workbook; else the one that looks most like the list')
      .option('--despite', 'also when a brake holds it; the reasons are printed without this')
      .option('--yes', 'take it in; without, only the preview is shown')
      .option('--wait <seconds>', 'how long to wait', '600');
  shared(command.command('people').argument('<file>', 'the staff list').description('people: new, changed, unchanged, refused'))
    .option('--missing <what>', 'with --complete, of those who are not on it: left or stays')
    .action(answering(people));
  shared(
    command
      .command('accounts')
      .argument('<app>', 'the app, by name or id; made when there is none')
      .argument('<file>', 'its list of users'),
  )
    .description('the accounts of an app')
    .option('--as-of <instant>', 'when the list was exported, like 2026-11-26T08:00Z; else now')
    .action(answering(accounts));
}

function read(file: string): { fileName: string; file: Uint8Array } {
  try {
    return { fileName: path.basename(file), file: readFileSync(file) };
  } catch (error) {
    throw new Refusal(422, 'cannot_read', `${file} cannot be read (${(error as NodeJS.ErrnoException).code}). Nothing was changed.`);
  }
}

function dateOrderOf(options: Options): 'day-first' | 'month-first' | 'iso' | undefined {
  if (options.dateOrder !== undefined && !dateOrders.includes(String(options.dateOrder))) {
    throw new Refusal(422, 'bad_date_order', `--date-order must be one of ${dateOrders.join(', ')}. Nothing was changed.`);
  }
  return options.dateOrder as 'day-first' | undefined;
}

const sheetOf = (options: Options): string | undefined => (options.sheet === undefined ? undefined : String(options.sheet));

async function people(options: Options, file: string): Promise<Said> {
  const dateOrder = dateOrderOf(options);
  const missing = options.missing as 'left' | 'stays' | undefined;
  if (missing !== undefined && missing !== 'left' && missing !== 'stays') {
    throw new Refusal(422, 'bad_missing', '--missing must be left or stays. Nothing was changed.');
  }
  const list = {
    ...read(file),
    complete: options.complete === true,
    despite: options.despite === true,
    yes: options.yes === true,
    dateOrder,
    missing,
    sheet: sheetOf(options),
  };
  return inSession(options, (session) => importPeople(session, { ...list, seconds: Number(options.wait) }));
}

async function accounts(options: Options, app: string, file: string): Promise<Said> {
  const dateOrder = dateOrderOf(options);
  const list = { ...read(file), sheet: sheetOf(options) };
  return inSession(options, async (session) => {
    const seconds = Number(options.wait);
    let view = await upload(session, app, list, seconds);
    if (dateOrder && view.status === 'preview') {
      await session.call('remapList', { params: { syncId: view.id }, body: { dateOrder } });
      view = await syncSettled(session, view.id, seconds);
    }
    if (view.status === 'failed' || !options.yes) {
      const how = view.status === 'failed' ? 'Nothing was taken in.' : 'Nothing was taken in yet. Do it with --yes.';
      return { data: view, words: [syncWords(view), ...view.notes.map((note) => `  ${note}`), how], failed: true };
    }
    await session.call('confirmSync', {
      params: { syncId: view.id },
      body: {
        declaredComplete: options.complete === true,
        despite: options.despite === true,
        ...(options.asOf ? { asOf: String(options.asOf) } : {}),
        ...(dateOrder ? { dateOrder } : {}),
      },
    });
    const done = await syncSettled(session, view.id, seconds);
    const how = done.status === 'held' ? ['It is held: look at the reasons, then repeat with --despite, or decide on the page.'] : [];
    return { data: done, words: [syncWords(done), ...done.notes.map((note) => `  ${note}`), ...how], failed: done.status !== 'done' };
  });
}

async function upload(
  session: Session,
  app: string,
  { fileName, file, sheet }: { fileName: string; file: Uint8Array; sheet: string | undefined },
  seconds: number,
) {
  const which = { fileName, ...(sheet === undefined ? {} : { sheet }) };
  const known = await findAppNamed(session.call, app);
  const view = known
    ? await session.call('uploadList', { params: { appId: known.id }, query: which, file })
    : await session.call('createAppFromList', { query: { ...which, name: app }, file });
  return syncSettled(session, view.id, seconds);
}
