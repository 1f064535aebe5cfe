import { type Context, runAsSystem } from '../../platform/context.ts';
import type { Platform } from '../../platform/platform.ts';
import { followAbsence } from './follow-absence.ts';

/** A turn that begins and ends leaves whose day has come where the person is. */
export function followAbsences(platform: Platform): () => Promise<void> {
  return async () => {
    const { rows } = await platform.jobsPool.query<{ organization_id: string }>('select organization_id from list_organizations()');
    for (const { organization_id: organizationId } of rows) {
      for (const personId of await runAsSystem(platform, organizationId, openAbsences)) {
        try {
          await runAsSystem(platform, organizationId, (ctx) => followAbsence(ctx, personId));
        } catch (error) {
          // Nobody keeps those after them waiting; the next turn tries again.
          platform.log.warn({ organizationId, problem: (error as Error).message }, 'a leave of absence could not be followed');
        }
      }
    }
  };
}

/** The same for everybody of one organization, after many people may have changed. */
export async function followAllAbsences(ctx: Context): Promise<void> {
  for (const personId of await openAbsences(ctx)) await followAbsence(ctx, personId);
}

const openAbsences = async (ctx: Context): Promise<string[]> => {
  const rows = await ctx.db
    .selectFrom('access_absences')
    .select('person_id')
    .where('status', 'in', ['planned', 'away', 'returning'])
    .orderBy('created_at')
    .execute();
  return rows.map((row) => row.person_id);
};
