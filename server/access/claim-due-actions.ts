import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import type { DataInput } from './data/data-kinds.ts';

/** An action that this process has taken for `leaseSeconds`, with the names its sentences need. */
export type ClaimedAction = {
  id: string;
  planId: string;
  /** null: the account of nobody. */
  personId: string | null;
  person: string;
  appId: string;
  app: string;
  viaAppId: string | null;
  accountId: string | null;
  externalId: string | null;
  userName: string | null;
  displayName: string | null;
  entitlementId: string | null;
  entitlement: { externalId: string; kind: string; name: string } | null;
  kind: string;
  /** Whether it gives or takes, in plans of rules. */
  direction: 'give' | 'take' | null;
  workAddress: string | null;
  purpose: string;
  previous: string;
  position: number;
  attempts: number;
  reads: number;
  dueAt: string;
  firstAttemptAt: string | null;
  answeredAt: string | null;
  before: { status: string | null } | null;
  /** With what an action on data is done, and what of the account it is about. */
  input: DataInput | null;
  label: string | null;
  taskId: string | null;
  /** Something of the same account has to be done while it is still active. */
  waitsWhileOpen: boolean;
  approvedBy: string | null;
  escalatedAt: string | null;
  concealmentId: string | null;
  deepLink: string | null;
  instructions: string | null;
  ownerPersonId: string | null;
  deputyPersonId: string | null;
  managerPersonId: string | null;
};

/** So many actions of rules are worked on at once: a plan for the whole company neither holds up a leaver nor waits for an app longer than it may. */
const atOnce = 16;

/**
 * Takes due actions so that no other process works on them until the lease ends. A process that dies leaves only the lease behind;
 * what it was doing is convergent and is done again from a fresh read.
 */
export async function claimDueActions(
  ctx: Context,
  options: { most: number; leaseSeconds: number; whileOpenOf?: string | null },
): Promise<ClaimedAction[]> {
  const now = ctx.now.toString();
  const lease = ctx.now.add({ seconds: options.leaseSeconds }).toString();
  // Asked where the row is locked, so that what another process took meanwhile is seen.
  const isReady = options.whileOpenOf
    ? sql`a.account_id = ${options.whileOpenOf} and a.while_open and a.status = 'planned' and (a.lease_until is null or a.lease_until <= ${now})`
    : sql`a.status in ('planned', 'attempting', 'reading', 'retrying', 'did-not-obey') and a.next_at <= ${now} and (a.lease_until is null or a.lease_until <= ${now})`;
  const { rows } = await sql<ClaimedAction>`
    with urgent as (
      select a.id, a.status from access_actions a where ${isReady}
        and exists (select from access_plans p where p.organization_id = a.organization_id and p.id = a.plan_id and p.status <> 'withdrawn' and p.purpose in ('leave', 'restore', 'absence', 'data'))
      order by a.position, a.next_at limit ${options.most} for update skip locked
    ), many as (
      select a.id, a.status from access_actions a where ${isReady}
        and exists (select from access_plans p where p.organization_id = a.organization_id and p.id = a.plan_id and p.status in ('applying', 'applied') and p.purpose in ('gap', 'join', 'undo', 'hygiene'))
      order by a.position, a.next_at limit (select greatest(0, ${atOnce} - count(*)) from access_actions b
        where b.direction is not null and b.status in ('attempting', 'reading') and b.lease_until > ${now}) for update skip locked
    ), due as (
      select id, status from urgent union all select id, status from many
    ), taken as (
      update access_actions a set lease_until = ${lease}, next_at = ${lease}, first_attempt_at = coalesce(a.first_attempt_at, ${now}),
        status = case when a.status = 'reading' then 'reading' else 'attempting' end
      from due where a.id = due.id returning a.*, due.status as previous
    )
    select t.id, t.plan_id as "planId", t.person_id as "personId", coalesce(r.name, c.display_name, c.user_name, c.address, c.external_id, 'nobody known') as person, t.app_id as "appId", p.name as app, t.via_app_id as "viaAppId",
      t.account_id as "accountId", c.external_id as "externalId", c.user_name as "userName", c.display_name as "displayName",
      case when e.id is null then null else jsonb_build_object('externalId', e.external_id, 'kind', e.kind, 'name', e.name) end as entitlement,
      t.entitlement_id as "entitlementId", t.kind, t.direction, r.work_address as "workAddress", pl.purpose, t.previous, t.position, t.attempts, t.reads, t.due_at as "dueAt", t.first_attempt_at as "firstAttemptAt", t.answered_at as "answeredAt", t.before, t.input, t.label,
      t.approved_by as "approvedBy", t.task_id as "taskId",
      (t.kind = 'suspend' and exists (select from access_actions o where o.account_id = t.account_id and o.while_open and o.status = 'planned')) as "waitsWhileOpen", t.escalated_at as "escalatedAt", t.concealment_id as "concealmentId", p.deep_link as "deepLink",
      case when pl.purpose = 'restore' or t.direction = 'give' then p.instructions_grant else p.instructions_revoke end as instructions,
      p.owner_person_id as "ownerPersonId", p.deputy_person_id as "deputyPersonId", r.manager_id as "managerPersonId"
    from taken t join apps_apps p on p.id = t.app_id join access_plans pl on pl.id = t.plan_id left join people_roster r on r.id = t.person_id
      left join apps_accounts c on c.id = t.account_id left join apps_entitlements e on e.id = t.entitlement_id
    order by t.position, p.name`.execute(ctx.db);
  return rows;
}
