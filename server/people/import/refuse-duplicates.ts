import { addressesOf, type Identity, identityOf, indexBy, nameKey } from './identity-keys.ts';
import { nameOf } from './person-record.ts';
import type { Reading } from './read-cells.ts';

/**
 * Refuses rows that claim one number, address or bare name together: nobody but the author knows which is right. Where the rows are employments of one
 * person one after the other, only those before the newest are refused.
 */
export function refuseDuplicates(all: Reading[]): void {
  refuseFormer(all);
  const readings = all.filter(({ superseded }) => superseded !== true);
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

/** Rows of an employment that ended before the newest of the same number or address began. */
function refuseFormer(readings: Reading[]): void {
  const keysOf = ({ record }: Reading) => {
    const { number, address } = identityOf(record);
    return [number === null ? (address === null ? null : `address ${address}`) : `number ${number}`].filter((key) => key !== null);
  };
  for (const [, same] of indexBy(readings, keysOf)) {
    if (same.length < 2 || new Set(same.map(({ record }) => nameKey(nameOf(record)))).size > 1) continue;
    const newest = same.reduce((best, next) => ((next.record.startDate ?? '') > (best.record.startDate ?? '') ? next : best));
    const begins = newest.record.startDate;
    const others = same.filter((reading) => reading !== newest);
    const endOf = ({ record }: Reading) => record.lastWorkingDay ?? record.legalEnd;
    if (begins === undefined || !others.every((reading) => (endOf(reading) ?? begins) < begins)) continue;
    for (const reading of others) {
      const { row } = reading.record;
      reading.superseded = true;
      reading.problems.push({
        row,
        field: 'startDate',
        message: `Row ${row}: it tells of an employment of ${nameOf(reading.record)} that ended on ${endOf(reading)}. The newer one, in row ${newest.record.row}, is taken. Leave this row out.`,
      });
    }
  }
}
