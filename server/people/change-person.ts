import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { conflict, invalid } from '../platform/errors.ts';
import { emit } from '../platform/events.ts';
import type { NewPerson } from './add-person.ts';
import { concealLeaving, keepConcealed } from './conceal-leaving.ts';
import { leavingDateGiven, personChanged, personReturned } from './events.ts';
import { getPerson, type Person } from './get-person.ts';
import { clearLeavingDates, endOfDay, refuseOverExit, setLeavingDates } from './leaving-dates.ts';
import { linkMembers } from './link-members.ts';
import { moveDayEnds } from './move-day-ends.ts';
import { checkPersonFields } from './person-fields.ts';
import { recordMoves, type Standing } from './record-moves.ts';
import { keepByHand } from './sources/keep-by-hand.ts';
import { isToldField, type ToldField } from './sources/told-fields.ts';
import { recordUsedAddresses } from './work-address/used-addresses.ts';

/** What is left out stays; null takes away. `lastWorkingDay` is for who leaves or left without an exit being run; null: they stay. */
export type PersonChange = Partial<NewPerson> & { lastWorkingDay?: string | null };

const columns = {
  givenName: 'given_name',
  familyName: 'family_name',
  preferredName: 'preferred_name',
  employeeNumber: 'employee_number',
  title: 'title',
  employmentType: 'employment_type',
  departmentId: 'department_id',
  locationId: 'location_id',
  timeZone: 'time_zone',
  managerId: 'manager_id',
  costCentre: 'cost_centre',
  workAddress: 'work_address',
  personalAddress: 'personal_address',
} as const satisfies Partial<Record<keyof NewPerson, keyof Person>>;

/**
 * Changes a person. A work address that changes stays as another address of theirs. A start after the end of somebody who has left is a return:
 * a new employment begins, the old one stays as history. The end of a last working day follows a changed zone; a cut-off keeps its own.
 */
export async function changePerson(ctx: Context, personId: string, change: PersonChange): Promise<void> {
  const person = await getPerson(ctx, personId);
  if (person.erased_at) throw conflict('erased', 'This person’s data has been erased.');
  await recordUsedAddresses(ctx, [change.workAddress, ...(change.aliases ?? [])]);
  await checkPersonFields(ctx, personId, change);
  // The zone that an exact address or alias was read under does not matter; their own zone column is not in the roster.
  const stands = await ctx.db
    .selectFrom('people_people')
    .select(['time_zone', 'aliases', 'work_address'])
    .where('id', '=', personId)
    .executeTakeFirstOrThrow();
  const current = { ...person, time_zone: stands.time_zone };
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  const set: Record<string, string | string[] | null> = {};
  for (const [field, column] of Object.entries(columns) as [keyof typeof columns, (typeof columns)[keyof typeof columns]][]) {
    const to = change[field];
    if (to === undefined || to === current[column]) continue;
    before[field] = current[column];
    after[field] = to;
    set[column] = to;
  }
  const aliases = aliasesAfter(stands, change);
  if (aliases) {
    before.aliases = stands.aliases;
    after.aliases = aliases;
    set.aliases = aliases;
  }
  if (set.work_address !== undefined || aliases) await recordUsedAddresses(ctx, [stands.work_address, ...stands.aliases]);
  if (Object.keys(set).length > 0) {
    await ctx.db.updateTable('people_people').set(set).where('id', '=', personId).execute();
    await appendAudit(ctx, {
      action: 'person.changed',
      subject: { kind: 'person', id: personId, name: person.name },
      before,
      after,
      people: [personId],
    });
    if (worksHere.includes(person.status))
      await recordMoves(ctx, [{ personId, before: standingOf(person), after: standingOf({ ...person, ...set }) }]);
  }
  // Systems and directories are weighed before they write; whoever else writes decides.
  if (ctx.actor.kind !== 'system') await keepByHand(ctx, [{ personId, fields: decidedBy(person, change, after) }]);
  if (change.startDate !== undefined && change.startDate !== person.start_date) await changeStart(ctx, person, change.startDate);
  if (change.lastWorkingDay !== undefined && change.lastWorkingDay !== person.last_working_day)
    await changeEnd(ctx, person, change.lastWorkingDay);
  if (set.time_zone !== undefined || set.location_id !== undefined) await moveDayEnds(ctx, { personId });
  if (set.work_address) await linkMembers(ctx, { personId });
  if (person.status === 'left' && (await getPerson(ctx, personId)).status !== 'left') await emit(ctx, personReturned, { personId });
  await emit(ctx, personChanged, { personId });
}

/** The fields of what the sources tell that a change writes. */
const decidedBy = (person: Person, change: PersonChange, after: Record<string, unknown>): ToldField[] => [
  ...Object.keys(after).flatMap((field): ToldField[] => {
    if (field === 'departmentId') return ['department'];
    if (field === 'locationId') return ['location'];
    if (field === 'managerId') return ['manager'];
    return isToldField(field) ? [field] : [];
  }),
  ...(change.startDate !== undefined && change.startDate !== person.start_date ? (['startDate'] as const) : []),
  ...(change.lastWorkingDay !== undefined && change.lastWorkingDay !== person.last_working_day ? (['lastWorkingDay'] as const) : []),
];

const worksHere = ['working', 'leaving', 'away'];
const standingOf = (person: Pick<Person, 'title' | 'employment_type' | 'department_id' | 'location_id' | 'manager_id'>): Standing => ({
  title: person.title,
  employmentType: person.employment_type,
  departmentId: person.department_id,
  locationId: person.location_id,
  managerId: person.manager_id,
});

function aliasesAfter(stands: { aliases: string[]; work_address: string | null }, change: PersonChange): string[] | null {
  const aliases = new Set(change.aliases ?? stands.aliases);
  const work = change.workAddress === undefined ? stands.work_address : change.workAddress;
  const former = stands.work_address;
  if (change.workAddress !== undefined && former && former.toLowerCase() !== work?.toLowerCase()) aliases.add(former);
  for (const alias of aliases) if (alias.toLowerCase() === work?.toLowerCase()) aliases.delete(alias);
  const next = [...aliases];
  return JSON.stringify(next) === JSON.stringify(stands.aliases) ? null : next;
}

async function changeStart(ctx: Context, person: Person, startDate: string | null): Promise<void> {
  const end = person.last_working_day ?? person.cut_off_local?.slice(0, 10) ?? null;
  const returns = person.status === 'left' && startDate !== null && end !== null && startDate > end;
  if (returns) {
    await ctx.db
      .updateTable('people_employments')
      .set({ current: false })
      .where('person_id', '=', person.id)
      .where('current', '=', true)
      .execute();
    await ctx.db
      .insertInto('people_employments')
      .values({ organization_id: ctx.organizationId, person_id: person.id, start_date: startDate, created_at: ctx.now.toString() })
      .execute();
  } else {
    if (startDate !== null && end !== null && startDate > end) {
      throw invalid('start_after_end', `${person.name} would start after their last working day (${end}). Nothing was changed.`, [
        { field: 'startDate', message: `Choose a day until ${end}.` },
      ]);
    }
    await ctx.db
      .updateTable('people_employments')
      .set({ start_date: startDate })
      .where('person_id', '=', person.id)
      .where('current', '=', true)
      .execute();
  }
  await appendAudit(ctx, {
    action: returns ? 'person.rehired' : 'person.changed',
    subject: { kind: 'person', id: person.id, name: person.name },
    before: { startDate: person.start_date },
    after: { startDate },
    people: [person.id],
  });
}

async function changeEnd(ctx: Context, person: Person, lastWorkingDay: string | null): Promise<void> {
  if (person.id === ctx.actor.personId)
    throw conflict('own_exit', 'Somebody else has to set your own last working day. Nothing was changed.');
  await refuseOverExit(ctx, person);
  if (lastWorkingDay === null) {
    const concealmentId = await keepUntold(ctx, person.id);
    return clearLeavingDates(ctx, person.id, { reason: 'The person stays', concealmentId });
  }
  const leftAt = endOfDay(lastWorkingDay, person.time_zone);
  const isLater = Temporal.Instant.compare(leftAt, ctx.now) > 0;
  const concealmentId = isLater
    ? await concealLeaving(ctx, { personId: person.id, toldAt: leftAt.toString(), sensitive: false, namedMemberIds: [] })
    : null;
  await setLeavingDates(
    ctx,
    person.id,
    { lastWorkingDay, cutOffLocal: null, cutOffZone: null, legalEnd: person.legal_end },
    { by: 'page', concealmentId },
  );
  if (isLater) await emit(ctx, leavingDateGiven, { personId: person.id });
}

/** What was written about a leaving that is called off before it was told stays hidden from the person. Returns its concealment. */
async function keepUntold(ctx: Context, personId: string): Promise<string | null> {
  const open = await ctx.db
    .selectFrom('people_concealments')
    .select('id')
    .where('person_id', '=', personId)
    .where('lifted_at', 'is', null)
    .where('told_at', '>', ctx.now.toString())
    .execute();
  for (const { id } of open) await keepConcealed(ctx, id);
  return open[0]?.id ?? null;
}
