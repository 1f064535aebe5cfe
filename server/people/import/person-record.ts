/** How somebody works here. */
export type EmploymentType = 'employee' | 'contractor' | 'intern' | 'working student' | 'freelancer' | 'temporary' | 'apprentice';

/** How a row names its manager; the address is in small letters. */
export type ManagerReference = { by: 'address' | 'employee-number' | 'name'; value: string };

/** The values of a person that a list may carry. Addresses are in small letters, dates ISO 8601 (YYYY-MM-DD, local). */
export type PersonValues = {
  givenName: string;
  familyName: string;
  preferredName: string;
  employeeNumber: string;
  title: string;
  employmentType: EmploymentType;
  department: string;
  location: string;
  /** IANA name. */
  timeZone: string;
  country: string;
  costCentre: string;
  workAddress: string;
  personalAddress: string;
  startDate: string;
  lastWorkingDay: string;
  legalEnd: string;
  leaveFrom: string;
  leaveUntil: string;
};

/** When access closes: a local date and time (YYYY-MM-DDTHH:MM) in the person's zone, or, where the file had an offset, an exact instant. */
export type CutOffValue = { local: string } | { instant: string };

/** What a row says about an end beside its dates; what contradicts them is asked. */
export type EndHints = {
  /** The status word, and what it means. */
  status?: { as: 'active' | 'left' | 'on leave'; word: string };
  /** The word says that they are under notice. */
  leaving?: string;
  /** What stood behind the last working day: "(expected)", "*". */
  remark?: string;
  /** A day of a column that speaks of an end and is not used. */
  otherEnd?: { heading: string; day: string };
};

/**
 * One row of a people list. A value that is absent was not said (blank cell or no such column) and changes nothing.
 * `saysLeft`: a status word says that they left, and no date does.
 */
export type PersonRecord = Partial<PersonValues> & {
  row: number;
  aliases?: string[];
  accessCutOff?: CutOffValue;
  managerReference: ManagerReference | null;
  saysLeft: boolean;
  hints?: EndHints;
  notes: string[];
};

/** A person as the roster knows them; null is unknown. `accessCutOff` is local (YYYY-MM-DDTHH:MM) in `timeZone`. */
export type ExistingPerson = { [Field in keyof PersonValues]: PersonValues[Field] | null } & {
  id: string;
  aliases: string[];
  accessCutOff: string | null;
  managerId: string | null;
  hasLeft: boolean | null;
  /** Who set the leaving dates in force; absent is not known. */
  datesBy?: 'import' | 'page' | 'exit' | null;
};

export const valueFields: (keyof PersonValues)[] = [
  'givenName',
  'familyName',
  'preferredName',
  'employeeNumber',
  'title',
  'employmentType',
  'department',
  'location',
  'timeZone',
  'country',
  'costCentre',
  'workAddress',
  'personalAddress',
  'startDate',
  'lastWorkingDay',
  'legalEnd',
  'leaveFrom',
  'leaveUntil',
];

/** How a page calls a field. */
export const fieldWords: Record<keyof PersonValues | 'aliases' | 'accessCutOff' | 'manager', string> = {
  givenName: 'given name',
  familyName: 'family name',
  preferredName: 'preferred name',
  employeeNumber: 'employee number',
  title: 'title',
  employmentType: 'employment',
  department: 'department',
  location: 'location',
  timeZone: 'time zone',
  country: 'country',
  costCentre: 'cost centre',
  workAddress: 'work address',
  personalAddress: 'personal address',
  startDate: 'start',
  lastWorkingDay: 'last working day',
  legalEnd: 'legal end',
  leaveFrom: 'leave from',
  leaveUntil: 'leave until',
  aliases: 'other addresses',
  accessCutOff: 'access cut-off',
  manager: 'manager',
};

/** "Jane Doe", or what else the row or person can be called by. */
export function nameOf(person: {
  givenName?: string | null;
  familyName?: string | null;
  workAddress?: string | null;
  employeeNumber?: string | null;
}): string {
  const name = [person.givenName, person.familyName].filter(Boolean).join(' ');
  return name || person.workAddress || (person.employeeNumber ? `number ${person.employeeNumber}` : 'somebody without a name');
}
