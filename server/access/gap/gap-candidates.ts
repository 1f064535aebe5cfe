import type { RawBuilder } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { Target } from '../rules/rule-targets.ts';
import { planFor } from './plan-for.ts';

/** One account (`entitlementId` null) or entitlement of a person. */
export type Key = { personId: string; appId: string; entitlementId: string | null };

export const keyText = ({ personId, appId, entitlementId }: Key): string => `${personId}/${appId}/${entitlementId ?? ''}`;

/** Whose gap and in which apps; nothing: the whole company's. */
export type GapScope = { personId?: string; appIds?: readonly string[] };

const isPresent = sql`r.erased_at is null and (r.status in ('working', 'leaving', 'away') or (r.status = 'joining' and o.opens_at <= groundcrew_now()))`;
const withOpenings = sql`people_roster r left join access_openings o on o.organization_id = r.organization_id and o.person_id = r.id`;

/** People for whom the rules give: everybody who works here, and who joins once their access was opened. */
export const presentPeople = sql`select r.id from ${withOpenings} where ${isPresent}`;

/**
 * Everything that may differ between what should be and what is, by one statement, so that it costs what the same comparison costs by hand. It may name
 * more than really differs: the rows behind each are looked at afterwards.
 */
export async function gapCandidates(ctx: Context, targets: readonly Target[], scope: GapScope): Promise<Key[]> {
  // Those who are not present are left out, rather than those who are joined: of a view's status the planner expects one in a hundred.
  const statement = sql<Key & { gives: boolean }>`
    with absent as materialized (select r.id from ${withOpenings} where (${isPresent}) is not true ${ofPerson(scope, sql`r.id`)}),
    target as materialized (select * from ${unnested(targets)}),
    match as ${scope.personId ? sql`materialized` : sql``} (
      select m.person_id, m.rule_id, m.outcome from access_matches m where (m.outcome or m.outcome is null) ${ofPerson(scope, sql`m.person_id`)}),
    wanted as materialized (
      select m.person_id, t.app_id, t.entitlement_id, m.outcome is not null as surely
      from match m join target t on t.rule_id = m.rule_id where m.person_id not in (select id from absent))
      ${scope.personId ? heldBy(scope.personId) : sql``}
    ${missingEntitlements(scope)} union all ${missingAccounts(scope)}
    union all ${givenNotWanted(scope, false)} union all ${givenNotWanted(scope, true)} union all ${decidedToGo(scope)}`;
  const { rows } = scope.personId ? await statement.execute(ctx.db) : await planFor(ctx, 'company', () => statement.execute(ctx.db));
  const keys = new Map<string, Key>();
  for (const { gives, ...key } of rows) {
    keys.set(keyText(key), key);
    // What is given needs an account.
    if (gives && key.entitlementId !== null) keys.set(keyText({ ...key, entitlementId: null }), { ...key, entitlementId: null });
  }
  return [...keys.values()];
}

const ofPerson = (scope: GapScope, column: RawBuilder<unknown>) => (scope.personId ? sql`and ${column} = ${scope.personId}::uuid` : sql``);
const ofApps = (scope: GapScope, column: RawBuilder<unknown>) =>
  scope.appIds ? sql`and ${column} = any (${scope.appIds as string[]}::uuid[])` : sql``;

const unnested = (targets: readonly Target[]) =>
  sql`unnest(${targets.map(({ ruleId }) => ruleId)}::uuid[], ${targets.map(({ appId }) => appId)}::uuid[], ${targets.map(({ entitlementId }) => entitlementId)}::uuid[]) as t(rule_id, app_id, entitlement_id)`;

/** What one person holds, read once: so that it is not looked up again for each thing that they should have. */
const heldBy = (personId: string) => sql`, held as materialized (
  select a.app_id, g.entitlement_id from apps_accounts a left join apps_grants g on g.organization_id = a.organization_id and g.account_id = a.id
  where a.person_id = ${personId}::uuid and ${isInUse})`;

const missingEntitlements = (scope: GapScope) => sql`
  select w.person_id as "personId", w.app_id as "appId", w.entitlement_id as "entitlementId", true as gives from wanted w
  where w.surely and w.entitlement_id is not null and not exists (${
    scope.personId
      ? sql`select from held h where h.entitlement_id = w.entitlement_id`
      : sql`select from apps_accounts a join apps_grants g on g.organization_id = a.organization_id and g.account_id = a.id
          where a.person_id = w.person_id and g.entitlement_id = w.entitlement_id and ${isInUse} ${ofApps(scope, sql`a.app_id`)}`
  })`;

const missingAccounts = (scope: GapScope) => sql`
  select w.person_id, w.app_id, null, true from wanted w
  where w.surely and w.entitlement_id is null and not exists (${
    scope.personId
      ? sql`select from held h where h.app_id = w.app_id`
      : sql`select from apps_accounts a where a.person_id = w.person_id and a.app_id = w.app_id and ${isInUse}`
  })`;

/** An account `a` of a person that is not suspended or gone. */
export const isInUse = sql`a.kind = 'person' and (a.status = 'active' or a.status is null)`;

/** What a rule or request gave and no rule wants any more, nor may want: where a fact is unknown, it stays. */
const givenNotWanted = (scope: GapScope, isAccount: boolean) => sql`
  select v.person_id, v.app_id, v.entitlement_id, false from access_given v
  where v.taken_at is null and v.entitlement_id ${isAccount ? sql`is null` : sql`is not null`} ${ofPerson(scope, sql`v.person_id`)} ${ofApps(scope, sql`v.app_id`)}
    and not exists (select from wanted w where w.person_id = v.person_id and w.app_id = v.app_id ${isAccount ? sql`` : sql`and w.entitlement_id = v.entitlement_id`})`;

const decidedToGo = (scope: GapScope) => sql`
  select v.person_id, v.app_id, v.entitlement_id, false from access_decisions v
  where v.withdrawn_at is null and v.decision = 'take' ${ofPerson(scope, sql`v.person_id`)} ${ofApps(scope, sql`v.app_id`)}`;
