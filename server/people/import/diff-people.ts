import type { Problem } from '../../platform/errors.ts';
import { askAboutEnd, type PeopleQuestion } from './ask-about-end.ts';
import { changesOf, type FieldChange } from './changes-of.ts';
import { identityOf } from './identity-keys.ts';
import { personMatcher } from './match-records.ts';
import { type ExistingPerson, nameOf, type PersonRecord } from './person-record.ts';
import type { RefusedPersonRow } from './read-people-rows.ts';
import { type ManagerTarget, resolveManagers } from './resolve-managers.ts';

export type PeopleDiff = {
  /** `manager` is set where the file names one who was found: somebody here, or another new row of this file. */
  new: { row: number; record: PersonRecord; manager: ManagerTarget | null }[];
  changed: { row: number; personId: string; record: PersonRecord; manager: ManagerTarget | null; changes: FieldChange[] }[];
  unchanged: { row: number; personId: string }[];
  refused: { row: number; problems: Problem[] }[];
  /** Only of a list declared complete: people here, not known to have left, whom no row is about. Ends nobody by itself. */
  missing: { personId: string; name: string }[];
  /** People whose end (last working day, cut-off, legal end) is set or moved to an earlier moment by this list. */
  endingPersonIds: string[];
  /** Managers whom neither the file nor the roster knows; the rows are taken without them. */
  unresolvedManagers: { row: number; value: string; words: string }[];
  questions: PeopleQuestion[];
  /** Whom each row that is taken names as manager, where they are known. */
  managerOfRow: ReadonlyMap<number, ManagerTarget>;
};

type Entry = { record: PersonRecord; person: ExistingPerson | null };

/**
 * What a people list would change. Rows in (records and refused) = new + changed + unchanged + refused.
 * Applying the outcome and comparing the same file again finds everything unchanged, the refused rows apart.
 */
export function diffPeople(input: {
  records: PersonRecord[];
  refused?: RefusedPersonRow[];
  existing: ExistingPerson[];
  declaredComplete: boolean;
  /** For cut-offs that are exact instants, where the person's own zone is not known. */
  defaultTimeZone?: string;
  /** The day (ISO) against which ends are past or to come. */
  today: string;
  /** The list has a column of last working days or cut-offs. */
  tellsEnd: boolean;
}): PeopleDiff {
  const { records, refused: refusedRows = [], existing, declaredComplete } = input;
  const { match, touchedBy } = personMatcher(existing);
  const touched = new Set<ExistingPerson>(refusedRows.flatMap(({ seen }) => touchedBy(seen)));
  const refused: PeopleDiff['refused'] = refusedRows.map(({ row, problems }) => ({ row, problems }));
  const refuse = (record: PersonRecord, field: string, message: string, value?: string) =>
    void refused.push({
      row: record.row,
      problems: [{ row: record.row, field, message: `Row ${record.row}: ${message}`, ...(value === undefined ? {} : { value }) }],
    });

  const matched: Entry[] = [];
  const claims = new Map<ExistingPerson, number[]>();
  const claim = (person: ExistingPerson, row: number) => void claims.set(person, [...(claims.get(person) ?? []), row]);
  for (const record of records) {
    const found = match(record);
    if ('refused' in found) {
      for (const person of found.touches) {
        touched.add(person);
        claim(person, record.row);
      }
      refuse(record, found.field, found.refused);
    } else if (found.person === null && record.givenName === undefined) {
      refuse(record, 'name', `nobody here is ${nameOf(record)}, and somebody new needs a given name. Add a column with names.`);
    } else {
      matched.push({ record, person: found.person });
      if (found.person !== null) claim(found.person, record.row);
    }
  }
  const entries = refuseNamesakes(refuseImpossible(refuseTwice(matched, claims, refuse), refuse), existing, refuse);
  for (const { person } of matched) if (person !== null) touched.add(person);

  const managers = resolveManagers(entries, existing);
  for (const { entry, words } of managers.refused) refuse(entry.record, 'manager', words, entry.record.managerReference?.value);
  const diff: PeopleDiff = {
    new: [],
    changed: [],
    unchanged: [],
    refused,
    missing: [],
    endingPersonIds: [],
    unresolvedManagers: managers.unresolved,
    questions: [],
    managerOfRow: new Map([...managers.targets].map(([{ record }, target]) => [record.row, target])),
  };
  const out = new Set(managers.refused.map(({ entry }) => entry));
  for (const entry of entries) {
    if (out.has(entry)) continue;
    place(entry, managers.targets.get(entry) ?? null, diff, input, refuse);
  }
  if (declaredComplete) {
    diff.missing = existing
      .filter((person) => person.hasLeft !== true && !touched.has(person))
      .map((person) => ({ personId: person.id, name: nameOf(person) }));
  }
  refused.sort((a, b) => a.row - b.row);
  return diff;
}

type Refuse = (record: PersonRecord, field: string, message: string, value?: string) => void;

type How = { defaultTimeZone?: string; today: string; tellsEnd: boolean };

function place({ record: said, person }: Entry, manager: ManagerTarget | null, diff: PeopleDiff, how: How, refuse: Refuse) {
  const { row } = said;
  const { record, question } = askAboutEnd(said, person, how);
  const compared = changesOf(record, person, manager, how.defaultTimeZone);
  if ('problem' in compared) return refuse(record, 'accessCutOff', compared.problem);
  if (question !== null) diff.questions.push({ row, personId: person?.id ?? null, ...question });
  if (person === null) diff.new.push({ row, record: compared.record, manager });
  else if (compared.changes.length === 0) diff.unchanged.push({ row, personId: person.id });
  else {
    diff.changed.push({ row, personId: person.id, record: compared.record, manager, changes: compared.changes });
    if (compared.ends) diff.endingPersonIds.push(person.id);
  }
}

/** Two rows about one person, refused ones included, would overwrite each other: none is taken. */
function refuseTwice(matched: Entry[], claims: Map<ExistingPerson, number[]>, refuse: Refuse): Entry[] {
  return matched.filter(({ record, person }) => {
    const rows = person === null ? [] : (claims.get(person) ?? []);
    if (person === null || rows.length < 2) return true;
    refuse(record, 'name', `rows ${rows.join(' and ')} are both about ${nameOf(person)}. Keep one.`);
    return false;
  });
}

/** A row that only its name tells is refused where, after this file, somebody else has that name too. */
function refuseNamesakes(entries: Entry[], existing: ExistingPerson[], refuse: Refuse): Entry[] {
  const changed = new Map(entries.map((entry) => [entry.person ?? entry, entry]));
  const later = (record: PersonRecord | undefined, person: ExistingPerson | null) =>
    identityOf({ givenName: record?.givenName ?? person?.givenName, familyName: record?.familyName ?? person?.familyName }).name;
  const names = new Map<string | null, number>();
  const count = (name: string | null) => void names.set(name, (names.get(name) ?? 0) + 1);
  for (const person of existing) count(later(changed.get(person)?.record, person));
  for (const { record, person } of entries) if (person === null) count(later(record, null));
  return entries.filter(({ record, person }) => {
    const { number, address, aliases, personal } = identityOf(record);
    const told = number !== null || address !== null || aliases.length > 0 || (personal !== null && personal === person?.personalAddress);
    if (told || (names.get(later(record, person)) ?? 0) < 2) return true;
    refuse(
      record,
      'name',
      `more than one person would be called ${nameOf(record)}, and nothing else tells them apart. Add an employee number or a work address.`,
    );
    return false;
  });
}

/** An end before the start that is known here; a rehire brings its own start. */
function refuseImpossible(entries: Entry[], refuse: Refuse): Entry[] {
  return entries.filter(({ record, person }) => {
    const start = record.startDate ?? person?.startDate ?? null;
    const end = record.lastWorkingDay;
    if (start === null || end === undefined || end >= start) return true;
    refuse(record, 'lastWorkingDay', `the last working day (${end}) is before the start that stands here (${start}).`, end);
    return false;
  });
}
