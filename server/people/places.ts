import { isTimeZone } from '../identity/index.ts';
import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { moveDayEnds } from './move-day-ends.ts';

export type Department = { id: string; name: string; people: number };
export type Location = Department & { timeZone: string | null; country: string | null };

/** The departments, with how many people are in each. */
export async function listDepartments(ctx: Context): Promise<Department[]> {
  const { rows } = await sql<Department>`
    select d.id, d.name, (select count(*)::int from people_people p where p.organization_id = d.organization_id and p.department_id = d.id and p.erased_at is null) as people
    from people_departments d order by lower(d.name) limit 2000`.execute(ctx.db);
  return rows;
}

/** The locations with their zones, and how many people are in each. */
export async function listLocations(ctx: Context): Promise<Location[]> {
  const { rows } = await sql<Location>`
    select l.id, l.name, l.time_zone as "timeZone", l.country,
      (select count(*)::int from people_people p where p.organization_id = l.organization_id and p.location_id = l.id and p.erased_at is null) as people
    from people_locations l order by lower(l.name) limit 2000`.execute(ctx.db);
  return rows;
}

/** Adds a department. Returns its id. */
export async function addDepartment(ctx: Context, input: { name: string }): Promise<string> {
  const row = await ctx.db
    .insertInto('people_departments')
    .values({ organization_id: ctx.organizationId, name: input.name })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) throw conflict('department_exists', `There is a department ${input.name} already.`);
  await appendAudit(ctx, { action: 'department.added', subject: { kind: 'department', id: row.id, name: input.name }, after: input });
  return row.id;
}

export type LocationFields = { name?: string | undefined; timeZone?: string | null | undefined; country?: string | null | undefined };

/** Adds a location. Returns its id. */
export async function addLocation(ctx: Context, input: LocationFields & { name: string }): Promise<string> {
  checkZone(input.timeZone);
  const row = await ctx.db
    .insertInto('people_locations')
    .values({ organization_id: ctx.organizationId, name: input.name, time_zone: input.timeZone ?? null, country: input.country ?? null })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) throw conflict('location_exists', `There is a location ${input.name} already.`);
  await appendAudit(ctx, { action: 'location.added', subject: { kind: 'location', id: row.id, name: input.name }, after: input });
  return row.id;
}

/**
 * Changes a location. A new zone moves the end of the last working day of whoever is there without a zone of their own; confirmed cut-offs keep
 * the zone and local time in which they were confirmed.
 */
export async function changeLocation(ctx: Context, locationId: string, change: LocationFields): Promise<void> {
  const stands = await ctx.db.selectFrom('people_locations').selectAll().where('id', '=', locationId).forUpdate().executeTakeFirst();
  if (!stands) throw notFound('location');
  checkZone(change.timeZone);
  const next = {
    name: change.name ?? stands.name,
    time_zone: change.timeZone === undefined ? stands.time_zone : change.timeZone,
    country: change.country === undefined ? stands.country : change.country,
  };
  const taken = await sql`select from people_locations where lower(name) = lower(${next.name}) and id <> ${locationId}`.execute(ctx.db);
  if (taken.rows.length > 0) throw conflict('location_exists', `There is a location ${next.name} already.`);
  await ctx.db.updateTable('people_locations').set(next).where('id', '=', locationId).execute();
  await appendAudit(ctx, {
    action: 'location.changed',
    subject: { kind: 'location', id: locationId, name: next.name },
    before: { name: stands.name, timeZone: stands.time_zone, country: stands.country },
    after: { name: next.name, timeZone: next.time_zone, country: next.country },
  });
  if (next.time_zone !== stands.time_zone) await moveDayEnds(ctx, { locationId });
}

function checkZone(zone: string | null | undefined): void {
  if (zone && !isTimeZone(zone))
    throw invalid('unknown_time_zone', `"${zone}" is no time zone. Nothing was changed.`, [
      { field: 'timeZone', value: zone, message: 'Use a name such as Europe/Berlin.' },
    ]);
}
