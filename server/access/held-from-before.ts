import { isAdminRole } from '../apps/index.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { gapApps } from './gap/gap-apps.ts';
import { type PersonAccessRow, personAccess } from './person-access.ts';

/** Something that an account has and no rule gives. `entitlementId` null: nothing is named, but the account was read as an administrator's. */
export type HeldRole = { entitlementId: string | null; entitlement: string | null; isAdmin: boolean; decision: 'keep' | 'take' | null };

/** An account with what it holds from before. `opens`: it is closed, and the rules open it again; else it is open already. */
export type HeldFromBefore = { appId: string; app: string; opens: boolean; roles: HeldRole[] };

export type HeldAtAll = Omit<HeldFromBefore, 'roles'> & { roles: (HeldRole & { goesByItself: boolean })[] };

/**
 * What somebody who comes back still holds and no rule gives them now, by account: those that the rules open again and those that are open,
 * administrators first. What a rule gave and gives no more is not among it: that goes by itself. What was decided before they last left was decided
 * about another time here, and does not count.
 */
export async function heldFromBefore(ctx: Context, personId: string): Promise<HeldFromBefore[]> {
  return (await heldAtAll(ctx, personId)).flatMap(({ roles, ...account }) => {
    const stay = roles.filter((role) => !role.goesByItself).map(({ goesByItself: _, ...role }) => role);
    return stay.length === 0 ? [] : [{ ...account, roles: stay }];
  });
}

/** The same, also with what goes by itself: while it is there, the account has it. */
export async function heldAtAll(ctx: Context, personId: string): Promise<HeldAtAll[]> {
  const { rows } = await personAccess(ctx, personId);
  const apps = await gapApps(ctx);
  const since = await hereUntil(ctx, personId);
  const admins = await adminAccounts(ctx, personId);
  const valid = await decidedSince(ctx, personId, since);
  const rights = await askedForRights(ctx, personId, since);
  const decisionOf = ({ appId, entitlementId, decision }: PersonAccessRow) =>
    valid.has(`${appId}/${entitlementId ?? ''}`) ? decision : null;
  // A group that gives another app is not a role to decide about where a rule wants that app.
  const gives = new Set(
    rows.filter(({ entitlementId, should }) => entitlementId === null && should === true).map(({ appId }) => apps.get(appId)?.groupId),
  );
  const rolesOf = (account: PersonAccessRow): HeldAtAll['roles'] => {
    const all = rows.filter(
      ({ appId, entitlementId, is }) => appId === account.appId && entitlementId !== null && (is === 'held' || is === 'suspended'),
    );
    const isAdmin = admins.has(account.appId);
    const isNamed = all.some(({ entitlement }) => isAdminName(entitlement));
    if (isAdmin && all.length === 0) {
      const asked = rights.get(account.appId);
      if (asked === 'done') return [];
      const decision = asked === 'open' ? 'take' : decisionOf(account);
      return [{ entitlementId: null, entitlement: null, isAdmin, decision, goesByItself: false }];
    }
    return all
      .filter((row) => row.should !== true && !gives.has(row.entitlementId))
      .map((row) => ({
        entitlementId: row.entitlementId,
        entitlement: row.entitlement,
        // The account is an administrator's and no name says by what: each of them may be it.
        isAdmin: isAdminName(row.entitlement) || (isAdmin && !isNamed),
        decision: decisionOf(row),
        goesByItself: goesByItself(row),
      }));
  };
  return rows
    .filter(({ entitlementId }) => entitlementId === null)
    .flatMap((account): HeldAtAll[] => {
      const isOpen = account.is === 'held' || account.is === 'evidenced';
      if (account.is === 'missing' || (!isOpen && account.should !== true)) return [];
      const roles = rolesOf(account).sort(adminsFirst);
      return roles.length === 0 ? [] : [{ appId: account.appId, app: account.app, opens: !isOpen, roles }];
    })
    .sort((a, b) => Number(b.roles[0]!.isAdmin) - Number(a.roles[0]!.isAdmin) || a.app.localeCompare(b.app));
}

/** What a task is about by which the owner of an app (`aboutId`) makes somebody's account a usual one. */
export const aboutRights = 'administrator-rights';

const isAdminName = (name: string | null): boolean => name !== null && isAdminRole(name);

const adminsFirst = (a: HeldRole, b: HeldRole): number =>
  Number(b.isAdmin) - Number(a.isAdmin) || (a.entitlement ?? '').localeCompare(b.entitlement ?? '');

const goesByItself = ({ should, origin }: PersonAccessRow): boolean => should === false && origin === 'rule';

async function adminAccounts(ctx: Context, personId: string): Promise<Set<string>> {
  const { rows } = await sql<{ app_id: string }>`
    select app_id from apps_accounts where person_id = ${personId} and kind = 'person' and is_admin and status is distinct from 'gone'`.execute(
    ctx.db,
  );
  return new Set(rows.map(({ app_id: appId }) => appId));
}

/** When they last left (instant); null for somebody who never did. */
async function hereUntil(ctx: Context, personId: string): Promise<string | null> {
  const { rows } = await sql<{ at: string | null }>`
    select max(left_at) as at from people_employments where person_id = ${personId} and left_at <= ${ctx.now.toString()}`.execute(ctx.db);
  return rows[0]!.at;
}

async function decidedSince(ctx: Context, personId: string, since: string | null): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`
    select app_id || '/' || coalesce(entitlement_id::text, '') as key from access_decisions
    where person_id = ${personId} and withdrawn_at is null and (${since}::timestamptz is null or decided_at > ${since})`.execute(ctx.db);
  return new Set(rows.map(({ key }) => key));
}

async function askedForRights(ctx: Context, personId: string, since: string | null): Promise<Map<string, string>> {
  const { rows } = await sql<{ app_id: string; status: string }>`
    select about_id as app_id, status from tasks_tasks where about_kind = ${aboutRights} and subject_person_id = ${personId} and status in ('open', 'done')
      and (${since}::timestamptz is null or created_at > ${since}) order by created_at`.execute(ctx.db);
  return new Map(rows.map((row) => [row.app_id, row.status]));
}
