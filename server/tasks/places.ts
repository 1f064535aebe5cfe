import type { Context } from '../platform/context.ts';
import { type Place, zoneCity } from '../platform/zoned-words.ts';

/** Where somebody is whose row of the roster was read with their location. */
export const placeOf = (row: { time_zone: string; location_name: string | null; location_zone: string | null }): Place => ({
  zone: row.time_zone,
  name: row.location_name && row.location_zone === row.time_zone ? row.location_name : zoneCity(row.time_zone),
});

/** Where people are, by their id: their zone, called by their location where that is in this zone, else by the zone's city. */
export async function placesOf(ctx: Context, personIds: string[]): Promise<Map<string, Place>> {
  if (personIds.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('people_roster as r')
    .leftJoin('people_locations as l', 'l.id', 'r.location_id')
    .select(['r.id', 'r.time_zone', 'l.name as location_name', 'l.time_zone as location_zone'])
    .where('r.id', 'in', personIds)
    .execute();
  return new Map(rows.map((row) => [row.id, placeOf(row)]));
}

/** The organization's own place. */
export async function homePlace(ctx: Context): Promise<Place> {
  const { time_zone: zone } = await ctx.db.selectFrom('identity_organizations').select('time_zone').executeTakeFirstOrThrow();
  return { zone, name: zoneCity(zone) };
}
