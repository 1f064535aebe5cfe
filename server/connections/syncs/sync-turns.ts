import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { readingMinutes } from './reading-minutes.ts';

/**
 * Takes an organization's turn for a sync or list, or lets it wait: one of each kind is worked on at a time, so that the slow apps of one
 * organization never take up all workers. False: another is under way, and `nextInTurn` names this one when that has ended.
 */
export async function takeTurn(ctx: Context, syncId: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended('sync turn ' || ${ctx.organizationId}, 0))`.execute(ctx.db);
  const sync = await ctx.db
    .selectFrom('connections_syncs')
    .select(['kind', 'status'])
    .where('id', '=', syncId)
    .where('status', 'in', ['queued', 'running'])
    .forUpdate()
    .executeTakeFirst();
  if (!sync) return true;
  const other = await ctx.db
    .selectFrom('connections_syncs')
    .select('id')
    .where('kind', '=', sync.kind)
    .where('status', '=', 'running')
    .where('id', '<>', syncId)
    .where('started_at', '>', ctx.now.subtract({ minutes: readingMinutes }).toString())
    .limit(1)
    .executeTakeFirst();
  await ctx.db
    .updateTable('connections_syncs')
    .set(other ? { waits_since: ctx.now.toString() } : { status: 'running', started_at: ctx.now.toString(), waits_since: null })
    .where('id', '=', syncId)
    .execute();
  return other === undefined;
}

/** The sync or list that has waited longest for its turn; it waits no longer, and the caller gives it a job. null when none waits. */
export async function nextInTurn(ctx: Context): Promise<string | null> {
  const next = await ctx.db
    .selectFrom('connections_syncs')
    .select('id')
    .where('status', '=', 'queued')
    .where('waits_since', 'is not', null)
    .orderBy('waits_since')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!next) return null;
  await ctx.db.updateTable('connections_syncs').set({ waits_since: null }).where('id', '=', next.id).execute();
  return next.id;
}
