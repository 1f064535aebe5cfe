import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';

/** Whether a person is the actor, or reports to the actor, directly or through others. */
export async function isReportOf(ctx: Context, personId: string): Promise<boolean> {
  const me = ctx.actor.personId;
  if (me === null) return false;
  if (me === personId) return true;
  if (!ctx.actor.roles.includes('manager')) return false;
  const { rows } = await sql<{ found: boolean }>`
    with recursive up as (
      select p.manager_id, 1 as steps from people_people p where p.id = ${personId}
      union all
      select p.manager_id, up.steps + 1 from people_people p join up on p.id = up.manager_id where up.steps < 30 and up.manager_id <> ${me}
    )
    select exists (select from up where manager_id = ${me}) as found`.execute(ctx.db);
  return rows[0]?.found ?? false;
}
