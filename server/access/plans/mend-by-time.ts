import { type Context, runAsSystem } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { readGrace } from '../rules/grace.ts';
import { refreshMatches } from '../rules/refresh-matches.ts';
import { mendByItself } from './mend-by-itself.ts';

/** How far back the first turn of a process looks: it may have stood still since, and repeating finds nothing more to do. */
const firstDays = 31;
/** Above this many people at once their gaps together cost less than one by one. */
const oneByOne = 100;

/**
 * A turn that closes, by rules that mend by themselves, what has opened only because time passed: access opened, a first day or a leave began or
 * ended where the person is, somebody’s end came or was told (which changes whom their manager leads), days of grace are over. Looks only at people of whom that is true
 * since the turn before.
 */
export function mendByTime(platform: Platform): () => Promise<void> {
  const looked = new Map<string, Temporal.Instant>();
  return async () => {
    const { rows } = await platform.jobsPool.query<{ organization_id: string }>('select organization_id from list_organizations()');
    for (const { organization_id: organizationId } of rows) {
      const now = platform.clock.now();
      try {
        await mendSince(platform, organizationId, looked.get(organizationId) ?? now.subtract({ hours: 24 * firstDays }), now);
        looked.set(organizationId, now);
      } catch (error) {
        // One organization keeps no other waiting; its next turn looks back as far.
        platform.log.warn({ organizationId, problem: (error as Error).message }, 'what time has opened could not be mended');
      }
    }
  };
}

async function mendSince(platform: Platform, organizationId: string, since: Temporal.Instant, now: Temporal.Instant): Promise<void> {
  const people = await changedByTime(platform, organizationId, since.toString(), now.toString());
  if (people.length > oneByOne)
    return runAsSystem(platform, organizationId, async (ctx) => {
      await refreshMatches(ctx);
      await mendByItself(ctx, {});
    });
  let failed: unknown;
  for (const personId of people) {
    try {
      await runAsSystem(platform, organizationId, async (ctx) => {
        // Also where no rule mends by itself: when one with days of grace ceases to mean somebody has to be known.
        await refreshMatches(ctx, personId);
        await mendByItself(ctx, { personId });
      });
    } catch (error) {
      // Nobody keeps those after them waiting.
      failed ??= error;
    }
  }
  if (failed !== undefined) throw failed;
}

/** Of whom something came true after `since` and until `now`, and the managers of those whose end it was. None where no rule mends by itself or states days of grace. */
async function changedByTime(platform: Platform, organizationId: string, since: string, now: string): Promise<string[]> {
  return runAsSystem(platform, organizationId, async (ctx) => {
    const came = (column: string) => sql`${sql.raw(column)} > ${since}::timestamptz and ${sql.raw(column)} <= ${now}::timestamptz`;
    const dayBegan = (column: string) =>
      sql`${sql.raw(column)} between (${since}::timestamptz - interval '1 day')::date and (${now}::timestamptz + interval '1 day')::date and ${came(`(${column}::timestamp at time zone z.zone)`)}`;
    const rules = ctx.db
      .selectFrom('access_rules')
      .select('id')
      .where((e) => e.or([e('mend', '=', 'by-itself'), e('grace_days', '>', 0)]));
    if ((await rules.limit(1).execute()).length === 0) return [];
    const days = sql`
      union select z.id from zoned z join people_employments e on e.person_id = z.id and e.current where ${dayBegan('e.start_date')}
      union select z.id from zoned z where ${dayBegan('z.leave_from')} or ${dayBegan('z.leave_over')}`;
    // Not materialized: the few whose days fall into the time are found first, and only their zones are looked up.
    const { rows } = await sql<{ id: string }>`
      with zoned as not materialized (
        select p.id, p.manager_id, p.leave_from, p.leave_until + 1 as leave_over, coalesce(p.time_zone, l.time_zone, o.time_zone) as zone
        from people_people p join identity_organizations o on o.organization_id = p.organization_id
        left join people_locations l on l.organization_id = p.organization_id and l.id = p.location_id where p.erased_at is null)
      select person_id as id from access_openings where ${came('opens_at')}
      ${beganSomewhere(since, now) ? days : sql``}
      union select unnest(array[z.id, z.manager_id]) from zoned z join people_employments e on e.person_id = z.id and e.current where ${came('e.left_at')}
      union select z.manager_id from zoned z join people_concealments c on c.person_id = z.id where ${came('c.told_at')}`.execute(ctx.db);
    return [...new Set([...rows.flatMap(({ id }) => id ?? []), ...(await graceEnded(ctx, since))])];
  });
}

/** Who kept something for now, and does no more since then. */
async function graceEnded(ctx: Context, since: string): Promise<string[]> {
  const all = await readGrace(ctx, null, { ended: true });
  const at = (one: string, other: string | Temporal.Instant) => Temporal.Instant.compare(one, other);
  return all.filter(({ until }) => at(until, since) > 0 && at(until, ctx.now) <= 0).map(({ personId }) => personId);
}

/** Whether a day can have begun anywhere in this time: all clocks differ by whole quarters of an hour. Else everybody would be looked at each minute. */
function beganSomewhere(since: string, now: string): boolean {
  const quarter = (at: string) => Math.floor(Temporal.Instant.from(at).epochMilliseconds / (15 * 60_000));
  return quarter(now) > quarter(since);
}
