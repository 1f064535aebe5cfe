import { z } from 'zod';
import { isTimeZone } from '../../identity/index.ts';
import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import { localInstant } from '../schedule/local-instant.ts';

const name = z.string().trim().min(1, 'Write at least one name.').max(100);
const text = z.string().trim().max(200).nullable().optional();
const id = z.uuid().nullable().optional();

/** When the first morning begins, where nothing else is said: a local time. */
export const usualStart = '09:00';

/**
 * What the lead says about a hire. Four fields are enough: name, personal address, first day, and whose role is like it. What is given beside
 * `likePersonId` wins over what that person has. `personId`: somebody who was here before, or who is on the roster already. `fromBefore`: of what
 * they still hold and no rule gives them now, what stays and what goes (`entitlementId` null: that the account is an administrator's).
 */
export const hireTerms = z.object({
  givenName: name,
  familyName: text,
  preferredName: text,
  personalAddress: z.email('Write a mail address, such as amara@example.org.').nullable().optional(),
  startDate: z.iso.date('Write a day like 2026-11-30.'),
  startTime: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time like 09:00.')
    .default(usualStart),
  likePersonId: id,
  title: text,
  departmentId: id,
  locationId: id,
  timeZone: text,
  managerId: id,
  employmentType: text,
  costCentre: text,
  employeeNumber: text,
  endDate: z.iso.date('Write a day like 2027-02-26.').nullable().optional(),
  workAddress: z.string().trim().max(254).nullable().optional(),
  credentialTo: z.enum(['personal', 'manager']).optional(),
  personId: id,
  fromBefore: z
    .array(z.object({ appId: z.uuid(), entitlementId: z.uuid().nullable(), decision: z.enum(['keep', 'take']) }))
    .max(1_000)
    .optional(),
});
export type HireTerms = z.output<typeof hireTerms>;

/** The first morning, computed: `startsAt` follows Temporal's `compatible` reading and `note` says so when the local time is missing or comes twice. */
export type HireMoment = {
  zone: string;
  startDate: string;
  startLocal: string;
  startsAt: string;
  note: string | null;
  endDate: string | null;
};

/** Computes the first morning in a zone. Refuses an unknown zone, an end before the start, and a start more than a year ago or three ahead. */
export function hireMoment(
  ctx: Context,
  terms: { startDate: string; startTime: string; endDate?: string | null | undefined },
  zone: string,
  place?: string,
): HireMoment {
  if (!isTimeZone(zone))
    throw invalid('unknown_time_zone', `"${zone}" is no time zone.`, [{ field: 'timeZone', message: 'Use a name such as Europe/Berlin.' }]);
  const day = Temporal.PlainDate.from(terms.startDate);
  const today = ctx.now.toZonedDateTimeISO(zone).toPlainDate();
  const ahead = today.until(day).days;
  if (ahead > 3 * 366 || ahead < -366)
    throw invalid('impossible_start', `${terms.startDate} is too far away for a first day. Nothing was changed.`, [
      { field: 'startDate', message: 'Choose a day within the last year or the next three.' },
    ]);
  if (terms.endDate && terms.endDate < terms.startDate)
    throw invalid('end_before_start', 'The end date is before the first day. Nothing was changed.', [
      { field: 'endDate', message: `Choose a day from ${terms.startDate} on.` },
    ]);
  const local = day.toPlainDateTime(terms.startTime);
  const { instant, note } = localInstant(local, zone, place);
  return {
    zone,
    startDate: terms.startDate,
    startLocal: local.toString(),
    startsAt: instant.toString(),
    note: note?.words ?? null,
    endDate: terms.endDate ?? null,
  };
}
