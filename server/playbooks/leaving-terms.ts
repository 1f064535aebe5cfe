import { z } from 'zod';
import { isTimeZone } from '../identity/index.ts';
import { cutOffInstant, getPerson, type Person } from '../people/index.ts';
import type { Context } from '../platform/context.ts';
import { conflict, invalid } from '../platform/errors.ts';

/** What the lead decides about an exit. `at: 'now'`, or a local date and time; the zone is the person's unless another is named. */
export const leavingTerms = z.object({
  at: z.union([
    z.literal('now'),
    z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/, 'Write a local time like 2026-11-27T17:00.'),
  ]),
  zone: z.string().optional(),
  lastWorkingDay: z.iso.date().optional(),
  legalEnd: z.iso.date().optional(),
  /** When the person knows, as an instant; the cut-off at the latest, and when nothing is said. */
  toldAt: z.iso.datetime({ offset: true }).optional(),
  sensitive: z.boolean().default(false),
  namedMemberIds: z.array(z.uuid()).max(50).default([]),
  reason: z.string().max(500).optional(),
});
export type LeavingTerms = z.output<typeof leavingTerms>;

/** The dates of one exit, computed: `cutOffAt` follows Temporal's `compatible` reading and `note` says so when the local time is missing or comes twice. */
export type LeavingMoment = {
  zone: string;
  cutOffAt: string;
  cutOffLocal: string;
  note: string | null;
  isNow: boolean;
  lastWorkingDay: string;
  legalEnd: string | null;
  toldAt: string;
};

/** Computes the moment of an exit for one person. Refuses what cannot be: a past instant, an unknown zone, told after the cut-off. */
export function leavingMoment(ctx: Context, person: Person, terms: LeavingTerms): LeavingMoment {
  const zone = terms.zone ?? person.time_zone;
  if (!isTimeZone(zone))
    throw invalid('unknown_time_zone', `"${zone}" is no time zone.`, [{ field: 'zone', message: 'Use a name such as Europe/Berlin.' }]);
  const isNow = terms.at === 'now';
  let cutOff: { instant: Temporal.Instant; note: { words: string } | null };
  try {
    cutOff = terms.at === 'now' ? { instant: ctx.now, note: null } : cutOffInstant(terms.at, zone);
  } catch {
    throw invalid('impossible_date', `"${terms.at}" is no day and time.`, [{ field: 'at', message: 'Choose a day that exists.' }]);
  }
  if (!isNow && Temporal.Instant.compare(cutOff.instant, ctx.now) < 0) {
    throw invalid('cut_off_in_the_past', 'This moment is past. To close access at once, choose “now”.', [
      { field: 'at', message: 'Choose a later moment, or now.' },
    ]);
  }
  const told = terms.toldAt ? Temporal.Instant.from(terms.toldAt) : cutOff.instant;
  if (Temporal.Instant.compare(told, cutOff.instant) > 0) {
    throw invalid('told_after_cut_off', 'The person is told at the latest when access closes.', [
      { field: 'toldAt', message: 'Choose an earlier moment.' },
    ]);
  }
  const local = cutOff.instant.toZonedDateTimeISO(zone);
  return {
    zone,
    cutOffAt: cutOff.instant.toString(),
    cutOffLocal:
      terms.at === 'now' ? local.toPlainDateTime().round('second').toString() : terms.at.length === 16 ? `${terms.at}:00` : terms.at,
    note: cutOff.note?.words ?? null,
    isNow,
    lastWorkingDay: terms.lastWorkingDay ?? lastDayBefore(person, local.toPlainDate().toString()),
    legalEnd: terms.legalEnd ?? null,
    toldAt: told.toString(),
  };
}

// Somebody who stopped working earlier and whose access closes only now keeps that day.
const lastDayBefore = (person: Person, day: string): string =>
  person.last_working_day && person.last_working_day < day ? person.last_working_day : day;

/** The person, refused where they cannot leave now: gone already, leaving already, erased. */
export async function getLeavingCandidate(ctx: Context, personId: string): Promise<Person> {
  const person = await getPerson(ctx, personId);
  if (person.erased_at) throw conflict('erased', 'This person’s data has been erased.');
  const open = await ctx.db
    .selectFrom('playbooks_runs')
    .select('id')
    .where('person_id', '=', personId)
    .where('moment', '=', 'leaver')
    .where('status', 'in', ['running', 'paused'])
    .executeTakeFirst();
  if (open) throw conflict('already_leaving', `${person.name} has an exit already. Change its dates instead.`);
  return person;
}
