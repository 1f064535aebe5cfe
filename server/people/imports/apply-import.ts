import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { emit } from '../../platform/events.ts';
import { leavingDateGiven, peopleImported, personReturned } from '../events.ts';
import { linkMembers } from '../link-members.ts';
import { type Moved, recordMoves } from '../record-moves.ts';
import { keepByHand } from '../sources/keep-by-hand.ts';
import { recordReading } from '../sources/record-told.ts';
import { isToldField } from '../sources/told-fields.ts';
import { recordUsedAddresses } from '../work-address/used-addresses.ts';
import { ensurePlaces } from './ensure-places.ts';
import type { ImportOptions } from './import-options.ts';
import { changedWrites, newWrites, type PersonWrite } from './person-writes.ts';
import type { WorkedOut } from './work-out-import.ts';

const batch = 5_000;

/**
 * Writes all changes of a list in the caller's transaction, in batches of 5,000 people, each with its audit events. `progress` hears how many
 * are written; it must not touch the import's row in this transaction. Runs where nothing is hidden.
 */
export async function applyImport(
  ctx: Context,
  row: { id: string; options: ImportOptions },
  worked: WorkedOut,
  progress: (done: number) => Promise<void>,
): Promise<void> {
  const { diff } = worked;
  const places = await ensurePlaces(
    ctx,
    [...diff.new, ...diff.changed].map(({ record }) => record),
  );
  const { time_zone: organizationZone } = await ctx.db.selectFrom('identity_organizations').select('time_zone').executeTakeFirstOrThrow();
  const { rows: ids } = await sql<{ id: string }>`select uuidv7() as id from generate_series(1, ${diff.new.length}::int)`.execute(ctx.db);
  const idOfRow = new Map(diff.new.map(({ row }, index) => [row, ids[index]!.id]));
  const about = { worked, places, organizationZone, idOfRow, now: ctx.now };
  const added = newWrites(diff.new, about);
  const changed = changedWrites(diff.changed, about);
  await freeKeys(ctx, diff.changed);
  let done = 0;
  for (const [writes, write] of [
    [added, insertPeople],
    [changed, updatePeople],
  ] as const) {
    for (let start = 0; start < writes.length; start += batch) {
      const part = writes.slice(start, start + batch);
      // Plans of the foreign keys' checks that were made while the tables were small would read them whole for each row.
      await sql`discard plans`.execute(ctx.db);
      await recordUsedAddresses(ctx, part.flatMap(addressesGiven));
      await write(ctx, part);
      const concealed = await concealEndings(ctx, part);
      await sql`discard plans`.execute(ctx.db);
      await tell(ctx, part, concealed);
      await nameRows(ctx, row.id, part, concealed, worked);
      await recordMoves(ctx, movedOf(part, worked, ctx.now.toString().slice(0, 10)));
      for (const { id, returns } of part) if (returns) await emit(ctx, personReturned, { personId: id });
      done += part.length;
      await progress(done);
    }
  }
  const { sourceId } = row.options;
  if (sourceId !== undefined) await recordReading(ctx, sourceId, worked, idOfRow);
  else
    await keepByHand(
      ctx,
      diff.changed.map(({ personId, changes }) => ({ personId, fields: changes.map(({ field }) => field).filter(isToldField) })),
    );
  await linkMembers(ctx);
  if (done > 0) await emit(ctx, peopleImported, { importId: row.id });
}

/** Who stood on the roster before and works here still, as they were and as the list says. */
const movedOf = (writes: PersonWrite[], { known }: WorkedOut, today: string): Moved[] =>
  writes.flatMap(({ id, person, rehire, returns }) => {
    const stood = known.get(id);
    if (!stood || rehire || returns || stood.hasLeft === true || (stood.startDate !== null && stood.startDate > today)) return [];
    const value = (column: string) => (person[column] ?? null) as string | null;
    const after = {
      title: value('title'),
      employmentType: value('employment_type'),
      departmentId: value('department_id'),
      locationId: value('location_id'),
      managerId: value('manager_id'),
    };
    return [{ personId: id, before: stood, after }];
  });

/** The addresses of a person whose addresses the list gives or changes; former ones stand among the others. */
const addressesGiven = ({ before, after, person }: PersonWrite): (string | null)[] =>
  before === null || 'workAddress' in after || 'aliases' in after
    ? [person.work_address as string | null, ...(person.aliases as string[])]
    : [];

/** Work addresses and numbers that move between people are given up first: two people never hold one at the same time. */
async function freeKeys(ctx: Context, changed: WorkedOut['diff']['changed']): Promise<void> {
  const having = (field: string) =>
    changed
      .filter(({ changes }) => changes.some((change) => change.field === field && change.from !== null))
      .map(({ personId }) => personId);
  const [addresses, numbers] = [having('workAddress'), having('employeeNumber')];
  if (addresses.length > 0) await sql`update people_people set work_address = null where id = any (${addresses}::uuid[])`.execute(ctx.db);
  if (numbers.length > 0) await sql`update people_people set employee_number = null where id = any (${numbers}::uuid[])`.execute(ctx.db);
}

const shape =
  sql.raw(`as r(id uuid, given_name text, family_name text, preferred_name text, employee_number text, title text, employment_type text, department_id uuid,
  location_id uuid, time_zone text, manager_id uuid, cost_centre text, country text, work_address text, personal_address text, aliases text[], leave_from date, leave_until date,
  start_date date, last_working_day date, cut_off_local timestamp, cut_off_zone text, cut_off_at timestamptz, legal_end date, left_at timestamptz, dates_by text)`);
const flat = (writes: PersonWrite[]) => JSON.stringify(writes.map(({ id, person, employment }) => ({ id, ...person, ...employment })));

async function insertPeople(ctx: Context, writes: PersonWrite[]): Promise<void> {
  const at = ctx.now.toString();
  await sql`
    with r as materialized (select * from jsonb_to_recordset(${flat(writes)}::jsonb) ${shape}),
    p as (insert into people_people (organization_id, id, given_name, family_name, preferred_name, employee_number, title, employment_type, department_id, location_id, time_zone,
        manager_id, cost_centre, country, work_address, personal_address, aliases, leave_from, leave_until, source, created_at)
      select ${ctx.organizationId}, id, given_name, family_name, preferred_name, employee_number, title, employment_type, department_id, location_id, time_zone,
        manager_id, cost_centre, country, work_address, personal_address, aliases, leave_from, leave_until, 'import', ${at} from r)
    insert into people_employments (organization_id, person_id, start_date, last_working_day, cut_off_local, cut_off_zone, cut_off_at, legal_end, left_at, dates_by, created_at)
    select ${ctx.organizationId}, id, start_date, last_working_day, cut_off_local, cut_off_zone, cut_off_at, legal_end, left_at, dates_by, ${at} from r`.execute(
    ctx.db,
  );
}

async function updatePeople(ctx: Context, writes: PersonWrite[]): Promise<void> {
  await sql`
    update people_people p set given_name = r.given_name, family_name = r.family_name, preferred_name = r.preferred_name, employee_number = r.employee_number, title = r.title,
      employment_type = r.employment_type, department_id = r.department_id, location_id = r.location_id, time_zone = r.time_zone, manager_id = r.manager_id, cost_centre = r.cost_centre,
      country = r.country, work_address = r.work_address, personal_address = r.personal_address, aliases = r.aliases, leave_from = r.leave_from, leave_until = r.leave_until
    from jsonb_to_recordset(${flat(writes)}::jsonb) ${shape} where p.id = r.id`.execute(ctx.db);
  const moved = writes.filter(({ datesChanged, rehire }) => datesChanged && !rehire);
  const again = writes.filter(({ rehire }) => rehire);
  if (moved.length > 0) {
    await sql`
      update people_employments e set start_date = r.start_date, last_working_day = r.last_working_day, cut_off_local = r.cut_off_local, cut_off_zone = r.cut_off_zone,
        cut_off_at = r.cut_off_at, legal_end = r.legal_end, left_at = r.left_at, dates_by = r.dates_by
      from jsonb_to_recordset(${flat(moved)}::jsonb) ${shape} where e.person_id = r.id and e.current`.execute(ctx.db);
  }
  if (again.length > 0) {
    await sql`update people_employments set current = false where current and person_id = any (${again.map(({ id }) => id)}::uuid[])`.execute(
      ctx.db,
    );
    await sql`
      insert into people_employments (organization_id, person_id, start_date, last_working_day, cut_off_local, cut_off_zone, cut_off_at, legal_end, left_at, dates_by, created_at)
      select ${ctx.organizationId}, id, start_date, last_working_day, cut_off_local, cut_off_zone, cut_off_at, legal_end, left_at, dates_by, ${ctx.now.toString()}
      from jsonb_to_recordset(${flat(again)}::jsonb) ${shape}`.execute(ctx.db);
  }
}

/** Whose leaving the list sets for a moment to come does not read it here before it is there. Returns the concealment of each. */
async function concealEndings(ctx: Context, writes: PersonWrite[]): Promise<Map<string, string>> {
  const now = ctx.now.toString();
  const ending = writes.filter(
    ({ leavingChanged, employment }) =>
      leavingChanged && employment.left_at !== null && Temporal.Instant.compare(employment.left_at, ctx.now) > 0,
  );
  if (ending.length === 0) return new Map();
  const { rows } = await sql<{ person_id: string; id: string }>`
    with r as materialized (select * from jsonb_to_recordset(${JSON.stringify(ending.map(({ id, employment }) => ({ id, told: employment.left_at })))}::jsonb) as r(id uuid, told timestamptz)),
    moved as (update people_concealments c set told_at = r.told from r where c.person_id = r.id and c.lifted_at is null and c.told_at > ${now} and c.told_at < 'infinity'
      returning c.person_id, c.id),
    made as (insert into people_concealments (organization_id, person_id, told_at, created_at)
      select ${ctx.organizationId}, r.id, r.told, ${now} from r where r.id not in (select person_id from moved) returning person_id, id)
    select person_id, id from moved union all select person_id, id from made`.execute(ctx.db);
  for (const { person_id: personId } of rows) await emit(ctx, leavingDateGiven, { personId });
  return new Map(rows.map((row) => [row.person_id, row.id]));
}

const endFields = ['lastWorkingDay', 'accessCutOff', 'legalEnd'];
const parted = (values: Record<string, unknown>, ends: boolean) =>
  Object.fromEntries(Object.entries(values).filter(([field]) => endFields.includes(field) === ends));

/** What a list changed about somebody is one event; a leaving that is hidden from them is one of its own, so that the rest stays theirs to read. */
async function tell(ctx: Context, writes: PersonWrite[], concealed: ReadonlyMap<string, string>): Promise<void> {
  await appendAudit(
    ctx,
    ...writes.flatMap(({ id, name, before, after, rehire }) => {
      const event = {
        action: before === null ? 'person.added' : rehire ? 'person.rehired' : 'person.changed',
        subject: { kind: 'person', id, name },
        people: [id],
      };
      const concealmentId = concealed.get(id) ?? null;
      if (before === null) return { ...event, after, concealmentId };
      if (concealmentId === null) return { ...event, before, after };
      const rest = parted(after, false);
      const open = Object.keys(rest).length > 0 ? [{ ...event, before: parted(before, false), after: rest }] : [];
      return [...open, { ...event, before: parted(before, true), after: parted(after, true), concealmentId }];
    }),
  );
}

/** Rows of new people whom a question or a hidden leaving is about learn who they are, so that they can be decided and hidden. */
async function nameRows(
  ctx: Context,
  importId: string,
  writes: PersonWrite[],
  concealed: ReadonlyMap<string, string>,
  { diff }: WorkedOut,
): Promise<void> {
  const asked = new Set(diff.questions.map(({ row }) => row));
  const named = writes.filter(({ id, row, before }) => before === null && (asked.has(row) || concealed.has(id)));
  if (named.length === 0) return;
  await sql`
    update people_import_rows i set person_id = r.id from jsonb_to_recordset(${JSON.stringify(named.map(({ id, row }) => ({ id, row })))}::jsonb) as r(id uuid, "row" int)
    where i.import_id = ${importId} and i.row_number = r."row"`.execute(ctx.db);
}
