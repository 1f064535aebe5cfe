import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { endOfDay } from './leaving-dates.ts';

/**
 * Computes anew when people leave whose last working day is to come and has no cut-off: the end of that day where they are now. A cut-off is an
 * instant that was confirmed in its own zone, and stays. What is hidden until then moves along.
 */
export async function moveDayEnds(ctx: Context, about: { personId: string } | { locationId: string }): Promise<void> {
  const whose = 'personId' in about ? sql`p.id = ${about.personId}` : sql`p.location_id = ${about.locationId} and p.time_zone is null`;
  const { rows } = await sql<{ id: string; person_id: string; last_working_day: string; left_at: string; zone: string }>`
    select e.id, e.person_id, e.last_working_day, e.left_at, coalesce(p.time_zone, l.time_zone, o.time_zone) as zone
    from people_employments e join people_people p on p.organization_id = e.organization_id and p.id = e.person_id
    join identity_organizations o on o.organization_id = p.organization_id
    left join people_locations l on l.organization_id = p.organization_id and l.id = p.location_id
    where e.current and e.cut_off_at is null and e.last_working_day is not null and e.left_at > ${ctx.now.toString()} and ${whose}`.execute(
    ctx.db,
  );
  for (const row of rows) {
    const leftAt = endOfDay(row.last_working_day, row.zone).toString();
    if (leftAt === row.left_at) continue;
    await ctx.db.updateTable('people_employments').set({ left_at: leftAt }).where('id', '=', row.id).execute();
    await ctx.db
      .updateTable('people_concealments')
      .set({ told_at: leftAt })
      .where('person_id', '=', row.person_id)
      .where('told_at', '=', row.left_at)
      .execute();
  }
}
