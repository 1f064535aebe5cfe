import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { PersonRecord } from '../import/person-record.ts';

/** Departments and locations by name in small letters. */
export type Places = {
  departmentId(name: string | null | undefined): string | null;
  locationId(name: string | null | undefined): string | null;
  zoneOf(locationId: string | null): string | null;
};

/** Adds the departments and locations that records name and that are not there. A new location gets the zone and country that all its rows agree on. */
export async function ensurePlaces(ctx: Context, records: PersonRecord[]): Promise<Places> {
  const departments = [...new Set(records.map(({ department }) => department).filter((name) => name !== undefined))];
  const locations = [...new Set(records.map(({ location }) => location).filter((name) => name !== undefined))];
  const agreed = agreements(records);
  const made = await sql<{ id: string; name: string }>`
    insert into people_departments (organization_id, name) select ${ctx.organizationId}, name from unnest(${departments}::text[]) name
    on conflict (organization_id, lower(name)) do nothing returning id, name`.execute(ctx.db);
  const placed = await sql<{ id: string; name: string; time_zone: string | null }>`
    insert into people_locations (organization_id, name, time_zone, country)
    select ${ctx.organizationId}, r.name, r.zone, r.country from jsonb_to_recordset(${JSON.stringify(locations.map((name) => ({ name, ...agreed.get(name) })))}::jsonb)
      as r(name text, zone text, country text)
    on conflict (organization_id, lower(name)) do nothing returning id, name, time_zone`.execute(ctx.db);
  await appendAudit(
    ctx,
    ...made.rows.map(({ id, name }) => ({ action: 'department.added', subject: { kind: 'department', id, name }, after: { name } })),
    ...placed.rows.map(({ id, name, time_zone: timeZone }) => ({
      action: 'location.added',
      subject: { kind: 'location', id, name },
      after: { name, timeZone },
    })),
  );
  return findPlaces(ctx);
}

export async function findPlaces(ctx: Context): Promise<Places> {
  const departments = await ctx.db.selectFrom('people_departments').select(['id', 'name']).execute();
  const locations = await ctx.db.selectFrom('people_locations').select(['id', 'name', 'time_zone']).execute();
  const departmentIds = new Map(departments.map(({ id, name }) => [name.toLowerCase(), id]));
  const locationIds = new Map(locations.map(({ id, name }) => [name.toLowerCase(), id]));
  const zones = new Map(locations.map(({ id, time_zone: zone }) => [id, zone]));
  return {
    departmentId: (name) => (name ? (departmentIds.get(name.toLowerCase()) ?? null) : null),
    locationId: (name) => (name ? (locationIds.get(name.toLowerCase()) ?? null) : null),
    zoneOf: (id) => (id === null ? null : (zones.get(id) ?? null)),
  };
}

function agreements(records: PersonRecord[]): Map<string, { zone: string | null; country: string | null }> {
  const said = new Map<string, { zones: Set<string>; countries: Set<string> }>();
  for (const { location, timeZone, country } of records) {
    if (location === undefined) continue;
    const here = said.get(location) ?? { zones: new Set<string>(), countries: new Set<string>() };
    here.zones.add(timeZone ?? '');
    here.countries.add(country ?? '');
    said.set(location, here);
  }
  const only = (values: Set<string>) => (values.size === 1 ? [...values][0] || null : null);
  return new Map([...said].map(([name, { zones, countries }]) => [name, { zone: only(zones), country: only(countries) }]));
}
