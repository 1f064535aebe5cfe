import { addPerson, changePerson } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Candidate } from './hire-candidate.ts';
import type { HireTerms } from './hire-terms.ts';

/** Writes who is hired into the roster: somebody new, or who they are from now on. Returns their id. */
export async function writeHired(ctx: Context, terms: HireTerms, candidate: Candidate, workAddress: string | null): Promise<string> {
  const fields = {
    givenName: terms.givenName,
    familyName: terms.familyName ?? null,
    preferredName: terms.preferredName ?? null,
    title: candidate.title,
    departmentId: candidate.departmentId,
    locationId: candidate.locationId,
    timeZone: candidate.timeZone,
    managerId: candidate.managerId,
    employmentType: candidate.employmentType,
    costCentre: candidate.costCentre,
    workAddress,
    startDate: terms.startDate,
    ...(terms.employeeNumber ? { employeeNumber: terms.employeeNumber } : {}),
  };
  if (!candidate.existing) return addPerson(ctx, { ...fields, personalAddress: terms.personalAddress ?? null }, 'hire');
  await changePerson(ctx, candidate.existing.id, {
    ...fields,
    ...(terms.personalAddress ? { personalAddress: terms.personalAddress } : {}),
  });
  return candidate.existing.id;
}
