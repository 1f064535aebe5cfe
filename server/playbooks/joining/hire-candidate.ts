import { checkPersonFields, getPerson, type Person } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { conflict, invalid } from '../../platform/errors.ts';
import type { HireTerms } from './hire-terms.ts';

/** What a hire will be on the roster: the terms, filled with what the person has whose role it is like, or what they themselves had here before. */
export type Candidate = {
  existing: Person | null;
  isRehire: boolean;
  name: string;
  title: string | null;
  departmentId: string | null;
  department: string | null;
  locationId: string | null;
  location: string | null;
  country: string | null;
  timeZone: string | null;
  zone: string;
  /** How their clock is called: by their location where it has this zone, else null. */
  place: string | null;
  managerId: string | null;
  manager: { id: string; name: string; address: string | null } | null;
  employmentType: string | null;
  costCentre: string | null;
};

/**
 * Fills the terms of a hire. Whose role it is like gives department, title, location, manager, employment and cost centre; a person who is
 * hired again brings their own. Refuses (409) somebody erased, somebody who works here, and somebody whose hire is under way.
 */
export async function hireCandidate(ctx: Context, terms: HireTerms): Promise<Candidate> {
  const { departmentId: inDepartment, locationId: at, managerId: under, timeZone: by, employeeNumber } = terms;
  await checkPersonFields(ctx, terms.personId ?? null, {
    ...(inDepartment ? { departmentId: inDepartment } : {}),
    ...(at ? { locationId: at } : {}),
    ...(under ? { managerId: under } : {}),
    ...(by ? { timeZone: by } : {}),
    ...(employeeNumber ? { employeeNumber } : {}),
  });
  const existing = terms.personId ? await getPerson(ctx, terms.personId) : null;
  if (existing) await refuseWhoCannotJoin(ctx, existing, terms.startDate);
  const like = terms.likePersonId ? await getPerson(ctx, terms.likePersonId) : null;
  const own = existing
    ? await ctx.db.selectFrom('people_people').select('time_zone').where('id', '=', existing.id).executeTakeFirst()
    : null;
  const pick = <T>(given: T | null | undefined, of: (person: Person) => T | null): T | null =>
    given || (like ? of(like) : existing ? of(existing) : null);
  const departmentId = pick(terms.departmentId, (person) => person.department_id);
  const locationId = pick(terms.locationId, (person) => person.location_id);
  const managerId = pick(terms.managerId, (person) => person.manager_id);
  const { rows } = await sql<{
    department: string | null;
    location: string | null;
    location_zone: string | null;
    country: string | null;
    home_zone: string;
  }>`select (select d.name from people_departments d where d.id = ${departmentId}::uuid) as department,
      l.name as location, l.time_zone as location_zone, l.country, o.time_zone as home_zone
    from identity_organizations o left join people_locations l on l.id = ${locationId}::uuid`.execute(ctx.db);
  const places = rows[0]!;
  const manager = managerId
    ? await ctx.db
        .selectFrom('people_roster')
        .select(['id', 'name', 'work_address', 'status'])
        .where('id', '=', managerId)
        .executeTakeFirst()
    : undefined;
  // A zone of their own was that of the place where they were: elsewhere the clock of the new place holds.
  const timeZone = terms.timeZone || (locationId === existing?.location_id ? own?.time_zone : null) || null;
  return {
    existing,
    isRehire: existing?.status === 'left',
    name: [terms.preferredName || terms.givenName, terms.familyName].filter(Boolean).join(' '),
    title: pick(terms.title, (person) => person.title),
    departmentId,
    department: places.department,
    locationId,
    location: places.location,
    country: places.country,
    timeZone,
    zone: timeZone ?? places.location_zone ?? places.home_zone,
    place: places.location_zone !== null && [null, places.location_zone].includes(timeZone) ? places.location : null,
    managerId,
    manager: manager ? { id: manager.id, name: manager.name, address: manager.work_address } : null,
    employmentType: pick(terms.employmentType, (person) => person.employment_type),
    costCentre: pick(terms.costCentre, (person) => person.cost_centre),
  };
}

/** The contractor playbook is for whoever works here for a time and on an invoice; everybody else joins by the joiner playbook. */
export const momentOf = (employmentType: string | null): 'joiner' | 'contractor' =>
  ['contractor', 'freelancer', 'temporary'].includes((employmentType ?? '').toLowerCase()) ? 'contractor' : 'joiner';

async function refuseWhoCannotJoin(ctx: Context, person: Person, startDate: string): Promise<void> {
  if (person.erased_at) throw conflict('erased', 'This person’s data has been erased. Hire them as somebody new.');
  const open = await ctx.db
    .selectFrom('playbooks_runs')
    .select('id')
    .where('person_id', '=', person.id)
    .where('moment', '!=', 'leaver')
    .where('status', 'in', ['running', 'paused'])
    .executeTakeFirst();
  if (open) throw conflict('already_joining', `The hire of ${person.name} is under way already. Move its start instead.`);
  if (person.status !== 'left' && person.status !== 'joining')
    throw conflict('works_here', `${person.name} works here already. Nothing was changed.`);
  const end = person.last_working_day ?? person.cut_off_local?.slice(0, 10) ?? null;
  if (person.status === 'left' && end !== null && startDate <= end)
    throw invalid(
      'start_before_end',
      `${person.name} worked here until ${end}. They can be hired again from the day after. Nothing was changed.`,
      [{ field: 'startDate', message: `Choose a day after ${end}.` }],
    );
}
