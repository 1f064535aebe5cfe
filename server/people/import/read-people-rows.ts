import type { Problem } from '../../platform/errors.ts';
import type { Table } from '../../platform/tabular/index.ts';
import type { ReadableField } from './column-headings.ts';
import { addressesOf, type Identity, identityOf, indexBy, nameKey, numberKey } from './identity-keys.ts';
import { findManagerLoops, loopWords } from './manager-loops.ts';
import { nameOf, type PersonRecord } from './person-record.ts';
import { readAddresses } from './read-address.ts';
import { type Reading, type ReadOptions, readCell, saidIn } from './read-cells.ts';
import type { ColumnMapping } from './recognise-columns.ts';

export type { ReadOptions } from './read-cells.ts';

/** A row that is not taken. `seen` tells whom it may be about, so that nobody counts as missing because their row was refused. */
export type RefusedPersonRow = { row: number; problems: Problem[]; seen: Identity };

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
 * Two rows that claim the same number or address are both refused: nobody but the author knows which is right.
 */
export function readPeopleRows(
  table: Pick<Table, 'headings' | 'rows' | 'refused'>,
  mapping: ColumnMapping,
  options: ReadOptions = {},
): { records: PersonRecord[]; refused: RefusedPersonRow[] } {
  const columns = order.flatMap((field) => {
    const column = mapping[field];
    return column === undefined || column >= table.headings.length ? [] : [{ field, column, heading: table.headings[column] as string }];
  });
  const typeColumn = mapping.employmentType;
  const internalIsEmployee = typeColumn !== undefined && table.rows.some((row) => /^extern(e|er)?$/i.test(row.cells[typeColumn] ?? ''));
  const named = (['givenName', 'familyName', 'fullName'] as const).some((field) => mapping[field] !== undefined);
  const readings = table.rows.map(({ number, cells }) => {
    const reading: Reading = { record: { row: number, managerReference: null, saysLeft: false, notes: [] }, problems: [], status: null };
    for (const { field, column, heading } of columns) {
      const text = saidIn(field, cells[column]);
      if (text !== '') readCell(reading, field, text, heading, options, internalIsEmployee);
    }
    finish(reading, named, mapping.givenName !== undefined);
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
  return { records, refused: refused.sort((a, b) => a.row - b.row) };
}

/** What can be said about one row by itself. A single name is a given name, in whichever column it stands. */
function finish(reading: Reading, named: boolean, asksGivenName: boolean): void {
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
  if (reading.status === 'left' && lastWorkingDay === undefined && accessCutOff === undefined) record.saysLeft = true;
}

function refuseDuplicates(readings: Reading[]): void {
  const identities = new Map(readings.map((reading) => [reading, identityOf(reading.record)]));
  const of = (reading: Reading) => identities.get(reading) as Identity;
  const refuse = (index: Map<string, Reading[]>, field: string, what: (value: string) => string) => {
    for (const [value, same] of index) {
      if (same.length < 2) continue;
      for (const reading of same) {
        const { row } = reading.record;
        const others = same.filter((other) => other !== reading).map((other) => other.record.row);
        const where = others.length === 1 ? `row ${others[0]}` : `rows ${others.slice(0, 5).join(', ')}${others.length > 5 ? ', …' : ''}`;
        reading.problems.push({ row, field, value, message: `Row ${row}: ${what(value)} stands in ${where} too. Keep it in one row.` });
      }
    }
  };
  const each = (keysOf: (identity: Identity) => string[]) => indexBy(readings, (reading) => keysOf(of(reading)));
  refuse(
    each(({ number }) => (number === null ? [] : [number])),
    'employeeNumber',
    (value) => `employee number ${value}`,
  );
  refuse(each(addressesOf), 'workAddress', (value) => `the address ${value}`);
  const bare = readings.filter((reading) => of(reading).number === null && addressesOf(of(reading)).length === 0);
  const alike = each(({ personal, name }) => [personal && `address ${personal}`, name && `name ${name}`].filter((key) => key !== null));
  for (const { record, problems } of bare) {
    const { personal, name } = identityOf(record);
    const same = alike.get(personal === null ? `name ${name}` : `address ${personal}`) ?? [];
    const other = same.find((reading) => reading.record !== record);
    if (other === undefined) continue;
    const what = personal ?? nameOf(record);
    const message = `Row ${record.row}: ${what} stands in row ${other.record.row} too, and nothing else tells them apart. Add an employee number or a work address.`;
    problems.push({ row: record.row, field: personal === null ? 'name' : 'personalAddress', value: what, message });
  }
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
    if (found?.length === 1) next.set(reading, found[0] as Reading);
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
