import { isTimeZone } from '../../identity/index.ts';
import type { Context } from '../../platform/context.ts';
import { conflict, invalid, type Problem } from '../../platform/errors.ts';
import type { DateOrder } from '../../platform/tabular/index.ts';
import type { ColumnMapping } from '../import/recognise-columns.ts';
import { seeingAll } from '../seeing-all.ts';
import { getImportRow } from './get-import.ts';
import type { ImportRow } from './import-options.ts';
import { propose } from './upload-import.ts';
import { tableOf, workOutImport } from './work-out-import.ts';
import { writePreview } from './write-preview.ts';

/** How a list is to be read. What is left out stays. `mapping`: field to column, counted from 0. */
export type ImportChange = {
  mapping?: ColumnMapping | undefined;
  dateOrder?: DateOrder | undefined;
  declaredComplete?: boolean | undefined;
  defaultTimeZone?: string | undefined;
  sheet?: string | undefined;
};

/** Reads a list differently and works out anew what it would change. Nobody is changed. */
export async function changeImport(ctx: Context, importId: string, change: ImportChange): Promise<void> {
  const row = await getImportRow(ctx, importId, { lock: true, withFile: true });
  refuseUnlessOpen(row);
  if (change.defaultTimeZone !== undefined && !isTimeZone(change.defaultTimeZone)) {
    throw invalid('unknown_time_zone', `"${change.defaultTimeZone}" is no time zone.`, [
      { field: 'defaultTimeZone', message: 'Use a name such as Europe/Berlin.' },
    ]);
  }
  const next: ImportRow = {
    ...row,
    options: {
      ...row.options,
      evenThough: false,
      declaredComplete: change.declaredComplete ?? row.options.declaredComplete,
      defaultTimeZone: change.defaultTimeZone ?? row.options.defaultTimeZone,
      sheet: change.sheet ?? row.options.sheet,
    },
  };
  const table = await tableOf(next);
  if (change.sheet !== undefined && change.sheet !== row.options.sheet) {
    const proposal = propose(table);
    Object.assign(next, {
      headings: table.headings,
      mapping: proposal.mapping,
      notes: proposal.notes,
      options: { ...next.options, ...proposal.options },
    });
  }
  if (change.mapping !== undefined) next.mapping = checkMapping(change.mapping, next.headings);
  if (change.dateOrder !== undefined) next.options.dateOrder = change.dateOrder;
  await seeingAll(ctx, async (hidden) => writePreview(ctx, next, await workOutImport(ctx, next, table, { hidden })));
}

/** Refuses what has been confirmed or discarded already. */
export function refuseUnlessOpen(row: ImportRow): void {
  if (['preview', 'held', 'failed'].includes(row.status)) return;
  const words: Record<string, string> = { running: 'is being taken in', done: 'was taken in already', discarded: 'was discarded' };
  throw conflict('import_not_open', `The list ${row.file_name} ${words[row.status] ?? 'is not open'}. Nothing was changed.`);
}

function checkMapping(mapping: ColumnMapping, headings: string[]): ColumnMapping {
  const problems: Problem[] = [];
  const holder = new Map<number, string>();
  for (const [field, column] of Object.entries(mapping)) {
    const other = holder.get(column);
    if (headings[column] === undefined) problems.push({ field: `mapping.${field}`, message: `The list has no column ${column + 1}.` });
    else if (other !== undefined)
      problems.push({ field: `mapping.${field}`, message: `The column "${headings[column]}" stands for something else already.` });
    holder.set(column, field);
  }
  const tells = (['fullName', 'givenName', 'familyName', 'workAddress', 'employeeNumber'] as const).some(
    (field) => mapping[field] !== undefined,
  );
  if (!tells)
    problems.push({ field: 'mapping.fullName', message: 'Say which column holds the name, the work address or the employee number.' });
  if (problems.length > 0) throw invalid('bad_mapping', 'The columns cannot be used like this. Nothing was changed.', problems);
  return mapping;
}
