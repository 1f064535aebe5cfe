import { type ForetoldLine, type ForetoldShow, foretellReading } from '../apps/index.ts';
import type { Context } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { accountsInRows, type ListPlan, recordOf } from './lists/list-plan.ts';
import { readRows } from './lists/read-rows.ts';
import { getSync } from './sync-queries.ts';
import { refuseOld } from './syncs/refuse-old.ts';
import { readRecords } from './syncs/sync-records.ts';

/** The accounts behind the numbers of a list or reading that waits for a person: those that would be gone, new, changed or as before. */
export async function listSyncEffects(
  ctx: Context,
  syncId: string,
  input: { show: ForetoldShow; limit: number; offset: number },
): Promise<{ rows: ForetoldLine[]; total: number }> {
  const sync = await getSync(ctx, syncId);
  if (sync.status !== 'preview' && sync.status !== 'held')
    throw conflict('nothing_waits', 'This reading does not wait for anybody any more. Its accounts stand on the page of the app.');
  refuseOld(ctx, sync);
  const { mapping } = await ctx.db.selectFrom('connections_syncs').select('mapping').where('id', '=', syncId).executeTakeFirstOrThrow();
  if (sync.asOf === null || (sync.kind === 'list' && mapping === null))
    throw conflict('not_read_yet', 'It has not been read yet. Wait until it is done.');
  const head = { appId: sync.appId, asOf: sync.asOf };
  if (sync.kind === 'sync') return foretellReading(ctx, { ...head, records: await readRecords(ctx, syncId) }, input);
  const { accounts, unread } = accountsInRows(await readRows(ctx, syncId), mapping as ListPlan, sync.asOf);
  return foretellReading(ctx, { ...head, records: accounts.map(recordOf), unread }, input);
}
