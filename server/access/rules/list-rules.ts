import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { notFound } from '../../platform/errors.ts';
import { presentPeople } from '../gap/gap-candidates.ts';
import { refreshMatches } from './refresh-matches.ts';
import { factColumns, factJoins, factLabels, type RuleFact } from './rule-facts.ts';
import { listMatched } from './rule-people.ts';
import type { Mend, RuleGrant } from './rule-shapes.ts';
import { ruleTargets, type Target } from './rule-targets.ts';

/** One grant of a rule with the app's name. `known`: a reading has shown the entitlement, or an account is enough. */
export type ShownGrant = RuleGrant & { app: string; known: boolean };

/** A rule as it is listed. `matches`: people it means; `unknown`: people of whom a fact is missing. */
export type ShownRule = {
  id: string;
  name: string;
  when: string;
  grants: ShownGrant[];
  mend: Mend;
  graceDays: number;
  version: number;
  changedAt: string;
  changedBy: string;
  matches: number;
  unknown: number;
};

type Row = Omit<ShownRule, 'grants'> & { archived: boolean };

/** The rules in use, by name, with how many people each means today. */
export async function listAccessRules(ctx: Context): Promise<{ rows: ShownRule[]; total: number }> {
  await refreshMatches(ctx);
  const { rows } = await sql<Row>`
    with present as materialized (${presentPeople})
    select r.id, r.name, r.condition_text as when, r.mend, r.grace_days as "graceDays", r.version, r.changed_at as "changedAt", r.changed_by as "changedBy", false as archived,
      coalesce(c.matches, 0) as matches, coalesce(c.unknown, 0) as unknown
    from access_rules r left join (
      select m.rule_id, count(*) filter (where m.outcome)::int as matches, count(*) filter (where m.outcome is null)::int as unknown
      from access_matches m join present p on p.id = m.person_id group by m.rule_id) c on c.rule_id = r.id
    where r.archived_at is null order by lower(r.name)`.execute(ctx.db);
  const targets = await ruleTargets(ctx);
  const apps = await appNames(ctx);
  return { rows: rows.map(({ archived: _, ...row }) => ({ ...row, grants: shownGrants(row.id, targets, apps) })), total: rows.length };
}

const shownGrants = (ruleId: string, targets: readonly Target[], apps: ReadonlyMap<string, string>): ShownGrant[] =>
  targets
    .filter((target) => target.ruleId === ruleId)
    .map(({ appId, entitlement, kind, known }) => ({ appId, app: apps.get(appId) ?? '', entitlement, kind, known }))
    .sort((a, b) => a.app.localeCompare(b.app) || (a.entitlement ?? '').localeCompare(b.entitlement ?? ''));

async function appNames(ctx: Context): Promise<Map<string, string>> {
  return new Map((await ctx.db.selectFrom('apps_apps').select(['id', 'name']).execute()).map(({ id, name }) => [id, name]));
}

const mostPeople = 500;

/** One rule with whom it means, of whom that cannot be said, and all its versions, the newest first. */
export async function getAccessRule(ctx: Context, ruleId: string) {
  const rule = (await listAccessRules(ctx)).rows.find(({ id }) => id === ruleId);
  if (!rule) throw notFound('rule');
  const { matches, unknown } = await listMatched(ctx, { id: ruleId, when: rule.when }, mostPeople);
  const apps = await appNames(ctx);
  const versions = await ctx.db
    .selectFrom('access_rule_versions')
    .selectAll()
    .where('rule_id', '=', ruleId)
    .orderBy('version', 'desc')
    .execute();
  return {
    ...rule,
    people: matches.people,
    unknownPeople: unknown.people,
    versions: versions.map((each) => ({
      version: each.version,
      name: each.name,
      when: each.condition_text,
      mend: each.mend as Mend,
      graceDays: each.grace_days,
      grants: (each.grants as RuleGrant[]).map((grant) => ({ ...grant, app: apps.get(grant.appId) ?? '', known: true })),
      archived: each.archived,
      changedBy: each.changed_by,
      changedAt: each.changed_at,
      reason: each.reason,
    })),
  };
}

/** The facts that a rule may read, with the values that people have now and how many have each; of what is true or not, `true` and `false`. */
export async function listRuleFacts(
  ctx: Context,
): Promise<{ field: RuleFact; label: string; values: { value: string; people: number }[] }[]> {
  const { rows } = await sql<{ field: RuleFact; value: string; people: number }>`
    with facts as (select ${factColumns} from people_people p ${factJoins} where p.id in (${presentPeople}))
    select v.field, v.value, count(*)::int as people from facts f cross join lateral (values
      ('department', f.department), ('title', f.title), ('location', f.location), ('country', f.country),
      ('employmentType', f."employmentType"), ('costCentre', f."costCentre"), ('manager', f.manager), ('managesPeople', f."managesPeople"::text)) as v(field, value)
    where v.value is not null group by v.field, v.value order by people desc, lower(v.value)`.execute(ctx.db);
  return (Object.keys(factLabels) as RuleFact[]).map((field) => ({
    field,
    label: factLabels[field],
    values: rows.filter((row) => row.field === field).map(({ value, people }) => ({ value, people })),
  }));
}
