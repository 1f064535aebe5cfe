import type { Actor } from '../../platform/context.ts';
import type { DateOrder } from '../../platform/tabular/index.ts';
import type { ColumnMapping, ReadableField } from '../import/recognise-columns.ts';

/** How a people list is read and meant. `dateOrder` null: nobody has said yet, and the file does not tell. */
export type ImportOptions = {
  dateOrder: DateOrder | null;
  dateOrderAsked: boolean;
  declaredComplete: boolean;
  /** For people whose own zone and location are not known. */
  defaultTimeZone: string;
  sheet: string | null;
  sheets: string[];
  columns: ImportColumn[];
  /** Of the notes, those that the rows gave rise to: they are made anew whenever the list is read differently. */
  rowNotes?: string[];
  /** A person saw why the list was held and wants it taken in. */
  evenThough: boolean;
  /** Who confirmed it: the changes are theirs, also when they are written in the background. */
  confirmedBy?: Pick<Actor, 'kind' | 'id' | 'name' | 'memberId' | 'personId'>;
  /** The source whose own telling this list is; absent: somebody gave it. */
  sourceId?: string;
};

/** One column of the file, as the mapping is shown: what it was taken for, how sure that is (0 to 1) and a few of its values. */
export type ImportColumn = { heading: string; field: string | null; confidence: number | null; why: string | null; samples: string[] };

/** `done` counts people written so far, of `total`. */
export type ImportCounts = {
  rows: number;
  new: number;
  changed: number;
  unchanged: number;
  refused: number;
  missing: number;
  ending: number;
  questions: number;
  done: number;
  total: number;
};

export type ImportRow = {
  id: string;
  file_name: string;
  file: Buffer | null;
  headings: string[];
  mapping: ColumnMapping;
  options: ImportOptions;
  counts: ImportCounts;
  notes: string[];
  status: string;
  held_reasons: string[];
  diff_hash: Buffer | null;
  problem: string | null;
  member_id: string | null;
  member_name: string | null;
  created_at: string;
  finished_at: string | null;
};

/** The fields that a column can be mapped to. */
export const mappableFields = [
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
  'accessCutOff',
  'legalEnd',
  'leaveFrom',
  'leaveUntil',
  'status',
] as const satisfies ReadableField[];
