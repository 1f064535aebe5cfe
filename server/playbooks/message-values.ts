import type { Context } from '../platform/context.ts';
import { readOnce } from '../platform/read-once.ts';
import type { RunRow } from './run-row.ts';
import type { Placeholder } from './schedule/fill-placeholders.ts';
import { dayWords, instantWords } from './schedule/local-instant.ts';

/** What the placeholders of a message stand for in one run. */
export const messageValues = (ctx: Context, run: RunRow): Promise<Record<Placeholder, string | null>> =>
  readOnce(ctx, `message values ${run.id}`, () => readValues(ctx, run));

async function readValues(ctx: Context, run: RunRow): Promise<Record<Placeholder, string | null>> {
  const person = await ctx.db
    .selectFrom('people_roster')
    .select(['name', 'given_name', 'preferred_name', 'title', 'department', 'location', 'place', 'work_address'])
    .where('id', '=', run.person_id)
    .executeTakeFirstOrThrow();
  const manager = run.manager_person_id
    ? await ctx.db.selectFrom('people_roster').select('name').where('id', '=', run.manager_person_id).executeTakeFirst()
    : undefined;
  const organization = await ctx.db.selectFrom('identity_organizations').select('name').executeTakeFirstOrThrow();
  const momentOf = (at: string | null) =>
    at ? instantWords(Temporal.Instant.from(at), run.zone, { place: person.place ?? undefined }) : null;
  return {
    'person.name': person.name,
    'person.givenName': person.preferred_name ?? person.given_name,
    'person.title': person.title,
    'person.department': person.department,
    'manager.name': manager?.name ?? null,
    'organization.name': organization.name,
    'person.workAddress': person.work_address,
    'dates.cutOff': momentOf(run.cut_off_at),
    'dates.start': run.start_on ? dayWords(Temporal.PlainDate.from(run.start_on)) : null,
    'dates.firstMorning': momentOf(run.starts_at),
    'dates.lastWorkingDay': run.last_working_day ? dayWords(Temporal.PlainDate.from(run.last_working_day)) : null,
    'run.link': `${ctx.platform.config.publicUrl}/tasks`,
  };
}
