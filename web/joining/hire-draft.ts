import type { InputOf } from '../shell/call.ts';
import { splitName } from './split-name.ts';

export type HireTerms = InputOf<'startHire'>['body'];

/** Somebody of the roster, with what a role-like hire takes over from them. */
export type KnownPerson = {
  id: string;
  name: string;
  title: string | null;
  department: string | null;
  timeZone: string;
  place: string | null;
  manager: string | null;
  employmentType: string | null;
};

/** What was chosen so far about a hire. Dates are `2026-11-30` or ''; an empty choice is taken over from the person alike. */
export type HireDraft = {
  name: string;
  /** Null while the name parts by the rule. */
  parts: { givenName: string; familyName: string } | null;
  personalAddress: string;
  startDate: string;
  startTime: string;
  like: KnownPerson | null;
  manager: { id: string; name: string } | null;
  departmentId: string;
  locationId: string;
  timeZone: string;
  title: string;
  employmentType: string;
  endDate: string;
  workAddress: string;
  credentialTo: 'personal' | 'manager';
  /** Somebody who is on the roster already: they come back, or were imported before the hire. */
  personId: string | null;
};

export const usualStart = '09:00';

/** Kinds of employment that end by themselves. */
export const limitedEmployments = new Set(['contractor', 'intern', 'working student', 'freelancer', 'temporary', 'apprentice']);

export const emptyHire = (): HireDraft => ({
  name: '',
  parts: null,
  personalAddress: '',
  startDate: '',
  startTime: usualStart,
  like: null,
  manager: null,
  departmentId: '',
  locationId: '',
  timeZone: '',
  title: '',
  employmentType: '',
  endDate: '',
  workAddress: '',
  credentialTo: 'personal',
  personId: null,
});

/** Whether something was said that stands under *More*. */
export function saysMore(draft: HireDraft): boolean {
  const usual = emptyHire();
  const folded = [
    'departmentId',
    'locationId',
    'title',
    'manager',
    'timeZone',
    'employmentType',
    'endDate',
    'startTime',
    'workAddress',
    'credentialTo',
  ] as const;
  return draft.personId === null && folded.some((field) => draft[field] !== usual[field]);
}

/** Given and family name as they would be sent. */
export const partsOf = ({ name, parts }: HireDraft) => parts ?? splitName(name);

const given = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());

/** The draft as the API takes it, or null while name or first day are missing. */
export function hireTerms(draft: HireDraft): HireTerms | null {
  const { givenName, familyName } = partsOf(draft);
  if (givenName.trim() === '' || !/^\d{4}-\d\d-\d\d$/.test(draft.startDate)) return null;
  return {
    givenName: givenName.trim(),
    familyName: given(familyName) ?? null,
    personalAddress: given(draft.personalAddress) ?? null,
    startDate: draft.startDate,
    startTime: draft.startTime === '' ? usualStart : draft.startTime,
    likePersonId: draft.like?.id,
    title: given(draft.title),
    departmentId: given(draft.departmentId),
    locationId: given(draft.locationId),
    timeZone: given(draft.timeZone),
    managerId: draft.manager?.id,
    employmentType: given(draft.employmentType),
    endDate: given(draft.endDate),
    workAddress: given(draft.workAddress),
    credentialTo: draft.credentialTo,
    personId: draft.personId ?? undefined,
  };
}
