import { cutOffInstant } from '../cut-off-instant.ts';
import type { PeopleDiff } from '../import/diff-people.ts';
import { nameOf, type PersonRecord } from '../import/person-record.ts';
import { isRehire } from '../import/settle-dates.ts';
import { leftAtOf } from '../leaving-dates.ts';
import type { Places } from './ensure-places.ts';
import type { KnownPerson } from './existing-people.ts';
import type { WorkedOut } from './work-out-import.ts';

/** A person and their employment as they are written: columns of people_people and people_employments. */
export type PersonWrite = {
  id: string;
  row: number;
  name: string;
  person: Record<string, string | string[] | null>;
  employment: EmploymentWrite;
  /** The dates of this employment differ from what stands. */
  datesChanged: boolean;
  /** A new employment begins; the one that was in force is history. */
  rehire: boolean;
  before: Record<string, unknown> | null;
  after: Record<string, unknown>;
  /** They had left, and by the list they have not. */
  returns: boolean;
  /** Their leaving is set or moved by the list. */
  leavingChanged: boolean;
};

export type EmploymentWrite = {
  start_date: string | null;
  last_working_day: string | null;
  cut_off_local: string | null;
  cut_off_zone: string | null;
  cut_off_at: string | null;
  legal_end: string | null;
  left_at: string | null;
  dates_by: string | null;
};

type About = { worked: WorkedOut; places: Places; organizationZone: string; idOfRow: ReadonlyMap<number, string>; now: Temporal.Instant };

const isPast = (at: string | null, now: Temporal.Instant): boolean => at !== null && Temporal.Instant.compare(at, now) <= 0;

/** What is written for each new person of a diff; managers stand before their reports, so that a report can point at them. */
export function newWrites(entries: PeopleDiff['new'], about: About): PersonWrite[] {
  return managersFirst(entries).map(({ row, record, manager }) => {
    const person = columnsOf(record, null, managerId(manager, about), about);
    const employment = employmentOf(record, null, person, row, about, true, false);
    return {
      id: about.idOfRow.get(row) as string,
      row,
      name: nameOf(record),
      person,
      employment,
      datesChanged: true,
      rehire: false,
      returns: false,
      before: null,
      after: present({ ...record, aliases: record.aliases, managerId: person.manager_id, accessCutOff: employment.cut_off_at }),
      leavingChanged: employment.left_at !== null,
    };
  });
}

/** What is written for each changed person: what the list says, over what stands. */
export function changedWrites(entries: PeopleDiff['changed'], about: About): PersonWrite[] {
  return entries.map(({ row, personId, record, manager, changes }) => {
    const known = about.worked.known.get(personId) as KnownPerson;
    const person = columnsOf(record, known, managerId(manager, about) ?? known.managerId, about);
    const rehire = isRehire(record, known);
    const moves = changes.some(({ field }) => field === 'accessCutOff');
    const ends = changes.some(({ field }) => field === 'lastWorkingDay' || field === 'accessCutOff' || field === 'legalEnd');
    const employment = employmentOf(record, rehire ? null : known, person, row, about, moves, ends);
    const stands = {
      start: known.startDate,
      last: known.lastWorkingDay,
      cutOff: known.cutOffAt,
      legal: known.legalEnd,
      left: known.leftAt,
    };
    const becomes = {
      start: employment.start_date,
      last: employment.last_working_day,
      cutOff: employment.cut_off_at,
      legal: employment.legal_end,
      left: employment.left_at,
    };
    const values = (side: 'from' | 'to') =>
      Object.fromEntries(
        changes.map(({ field, from, to }) => [
          field === 'manager' ? 'managerId' : field,
          side === 'from' ? from : field === 'manager' ? person.manager_id : to,
        ]),
      );
    return {
      id: personId,
      row,
      name: nameOf({ ...known, ...record }),
      person,
      employment,
      datesChanged: rehire || JSON.stringify(stands) !== JSON.stringify(becomes),
      rehire,
      returns: known.hasLeft === true && !isPast(employment.left_at, about.now),
      before: values('from'),
      after: values('to'),
      leavingChanged: employment.left_at !== null && employment.left_at !== known.leftAt,
    };
  });
}

function columnsOf(record: PersonRecord, known: KnownPerson | null, manager: string | null, { places }: About): PersonWrite['person'] {
  const work = record.workAddress ?? known?.workAddress ?? null;
  const aliases = new Set((record.aliases ?? known?.aliases ?? []).map((alias) => alias.toLowerCase()));
  // Mail to a former address still tells whose an account is.
  if (known?.workAddress && work && known.workAddress.toLowerCase() !== work.toLowerCase()) aliases.add(known.workAddress.toLowerCase());
  if (work) aliases.delete(work.toLowerCase());
  return {
    given_name: record.givenName ?? known?.givenName ?? '',
    family_name: record.familyName ?? known?.familyName ?? null,
    preferred_name: record.preferredName ?? known?.preferredName ?? null,
    employee_number: record.employeeNumber ?? known?.employeeNumber ?? null,
    title: record.title ?? known?.title ?? null,
    employment_type: record.employmentType ?? known?.employmentType ?? null,
    department_id: places.departmentId(record.department ?? known?.department),
    location_id: places.locationId(record.location ?? known?.location),
    time_zone: record.timeZone ?? known?.ownTimeZone ?? null,
    manager_id: manager,
    cost_centre: record.costCentre ?? known?.costCentre ?? null,
    country: record.country ?? known?.country ?? null,
    work_address: work,
    personal_address: record.personalAddress ?? known?.personalAddress ?? null,
    aliases: [...aliases],
    leave_from: record.leaveFrom ?? known?.leaveFrom ?? null,
    leave_until: record.leaveUntil ?? known?.leaveUntil ?? null,
  };
}

function employmentOf(
  record: PersonRecord,
  known: KnownPerson | null,
  person: PersonWrite['person'],
  row: number,
  { worked, places, organizationZone }: About,
  saysCutOff: boolean,
  saysEnd: boolean,
): EmploymentWrite {
  const zone = (person.time_zone as string | null) ?? places.zoneOf(person.location_id as string | null) ?? organizationZone;
  let cutOff = {
    cut_off_local: known?.accessCutOff && known.cutOffZone ? localIn(known.cutOffAt as string, known.cutOffZone) : null,
    cut_off_zone: known?.cutOffZone ?? null,
    cut_off_at: known?.cutOffAt ?? null,
  };
  if (saysCutOff && record.accessCutOff !== undefined) {
    const exact = worked.instants.get(row);
    const inZone = worked.zoneOf(record, known);
    const at =
      exact ??
      ('local' in record.accessCutOff ? cutOffInstant(record.accessCutOff.local, inZone).instant.toString() : record.accessCutOff.instant);
    const local = exact === undefined && 'local' in record.accessCutOff ? record.accessCutOff.local : localIn(at, inZone);
    cutOff = { cut_off_local: local, cut_off_zone: inZone, cut_off_at: at };
  }
  const last = record.lastWorkingDay ?? known?.lastWorkingDay ?? null;
  const fixed = known?.datesBy === 'exit';
  return {
    start_date: record.startDate ?? known?.startDate ?? null,
    last_working_day: last,
    ...cutOff,
    legal_end: record.legalEnd ?? known?.legalEnd ?? null,
    left_at: fixed ? known.leftAt : leftAtOf({ lastWorkingDay: last, cutOffAt: cutOff.cut_off_at }, zone),
    dates_by: saysEnd || known === null ? (last || cutOff.cut_off_at || record.legalEnd ? 'import' : null) : known.datesBy,
  };
}

const localIn = (instant: string, zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'second' });

function managerId(manager: PeopleDiff['new'][number]['manager'], { idOfRow }: About): string | null {
  if (manager === null) return null;
  return 'personId' in manager ? manager.personId : (idOfRow.get(manager.row) ?? null);
}

function managersFirst(entries: PeopleDiff['new']): PeopleDiff['new'] {
  const byRow = new Map(entries.map((entry) => [entry.row, entry]));
  const placed = new Set<number>();
  const ordered: PeopleDiff['new'] = [];
  for (const entry of entries) {
    const chain: PeopleDiff['new'] = [];
    for (let next: typeof entry | undefined = entry; next && !placed.has(next.row); ) {
      placed.add(next.row);
      chain.push(next);
      next = next.manager !== null && 'row' in next.manager ? byRow.get(next.manager.row) : undefined;
    }
    ordered.push(...chain.reverse());
  }
  return ordered;
}

const unsaid = new Set(['row', 'notes', 'managerReference', 'saysLeft', 'hints']);
const present = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([key, value]) => value !== undefined && value !== null && !unsaid.has(key)));
