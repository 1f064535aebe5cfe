import { dayInWords } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { factLabels, type RuleFact } from './rule-facts.ts';

/** A rule that means somebody no more because they changed, while what it gave is still kept. `until`: instant; `facts`: which of them changed. */
export type Grace = { personId: string; ruleId: string; rule: string; until: string; facts: string[] };

/** The instant at which so many days of grace end: the same local time, so many days later, where the person was when they changed. */
export const graceEnd = (ceasedAt: string, zone: string, days: number): Temporal.Instant =>
  Temporal.Instant.from(ceasedAt).toZonedDateTimeISO(zone).add({ days }).toInstant();

type Row = { personId: string; ruleId: string; rule: string; days: number; ceasedAt: string; zone: string; facts: string[] };

/**
 * What these people (null: everybody) keep for now, by the rules as they are today: a rule whose days of grace are changed moves its ends. With
 * `ended` also what is kept no more.
 */
export async function readGrace(ctx: Context, people: readonly string[] | null, { ended = false } = {}): Promise<Grace[]> {
  const { rows } = await sql<Row>`
    select g.person_id as "personId", g.rule_id as "ruleId", r.name as rule, r.grace_days as days, g.ceased_at as "ceasedAt", g.zone, g.facts
    from access_grace g join access_rules r on r.organization_id = g.organization_id and r.id = g.rule_id
    where r.archived_at is null ${people === null ? sql`` : sql`and g.person_id = any (${people as string[]}::uuid[])`}`.execute(ctx.db);
  return rows
    .map(({ days, ceasedAt, zone, ...row }) => ({ ...row, until: graceEnd(ceasedAt, zone, days).toString() }))
    .filter(({ until }) => ended || Temporal.Instant.compare(until, ctx.now) > 0);
}

/** Somebody whom a rule means no more; `reads`: the facts that it compares; `since`: when they were last evaluated. */
export type Ceased = { personId: string; ruleId: string; reads: string[]; since: string | null };

/**
 * Begins the grace of rules that meant these people until they changed, or may have: before their matches are removed. It counts from the change of
 * them that is on record since they were last evaluated, else from now.
 */
export async function beginGrace(ctx: Context, ceased: readonly Ceased[]): Promise<void> {
  if (ceased.length === 0) return;
  await sql`
    insert into access_grace (organization_id, person_id, rule_id, ceased_at, zone, facts)
    select m.organization_id, m.person_id, m.rule_id, coalesce(v.at, ${ctx.now.toString()}::timestamptz), r.time_zone, coalesce(v.facts, c.reads)
    from jsonb_to_recordset(${JSON.stringify(ceased)}::jsonb) as c("personId" uuid, "ruleId" uuid, reads text[], since timestamptz)
    join access_matches m on m.person_id = c."personId" and m.rule_id = c."ruleId"
    join people_roster r on r.id = m.person_id
    left join lateral (
      select v.at, array(select unnest(v.fields) intersect select unnest(c.reads)) as facts from people_moves v
      where v.person_id = m.person_id and v.at > c.since and v.fields && c.reads order by v.at limit 1) v on true
    on conflict (organization_id, person_id, rule_id) do nothing`.execute(ctx.db);
}

/** Ends the grace of rules that mean their people again. */
export async function endGrace(ctx: Context, personId?: string): Promise<void> {
  await sql`
    delete from access_grace g using access_matches m where m.person_id = g.person_id and m.rule_id = g.rule_id and m.outcome
      ${personId ? sql`and g.person_id = ${personId}` : sql``}`.execute(ctx.db);
}

/** Until when something is kept and why, in a sentence. */
export function graceWords({ until, rule, facts }: Grace, zone: string): string {
  const at = Temporal.Instant.from(until).toZonedDateTimeISO(zone);
  const day = `${dayInWords(at.toPlainDate())}, ${at.toPlainTime().toString({ smallestUnit: 'minute' })}`;
  return `Kept until ${day}, because “${rule}” gave it and their ${factWords(facts)} changed.`;
}

/** “department”, “department or title”: what of somebody changed. */
function factWords(facts: readonly string[]): string {
  const names = facts.map((fact) => factLabels[fact as RuleFact]?.toLowerCase() ?? fact).sort();
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
