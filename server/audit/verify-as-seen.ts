import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import type { Edge } from '../platform/http/route.ts';
import { type AuditReport, verifyAudit } from '../platform/verify-audit.ts';

/**
 * Verifies the whole chain, and counts only what the reader may see: how many events there are, and where the newest head stands, would tell
 * of an exit that is concealed from them.
 */
export async function verifyAsSeen(edge: Pick<Edge, 'platform' | 'organizationId' | 'run'>): Promise<AuditReport> {
  const report = await verifyAudit(edge.platform, edge.organizationId);
  return { ...report, ...(await edge.run(countSeen)) };
}

async function countSeen(ctx: Context): Promise<Pick<AuditReport, 'events' | 'unsealed' | 'erased' | 'heads' | 'lastHead'>> {
  const { rows: counted } = await sql<{ events: number; unsealed: number; erased: number }>`
    select count(*) filter (where e.sequence is not null)::int as events, count(*) filter (where e.sequence is null)::int as unsealed,
      (select count(*)::int from platform_audit_values v where v.erased_at is not null) as erased from platform_audit_events e`.execute(
    ctx.db,
  );
  // A head that was signed for nothing but concealed events does not count.
  const { rows: heads } = await sql<{ heads: number; at: string | null; until: number | null }>`
    with heads as (select sequence, at, coalesce(lag(sequence) over (order by sequence), 0) as before from platform_audit_heads),
      seen as (select * from heads h where exists (select from platform_audit_events e where e.sequence > h.before and e.sequence <= h.sequence))
    select count(*)::int as heads, (array_agg(at order by sequence desc))[1] as at, max(sequence) as until from seen`.execute(ctx.db);
  const { heads: count, at, until } = heads[0]!;
  if (at === null || until === null) return { ...counted[0]!, heads: 0, lastHead: null };
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from platform_audit_events e where e.sequence <= ${until}`.execute(
    ctx.db,
  );
  return { ...counted[0]!, heads: count, lastHead: { sequence: rows[0]!.n, at } };
}
