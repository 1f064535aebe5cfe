import type { PersonRecord } from '../../../connectors/kit/index.ts';
import { writeCsv } from '../../platform/tabular/index.ts';

type Column = { heading: string; of(record: PersonRecord, manager: PersonRecord | null): string | null };

const statusWords = { active: 'Active', 'on leave': 'On leave', left: 'Inactive' } as const;

/** The columns of a people list, under headings that its reader knows for certain. */
const columns: Column[] = [
  { heading: 'Employee number', of: ({ employeeNumber }) => employeeNumber },
  { heading: 'First name', of: ({ givenName }) => givenName },
  { heading: 'Last name', of: ({ familyName }) => familyName },
  { heading: 'Preferred name', of: ({ preferredName }) => preferredName },
  { heading: 'Work email', of: ({ workAddress }) => workAddress },
  { heading: 'Personal email', of: ({ personalAddress }) => personalAddress },
  { heading: 'Job title', of: ({ title }) => title },
  { heading: 'Employment type', of: ({ employmentType }) => employmentType },
  { heading: 'Department', of: ({ department }) => department },
  { heading: 'Location', of: ({ location }) => location },
  { heading: 'Time zone', of: ({ timeZone }) => timeZone },
  { heading: 'Country', of: ({ country }) => country },
  { heading: 'Cost centre', of: ({ costCentre }) => costCentre },
  { heading: 'Start date', of: ({ startDate }) => startDate },
  { heading: 'Last working day', of: ({ lastWorkingDay }) => lastWorkingDay },
  { heading: 'Legal end', of: ({ legalEnd }) => legalEnd },
  { heading: 'Leave from', of: ({ leaveFrom }) => leaveFrom },
  { heading: 'Leave until', of: ({ leaveUntil }) => leaveUntil },
  // A last day says more than that somebody has left, and a system may say so before the day.
  { heading: 'Status', of: ({ status, lastWorkingDay }) => (lastWorkingDay === null ? status && statusWords[status] : null) },
  { heading: 'Manager email', of: ({ managerAddress }, manager) => manager?.workAddress ?? managerAddress },
];

/**
 * What a source tells of people as a people list (CSV), so that it goes the way of every list: previewed, weighed by the brakes, asked about. A column of
 * which the source says nothing is left out; an empty cell says nothing and changes nothing. Managers are named by their address where the source names them by its own id.
 */
export function peopleFile(records: PersonRecord[]): Uint8Array {
  const byId = new Map(records.map((record) => [record.externalId, record]));
  const rows = records.map((record) => {
    const manager = record.managerExternalId === null ? null : (byId.get(record.managerExternalId) ?? null);
    return columns.map(({ of }) => of(record, manager) ?? '');
  });
  const said = columns.map((_, at) => rows.some((row) => row[at] !== ''));
  const kept = (row: string[]) => row.filter((_, at) => said[at]);
  return writeCsv(kept(columns.map(({ heading }) => heading)), rows.map(kept));
}
