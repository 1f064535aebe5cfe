import { bareNumber, numberKey } from './identity-keys.ts';
import { type ExistingPerson, nameOf, type PersonRecord, valueFields } from './person-record.ts';
import type { ManagerTarget } from './resolve-managers.ts';

/** One value that would change. The manager's value is a person's id, or "row 7" for somebody who is new in the same file. */
export type FieldChange = { field: (typeof valueFields)[number] | 'aliases' | 'accessCutOff' | 'manager'; from: string | null; to: string };

/**
 * What a record would change of a person (of nobody: everything it says). Blank cells change nothing; other addresses are added, never taken away.
 * The record comes back with its cut-off as local time. `ends`: an end is set, or moved to an earlier moment.
 */
export function changesOf(
  said: PersonRecord,
  person: ExistingPerson | null,
  manager: ManagerTarget | null,
  defaultTimeZone: string | undefined,
): { record: PersonRecord; changes: FieldChange[]; ends: boolean } | { problem: string } {
  const record = keepZeros(said, person);
  const changes: FieldChange[] = [];
  for (const field of valueFields) {
    const to = record[field];
    if (to === undefined) continue;
    const from = person?.[field] ?? null;
    if (from !== to) changes.push({ field, from, to });
  }
  const aliases = addedAliases(record, person);
  if (aliases !== null)
    changes.push({
      field: 'aliases',
      from: person === null || person.aliases.length === 0 ? null : person.aliases.join(', '),
      to: aliases.join(', '),
    });
  const cutOff = localCutOff(record, person, defaultTimeZone);
  if (cutOff === null)
    return {
      problem: `the access cut-off is an exact instant, and the zone of ${nameOf(record)} is not known. Give their zone or location too.`,
    };
  const known = person?.accessCutOff?.slice(0, 16) ?? null;
  if (cutOff !== undefined && cutOff !== known) changes.push({ field: 'accessCutOff', from: known, to: cutOff });
  if (manager !== null) {
    const to = 'personId' in manager ? manager.personId : `row ${manager.row}`;
    const from = person?.managerId ?? null;
    if (from !== to) changes.push({ field: 'manager', from, to });
  }
  const ends = changes.some(
    ({ field, from, to }) =>
      (field === 'lastWorkingDay' || field === 'accessCutOff' || field === 'legalEnd') && (from === null || to < from),
  );
  return {
    record: { ...record, ...(aliases === null ? {} : { aliases }), ...(cutOff === undefined ? {} : { accessCutOff: { local: cutOff } }) },
    changes,
    ends,
  };
}

/** A number that stands here with leading zeros keeps them: a list without them was opened in a spreadsheet program. */
function keepZeros(record: PersonRecord, person: ExistingPerson | null): PersonRecord {
  const [said, stands] = [record.employeeNumber, person?.employeeNumber];
  if (said === undefined || stands == null || said.length >= stands.length) return record;
  const bare = bareNumber(numberKey(said));
  return bare !== null && bare === bareNumber(numberKey(stands)) ? { ...record, employeeNumber: stands } : record;
}

function addedAliases(record: PersonRecord, person: ExistingPerson | null): string[] | null {
  const known = (person?.aliases ?? []).map((alias) => alias.toLowerCase());
  const work = record.workAddress ?? person?.workAddress?.toLowerCase();
  const added = (record.aliases ?? []).filter((alias) => !known.includes(alias) && alias !== work);
  return added.length === 0 ? null : [...(person?.aliases ?? []), ...added];
}

/** undefined: the record says none. null: it says an instant, and no zone is known. */
function localCutOff(record: PersonRecord, person: ExistingPerson | null, defaultTimeZone: string | undefined): string | undefined | null {
  if (record.accessCutOff === undefined) return undefined;
  if ('local' in record.accessCutOff) return record.accessCutOff.local;
  const zone = record.timeZone ?? person?.timeZone ?? defaultTimeZone;
  if (zone === undefined) return null;
  return Temporal.Instant.from(record.accessCutOff.instant).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}
