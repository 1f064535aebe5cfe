import { type AccountMapping, addApp, getReachableApp, guessAccountDateOrder, recogniseAccountColumns } from '../../apps/index.ts';
import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { readTable, type Table } from '../../platform/tabular/index.ts';
import { insertRecords } from '../syncs/sync-records.ts';
import { tellsApart } from './check-mapping.ts';
import type { ListPlan } from './list-plan.ts';
import { workOnList } from './work-on-list.ts';

/** A list as it was given. `givenAt`: when; it cannot have been true later. */
export type GivenList = { fileName: string; table: Table; givenAt: Temporal.Instant };

/**
 * Reads a file as a list of an app's users: of a workbook `sheet`, else the one that looks most like such a list. May take long and wait for
 * other files of the organization: call it before a transaction is opened.
 */
export async function readList(
  about: { organizationId: string; platform: Platform },
  { fileName, bytes, sheet }: { fileName: string; bytes: Uint8Array; sheet?: string | undefined },
): Promise<GivenList> {
  const givenAt = about.platform.clock.now();
  const table = await readTable(bytes, {
    fileName,
    sheet,
    turn: about.organizationId,
    countKnown: (sample) => Object.keys(recogniseAccountColumns(sample).mapping).length,
  });
  return { fileName, table, givenAt };
}

/** Reads a list of an app's users and works out what it would change, as takeList does, in the transaction that is open. */
export async function uploadList(
  ctx: Context,
  { appId, ...file }: { appId: string; fileName: string; bytes: Uint8Array; sheet?: string | undefined },
): Promise<string> {
  return takeList(ctx, { appId, ...(await readList(ctx, file)) });
}

/** Keeps a list of an app's users that somebody gave, and works out what it would change. Nothing is changed yet. Returns the sync's id. */
export async function takeList(ctx: Context, input: GivenList & { appId: string; newApp?: boolean }): Promise<string> {
  const { table, fileName, appId } = input;
  const givenAt = input.givenAt.toString();
  await getReachableApp(ctx, appId, { lock: true });
  const { plan, notes } = await planFor(ctx, { appId, table, givenAt, newApp: input.newApp ?? false });
  await discardOpenLists(ctx, appId);
  const { id } = await ctx.db
    .insertInto('connections_syncs')
    .values({
      organization_id: ctx.organizationId,
      app_id: appId,
      kind: 'list',
      status: 'queued',
      file_name: fileName,
      mapping: JSON.stringify(plan),
      notes: [...table.notes, ...notes],
      as_of: givenAt,
      counts: JSON.stringify({ rows: table.rows.length + table.refused.length }),
      member_id: ctx.actor.memberId,
      created_at: ctx.now.toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await insertRecords(ctx, id, [
    ...table.rows.map(({ number, cells }) => ({ number, record: { cells }, problems: [] })),
    ...table.refused.map(({ number, cells, problems }) => ({ number, record: { cells, unreadable: problems }, problems })),
  ]);
  await workOnList(ctx, id);
  return id;
}

/** Makes an app of its first list. It is gone again if the list is discarded. */
export async function addAppFromList(ctx: Context, input: GivenList & { name: string }): Promise<{ appId: string; syncId: string }> {
  const { name, ...list } = input;
  const appId = await addApp(ctx, { name });
  return { appId, syncId: await takeList(ctx, { ...list, appId, newApp: true }) };
}

async function planFor(
  ctx: Context,
  { appId, table, givenAt, newApp }: { appId: string; table: Table; givenAt: string; newApp: boolean },
): Promise<{ plan: ListPlan; notes: string[] }> {
  const proposal = recogniseAccountColumns(table);
  const kept = await ctx.db.selectFrom('connections_list_mappings').selectAll().where('app_id', '=', appId).executeTakeFirst();
  const remembered = kept ? translate(kept.mapping as AccountMapping, kept.headings, table.headings) : null;
  const mapping = remembered ?? proposal.mapping;
  if (!tellsApart(mapping) && table.headings.length < 2) {
    throw invalid(
      'no_accounts_in_list',
      `"${table.headings[0]}" is the only column, and it holds neither addresses nor names. Nothing was read. Export the list of users with their addresses.`,
    );
  }
  const order = guessAccountDateOrder(table, mapping);
  const plan: ListPlan = {
    headings: table.headings,
    mapping,
    dateOrder: order === 'ambiguous' ? null : order,
    stage: 'preview',
    despite: false,
    remembered: remembered !== null,
    newApp,
    givenAt,
    unrecognised: proposal.unrecognised,
  };
  return { plan, notes: remembered === null ? [] : unusedStatus(proposal.fields, remembered) };
}

const ofStatus: (keyof AccountMapping)[] = ['status', 'enabled', 'blocked', 'endedAt'];

/** Columns that seem to say who is suspended, and are not used because the columns are read as the last time: an account may wrongly look live. */
function unusedStatus(fields: ReturnType<typeof recogniseAccountColumns>['fields'], mapping: AccountMapping): string[] {
  const used = new Set(Object.values(mapping).flat());
  return fields
    .filter(({ field, column }) => ofStatus.includes(field) && !used.has(column))
    .map(
      ({ heading }) =>
        `The column "${heading}" seems to say which accounts can be used. It is not read, because the columns are read as the last time.`,
    );
}

/** A mapping that was confirmed for other headings, for these: by the name of each column. null when one of them is not there any more. */
function translate(mapping: AccountMapping, before: string[], now: string[]): AccountMapping | null {
  const translated: AccountMapping = {};
  for (const [field, columns] of Object.entries(mapping) as [keyof AccountMapping, number[]][]) {
    const indexes = columns.map((column) => now.indexOf(before[column] ?? ''));
    if (indexes.includes(-1)) return null;
    translated[field] = indexes;
  }
  return translated;
}

/** A list that waits for its confirmation gives way to the next one. */
async function discardOpenLists(ctx: Context, appId: string): Promise<void> {
  const replaced = await ctx.db
    .updateTable('connections_syncs')
    .set({ status: 'discarded', problem: 'A newer list took its place.', finished_at: ctx.now.toString() })
    .where('app_id', '=', appId)
    .where('kind', '=', 'list')
    .where('status', 'in', ['preview', 'held', 'queued', 'running'])
    .returning('id')
    .execute();
  for (const { id } of replaced) await ctx.db.deleteFrom('connections_sync_records').where('sync_id', '=', id).execute();
}
