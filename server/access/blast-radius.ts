import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';

type Named = { id: string; name: string };

/** What one person's leaving touches, counted from what is known now. Each list is the rows behind its number. */
export type BlastRadius = {
  accounts: {
    accountId: string;
    appId: string;
    app: string;
    writer: string;
    status: string | null;
    isAdmin: boolean | null;
    asOf: string;
  }[];
  /** Apps where this is the only active account known to be an administrator. */
  onlyAdminOf: Named[];
  /** Apps where an administrator is not known, so that nobody can say whether this is the only one. */
  adminUnknown: Named[];
  ownerOf: Named[];
  deputyOf: Named[];
  managerOf: Named[];
  serviceAccounts: { id: string; name: string; app: string }[];
  /** Apps worked by hand or from outside whose accounts nobody has listed: the person may have one. */
  unseenApps: (Named & { writer: string })[];
  openTasks: number;
  /** Whether the accounts of any app were ever read: without, no account means nothing. */
  anyAppRead: boolean;
  /** Other people who lose an account by this plan: none, by construction; said because it calms. */
  othersLosing: number;
};

/** What has to be closed: a person's accounts, and the apps in which they may have one that nobody has listed. */
export async function accessOf(ctx: Context, personId: string): Promise<Pick<BlastRadius, 'accounts' | 'unseenApps'>> {
  const accounts = await ctx.db
    .selectFrom('apps_accounts as a')
    .innerJoin('apps_apps as p', 'p.id', 'a.app_id')
    .select([
      'a.id as accountId',
      'p.id as appId',
      'p.name as app',
      'p.writer',
      'a.status',
      'a.is_admin as isAdmin',
      'a.observed_at as asOf',
    ])
    .where('a.person_id', '=', personId)
    .where('a.kind', '=', 'person')
    .where('p.archived_at', 'is', null)
    .where((e) => e.or([e('a.status', 'is', null), e('a.status', '!=', 'gone')]))
    .orderBy('p.sign_in', 'desc')
    .orderBy('p.name')
    .execute();
  const unseen = await sql<Named & { writer: string }>`
    select p.id, p.name, p.writer from apps_apps p where p.archived_at is null and p.writer in ('manual', 'outside')
      and not exists (select from apps_accounts a where a.app_id = p.id and a.person_id = ${personId})
      and not exists (select from apps_readings r where r.app_id = p.id and r.complete)
    order by p.name`.execute(ctx.db);
  return { accounts, unseenApps: unseen.rows };
}

/** Counts the blast radius of closing a person's access. */
export async function blastRadius(ctx: Context, personId: string): Promise<BlastRadius> {
  const { accounts, unseenApps } = await accessOf(ctx, personId);
  const adminApps = accounts.filter((account) => account.isAdmin).map((account) => account.appId);
  const others = adminApps.length
    ? await ctx.db
        .selectFrom('apps_accounts')
        .select('app_id')
        .distinct()
        .where('app_id', 'in', adminApps)
        .where('is_admin', '=', true)
        .where('status', '=', 'active')
        .where((e) => e.or([e('person_id', 'is', null), e('person_id', '!=', personId)]))
        .execute()
    : [];
  const withOthers = new Set(others.map((row) => row.app_id));
  const named = (rows: { appId: string; app: string }[]): Named[] => [
    ...new Map(rows.map((row) => [row.appId, { id: row.appId, name: row.app }])).values(),
  ];
  const apps = ctx.db.selectFrom('apps_apps').select(['id', 'name']).where('archived_at', 'is', null).orderBy('name');
  return {
    accounts,
    onlyAdminOf: named(accounts.filter((account) => account.isAdmin && !withOthers.has(account.appId))),
    adminUnknown: named(accounts.filter((account) => account.isAdmin === null && account.status !== 'suspended')),
    ownerOf: await apps.where('owner_person_id', '=', personId).execute(),
    deputyOf: await apps.where('deputy_person_id', '=', personId).execute(),
    managerOf: await ctx.db
      .selectFrom('people_roster')
      .select(['id', 'name'])
      .where('manager_id', '=', personId)
      .where('status', '!=', 'left')
      .orderBy('name')
      .execute(),
    serviceAccounts: await ctx.db
      .selectFrom('apps_accounts as a')
      .innerJoin('apps_apps as p', 'p.id', 'a.app_id')
      .select(['a.id', sql<string>`coalesce(a.display_name, a.user_name, a.address, a.external_id)`.as('name'), 'p.name as app'])
      .where('a.service_owner_id', '=', personId)
      .where((e) => e.or([e('a.status', 'is', null), e('a.status', '!=', 'gone')]))
      .execute(),
    unseenApps,
    openTasks: Number(
      (
        await ctx.db
          .selectFrom('tasks_tasks')
          .select((e) => e.fn.countAll().as('n'))
          .where('assignee_person_id', '=', personId)
          .where('status', '=', 'open')
          .executeTakeFirstOrThrow()
      ).n,
    ),
    anyAppRead: (await ctx.db.selectFrom('apps_readings').select('id').limit(1).executeTakeFirst()) !== undefined,
    othersLosing: 0,
  };
}
