import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { type Grace, readGrace } from '../rules/grace.ts';
import type { Key } from './gap-candidates.ts';

/** `isAway`: on leave by its days, whatever else is known of them; `isPaused`: their accounts are suspended for it. */
export type GapPerson = {
  id: string;
  name: string;
  status: string;
  workAddress: string | null;
  opensAt: string | null;
  isAway?: boolean;
  isPaused?: boolean;
};
export type GapAccount = {
  id: string;
  personId: string;
  appId: string;
  status: string | null;
  isAdmin: boolean | null;
  observedAt: string;
  told: boolean;
  entitlementsAt: string | null;
};
export type GapGrant = { accountId: string; entitlementId: string; origin: string; observedAt: string };
export type GapGiven = Key & { ruleId: string | null; origin: 'rule' | 'request'; evidenced: boolean; givenAt: string };
export type GapMatch = { personId: string; ruleId: string; outcome: boolean | null };
export type GapDecision = Key & { decision: 'keep' | 'take' };
export type GapEntitlement = { id: string; appId: string; name: string; kind: string };

/** The rows that decide about some people: whom rules mean, what they hold, what was given and decided, and what is under way. */
export type GapRows = {
  people: GapPerson[];
  matches: GapMatch[];
  accounts: GapAccount[];
  grants: GapGrant[];
  given: GapGiven[];
  decisions: GapDecision[];
  /** What rules that mean them no more still keep for now. */
  grace: Grace[];
  /** What an open action is about already. */
  underWay: Key[];
};

/** The states in which an action still leads to something by itself, or waits for somebody. */
export const openStatuses = ['planned', 'attempting', 'reading', 'retrying', 'did-not-obey', 'asked'] as const;

/** Reads the rows about these people, each in these apps. Each is found by the person, so that one person's gap reads only their rows. */
export async function readGapRows(ctx: Context, pairs: readonly { personId: string; appId: string }[]): Promise<GapRows> {
  const people = sql`(select unnest(${[...new Set(pairs.map(({ personId }) => personId))]}::uuid[]))`;
  const places = sql`unnest(${pairs.map(({ personId }) => personId)}::uuid[], ${pairs.map(({ appId }) => appId)}::uuid[]) as k(person_id, app_id)`;
  const run = async <Row>(query: ReturnType<typeof sql<Row>>) => (await query.execute(ctx.db)).rows;
  const accounts = await run(sql<GapAccount>`
      select a.id, a.person_id as "personId", a.app_id as "appId", a.status, a.is_admin as "isAdmin", a.observed_at as "observedAt",
        a.entitlements_observed_at is not null as told, a.entitlements_observed_at as "entitlementsAt"
      from ${places} join apps_accounts a on a.person_id = k.person_id and a.app_id = k.app_id where a.kind = 'person' and a.status is distinct from 'gone'`);
  return {
    people: await run(sql<GapPerson>`
      select r.id, r.name, r.status, r.work_address as "workAddress", o.opens_at as "opensAt",
        coalesce(r.leave_from <= ((select groundcrew_now()) at time zone r.time_zone)::date
          and (r.leave_until is null or r.leave_until >= ((select groundcrew_now()) at time zone r.time_zone)::date), false) as "isAway",
        exists (select from access_absences b where b.organization_id = r.organization_id and b.person_id = r.id and b.status = 'away') as "isPaused"
      from people_roster r left join access_openings o on o.organization_id = r.organization_id and o.person_id = r.id where r.id in ${people}`),
    matches: await run(sql<GapMatch>`
      select m.person_id as "personId", m.rule_id as "ruleId", m.outcome from access_matches m where m.person_id in ${people}`),
    accounts,
    grants: await run(sql<GapGrant>`
      select g.account_id as "accountId", g.entitlement_id as "entitlementId", g.origin, g.observed_at as "observedAt"
      from unnest(${accounts.map(({ id }) => id)}::uuid[]) as k(id) join apps_grants g on g.account_id = k.id`),
    given: await run(sql<GapGiven>`
      select v.person_id as "personId", v.app_id as "appId", v.entitlement_id as "entitlementId", v.rule_id as "ruleId", v.origin, v.evidenced,
        v.given_at as "givenAt"
      from ${places} join access_given v on v.person_id = k.person_id and v.app_id = k.app_id where v.taken_at is null`),
    decisions: await run(sql<GapDecision>`
      select v.person_id as "personId", v.app_id as "appId", v.entitlement_id as "entitlementId", v.decision
      from ${places} join access_decisions v on v.person_id = k.person_id and v.app_id = k.app_id where v.withdrawn_at is null`),
    grace: await readGrace(ctx, [...new Set(pairs.map(({ personId }) => personId))]),
    // What is granted through a group of another app is about the account; a watch that nobody can read is left to the next list. What becomes of a leaver's
    // data weeks later keeps nothing from somebody who works here again.
    underWay: await run(sql<Key>`
      select a.person_id as "personId", a.app_id as "appId", case when a.via_app_id is distinct from a.app_id and a.via_app_id is not null then null else a.entitlement_id end as "entitlementId"
      from access_actions a join access_plans p on p.organization_id = a.organization_id and p.id = a.plan_id
      where a.person_id in ${people} and p.status <> 'withdrawn' and p.purpose <> 'data' and (p.purpose <> 'leave' or p.status = 'applying')
        and (a.status = any (${[...openStatuses]}::text[]) or (a.kind = 'watch' and a.status = 'unknown'))`),
  };
}

/** Names of entitlements. */
export async function readEntitlements(ctx: Context, ids: readonly string[]): Promise<Map<string, GapEntitlement>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<GapEntitlement>`
    select id, app_id as "appId", name, kind from apps_entitlements where id = any (${ids as string[]}::uuid[])`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id, row]));
}
