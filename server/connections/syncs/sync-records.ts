import type { AccountRecord } from '../../../connectors/kit/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { SyncOvertaken, stillRuns } from './begin-sync.ts';
import { fromJson, toJson } from './record-json.ts';

/** Keeps the records of one page, and how far the reading is. Throws SyncOvertaken when another run of the sync has begun. */
export async function saveRecords(
  ctx: Context,
  sync: { syncId: string; attempt: number },
  records: AccountRecord[],
  progress: { read: number; total: number | null },
): Promise<void> {
  if (!(await stillRuns(ctx, sync.syncId, sync.attempt))) throw new SyncOvertaken();
  await insertRecords(
    ctx,
    sync.syncId,
    records.map((record, index) => ({ number: progress.read - records.length + index + 1, record: toJson(record), problems: [] })),
  );
  await ctx.db
    .updateTable('connections_syncs')
    .set({ counts: JSON.stringify(progress) })
    .where('id', '=', sync.syncId)
    .execute();
}

export type RecordRow = { number: number; record: unknown; problems: unknown[] };

/** Adds rows of a sync or list, in batches. */
export async function insertRecords(ctx: Context, syncId: string, rows: RecordRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 5_000) {
    await sql`
      insert into connections_sync_records (organization_id, sync_id, number, record, problems)
      select ${ctx.organizationId}, ${syncId}, r.number, r.record, r.problems
      from jsonb_to_recordset(${JSON.stringify(rows.slice(at, at + 5_000))}::jsonb) as r(number int, record jsonb, problems jsonb)`.execute(
      ctx.db,
    );
  }
}

/** All records of a sync, in order. */
export async function readRecords(ctx: Context, syncId: string): Promise<AccountRecord[]> {
  const rows = await ctx.db
    .selectFrom('connections_sync_records')
    .select('record')
    .where('sync_id', '=', syncId)
    .where('record', 'is not', null)
    .orderBy('number')
    .execute();
  return rows.map(({ record }) => fromJson(record));
}
