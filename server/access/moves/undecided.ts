import type { MoveChange } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { gapApps } from '../gap/gap-apps.ts';
import { isInUse } from '../gap/gap-candidates.ts';
import { type PersonAccessRow, personAccess } from '../person-access.ts';

/** Something that somebody has, no rule gives and nobody has decided about. */
export type Thing = { appId: string; app: string; entitlementId: string | null; entitlement: string | null };

/**
 * What somebody who moved still has from where they were: no rule gives it, nobody has decided about it, and those whom they left have it rather than
 * those whom they join. Where nobody is left to compare with, whatever fewer than half of the new ones have.
 */
export async function undecidedAfterMove(ctx: Context, personId: string, moves: readonly { changes: MoveChange[] }[]): Promise<Thing[]> {
  const things = await undecided(ctx, personId);
  if (things.length === 0) return [];
  const newest = moves.at(-1)!.changes[0]!;
  const joined = await peopleWith(ctx, personId, [{ field: newest.field, value: newest.to }]);
  const left = (
    await peopleWith(
      ctx,
      personId,
      moves.flatMap(({ changes }) => changes.slice(0, 1).map(({ field, from }) => ({ field, value: from }))),
    )
  ).filter((id) => !joined.includes(id));
  const { rows } = await sql<{ at: number; left: number; joined: number }>`
    select t.at::int, count(distinct a.person_id) filter (where a.person_id = any (${left}::uuid[]))::int as left,
      count(distinct a.person_id) filter (where a.person_id = any (${joined}::uuid[]))::int as joined
    from unnest(${things.map(({ appId }) => appId)}::uuid[], ${things.map(({ entitlementId }) => entitlementId)}::uuid[]) with ordinality as t(app_id, entitlement_id, at)
    join apps_accounts a on a.app_id = t.app_id and ${isInUse} and (t.entitlement_id is null
      or exists (select from apps_grants g where g.organization_id = a.organization_id and g.account_id = a.id and g.entitlement_id = t.entitlement_id))
    where a.person_id = any (${[...left, ...joined]}::uuid[]) group by t.at`.execute(ctx.db);
  const counts = new Map(rows.map((row) => [row.at, row]));
  return things.filter((_, index) => {
    const count = counts.get(index + 1) ?? { left: 0, joined: 0 };
    const share = joined.length === 0 ? 0 : count.joined / joined.length;
    return left.length === 0 ? share < 0.5 : count.left / left.length > share;
  });
}

async function undecided(ctx: Context, personId: string): Promise<Thing[]> {
  const { rows } = await personAccess(ctx, personId);
  const groups = new Set([...(await gapApps(ctx)).values()].flatMap(({ groupId }) => groupId ?? []));
  const isHeld = ({ is, origin }: PersonAccessRow) => (is === 'held' || is === 'suspended') && origin === 'discovered';
  const withRoles = new Set(rows.filter((row) => row.entitlementId !== null && row.is !== 'missing').map(({ appId }) => appId));
  return (
    rows
      .filter((row) => isHeld(row) && row.should === false && row.decision === null)
      // An account goes or stays with its roles, and a group that gives another app with that app.
      .filter((row) => (row.entitlementId === null ? !withRoles.has(row.appId) : !groups.has(row.entitlementId)))
      .map(({ appId, app, entitlementId, entitlement }) => ({ appId, app, entitlementId, entitlement }))
  );
}

const columns = {
  department: sql`r.department`,
  title: sql`r.title`,
  manager: sql`r.manager_id::text`,
  location: sql`r.location`,
  employmentType: sql`r.employment_type`,
};

/** Who works here and has one of these departments, managers or the like; not the one who moved. */
async function peopleWith(ctx: Context, personId: string, any: { field: MoveChange['field']; value: string }[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select r.id from people_roster r where r.status in ('working', 'leaving', 'away') and r.id <> ${personId}
      and (${sql.join(
        any.map(({ field, value }) => sql`lower(${columns[field]}) = ${value.toLowerCase()}`),
        sql` or `,
      )})`.execute(ctx.db);
  return rows.map(({ id }) => id);
}
