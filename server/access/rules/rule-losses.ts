import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { invalid, Refusal } from '../../platform/errors.ts';
import { isTake } from '../gap/classify.ts';
import type { GapLine } from '../gap/compute-gap.ts';
import type { BrakeRelease } from './rule-shapes.ts';

/** Somebody who would lose something, and in which apps. */
export type Loser = { id: string; name: string; apps: string[] };

/** At most so many people may lose something by rules within a day before somebody has to let it happen; `people`: how many would. */
export type Brake = { limit: number; people: number };

const mostNames = 200;

/** Who loses something by these lines, in the order of their names. */
export function losersOf(lines: readonly GapLine[]): Loser[] {
  const losers = new Map<string, Loser>();
  for (const line of lines.filter(({ change }) => isTake(change))) {
    const loser = losers.get(line.personId) ?? { id: line.personId, name: line.person, apps: [] };
    if (!loser.apps.includes(line.app)) loser.apps.push(line.app);
    losers.set(line.personId, loser);
  }
  return [...losers.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * Whether so many people losing something must wait for somebody to look: more than 5 % of the people who are here, and at least 3, together with
 * those from whom rules took something in the last 24 hours. For whom somebody has let it happen in that time, it is not braked again.
 */
export async function brakeOf(ctx: Context, losers: readonly { id: string }[]): Promise<Brake | null> {
  if (losers.length === 0) return null;
  const since = ctx.now.subtract({ hours: 24 }).toString();
  const { rows } = await sql<{ present: number; lately: string[]; released: string[] }>`
    select (select count(*)::int from people_roster where erased_at is null and status in ('working', 'leaving', 'away')) as present,
      coalesce((select array_agg(distinct coalesce(a.person_id, a.account_id)::text) from access_actions a join access_plans p on p.organization_id = a.organization_id and p.id = a.plan_id
        where p.purpose in ('gap', 'undo', 'hygiene') and p.status in ('applying', 'applied') and p.created_at > ${since} and a.status <> 'withdrawn'
          and (a.kind in ('suspend', 'revoke-entitlement') or a.direction = 'take')), '{}') as lately,
      coalesce((select array_agg(distinct r::text) from access_releases x, unnest(x.person_ids) r where x.released_at > ${since}), '{}') as released`.execute(
    ctx.db,
  );
  const { present, lately, released } = rows[0]!;
  const free = new Set(released);
  const fresh = losers.filter(({ id }) => !free.has(id));
  if (fresh.length === 0) return null;
  const people = new Set([...fresh.map(({ id }) => id), ...lately.filter((id) => !free.has(id))]).size;
  const limit = Math.max(2, Math.floor(present * 0.05));
  return people > limit ? { limit, people } : null;
}

/** Lets a braked change happen for these people, for 24 hours. `seen` is the number that whoever decides was shown. Refuses without a reason. */
export async function releaseLosers(ctx: Context, input: { losers: readonly Loser[]; release: BrakeRelease; what: string }): Promise<void> {
  if (input.release.reason.trim().length < 3)
    throw invalid('reason_missing', 'Say why so many people may lose something. Nothing was changed.', [
      { field: 'brake.reason', message: 'Write a sentence.' },
    ]);
  const ids = input.losers.map(({ id }) => id);
  await ctx.db
    .insertInto('access_releases')
    .values({
      organization_id: ctx.organizationId,
      source: 'rules',
      person_ids: ids,
      reason: input.release.reason.trim(),
      released_by: ctx.actor.name,
      released_at: ctx.now.toString(),
    })
    .execute();
  await appendAudit(ctx, {
    action: 'brake.released',
    subject: { kind: 'access', id: null, name: input.what },
    after: { people: ids.length },
    reason: input.release.reason.trim(),
    people: ids,
  });
}

/**
 * Refuses (409 `brake`, with the names) what would take something from too many people, unless whoever does it has seen how many and says why.
 * `people` of the release is the number of those who would lose something.
 */
export async function holdLosses(
  ctx: Context,
  input: { losers: readonly Loser[]; release: BrakeRelease | null; what: string },
): Promise<void> {
  const brake = await brakeOf(ctx, input.losers);
  if (brake === null) return;
  const { losers, release } = input;
  if (release && release.people === losers.length) return releaseLosers(ctx, { losers, release, what: input.what });
  const moved = release ? ` You had seen ${release.people}; it is ${losers.length} now.` : '';
  throw new Refusal(
    409,
    'brake',
    `${losers.length === 1 ? '1 person' : `${losers.length} people`} would lose something by this${sinceYesterday(brake, losers)}. More than ${brake.limit} in a day need somebody who has looked and says why.${moved} Nothing was changed.`,
    {
      problems: losers
        .slice(0, mostNames)
        .map(({ name, apps }) => ({ field: 'brake.people', value: name, message: `${name} would lose something in ${apps.join(', ')}.` })),
    },
  );
}

/** What a sentence on those who would lose something adds where the last 24 hours make them more. */
export const sinceYesterday = (brake: Brake, losers: readonly Loser[]): string =>
  brake.people > losers.length ? `, ${brake.people} with those of the last 24 hours` : '';
