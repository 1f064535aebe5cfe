import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { Target } from '../rules/rule-targets.ts';
import { type GapScope, isInUse, presentPeople } from './gap-candidates.ts';

/** Somebody and what a rule may give them. `entitlement`: as the rule or the app names it, null for an account. */
export type Unresolved = { personId: string; ruleId: string; appId: string; entitlement: string | null };

/** Where a fact is known of nobody, each rule may mean everybody: more than these are not counted. */
const countedTo = 10_000;

/**
 * Who may have to get something, where nobody can say: `unnamed`, because no reading of the app has shown what the rule names; otherwise because a
 * fact that the rule compares is not known of them, and they do not have it. At most `most` of them, and how
 * many there are, counted to 10,000.
 */
export async function findUnresolved(
  ctx: Context,
  about: { targets: readonly Target[]; scope: GapScope; most: number; unnamed: boolean },
): Promise<{ total: number; rows: Unresolved[] }> {
  const targets = about.targets.filter(({ known }) => known !== about.unnamed);
  if (targets.length === 0) return { total: 0, rows: [] };
  const nobodySaid = sql`m.outcome is null
    and not exists (select from target o join access_matches other on other.rule_id = o.rule_id
      where other.person_id = m.person_id and other.outcome and o.app_id = t.app_id and o.entitlement_id is not distinct from t.entitlement_id)
    and not exists (select from apps_accounts a left join apps_grants g on g.organization_id = a.organization_id and g.account_id = a.id
      where a.person_id = m.person_id and a.app_id = t.app_id and ${isInUse} and (t.entitlement_id is null or g.entitlement_id = t.entitlement_id))`;
  const { rows } = await sql<Unresolved & { total: number }>`
    with target as materialized (
      select * from unnest(${targets.map(({ ruleId }) => ruleId)}::uuid[], ${targets.map(({ appId }) => appId)}::uuid[],
        ${targets.map(({ entitlementId }) => entitlementId)}::uuid[], ${targets.map(({ entitlement }) => entitlement)}::text[])
        as t(rule_id, app_id, entitlement_id, entitlement))
    , found as (
      select m.person_id as "personId", t.rule_id as "ruleId", t.app_id as "appId", t.entitlement from target t join access_matches m on m.rule_id = t.rule_id
      where m.person_id in (${presentPeople}) ${about.scope.personId ? sql`and m.person_id = ${about.scope.personId}` : sql``}
        and ${about.unnamed ? sql`m.outcome` : nobodySaid}
      limit ${countedTo})
    select found.*, count(*) over ()::int as total from found order by "personId", "appId", entitlement limit ${about.most}`.execute(
    ctx.db,
  );
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _, ...row }) => row) };
}
