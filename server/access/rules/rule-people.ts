import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { presentPeople } from '../gap/gap-candidates.ts';
import { refreshMatches } from './refresh-matches.ts';
import { readsOf } from './rule-conditions.ts';
import { missingFacts, readFacts } from './rule-facts.ts';

type Matched = { id: string; name: string; title: string | null; department: string | null };

/** Whom a rule means now, and of whom it cannot be said and why; at most `most` of each, with how many there are. */
export async function listMatched(
  ctx: Context,
  rule: { id: string; when: string },
  most: number,
): Promise<{
  matches: { total: number; people: Matched[] };
  unknown: { total: number; people: { id: string; name: string; missing: string }[] };
}> {
  await refreshMatches(ctx);
  const matches = await peopleWith(ctx, rule.id, true, most);
  const unknown = await peopleWith(ctx, rule.id, false, most);
  const reads = readsOf(rule.when);
  const facts = new Map(unknown.people.length > 0 ? (await readFacts(ctx)).map((row) => [row.id, row]) : []);
  return {
    matches,
    unknown: {
      total: unknown.total,
      people: unknown.people.map(({ id, name }) => ({ id, name, missing: facts.has(id) ? missingFacts(reads, facts.get(id)!) : '' })),
    },
  };
}

async function peopleWith(ctx: Context, ruleId: string, isKnown: boolean, most: number): Promise<{ total: number; people: Matched[] }> {
  const { rows } = await sql<Matched & { total: number }>`
    select r.id, r.name, r.title, r.department, count(*) over ()::int as total from access_matches m join people_roster r on r.id = m.person_id
    where m.rule_id = ${ruleId} and m.outcome ${isKnown ? sql`is not null` : sql`is null`} and r.id in (${presentPeople})
    order by r.name, r.id limit ${most}`.execute(ctx.db);
  return { total: rows[0]?.total ?? 0, people: rows.map(({ total: _, ...row }) => row) };
}
