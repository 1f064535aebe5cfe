import { createHash } from 'node:crypto';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { invalid } from '../../platform/errors.ts';
import { cutText, readTable, type Table } from '../../platform/tabular/index.ts';
import { guessPeopleDateOrder, recogniseColumns } from '../import/recognise-columns.ts';
import { seeingAll } from '../seeing-all.ts';
import type { ImportOptions } from './import-options.ts';
import { type WorkedOut, workOutImport } from './work-out-import.ts';
import { writePreview } from './write-preview.ts';

/**
 * Reads a file as a people list (CSV or XLSX): of a workbook `sheet`, else the sheet that looks most like one. May take long and wait for
 * other files of the organization (`turn`): call it before a transaction is opened. Refuses (422) what is no list, saying what was found.
 */
export async function readPeopleList(file: {
  fileName: string;
  bytes: Uint8Array;
  sheet?: string | undefined;
  turn: string;
}): Promise<Table> {
  const { bytes, ...question } = file;
  return readTable(bytes, { ...question, countKnown: (sample) => Object.keys(recogniseColumns(sample).mapping).length });
}

type NewList = {
  fileName: string;
  bytes: Uint8Array;
  declaredComplete?: boolean;
  sheet?: string | undefined;
  table?: Table;
  sourceId?: string;
};

/**
 * Takes a people list, recognises its columns and works out what it would change. Nobody is changed. Returns the import's id. `table`: what
 * was read of the file before the transaction was opened; without it, it is read now, as readPeopleList does.
 */
export const uploadImport = async (ctx: Context, input: NewList): Promise<string> => (await previewImport(ctx, input)).id;

/** The same, with what the list would do. `sourceId`: the source that tells it by itself. */
export async function previewImport(ctx: Context, input: NewList): Promise<{ id: string; worked: WorkedOut }> {
  const table =
    input.table ?? (await readPeopleList({ fileName: input.fileName, bytes: input.bytes, sheet: input.sheet, turn: ctx.organizationId }));
  const file = Buffer.from(input.bytes);
  const proposal = propose(table);
  const { time_zone: timeZone } = await ctx.db.selectFrom('identity_organizations').select('time_zone').executeTakeFirstOrThrow();
  const options: ImportOptions = {
    ...proposal.options,
    declaredComplete: input.declaredComplete ?? false,
    defaultTimeZone: timeZone,
    sheet: table.sheet,
    sheets: table.sheets,
    evenThough: false,
    ...(input.sourceId === undefined ? {} : { sourceId: input.sourceId }),
  };
  const { id } = await ctx.db
    .insertInto('people_imports')
    .values({
      organization_id: ctx.organizationId,
      file_name: input.fileName,
      file_hash: createHash('sha256').update(file).digest(),
      headings: table.headings,
      mapping: JSON.stringify(proposal.mapping),
      options: JSON.stringify(options),
      status: 'preview',
      file,
      member_id: ctx.actor.memberId,
      member_name: ctx.actor.name,
      created_at: ctx.now.toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const row = { id, mapping: proposal.mapping, options, headings: table.headings, notes: proposal.notes };
  const worked = await seeingAll(ctx, async (hidden) => {
    const found = await workOutImport(ctx, row, table, { hidden });
    await writePreview(ctx, row, found);
    return found;
  });
  await discardOlder(ctx, id);
  return { id, worked };
}

/** How a table is read when nobody has said otherwise. */
export function propose(table: Table) {
  const proposal = recogniseColumns(table);
  const order = guessPeopleDateOrder(table, proposal.mapping);
  if (Object.keys(proposal.mapping).length === 0) {
    throw invalid(
      'no_people_in_file',
      `None of the headings (${table.headings.slice(0, 4).join(', ')}) is known as a column of a people list. Nothing was changed. The first row must hold headings such as Name, Email, Start.`,
    );
  }
  const byColumn = new Map(Object.entries(proposal.fields).map(([field, column]) => [column.column, { field, ...column }]));
  return {
    mapping: proposal.mapping,
    notes: [...table.notes, ...proposal.notes],
    options: {
      dateOrder: order === 'ambiguous' ? null : order,
      dateOrderAsked: order === 'ambiguous',
      columns: table.headings.map((heading, column) => {
        const found = byColumn.get(column);
        return {
          heading,
          field: found?.field ?? null,
          confidence: found?.confidence ?? null,
          why: found?.why ?? null,
          samples: samplesOf(table, column),
        };
      }),
    },
  };
}

function samplesOf(table: Table, column: number): string[] {
  const samples = new Set<string>();
  for (const { cells } of table.rows) {
    const value = cells[column];
    if (value) samples.add(cutText(value, 80));
    if (samples.size === 3) break;
  }
  return [...samples];
}

/** A list that waits for its confirmation gives way to the next one. */
async function discardOlder(ctx: Context, importId: string): Promise<void> {
  const older = await ctx.db
    .updateTable('people_imports')
    .set({ status: 'discarded', problem: 'A newer list took its place.', finished_at: ctx.now.toString(), file: null })
    .where('status', 'in', ['preview', 'held'])
    .where('id', '<>', importId)
    .returning('id')
    .execute();
  if (older.length === 0) return;
  await seeingAll(ctx, () =>
    sql`delete from people_import_rows where import_id = any (${older.map(({ id }) => id)}::uuid[])`.execute(ctx.db),
  );
}
