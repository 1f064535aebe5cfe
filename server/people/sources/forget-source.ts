import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';

/** Forgets what a source told, and its rank. Nobody in the people list is changed; when it tells again it begins anew. Refuses (404) an unknown id. */
export async function forgetSource(
  ctx: Context,
  which: { id: string } | { kind: 'connection' | 'directory'; refId: string },
): Promise<void> {
  const [gone] = await ctx.db
    .deleteFrom('people_sources')
    .$if('id' in which, (query) => query.where('id', '=', (which as { id: string }).id))
    .$if('refId' in which, (query) => {
      const { kind, refId } = which as { kind: string; refId: string };
      return query.where('kind', '=', kind).where('ref_id', '=', refId);
    })
    .returning(['id', 'name'])
    .execute();
  if (!gone && 'id' in which) throw notFound('source of people');
  if (gone) await appendAudit(ctx, { action: 'people.source-forgotten', subject: { kind: 'people-source', id: gone.id, name: gone.name } });
}
