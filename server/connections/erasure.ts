import { sql } from '../platform/database.ts';
import { eraseNames, erasureKind, namesPattern } from '../platform/erasure.ts';

/** Rows of lists and syncs that hold the person are removed; what the syncs did stays in their counts. */
export const syncErasure = erasureKind({
  kind: 'syncs',
  erase: async (ctx, person) => {
    const pattern = namesPattern(person.names);
    const rows = await sql`delete from connections_sync_records where record::text ~* ${pattern} or problems::text ~* ${pattern}`.execute(
      ctx.db,
    );
    const named =
      (await eraseNames(ctx, person, 'connections_syncs', {
        text: ['file_name', 'problem'],
        lists: ['notes', 'held_reasons'],
        json: ['mapping', 'counts'],
      })) +
      (await eraseNames(ctx, person, 'connections_connections', { text: ['last_problem'], json: ['settings', 'last_checks'] })) +
      (await eraseNames(ctx, person, 'connections_hooks', { text: ['problem'] })) +
      (await eraseNames(ctx, person, 'connections_simulated', { json: ['record', 'pending'] }));
    return Number(rows.numAffectedRows ?? 0) + named;
  },
});
