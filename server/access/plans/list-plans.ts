import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { notFound } from '../../platform/errors.ts';
import type { Loser } from '../rules/rule-losses.ts';
import type { PlanSummary } from './write-plan.ts';

/** A plan as it is listed. `wrong`: did not obey or cannot be reached; `asked`: a person is asked. */
export type PlanRow = {
  id: string;
  purpose: 'gap' | 'join' | 'undo' | 'hygiene';
  status: string;
  madeBy: string | null;
  reason: string | null;
  createdAt: string;
  heldReasons: string[];
  counts: { total: number; settled: number; open: number; wrong: number; asked: number; withdrawn: number };
  people: number;
  undoneBy: string | null;
};

const selectPlans = (where: ReturnType<typeof sql>, tail: ReturnType<typeof sql>) => sql<PlanRow & { total: number; summary: PlanSummary }>`
  with chosen as (
    select p.*, count(*) over ()::int as total from access_plans p where p.purpose in ('gap', 'join', 'undo', 'hygiene') ${where}
    order by p.created_at desc, p.id desc ${tail}
  )
  select p.id, p.purpose, p.status, p.made_by as "madeBy", p.reason, p.created_at as "createdAt", p.held_reasons as "heldReasons", p.summary,
    jsonb_build_object('total', coalesce(c.total, 0), 'settled', coalesce(c.settled, 0), 'open', coalesce(c.open, 0), 'wrong', coalesce(c.wrong, 0),
      'asked', coalesce(c.asked, 0), 'withdrawn', coalesce(c.withdrawn, 0)) as counts,
    coalesce(c.people, 0) as people, u.id as "undoneBy", p.total
  from chosen p
  left join lateral (
    select count(*)::int as total, count(distinct a.person_id)::int as people,
      count(*) filter (where a.status in ('verified', 'evidenced', 'overridden'))::int as settled,
      count(*) filter (where a.status in ('planned', 'attempting', 'reading'))::int as open,
      count(*) filter (where a.status in ('did-not-obey', 'retrying', 'unknown'))::int as wrong,
      count(*) filter (where a.status = 'asked')::int as asked,
      count(*) filter (where a.status = 'withdrawn')::int as withdrawn
    from access_actions a where a.organization_id = p.organization_id and a.plan_id = p.id) c on true
  left join access_plans u on u.organization_id = p.organization_id and u.undoes_plan_id = p.id
  order by p.created_at desc, p.id desc`;

/** How a plan stands, as lists are filtered: `going`: not everything of it is settled; `over`: everything is. */
export const planStandings = ['held', 'going', 'over', 'undone', 'discarded'] as const;

export type PlanFilter = {
  limit: number;
  offset: number;
  standing?: (typeof planStandings)[number] | undefined;
  purpose?: PlanRow['purpose'] | undefined;
  /** Words of a person on the plan, of its reason or of who made it. */
  find?: string | undefined;
};

const isUndone = sql<boolean>`exists (select from access_plans u where u.organization_id = p.organization_id and u.undoes_plan_id = p.id)`;

const standsSo: Record<(typeof planStandings)[number], ReturnType<typeof sql>> = {
  held: sql`and p.status = 'held'`,
  going: sql`and p.status in ('planned', 'applying') and not ${isUndone}`,
  over: sql`and p.status = 'applied' and not ${isUndone}`,
  undone: sql`and ${isUndone}`,
  discarded: sql`and p.status = 'withdrawn'`,
};

/** The plans that rules, hires and undoings made, the newest first, and how many there are with every filter. */
export async function listPlans(ctx: Context, filter: PlanFilter): Promise<{ rows: PlanRow[]; total: number }> {
  const { standing, purpose, find } = filter;
  const where = sql`${standing ? standsSo[standing] : sql``} ${purpose ? sql`and p.purpose = ${purpose}` : sql``} ${find ? holdsWords(find) : sql``}`;
  const { rows } = await selectPlans(where, sql`limit ${filter.limit} offset ${filter.offset}`).execute(ctx.db);
  return { rows: rows.map(({ total: _, summary: __, ...row }) => row), total: rows[0]?.total ?? 0 };
}

const holdsWords = (
  words: string,
) => sql`and (strpos(lower(coalesce(p.reason, '') || ' ' || coalesce(p.made_by, '')), ${words.toLowerCase()}) > 0
  or exists (select from access_actions a where a.organization_id = p.organization_id and a.plan_id = p.id
    and a.person_id in (select found.id from search_people(${words}, 2000) found)))`;

export type PlanLine = {
  actionId: string;
  personId: string | null;
  person: string;
  app: string;
  appId: string;
  entitlement: string | null;
  kind: string;
  direction: 'give' | 'take';
  status: string;
  words: string | null;
  asked: string | null;
  dueAt: string;
  verifiedAt: string | null;
};

const mostLines = 5_000;

/** One plan with its lines (at most 5,000), and while it is held with the names of those who would lose something. */
export async function getPlan(ctx: Context, planId: string): Promise<PlanRow & { lines: PlanLine[]; losing: Loser[] }> {
  const { rows } = await selectPlans(sql`and p.id = ${planId}`, sql`limit 1`).execute(ctx.db);
  if (!rows[0]) throw notFound('plan');
  const { total: _, summary, ...plan } = rows[0];
  const { rows: lines } = await sql<PlanLine>`
    select a.id as "actionId", a.person_id as "personId", coalesce(r.name, c.display_name, c.user_name, c.address, c.external_id, 'Nobody known') as person, app.name as app, a.app_id as "appId",
      case when a.via_app_id is not null and a.via_app_id <> a.app_id then null else coalesce(e.name, a.label) end as entitlement, a.kind, a.direction, a.status,
      coalesce(a.problem, case when a.status = 'verified' then a.observed end, a.decided_reason) as words, coalesce(who.name, m.name) as asked,
      a.due_at as "dueAt", a.verified_at as "verifiedAt"
    from access_actions a join apps_apps app on app.organization_id = a.organization_id and app.id = a.app_id left join people_roster r on r.id = a.person_id
    left join apps_accounts c on c.organization_id = a.organization_id and c.id = a.account_id
    left join apps_entitlements e on e.organization_id = a.organization_id and e.id = a.entitlement_id
    left join tasks_tasks t on t.organization_id = a.organization_id and t.id = a.task_id
    left join people_roster who on who.id = t.assignee_person_id
    left join identity_members m on m.organization_id = a.organization_id and m.id = t.assignee_member_id
    where a.plan_id = ${planId} order by person, a.person_id, app.name, a.position, e.name limit ${mostLines}`.execute(ctx.db);
  return { ...plan, lines, losing: plan.status === 'held' ? (summary.losing ?? []) : [] };
}
