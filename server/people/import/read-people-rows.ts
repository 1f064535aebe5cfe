import type { Problem } from '../../platform/errors.ts';
import { cutText, parseLocalDate, type Table } from '../../platform/tabular/index.ts';
import type { ReadableField } from './column-headings.ts';
import { footerRows } from './footer-rows.ts';
import { addressesOf, type Identity, identityOf, indexBy, nameKey, numberKey } from './identity-keys.ts';
import { findManagerLoops, loopWords } from './manager-loops.ts';
import { meansNoDate, partRemark } from './no-end-words.ts';
import { nameOf, type PersonRecord } from './person-record.ts';
import { readAddresses } from './read-address.ts';
import { type Reading, type ReadOptions, readCell, saidIn, zoneOf } from './read-cells.ts';
import { statusReader } from './read-status.ts';
import type { ColumnMapping } from './recognise-columns.ts';
import { refuseDuplicates } from './refuse-duplicates.ts';
import { type UnusedEnd, unusedEnds } from './unused-ends.ts';

export type { ReadOptions } from './read-cells.ts';

/** A row that is not taken. `seen` tells whom it may be about, so that nobody counts as missing because their row was refused. */
export type RefusedPersonRow = { row: number; problems: Problem[]; seen: Identity };

/** A word that was left open in `rows` rows because it is not known. `mend` is a sentence. */
export type UnknownWord = { field: 'status' | 'timeZone'; value: string; rows: number; mend: string };

/** The zone and names first: dates need the one, and given and family name go before a whole name. */
const order: ReadableField[] = [
  'givenName',
  'familyName',
  'fullName',
  'preferredName',
  'employeeNumber',
  'title',
  'employmentType',
  'department',
  'location',
  'timeZone',
  'country',
  'managerAddress',
  'managerNumber',
  'managerName',
  'costCentre',
  'workAddress',
  'personalAddress',
  'aliases',
  'startDate',
  'lastWorkingDay',
  'legalEnd',
  'leaveFrom',
  'leaveUntil',
  'accessCutOff',
  'status',
];

/**
 * Rows of a table to records of people. Rows of the table (read and refused) = records + refused. Each problem names row, column, value and mend.
 * Two rows that claim the same number or address are both refused: nobody but the author knows which is right. Rows about nobody (totals, page numbers) and
 * rows of an employment that ended before another row's of the same person are refused with that reason.
 */
export function readPeopleRows(
  table: Pick<Table, 'headings' | 'rows' | 'refused'>,
  mapping: ColumnMapping,
  options: ReadOptions = {},
): { records: PersonRecord[]; refused: RefusedPersonRow[]; unknown: UnknownWord[] } {
  const columns = order.flatMap((field) => {
    const column = mapping[field];
    return column === undefined || column >= table.headings.length ? [] : [{ field, column, heading: table.headings[column] as string }];
  });
  const typeColumn = mapping.employmentType;
  const internalIsEmployee = typeColumn !== undefined && table.rows.some((row) => /^extern(e|er)?$/i.test(row.cells[typeColumn] ?? ''));
  const named = (['givenName', 'familyName', 'fullName'] as const).some((field) => mapping[field] !== undefined);
  const statusColumn = mapping.status;
  const readStatus = statusReader(
    statusColumn === undefined ? '' : (table.headings[statusColumn] ?? ''),
    statusColumn === undefined ? [] : table.rows.map(({ cells }) => (cells[statusColumn] ?? '').trim()),
  );
  const ends = unusedEnds(table, mapping);
  const footers = footerRows(table);
  const readings = table.rows.map(({ number, cells }) => {
    const record: PersonRecord = { row: number, managerReference: null, saysLeft: false, notes: [] };
    const reading: Reading = { record, problems: [], status: null, unknown: [] };
    for (const { field, column, heading } of columns) {
      const text = saidIn(field, cells[column]);
      if (text !== '') readCell(reading, field, text, heading, options, { internalIsEmployee, readStatus });
    }
    if (footers.has(number)) refuseFooter(reading, cells);
    else finish(reading, named, mapping.givenName !== undefined, options);
    for (const end of ends) readUnusedEnd(record, end, cells[end.column] ?? '', options);
    return reading;
  });
  refuseDuplicates(readings);
  refuseLoops(readings);
  const refused: RefusedPersonRow[] = table.refused.map(({ number, cells, problems }) => ({ row: number, problems, seen: seenIn(cells) }));
  const records: PersonRecord[] = [];
  for (const { record, problems } of readings) {
    if (problems.length === 0) records.push(record);
    else refused.push({ row: record.row, problems, seen: identityOf(record) });
  }
  return { records, refused: refused.sort((a, b) => a.row - b.row), unknown: countUnknown(readings) };
}

function countUnknown(readings: Reading[]): UnknownWord[] {
  const words = new Map<string, UnknownWord>();
  for (const { field, value, mend } of readings.flatMap(({ unknown }) => unknown)) {
    const key = `${field} ${value.toLowerCase()}`;
    words.set(key, { field, value, mend, rows: (words.get(key)?.rows ?? 0) + 1 });
  }
  return [...words.values()];
}

function refuseFooter({ record, problems }: Reading, cells: string[]): void {
  const value = cells.find((cell) => cell !== '') ?? '';
  problems.length = 0;
  problems.push({
    row: record.row,
    value: cutText(value, 200),
    message: `Row ${record.row}: "${cutText(value, 60)}" stands alone in its row and looks like a line below the list, not like a person. If it is somebody, add an address or a number.`,
  });
}

/** What a column that is not used says about an end is kept as a hint, so that it can be asked about. */
function readUnusedEnd(record: PersonRecord, { heading, notice }: UnusedEnd, text: string, options: ReadOptions): void {
  const day = parseLocalDate(partRemark(text).date, options.dateOrder, zoneOf(record, options));
  if (!(day instanceof Temporal.PlainDate) || meansNoDate(day.year)) return;
  if (notice) record.hints = { leaving: `${heading} ${day}`, ...record.hints };
  else if (record.hints?.otherEnd === undefined) record.hints = { ...record.hints, otherEnd: { heading, day: day.toString() } };
}

/** What can be said about one row by itself. A single name is a given name, in whichever column it stands. */
function finish(reading: Reading, named: boolean, asksGivenName: boolean, options: ReadOptions): void {
  const { record, problems } = reading;
  const refuse = (field: string, message: string, value?: string) =>
    void problems.push({ row: record.row, field, message: `Row ${record.row}: ${message}`, ...(value === undefined ? {} : { value }) });
  if (asksGivenName && record.givenName === undefined && record.familyName !== undefined) {
    record.givenName = record.familyName;
    delete record.familyName;
  }
  const { startDate, lastWorkingDay, legalEnd, leaveFrom, leaveUntil, accessCutOff } = record;
  if (named && problems.length === 0 && record.givenName === undefined && record.familyName === undefined)
    refuse('name', 'there is no name. Each person needs at least one.');
  if (record.aliases !== undefined) record.aliases = record.aliases.filter((alias) => alias !== record.workAddress);
  const closes =
    accessCutOff === undefined ? undefined : ('local' in accessCutOff ? accessCutOff.local : accessCutOff.instant).slice(0, 10);
  const later = (first: string | undefined, second: string | undefined) => first !== undefined && second !== undefined && second < first;
  if (later(startDate, lastWorkingDay))
    refuse('lastWorkingDay', `the last working day (${lastWorkingDay}) is before the start (${startDate}).`, lastWorkingDay);
  if (later(startDate, legalEnd)) refuse('legalEnd', `the legal end (${legalEnd}) is before the start (${startDate}).`, legalEnd);
  if (later(startDate, closes)) refuse('accessCutOff', `access closes (${closes}) before the start (${startDate}).`, closes);
  if (later(leaveFrom, leaveUntil)) refuse('leaveUntil', `the leave ends (${leaveUntil}) before it begins (${leaveFrom}).`, leaveUntil);
  for (const { field, mend } of reading.unknown) {
    if (field !== 'timeZone') continue;
    if (accessCutOff !== undefined && 'local' in accessCutOff) refuse('timeZone', `${mend} The access cut-off cannot be told without it.`);
    else record.notes.push(`${mend} Until then their days end in ${zoneOf(record, options) ?? "the organization's zone"}.`);
  }
  if (reading.status === 'left' && lastWorkingDay === undefined && accessCutOff === undefined) record.saysLeft = true;
}

function refuseLoops(readings: Reading[]): void {
  const identities = new Map(readings.map((reading) => [reading, identityOf(reading.record)]));
  const of = (reading: Reading) => identities.get(reading) as Identity;
  const byAddress = indexBy(readings, (reading) => addressesOf(of(reading)));
  const byNumber = indexBy(readings, (reading) => [of(reading).number].filter((key) => key !== null));
  const byName = indexBy(readings, (reading) => [of(reading).name].filter((key) => key !== null));
  const next = new Map<Reading, Reading>();
  for (const reading of readings) {
    const reference = reading.record.managerReference;
    if (reference === null) continue;
    const { by, value } = reference;
    const found =
      by === 'address' ? byAddress.get(value) : by === 'employee-number' ? byNumber.get(numberKey(value)) : byName.get(nameKey(value));
    if (found?.length !== 1) continue;
    if (found[0] !== reading) next.set(reading, found[0] as Reading);
    else {
      reading.record.managerReference = null;
      reading.record.notes.push('The list names them as their own manager; the manager was left open.');
    }
  }
  for (const loop of findManagerLoops(next)) {
    const words = loopWords(loop.map(({ record }) => nameOf(record)));
    for (const { record, problems } of loop)
      problems.push({
        row: record.row,
        field: 'manager',
        value: record.managerReference?.value ?? '',
        message: `Row ${record.row}: ${words}`,
      });
  }
}

/** Whom a row that cannot be split may be about: any address in it. */
function seenIn(cells: string[]): Identity {
  const addresses = cells.flatMap((cell) => (cell.includes('@') ? readAddresses(cell).addresses : []));
  return { ...identityOf({ aliases: addresses }), number: null };
}
