import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { emit } from '../../platform/events.ts';
import { changePerson } from '../change-person.ts';
import { personChanged } from '../events.ts';
import type { Person } from '../get-person.ts';
import type { PersonRecord } from '../import/person-record.ts';
import { ensurePlaces } from '../imports/ensure-places.ts';
import { refuseOverExit, setLeavingDates } from '../leaving-dates.ts';
import { setLeave } from '../set-leave.ts';
import type { ToldField } from './told-fields.ts';

/** Writes what a source tells of one field into the people list, as if it had been written on the page. Refuses what cannot be kept. */
export async function writeTold(ctx: Context, person: Person, field: ToldField, value: string): Promise<void> {
  switch (field) {
    case 'department':
    case 'location': {
      const places = await ensurePlaces(ctx, [{ [field]: value } as unknown as PersonRecord]);
      return changePerson(
        ctx,
        person.id,
        field === 'department' ? { departmentId: places.departmentId(value) } : { locationId: places.locationId(value) },
      );
    }
    case 'manager':
      return changePerson(ctx, person.id, { managerId: value });
    case 'leaveFrom':
      return setLeave(ctx, person.id, { from: value, until: person.leave_until });
    case 'leaveUntil':
      return setLeave(ctx, person.id, { from: person.leave_from ?? value, until: value });
    case 'legalEnd':
    case 'accessCutOff': {
      await refuseOverExit(ctx, person);
      await setLeavingDates(
        ctx,
        person.id,
        {
          lastWorkingDay: person.last_working_day,
          cutOffLocal: field === 'accessCutOff' ? value : person.cut_off_local,
          cutOffZone: person.cut_off_zone,
          legalEnd: field === 'legalEnd' ? value : person.legal_end,
        },
        { by: 'page' },
      );
      return;
    }
    case 'country':
      return setCountry(ctx, person, value);
    default:
      return changePerson(ctx, person.id, { [field]: value });
  }
}

async function setCountry(ctx: Context, person: Person, country: string): Promise<void> {
  await ctx.db.updateTable('people_people').set({ country }).where('id', '=', person.id).execute();
  await appendAudit(ctx, {
    action: 'person.changed',
    subject: { kind: 'person', id: person.id, name: person.name },
    before: { country: person.country },
    after: { country },
    people: [person.id],
  });
  await emit(ctx, personChanged, { personId: person.id });
}
