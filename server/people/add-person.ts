import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { emit } from '../platform/events.ts';
import { personChanged } from './events.ts';
import { linkMembers } from './link-members.ts';
import { checkPersonFields } from './person-fields.ts';
import { recordUsedAddresses } from './work-address/used-addresses.ts';

/** A person as the page or another domain adds one. Addresses are unique in the organization, whatever their capitals. */
export type NewPerson = {
  givenName: string;
  familyName?: string | null;
  preferredName?: string | null;
  employeeNumber?: string | null;
  title?: string | null;
  employmentType?: string | null;
  departmentId?: string | null;
  locationId?: string | null;
  timeZone?: string | null;
  managerId?: string | null;
  costCentre?: string | null;
  workAddress?: string | null;
  personalAddress?: string | null;
  aliases?: string[];
  startDate?: string | null;
};

/** Adds one person with their current employment. Returns the person's id. Refuses (422, 409) what nobody can have, naming who has it. */
export async function addPerson(ctx: Context, input: NewPerson, source = 'page'): Promise<string> {
  // First, so that what another transaction is giving out is seen by the check.
  await recordUsedAddresses(ctx, [input.workAddress, ...(input.aliases ?? [])]);
  await checkPersonFields(ctx, null, input);
  const now = ctx.now.toString();
  const person = await ctx.db
    .insertInto('people_people')
    .values({
      organization_id: ctx.organizationId,
      given_name: input.givenName,
      family_name: input.familyName ?? null,
      preferred_name: input.preferredName ?? null,
      employee_number: input.employeeNumber ?? null,
      title: input.title ?? null,
      employment_type: input.employmentType ?? null,
      department_id: input.departmentId ?? null,
      location_id: input.locationId ?? null,
      time_zone: input.timeZone ?? null,
      manager_id: input.managerId ?? null,
      cost_centre: input.costCentre ?? null,
      work_address: input.workAddress ?? null,
      personal_address: input.personalAddress ?? null,
      aliases: input.aliases ?? [],
      source,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await ctx.db
    .insertInto('people_employments')
    .values({ organization_id: ctx.organizationId, person_id: person.id, start_date: input.startDate ?? null, created_at: now })
    .execute();
  await appendAudit(ctx, {
    action: 'person.added',
    subject: { kind: 'person', id: person.id, name: [input.givenName, input.familyName].filter(Boolean).join(' ') },
    after: input,
    people: [person.id],
  });
  if (input.workAddress) await linkMembers(ctx, { personId: person.id });
  await emit(ctx, personChanged, { personId: person.id });
  return person.id;
}
