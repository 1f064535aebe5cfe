import type { EntitlementRecord } from '../../../connectors/kit/index.ts';
import { writeEntitlements } from '../../apps/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { brakesOf } from '../brakes.ts';
import { readRecords } from './sync-records.ts';
import { takeInOrHold } from './take-in.ts';

/**
 * Takes in what a sync has read, in one transaction, or holds it for a person: nothing is touched then. `complete` null: the app does not
 * say how many accounts it has, so that nobody is taken for gone. `confirmed`: a person has looked at it and said whether it is complete.
 */
export async function ingestSync(
  ctx: Context,
  syncId: string,
  read: { complete: boolean | null; words: string; refused?: number; entitlements?: EntitlementRecord[]; mark?: string | null },
  confirmed?: { complete: boolean },
): Promise<void> {
  const sync = await ctx.db
    .selectFrom('connections_syncs')
    .innerJoin('apps_apps', 'apps_apps.id', 'connections_syncs.app_id')
    .selectAll('connections_syncs')
    .select('apps_apps.name')
    .where('connections_syncs.id', '=', syncId)
    .executeTakeFirstOrThrow();
  const records = await readRecords(ctx, syncId);
  // A held reading remembers how many it had refused until somebody decides about it.
  const refused = read.refused ?? (sync.counts as { refused?: number }).refused ?? 0;
  const truncated = read.complete === false ? read.words : null;
  const taken = await takeInOrHold(
    ctx,
    {
      appId: sync.app_id,
      source: 'sync',
      label: `the connection of ${sync.name}`,
      asOf: sync.as_of!,
      complete: confirmed ? confirmed.complete : read.complete === true,
      records,
      refused,
      confirmed: confirmed !== undefined,
    },
    (facts) => (confirmed ? [] : brakesOf({ ...facts, rows: records.length, truncated, what: 'sync' })),
  );
  const held = taken.reasons.length > 0;
  if (!held) await writeEntitlements(ctx, sync.app_id, read.entitlements ?? []);
  await ctx.db
    .updateTable('connections_syncs')
    .set({
      status: held ? 'held' : 'done',
      held_reasons: taken.reasons,
      notes: [read.words],
      counts: JSON.stringify({ ...taken.counts, read: records.length }),
      reading_id: held ? null : taken.readingId,
      scope: 'whole',
      ...(read.mark === undefined ? {} : { changes_mark: read.mark }),
      declared_complete: confirmed?.complete ?? read.complete === true,
      finished_at: held ? null : ctx.now.toString(),
    })
    .where('id', '=', syncId)
    .execute();
  await replaceOlderHeld(ctx, sync.app_id, syncId);
  if (!held) await followFromHere(ctx, syncId);
  if (held) {
    await appendAudit(ctx, {
      action: 'sync.held',
      subject: { kind: 'sync', id: syncId, name: sync.name },
      after: { reasons: taken.reasons },
    });
  } else {
    await ctx.db.deleteFrom('connections_sync_records').where('sync_id', '=', syncId).execute();
  }
}

/** A whole reading that was taken in: changes are followed from the mark that was taken before it. After one that was not whole, everything is read again. */
async function followFromHere(ctx: Context, syncId: string): Promise<void> {
  const sync = await ctx.db.selectFrom('connections_syncs').selectAll().where('id', '=', syncId).executeTakeFirstOrThrow();
  await ctx.db
    .updateTable('connections_connections')
    .set(sync.declared_complete ? { changes_mark: sync.changes_mark, read_whole_at: sync.as_of } : { changes_mark: null })
    .where('id', '=', sync.connection_id)
    .execute();
}

/** A newer sync of an app takes the place of an older one that is still held. */
async function replaceOlderHeld(ctx: Context, appId: string, syncId: string): Promise<void> {
  const replaced = await ctx.db
    .updateTable('connections_syncs')
    .set({ status: 'discarded', problem: 'A newer reading took its place.', finished_at: ctx.now.toString() })
    .where('app_id', '=', appId)
    .where('kind', '=', 'sync')
    .where('status', '=', 'held')
    .where('id', '<>', syncId)
    .returning('id')
    .execute();
  for (const { id } of replaced) {
    await ctx.db.deleteFrom('connections_sync_records').where('sync_id', '=', id).execute();
    await appendAudit(ctx, { action: 'sync.discarded', subject: { kind: 'sync', id }, reason: 'A newer reading took its place.' });
  }
}
