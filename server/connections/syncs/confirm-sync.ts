import type { AccountMapping } from '../../apps/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { conflict, invalid } from '../../platform/errors.ts';
import type { DateOrder } from '../../platform/tabular/index.ts';
import { checkMapping } from '../lists/check-mapping.ts';
import type { ListPlan } from '../lists/list-plan.ts';
import { workOnList } from '../lists/work-on-list.ts';
import { getReachableSync, type SyncRow } from './get-reachable-sync.ts';
import { ingestSync } from './ingest-sync.ts';
import { refuseOld } from './refuse-old.ts';

/**
 * `declaredComplete`: every account of the app is on it, so that those it lacks are gone. `asOf`: when a list was exported; when it was
 * uploaded, unless told. `despite`: the reasons for holding it have been seen; confirming what is held says the same.
 */
export type Confirmation = { declaredComplete: boolean; asOf?: string; mapping?: AccountMapping; dateOrder?: DateOrder; despite?: boolean };

/** Takes in a list that was previewed, or a reading that is held. What a brake has not told anybody yet is held first. */
export async function confirmSync(ctx: Context, syncId: string, input: Confirmation): Promise<void> {
  const sync = await getReachableSync(ctx, syncId);
  if (sync.status !== 'preview' && sync.status !== 'held') throw conflict('nothing_to_confirm', notWaiting(sync));
  refuseOld(ctx, { kind: sync.kind, createdAt: sync.created_at });
  await appendAudit(ctx, {
    action: 'sync.confirmed',
    subject: { kind: 'sync', id: syncId, name: sync.file_name ?? sync.app_name },
    after: {
      declaredComplete: input.declaredComplete,
      asOf: input.asOf ?? sync.as_of,
      despite: sync.status === 'held' ? sync.held_reasons : [],
    },
  });
  if (sync.kind === 'sync') {
    return ingestSync(ctx, syncId, { complete: input.declaredComplete, words: sync.notes[0] ?? '' }, { complete: input.declaredComplete });
  }
  const plan = planAfter(sync, input);
  checkMapping(plan.headings, plan.mapping);
  await ctx.db
    .updateTable('connections_syncs')
    .set({
      status: 'queued',
      declared_complete: input.declaredComplete,
      as_of: exportedAt(ctx, sync, input.asOf),
      mapping: JSON.stringify({ ...plan, stage: 'confirm', despite: sync.status === 'held' || input.despite === true } satisfies ListPlan),
      member_id: ctx.actor.memberId,
    })
    .where('id', '=', syncId)
    .execute();
  await workOnList(ctx, syncId);
}

/** Reads a list that waits for its confirmation in another way: other columns, another order of the dates. The preview is made anew. */
export async function remapList(ctx: Context, syncId: string, input: { mapping?: AccountMapping; dateOrder?: DateOrder }): Promise<void> {
  const sync = await getReachableSync(ctx, syncId);
  if (sync.kind !== 'list' || (sync.status !== 'preview' && sync.status !== 'held')) throw conflict('nothing_to_confirm', notWaiting(sync));
  const plan = planAfter(sync, input);
  checkMapping(plan.headings, plan.mapping);
  await ctx.db
    .updateTable('connections_syncs')
    .set({ status: 'queued', mapping: JSON.stringify({ ...plan, stage: 'preview', despite: false, remembered: false } satisfies ListPlan) })
    .where('id', '=', syncId)
    .execute();
  await workOnList(ctx, syncId);
}

function planAfter(sync: SyncRow, input: { mapping?: AccountMapping; dateOrder?: DateOrder }): ListPlan {
  const plan = sync.mapping as ListPlan;
  return { ...plan, mapping: input.mapping ?? plan.mapping, dateOrder: input.dateOrder ?? plan.dateOrder };
}

function exportedAt(ctx: Context, sync: SyncRow, asOf: string | undefined): string {
  if (asOf === undefined) return sync.as_of!;
  const instant = Temporal.Instant.from(asOf);
  if (Temporal.Instant.compare(instant, ctx.now) <= 0) return instant.toString();
  const message = 'A list cannot have been exported later than now. Nothing was changed.';
  throw invalid('exported_in_the_future', message, [{ field: 'asOf', message: 'Give the moment when the list was exported.' }]);
}

function notWaiting(sync: SyncRow): string {
  if (sync.status === 'queued' || sync.status === 'running') return 'It is still being read. Wait until it is done.';
  if (sync.status === 'done') return 'It has been taken in already.';
  return `It waits for nobody any more. ${sync.problem ?? 'Upload the list again.'}`;
}
