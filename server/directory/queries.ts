import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';

type Page = { limit: number; offset: number };

const paged = <Row>(rows: Row[], total: number, { offset }: Page) => ({
  rows,
  total,
  nextOffset: rows.length > 0 && offset + rows.length < total ? offset + rows.length : null,
});

type ConnectionRow = {
  id: string;
  name: string;
  system: 'entra' | 'okta' | 'other';
  createdAt: string;
  createdBy: string;
  lastContactAt: string | null;
  users: number;
  activeUsers: number;
  groups: number;
  notTakenOver: number;
  held: number;
  asked: number;
};

const connections = (condition = sql`true`) => sql<ConnectionRow>`
  select c.id, c.name, c.system, c.created_at as "createdAt", c.created_by as "createdBy", c.last_contact_at as "lastContactAt",
    u.users, u.active as "activeUsers", g.groups, u.problems as "notTakenOver", s.held, s.asked
  from directory_connections c
  cross join lateral (select count(*)::int as users, (count(*) filter (where active is distinct from false))::int as active,
      (count(*) filter (where problem is not null))::int as problems
    from directory_users u where u.organization_id = c.organization_id and u.connection_id = c.id and u.deleted_at is null) u
  cross join lateral (select count(*)::int as groups from directory_groups g where g.organization_id = c.organization_id and g.connection_id = c.id and g.deleted_at is null) g
  cross join lateral (select (count(*) filter (where status = 'held'))::int as held, (count(*) filter (where status = 'open'))::int as asked
    from directory_suspensions s where s.organization_id = c.organization_id and s.connection_id = c.id and s.status in ('held', 'open')) s
  where c.removed_at is null and ${condition} order by c.created_at, c.id`;

/** The address that a directory is given. */
export const scimAddress = (ctx: Context): string => `${ctx.platform.config.publicUrl.replace(/\/$/, '')}/scim/v2`;

/** Every connection by which people are pushed in, with what it brought and what waits. A few in any company. */
export async function listConnections(ctx: Context) {
  const { rows } = await connections().execute(ctx.db);
  return { address: scimAddress(ctx), rows };
}

export async function getConnection(ctx: Context, connectionId: string) {
  const { rows } = await connections(sql`c.id = ${connectionId}`).execute(ctx.db);
  if (!rows[0]) throw notFound('connection');
  const tokens = await ctx.db
    .selectFrom('directory_tokens')
    .select(['id', 'created_at as createdAt', 'created_by as createdBy', 'last_used_at as lastUsedAt'])
    .where('connection_id', '=', connectionId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .execute();
  return { ...rows[0], address: scimAddress(ctx), tokens };
}

type UserRow = {
  id: string;
  userName: string;
  active: boolean | null;
  personId: string | null;
  person: string | null;
  problem: string | null;
  modifiedAt: string;
};

/** The users that a connection pushed, by name; `onlyProblems`: those of whom the roster did not take everything over. */
export async function listPushedUsers(ctx: Context, connectionId: string, query: Page & { onlyProblems: boolean }) {
  await getConnection(ctx, connectionId);
  const where = sql`u.connection_id = ${connectionId} and u.deleted_at is null ${query.onlyProblems ? sql`and u.problem is not null` : sql``}`;
  const { rows } = await sql<UserRow>`
    select u.id, u.user_name as "userName", u.active, r.id as "personId", r.name as person, u.problem, u.modified_at as "modifiedAt"
    from directory_users u left join people_roster r on r.organization_id = u.organization_id and r.id = u.person_id
    where ${where} order by u.user_name_key, u.id limit ${query.limit} offset ${query.offset}`.execute(ctx.db);
  const { rows: counted } = await sql<{ total: number }>`select count(*)::int as total from directory_users u where ${where}`.execute(
    ctx.db,
  );
  return paged(rows, counted[0]!.total, query);
}

/** The groups that a connection pushed, with how many members each has. */
export async function listPushedGroups(ctx: Context, connectionId: string, query: Page) {
  await getConnection(ctx, connectionId);
  const { rows } = await sql<{ id: string; name: string; members: number; modifiedAt: string }>`
    select g.id, g.display_name as name, g.modified_at as "modifiedAt",
      (select count(*)::int from directory_members m where m.organization_id = g.organization_id and m.group_id = g.id) as members
    from directory_groups g where g.connection_id = ${connectionId} and g.deleted_at is null
    order by g.display_name_key, g.id limit ${query.limit} offset ${query.offset}`.execute(ctx.db);
  const { rows: counted } = await sql<{ total: number }>`
    select count(*)::int as total from directory_groups where connection_id = ${connectionId} and deleted_at is null`.execute(ctx.db);
  return paged(rows, counted[0]!.total, query);
}

/** Who is in a group: people of the roster where they are known, else the user's or group's own name. */
export async function listGroupMembers(ctx: Context, groupId: string, query: Page) {
  const group = await ctx.db
    .selectFrom('directory_groups')
    .select('display_name')
    .where('id', '=', groupId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!group) throw notFound('group');
  const { rows } = await sql<{ id: string; name: string; kind: 'User' | 'Group'; personId: string | null }>`
    select m.member_id as id, coalesce(r.name, u.user_name, g.display_name, m.display, '') as name, m.kind, r.id as "personId"
    from directory_members m
    left join directory_users u on u.organization_id = m.organization_id and u.id = m.member_id
    left join directory_groups g on g.organization_id = m.organization_id and g.id = m.member_id
    left join people_roster r on r.organization_id = u.organization_id and r.id = u.person_id
    where m.group_id = ${groupId} order by name, m.member_id limit ${query.limit} offset ${query.offset}`.execute(ctx.db);
  const { rows: counted } = await sql<{
    total: number;
  }>`select count(*)::int as total from directory_members where group_id = ${groupId}`.execute(ctx.db);
  return { name: group.display_name, ...paged(rows, counted[0]!.total, query) };
}

type SuspensionRow = {
  id: string;
  connectionId: string;
  connection: string;
  personId: string;
  person: string;
  cause: 'deactivated' | 'deleted';
  status: 'held' | 'open' | 'away' | 'leaving' | 'ended';
  at: string;
  signInPaused: boolean;
  answeredBy: string | null;
  answeredAt: string | null;
  endedWhy: string | null;
};

/** Whom connections took out, the newest first; never the reader themselves. */
export async function listSuspensions(ctx: Context, query: Page & { connectionId?: string | undefined; status?: string | undefined }) {
  const where = sql.join(
    [
      sql`s.person_id is distinct from ${ctx.actor.personId}`,
      ...(query.connectionId ? [sql`s.connection_id = ${query.connectionId}`] : []),
      ...(query.status ? [sql`s.status = ${query.status}`] : []),
    ],
    sql` and `,
  );
  const { rows } = await sql<SuspensionRow>`
    select s.id, s.connection_id as "connectionId", c.name as connection, s.person_id as "personId", r.name as person, s.cause, s.status, s.at,
      s.paused_member_id is not null as "signInPaused", s.answered_by as "answeredBy", s.answered_at as "answeredAt", s.ended_why as "endedWhy"
    from directory_suspensions s
    join directory_connections c on c.organization_id = s.organization_id and c.id = s.connection_id
    join people_roster r on r.organization_id = s.organization_id and r.id = s.person_id
    where ${where} order by s.at desc, s.id limit ${query.limit} offset ${query.offset}`.execute(ctx.db);
  const { rows: counted } = await sql<{ total: number }>`select count(*)::int as total from directory_suspensions s where ${where}`.execute(
    ctx.db,
  );
  return paged(rows, counted[0]!.total, query);
}
