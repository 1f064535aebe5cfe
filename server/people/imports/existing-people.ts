import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { EmploymentType, ExistingPerson } from '../import/person-record.ts';

/** A person as the roster has them, with what is needed to write changes. `timeZone` is the one in force (own, location's, the import's default). */
export type KnownPerson = ExistingPerson & {
  ownTimeZone: string | null;
  departmentId: string | null;
  locationId: string | null;
  cutOffAt: string | null;
  cutOffZone: string | null;
  leftAt: string | null;
  datesBy: 'import' | 'page' | 'exit' | null;
};

type Row = {
  id: string;
  given_name: string;
  family_name: string | null;
  preferred_name: string | null;
  employee_number: string | null;
  title: string | null;
  employment_type: string | null;
  department_id: string | null;
  department: string | null;
  location_id: string | null;
  location: string | null;
  location_zone: string | null;
  time_zone: string | null;
  country: string | null;
  cost_centre: string | null;
  work_address: string | null;
  personal_address: string | null;
  aliases: string[];
  manager_id: string | null;
  leave_from: string | null;
  leave_until: string | null;
  start_date: string | null;
  last_working_day: string | null;
  cut_off_local: string | null;
  cut_off_zone: string | null;
  cut_off_at: string | null;
  legal_end: string | null;
  left_at: string | null;
  dates_by: KnownPerson['datesBy'];
};

/**
 * Everybody, with the dates in force whatever is hidden from whom: a list is compared with the truth. `lock` keeps other changes of people
 * waiting until the transaction ends.
 */
export async function existingPeople(ctx: Context, defaultTimeZone: string, { lock = false } = {}): Promise<KnownPerson[]> {
  const { rows } = await sql<Row>`
    select p.id, p.given_name, p.family_name, p.preferred_name, p.employee_number, p.title, p.employment_type, p.department_id, d.name as department, p.location_id, l.name as location,
      l.time_zone as location_zone, p.time_zone, p.country, p.cost_centre, p.work_address, p.personal_address, p.aliases, p.manager_id, p.leave_from, p.leave_until,
      e.start_date, e.last_working_day, e.cut_off_local, e.cut_off_zone, e.cut_off_at, e.legal_end, e.left_at, e.dates_by
    from people_people p
    join people_employments e on e.organization_id = p.organization_id and e.person_id = p.id and e.current
    left join people_departments d on d.organization_id = p.organization_id and d.id = p.department_id
    left join people_locations l on l.organization_id = p.organization_id and l.id = p.location_id
    where p.erased_at is null order by p.id ${lock ? sql`for no key update of p, e` : sql``}`.execute(ctx.db);
  return rows.map((row) => known(row, ctx.now, defaultTimeZone));
}

function known(row: Row, now: Temporal.Instant, defaultTimeZone: string): KnownPerson {
  const timeZone = row.time_zone ?? row.location_zone ?? defaultTimeZone;
  return {
    id: row.id,
    givenName: row.given_name,
    familyName: row.family_name,
    preferredName: row.preferred_name,
    employeeNumber: row.employee_number,
    title: row.title,
    employmentType: row.employment_type as EmploymentType | null,
    department: row.department,
    location: row.location,
    // A zone that only the location tells is not the person's own, but a file that says the same changes nothing.
    timeZone: row.time_zone ?? row.location_zone,
    country: row.country,
    costCentre: row.cost_centre,
    workAddress: row.work_address,
    personalAddress: row.personal_address,
    startDate: row.start_date,
    lastWorkingDay: row.last_working_day,
    legalEnd: row.legal_end,
    leaveFrom: row.leave_from,
    leaveUntil: row.leave_until,
    aliases: row.aliases,
    accessCutOff: localCutOff(row, timeZone),
    managerId: row.manager_id,
    hasLeft: row.left_at !== null && Temporal.Instant.compare(row.left_at, now) <= 0,
    ownTimeZone: row.time_zone,
    departmentId: row.department_id,
    locationId: row.location_id,
    cutOffAt: row.cut_off_at,
    cutOffZone: row.cut_off_zone,
    leftAt: row.left_at,
    datesBy: row.dates_by,
  };
}

function localCutOff(row: Row, timeZone: string): string | null {
  if (row.cut_off_local === null || row.cut_off_at === null) return null;
  if (row.cut_off_zone === timeZone) return row.cut_off_local.slice(0, 16);
  return Temporal.Instant.from(row.cut_off_at).toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}
