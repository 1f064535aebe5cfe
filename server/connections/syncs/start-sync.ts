import { getReachableApp } from '../../apps/index.ts';
import type { Context } from '../../platform/context.ts';
import { runAsSystem } from '../../platform/context.ts';
import { conflict } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { syncJob } from '../jobs.ts';
import { endSync } from './end-sync.ts';
import { nextInTurn } from './sync-turns.ts';

/**
 * Asks for a fresh reading of an app over its connection: of everything, or of what changed where the app tells that. One that is waiting or under
 * way is not doubled. Returns the sync's id.
 */
export async function startSync(ctx: Context, appId: string, scope: 'whole' | 'changes' = 'whole'): Promise<string> {
  const app = await getReachableApp(ctx, appId, { lock: true });
  const connection = await ctx.db
    .selectFrom('connections_connections')
    .select(['id', 'status'])
    .where('app_id', '=', appId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (!connection) throw conflict('not_connected', `${app.name} is not connected. Connect it, or give a list of its users.`);
  if (connection.status === 'paused') throw conflict('connection_paused', `The connection of ${app.name} is paused. Resume it first.`);
  const open = await ctx.db
    .selectFrom('connections_syncs')
    .select('id')
    .where('app_id', '=', appId)
    .where('kind', '=', 'sync')
    .where('status', 'in', ['queued', 'running'])
    .executeTakeFirst();
  if (open) return open.id;
  const { id } = await ctx.db
    .insertInto('connections_syncs')
    .values({
      organization_id: ctx.organizationId,
      app_id: appId,
      connection_id: connection.id,
      kind: 'sync',
      scope,
      status: 'queued',
      member_id: ctx.actor.memberId,
      created_at: ctx.now.toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await ctx.platform.jobs.enqueue(ctx, syncJob, { syncId: id });
  return id;
}

const stuckAfterHours = 2;

/** Starts the syncs that are due in an organization, and ends those whose work was lost. */
export async function startDueSyncs(platform: Platform, organizationId: string): Promise<void> {
  await runAsSystem(platform, organizationId, async (ctx) => {
    const lost = await ctx.db
      .selectFrom('connections_syncs')
      .select('id')
      .where('status', 'in', ['queued', 'running'])
      .where((eb) => eb(eb.fn.coalesce('started_at', 'created_at'), '<', ctx.now.subtract({ hours: stuckAfterHours }).toString()))
      .execute();
    for (const { id } of lost) await endSync(ctx, id, 'It stopped half-way and was given up. Nothing was changed.');
    // Whoever waited for one of these has nobody else to be woken by.
    const next = lost.length === 0 ? null : await nextInTurn(ctx);
    if (next) await ctx.platform.jobs.enqueue(ctx, syncJob, { syncId: next });
    const due = await ctx.db
      .selectFrom('connections_connections')
      .innerJoin('apps_apps', 'apps_apps.id', 'connections_connections.app_id')
      .select([
        'connections_connections.id',
        'connections_connections.app_id',
        'connections_connections.sync_every_minutes',
        'apps_apps.archived_at',
      ])
      .where('connections_connections.removed_at', 'is', null)
      .where('connections_connections.status', '<>', 'paused')
      .where('connections_connections.next_sync_at', '<=', ctx.now.toString())
      .forUpdate('connections_connections')
      .skipLocked()
      .execute();
    for (const row of due) {
      const every = row.archived_at === null ? row.sync_every_minutes : null;
      await ctx.db
        .updateTable('connections_connections')
        .set({ next_sync_at: every === null ? null : ctx.now.add({ minutes: every }).toString() })
        .where('id', '=', row.id)
        .execute();
      if (row.archived_at === null) await startSync(ctx, row.app_id, 'changes');
    }
  });
}
