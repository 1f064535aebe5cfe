import { fieldWords, type PersonRecord, valueFields } from '../import/person-record.ts';

/** The fields of a person that a source decides, one by one. Other addresses are only ever added, so that no source wins them. */
export const toldFields = [...valueFields, 'accessCutOff', 'manager'] as const;
export type ToldField = (typeof toldFields)[number];

/** When somebody's access ends hangs on these: two sources of equal rank that differ are never settled without a person. */
export const endFields: readonly ToldField[] = ['lastWorkingDay', 'accessCutOff', 'legalEnd'];

/** What a source tells of one person: values as text, dates ISO 8601, the manager by the person's id. */
export type Told = Partial<Record<ToldField, string>>;

export const isToldField = (field: string): field is ToldField => (toldFields as readonly string[]).includes(field);

/** How a page calls a field, with a capital letter. */
export const fieldLabel = (field: ToldField): string => `${fieldWords[field][0]!.toUpperCase()}${fieldWords[field].slice(1)}`;

/** What a row of a list tells; `manager`: whom it names as manager, where they are known. */
export function toldBy(record: PersonRecord, manager: string | null): Told {
  const told: Told = {};
  for (const field of valueFields) {
    const value = record[field];
    if (value !== undefined) told[field] = value;
  }
  if (record.accessCutOff) told.accessCutOff = 'local' in record.accessCutOff ? record.accessCutOff.local : record.accessCutOff.instant;
  if (manager !== null) told.manager = manager;
  return told;
}
