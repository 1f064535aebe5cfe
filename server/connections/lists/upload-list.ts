import { type AccountMapping, addApp, getReachableApp, guessAccountDateOrder, recogniseAccountColumns } from '../../apps/index.ts';
import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import { readTable, type Table } from '../../platform/tabular/index.ts';
import { insertRecords } from '../syncs/sync-records.ts';
import type { ListPlan } from './list-plan.ts';
import { workOnList } from './work-on-list.ts';

/** Reads a list of an app's users that somebody uploaded, and works out what it would change. Nothing is changed yet. Returns the sync's id. */
export async function uploadList(
  ctx: Context,
  input: { appId: string; fileName: string; bytes: Uint8Array; newApp?: boolean },
): Promise<string> {
  await getReachableApp(ctx, input.appId, { lock: true });
  const table = await readTable(input.bytes, { fileName: input.fileName });
  const plan = await planFor(ctx, input.appId, table, input.newApp ?? false);
  await discardOpenLists(ctx, input.appId);
  const { id } = await ctx.db
    .insertInto('connections_syncs')
    .values({
      organization_id: ctx.organizationId,
      app_id: input.appId,
      kind: 'list',
      status: 'queued',
      file_name: input.fileName,
      mapping: JSON.stringify(plan),
      notes: table.notes,
      as_of: ctx.now.toString(),
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
export async function addAppFromList(
  ctx: Context,
  input: { name: string; fileName: string; bytes: Uint8Array },
): Promise<{ appId: string; syncId: string }> {
  const appId = await addApp(ctx, { name: input.name });
  return { appId, syncId: await uploadList(ctx, { ...input, appId, newApp: true }) };
}

async function planFor(ctx: Context, appId: string, table: Table, newApp: boolean): Promise<ListPlan> {
  const proposal = recogniseAccountColumns(table);
  const kept = await ctx.db.selectFrom('connections_list_mappings').selectAll().where('app_id', '=', appId).executeTakeFirst();
  const remembered = kept ? translate(kept.mapping as AccountMapping, kept.headings, table.headings) : null;
  const mapping = remembered ?? proposal.mapping;
  if (!mapping.address && !mapping.userName && !mapping.externalId && table.headings.length < 2) {
    throw invalid(
      'no_accounts_in_list',
      `"${table.headings[0]}" is the only column, and it holds neither addresses nor user names. Nothing was read. Export the list of users with their addresses.`,
    );
  }
  const order = guessAccountDateOrder(table, mapping);
  return {
    headings: table.headings,
    mapping,
    dateOrder: order === 'ambiguous' ? null : order,
    stage: 'preview',
    despite: false,
    remembered: remembered !== null,
    newApp,
    unrecognised: proposal.unrecognised,
  };
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
