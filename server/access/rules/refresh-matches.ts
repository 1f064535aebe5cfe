import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { beginGrace, type Ceased, endGrace } from './grace.ts';
import { evaluateRule, readsOf } from './rule-conditions.ts';
import { factColumns, factJoins, factsHash, type RuleFacts } from './rule-facts.ts';

type Stale = RuleFacts & { id: string; hash: string; since: number | null; evaluatedAt: string | null };

const batchSize = 5_000;

/** One change of rules or of matches at a time in an organization, until the transaction ends. */
export const holdRules = (ctx: Context) =>
  sql`select pg_advisory_xact_lock(hashtextextended('access rules ' || ${ctx.organizationId}::text, 0))`.execute(ctx.db);

/** How often the rules of the organization have changed. */
export async function rulesRevision(ctx: Context): Promise<number> {
  const { rows } = await sql<{ revision: number }>`select coalesce(max(revision), 0)::int as revision from access_rules`.execute(ctx.db);
  return rows[0]!.revision;
}

/**
 * Brings whom each rule means up to date: only people whose facts changed since they were last looked at, and only rules that changed since,
 * are evaluated again. With `personId` nobody else's rows are touched. Derived from people and rules alone, so it appends no audit event.
 */
export async function refreshMatches(ctx: Context, personId?: string): Promise<void> {
  const revision = await rulesRevision(ctx);
  if ((await findStale(ctx, revision, personId)).length === 0) return;
  await holdRules(ctx);
  const stale = await findStale(ctx, revision, personId);
  const rules = await ctx.db
    .selectFrom('access_rules')
    .select(['id', 'condition_text', 'revision', 'grace_days'])
    .where('archived_at', 'is', null)
    .execute();
  const found: { person_id: string; rule_id: string; outcome: boolean | null }[] = [];
  const seen: { person_id: string; rule_id: string }[] = [];
  const ceased: Ceased[] = [];
  for (const rule of rules) {
    const people = stale.filter(({ since }) => since === null || since < Number(rule.revision));
    const reads = rule.grace_days > 0 ? readsOf(rule.condition_text).map((read) => read.replace(/^person\./, '')) : null;
    const outcomes = await evaluateRule(rule.condition_text, people);
    for (const [at, person] of people.entries()) {
      const outcome = outcomes[at]!;
      if (outcome === false) {
        seen.push({ person_id: person.id, rule_id: rule.id });
        // Of whom no fact changed, the rule did.
        if (reads && person.since === null) ceased.push({ personId: person.id, ruleId: rule.id, reads, since: person.evaluatedAt });
      } else found.push({ person_id: person.id, rule_id: rule.id, outcome });
    }
  }
  await beginGrace(ctx, ceased);
  await removeMatches(ctx, seen, personId);
  await writeMatches(ctx, found);
  await endGrace(ctx, personId);
  await writeEvaluated(ctx, stale, revision);
}

/** Whose facts differ from those they were last evaluated with (`since` null), or who was evaluated with older rules (`since` their revision). */
async function findStale(ctx: Context, revision: number, personId?: string): Promise<Stale[]> {
  const { rows } = await sql<Stale>`
    with facts as (select p.organization_id, p.id, ${factColumns} from people_people p ${factJoins}
      where p.erased_at is null ${personId ? sql`and p.id = ${personId}` : sql``}),
    hashed as (select f.*, ${factsHash} as hash from facts f)
    select h.id, h.department, h.location, h.country, h.title, h."employmentType", h."costCentre", h.manager, h."managesPeople", encode(h.hash, 'hex') as hash,
      case when e.facts_hash = h.hash then e.revision::int end as since, e.evaluated_at as "evaluatedAt"
    from hashed h left join access_evaluated e on e.organization_id = h.organization_id and e.person_id = h.id
    where e.facts_hash is distinct from h.hash or e.revision < ${revision}`.execute(ctx.db);
  return rows;
}

async function removeMatches(ctx: Context, rows: { person_id: string; rule_id: string }[], personId?: string): Promise<void> {
  if (personId) {
    // “is true” keeps PostgreSQL from going by the rule, through everybody whom it means.
    const ruleIds = rows.map(({ rule_id }) => rule_id);
    await sql`delete from access_matches where person_id = ${personId} and (rule_id = any (${ruleIds}::uuid[])) is true`.execute(ctx.db);
    return;
  }
  for (let at = 0; at < rows.length; at += batchSize) {
    const some = rows.slice(at, at + batchSize);
    await sql`
      delete from access_matches m using unnest(${some.map((row) => row.person_id)}::uuid[], ${some.map((row) => row.rule_id)}::uuid[]) as r(person_id, rule_id)
      where m.organization_id = ${ctx.organizationId} and m.person_id = r.person_id and m.rule_id = r.rule_id`.execute(ctx.db);
  }
}

async function writeMatches(ctx: Context, rows: { person_id: string; rule_id: string; outcome: boolean | null }[]): Promise<void> {
  for (let at = 0; at < rows.length; at += batchSize) {
    await sql`
      insert into access_matches (organization_id, person_id, rule_id, outcome)
      select ${ctx.organizationId}, person_id, rule_id, outcome
      from jsonb_to_recordset(${JSON.stringify(rows.slice(at, at + batchSize))}::jsonb) as r(person_id uuid, rule_id uuid, outcome boolean)
      on conflict (organization_id, person_id, rule_id) do update set outcome = excluded.outcome
        where access_matches.outcome is distinct from excluded.outcome`.execute(ctx.db);
  }
}

async function writeEvaluated(ctx: Context, people: Stale[], revision: number): Promise<void> {
  for (let at = 0; at < people.length; at += batchSize) {
    const some = people.slice(at, at + batchSize);
    await sql`
      insert into access_evaluated (organization_id, person_id, facts_hash, revision, evaluated_at)
      select ${ctx.organizationId}, id, decode(hash, 'hex'), ${revision}, ${ctx.now.toString()}
      from unnest(${some.map(({ id }) => id)}::uuid[], ${some.map(({ hash }) => hash)}::text[]) as r(id, hash)
      on conflict (organization_id, person_id) do update set facts_hash = excluded.facts_hash,
        revision = excluded.revision, evaluated_at = excluded.evaluated_at`.execute(ctx.db);
  }
}
