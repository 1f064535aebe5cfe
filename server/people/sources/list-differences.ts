import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { strengthOf } from './may-write.ts';
import { endFields, fieldLabel, type ToldField } from './told-fields.ts';

/** One field of one person that a source tells otherwise than the people list has it. `stands` null: nothing stands. */
export type Difference = {
  personId: string;
  name: string;
  field: ToldField;
  label: string;
  stands: string | null;
  told: { sourceId: string; source: string; value: string; decides: boolean }[];
  decidedBy: string | null;
  decidedAt: string | null;
};

type Row = {
  person_id: string;
  name: string;
  field: ToldField;
  stands: string | null;
  told: Record<string, string>;
  decided_by: string | null;
  decided_at: string | null;
  total: string;
};

/**
 * Where the sources and the people list differ. `decided`: those that a person has settled, until something else is told; else those that are open. Leaving dates that
 * are hidden from the reader, and the reader's own, are no rows.
 */
export async function listDifferences(
  ctx: Context,
  filter: { decided: boolean; personId?: string | undefined; limit: number; offset: number },
): Promise<{ rows: Difference[]; total: number }> {
  const sources = await ctx.db.selectFrom('people_sources').select(['id', 'name', 'rank']).execute();
  const authorities = await ctx.db.selectFrom('people_field_authorities').select(['field', 'source_id']).execute();
  const strength = {
    ranks: new Map(sources.map(({ id, rank }) => [id, rank])),
    authorities: new Map(authorities.map((row) => [row.field, row.source_id])),
  };
  const nameOf = new Map(sources.map(({ id, name }) => [id, name]));
  const { rows } = await sql<Row>`
    with told as (
      select t.person_id, v.key as field, jsonb_object_agg(t.source_id, v.value) as told from people_told t cross join lateral jsonb_each_text(t.told) v
      where ${filter.personId ?? null}::uuid is null or t.person_id = ${filter.personId ?? null}::uuid group by t.person_id, v.key)
    select t.person_id, r.name, t.field, s.stands, t.told, c.chosen_by as decided_by, c.chosen_at as decided_at, count(*) over () as total
    from told t
    join people_roster r on r.id = t.person_id and r.erased_at is null
    cross join lateral (select ${standing}->>t.field as stands) s
    left join people_field_choices c on c.person_id = t.person_id and c.field = t.field and c.told = t.told
    where exists (select from jsonb_each_text(t.told) v where lower(v.value) is distinct from lower(s.stands))
      and (c.person_id is not null) = ${filter.decided}
      and not (t.field = any (${[...endFields]}::text[]) and (r.dates_by is not distinct from 'exit' or t.person_id is not distinct from ${ctx.actor.personId}::uuid
        or t.person_id = any ((select hidden_people())::uuid[])))
    order by t.field = any (${[...endFields]}::text[]) desc, lower(r.name), t.person_id, t.field limit ${filter.limit} offset ${filter.offset}`.execute(
    ctx.db,
  );
  const managers = await namesOf(
    ctx,
    rows.flatMap(({ field, stands, told }) => (field === 'manager' ? [stands, ...Object.values(told)] : [])),
  );
  return {
    total: Number(rows[0]?.total ?? 0),
    rows: rows.map((row) => {
      const shown = (value: string) => (row.field === 'manager' ? (managers.get(value) ?? 'somebody who is not here any more') : value);
      const strengths = new Map(Object.keys(row.told).map((id) => [id, strengthOf(strength, id, row.field)]));
      const strongest = Math.min(...strengths.values());
      return {
        personId: row.person_id,
        name: row.name,
        field: row.field,
        label: fieldLabel(row.field),
        stands: row.stands === null ? null : shown(row.stands),
        told: Object.entries(row.told)
          .map(([sourceId, value]) => ({
            sourceId,
            source: nameOf.get(sourceId) ?? '',
            value: shown(value),
            decides: strengths.get(sourceId) === strongest,
          }))
          .sort((a, b) => (strengths.get(a.sourceId) ?? 0) - (strengths.get(b.sourceId) ?? 0) || a.source.localeCompare(b.source, 'en')),
        decidedBy: row.decided_by,
        decidedAt: row.decided_at,
      };
    }),
  };
}

/** What stands in the people list, by field, in the form in which sources tell it. */
const standing = sql`jsonb_build_object('givenName', r.given_name, 'familyName', r.family_name, 'preferredName', r.preferred_name, 'employeeNumber', r.employee_number,
  'title', r.title, 'employmentType', r.employment_type, 'department', r.department, 'location', r.location, 'timeZone', r.time_zone, 'country', r.country,
  'costCentre', r.cost_centre, 'workAddress', r.work_address, 'personalAddress', r.personal_address, 'startDate', r.start_date, 'lastWorkingDay', r.last_working_day,
  'legalEnd', r.legal_end, 'leaveFrom', r.leave_from, 'leaveUntil', r.leave_until, 'accessCutOff', to_char(r.cut_off_local, 'YYYY-MM-DD"T"HH24:MI'), 'manager', r.manager_id)`;

async function namesOf(ctx: Context, ids: (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const people = await ctx.db.selectFrom('people_roster').select(['id', 'name']).where('id', 'in', wanted).execute();
  return new Map(people.map(({ id, name }) => [id, name as string]));
}
