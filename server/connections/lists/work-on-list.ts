import type { Context } from '../../platform/context.ts';
import { syncJob } from '../jobs.ts';
import { beginSync } from '../syncs/begin-sync.ts';
import { takeInList } from './take-in-list.ts';

/** Lists of more rows than this are worked on in the background. */
const mostRowsAtOnce = 5_000;

/** Does the next stage of a list: at once, or in the background when it is long. */
export async function workOnList(ctx: Context, syncId: string): Promise<void> {
  const { counts } = await ctx.db.selectFrom('connections_syncs').select('counts').where('id', '=', syncId).executeTakeFirstOrThrow();
  if ((counts as { rows: number }).rows > mostRowsAtOnce) return ctx.platform.jobs.enqueue(ctx, syncJob, { syncId });
  const begun = await beginSync(ctx, syncId);
  if (begun) await takeInList(ctx, syncId, begun.attempt);
}
