import { cutOffInstant, dayInWords } from '../cut-off-instant.ts';
import type { KnownPerson } from '../imports/existing-people.ts';
import type { PeopleDiff } from './diff-people.ts';
import { fieldWords, nameOf, type PersonRecord } from './person-record.ts';

const endFields = ['lastWorkingDay', 'accessCutOff', 'legalEnd'] as const;

/** Whether a record begins a new employment: the person has left, and the record's start is after that end. */
export function isRehire(record: PersonRecord, person: KnownPerson): boolean {
  const end = person.lastWorkingDay ?? person.accessCutOff?.slice(0, 10) ?? person.leftAt?.slice(0, 10) ?? null;
  return person.hasLeft === true && record.startDate !== undefined && end !== null && record.startDate > end;
}

/** The zone in which a record's local cut-off is meant: its own, the person's own, its location's, the one in force, the default. */
export const zoneOfRecord = (
  record: PersonRecord,
  person: KnownPerson | null,
  zoneOfLocation: ReadonlyMap<string, string>,
  defaultTimeZone: string,
): string =>
  record.timeZone ??
  person?.ownTimeZone ??
  (record.location === undefined ? undefined : zoneOfLocation.get(record.location.toLowerCase())) ??
  person?.timeZone ??
  defaultTimeZone;

/**
 * Takes out of a diff what only looks like a change of dates: the same instant in another zone's time. And what a list may not change: the
 * dates of a confirmed exit stand, and where the list differs somebody is asked. Rows stay as many as they were.
 */
export function settleDates(
  diff: PeopleDiff,
  known: ReadonlyMap<string, KnownPerson>,
  zones: { zoneOfLocation: ReadonlyMap<string, string>; defaultTimeZone: string; instants: ReadonlyMap<number, string> },
): PeopleDiff {
  const changed: PeopleDiff['changed'] = [];
  const unchanged = [...diff.unchanged];
  const questions = [...diff.questions];
  const asked = new Set(questions.map(({ row }) => row));
  const calm = new Set<string>();
  for (const entry of diff.changed) {
    const person = known.get(entry.personId) as KnownPerson;
    const same = sameInstant(entry.record, person, zones, entry.row);
    let record = entry.record;
    let changes = same ? entry.changes.filter(({ field }) => field !== 'accessCutOff') : entry.changes;
    if (person.datesBy === 'exit' && person.leftAt !== null && !isRehire(record, person)) {
      const differing = changes.filter(({ field }) => (endFields as readonly string[]).includes(field));
      if (differing.length > 0) {
        if (!asked.has(entry.row))
          questions.push({ row: entry.row, personId: person.id, kind: 'exit-differs', words: exitWords(record, person, differing) });
        changes = changes.filter((change) => !differing.includes(change));
      }
      record = { ...record };
      for (const field of endFields) delete record[field];
    }
    if (!changes.some(({ field }) => (endFields as readonly string[]).includes(field))) calm.add(person.id);
    if (changes.length === 0) unchanged.push({ row: entry.row, personId: person.id });
    else changed.push({ ...entry, record, changes });
  }
  const missing = diff.missing.filter(({ personId }) => !(known.get(personId)?.datesBy === 'exit' && known.get(personId)?.leftAt));
  return {
    ...diff,
    changed,
    unchanged: unchanged.sort((a, b) => a.row - b.row),
    missing,
    endingPersonIds: diff.endingPersonIds.filter((id) => !calm.has(id)),
    questions,
  };
}

function sameInstant(
  record: PersonRecord,
  person: KnownPerson,
  zones: { zoneOfLocation: ReadonlyMap<string, string>; defaultTimeZone: string; instants: ReadonlyMap<number, string> },
  row: number,
): boolean {
  if (record.accessCutOff === undefined || person.cutOffAt === null) return false;
  const exact = zones.instants.get(row);
  const closes =
    exact ??
    ('local' in record.accessCutOff
      ? cutOffInstant(
          record.accessCutOff.local,
          zoneOfRecord(record, person, zones.zoneOfLocation, zones.defaultTimeZone),
        ).instant.toString()
      : record.accessCutOff.instant);
  return Temporal.Instant.compare(closes, person.cutOffAt) === 0;
}

function exitWords(record: PersonRecord, person: KnownPerson, differing: PeopleDiff['changed'][number]['changes']): string {
  const day = (text: string) => {
    const words = dayInWords(Temporal.PlainDate.from(text.slice(0, 10)));
    return text.length > 10 ? `${words}, ${text.slice(11)}` : words;
  };
  const parts = differing.map(
    ({ field, from, to }) => `${fieldWords[field]} ${day(to)}${from === null ? '' : `, and the confirmed exit ${day(from)}`}`,
  );
  return `The list says of ${nameOf({ ...person, ...record })}: ${parts.join('; ')}. The confirmed exit stands. Move it there if the list is right.`;
}
