import { isTimeZone } from '../identity/index.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { conflict, invalid, type Problem, Refusal } from '../platform/errors.ts';
import type { NewPerson } from './add-person.ts';

const address = /^[^\s@<>]+@[^\s@<>]+$/;
const addressFields = ['workAddress', 'personalAddress'] as const;

/**
 * Refuses values that a person cannot have, each problem beside its field: unknown zone, department, location or manager, a manager circle,
 * an address or number that somebody else has (named). `personId` null: somebody new.
 */
export async function checkPersonFields(ctx: Context, personId: string | null, input: Partial<NewPerson>): Promise<void> {
  const problems: Problem[] = [];
  if (input.givenName !== undefined && input.givenName.trim() === '')
    problems.push({ field: 'givenName', message: 'Write at least one name.' });
  if (input.timeZone && !isTimeZone(input.timeZone))
    problems.push({
      field: 'timeZone',
      value: input.timeZone,
      message: `"${input.timeZone}" is no time zone. Use a name such as Europe/Berlin.`,
    });
  for (const field of addressFields) {
    const value = input[field];
    if (value && !address.test(value)) problems.push({ field, value, message: `"${value}" is no mail address.` });
  }
  for (const alias of input.aliases ?? [])
    if (!address.test(alias)) problems.push({ field: 'aliases', value: alias, message: `"${alias}" is no mail address.` });
  await checkReferences(ctx, input, problems);
  if (input.managerId && personId) await checkManager(ctx, personId, input.managerId, problems);
  if (problems.length > 0) throw invalid('bad_person', 'Some values cannot be kept. Nothing was changed.', problems);
  await refuseTaken(ctx, personId, input);
}

async function checkReferences(ctx: Context, input: Partial<NewPerson>, problems: Problem[]): Promise<void> {
  const there = async (table: 'people_departments' | 'people_locations' | 'people_people', id: string) =>
    (await ctx.db.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
  if (input.departmentId && !(await there('people_departments', input.departmentId)))
    problems.push({ field: 'departmentId', message: 'There is no such department here.' });
  if (input.locationId && !(await there('people_locations', input.locationId)))
    problems.push({ field: 'locationId', message: 'There is no such location here.' });
  if (input.managerId && !(await there('people_people', input.managerId)))
    problems.push({ field: 'managerId', message: 'There is no such person here.' });
}

async function checkManager(ctx: Context, personId: string, managerId: string, problems: Problem[]): Promise<void> {
  if (personId === managerId) {
    problems.push({ field: 'managerId', message: 'Nobody reports to themselves. Leave the manager empty where there is none.' });
    return;
  }
  const { rows } = await sql<{ name: string }>`
    with recursive up as (select id, manager_id, given_name || coalesce(' ' || family_name, '') as name, 1 as steps from people_people where id = ${managerId}
      union all select p.id, p.manager_id, p.given_name || coalesce(' ' || p.family_name, ''), up.steps + 1 from people_people p join up on p.id = up.manager_id where up.steps < 100 and up.id <> ${personId})
    select name from up where exists (select from up where id = ${personId}) order by steps`.execute(ctx.db);
  if (rows.length === 0) return;
  const names = rows.map(({ name }) => name);
  problems.push({
    field: 'managerId',
    message: `That closes a circle: ${names.join(' reports to ')}. Choose somebody else, or change ${names.at(-2) ?? names[0]}'s manager first.`,
  });
}

async function refuseTaken(ctx: Context, personId: string | null, input: Partial<NewPerson>): Promise<void> {
  const addresses = [input.workAddress, ...(input.aliases ?? [])]
    .filter((value) => value !== null && value !== undefined)
    .map((value) => value.toLowerCase());
  const holder = async (condition: ReturnType<typeof sql<boolean>>) => {
    const { rows } = await sql<{ name: string }>`select given_name || coalesce(' ' || family_name, '') as name from people_people p
      where ${condition} and (${personId}::uuid is null or p.id <> ${personId}::uuid) limit 1`.execute(ctx.db);
    return rows[0]?.name;
  };
  if (addresses.length > 0) {
    const name = await holder(
      sql<boolean>`(lower(p.work_address) = any (${addresses}::text[]) or exists (select from unnest(p.aliases) a where lower(a) = any (${addresses}::text[])))`,
    );
    if (name) throw taken('address_taken', 'workAddress', `That address is ${name}'s.`);
  }
  if (input.employeeNumber) {
    const name = await holder(sql<boolean>`lower(p.employee_number) = ${input.employeeNumber.toLowerCase()}`);
    if (name) throw taken('number_taken', 'employeeNumber', `The employee number ${input.employeeNumber} is ${name}'s.`);
  }
}

function taken(code: string, field: string, message: string): Refusal {
  const { status } = conflict(code, message);
  return new Refusal(status, code, `${message} Nothing was changed.`, { problems: [{ field, message }] });
}
