import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { Push } from '../push.ts';
import type { Json, Resource } from '../scim/schemas.ts';
import { badRequest } from '../scim/scim-error.ts';
import { isId } from './stored-resource.ts';

export type Member = { value: string; kind: 'User' | 'Group'; display: string | null };

/** The members of groups, each group's in the order of their ids. */
export async function membersOf(ctx: Context, groupIds: string[]): Promise<Map<string, Member[]>> {
  if (groupIds.length === 0) return new Map();
  const { rows } = await sql<{ group_id: string; value: string; kind: Member['kind']; display: string | null }>`
    select group_id, member_id as value, kind, display from directory_members where group_id = any (${groupIds}::uuid[]) order by group_id, member_id`.execute(
    ctx.db,
  );
  return Map.groupBy(rows, ({ group_id: groupId }) => groupId) as Map<string, Member[]>;
}

/** The groups that users are in directly. */
export async function groupsOf(ctx: Context, userIds: string[]): Promise<Map<string, { value: string; display: string }[]>> {
  if (userIds.length === 0) return new Map();
  const { rows } = await sql<{ member_id: string; value: string; display: string }>`
    select m.member_id, g.id as value, g.display_name as display from directory_members m
    join directory_groups g on g.organization_id = m.organization_id and g.id = m.group_id and g.deleted_at is null
    where m.member_id = any (${userIds}::uuid[]) order by m.member_id, g.id`.execute(ctx.db);
  return Map.groupBy(rows, ({ member_id: memberId }) => memberId);
}

/** Splits a group as it was sent into what is kept of it and the ids of its members. */
export function splitMembers(group: Resource): { resource: Resource; members: Map<string, string | null> } {
  const { members: listed, ...resource } = group;
  const members = new Map<string, string | null>();
  for (const each of Array.isArray(listed) ? listed : []) {
    const { value, display } = each as { [key: string]: Json };
    if (typeof value !== 'string' || value === '')
      throw badRequest('invalidValue', 'members: each needs the id of a user or group as its value.');
    members.set(isId(value) ? value.toLowerCase() : value, typeof display === 'string' ? display : null);
  }
  return { resource, members };
}

/**
 * Makes the members of a group what they should be. Who is new must be a user or group of the same connection (400 invalidValue); `coming` are ids
 * that the same bulk request is about to make. Returns whether anything changed.
 */
export async function writeMembers(
  ctx: Context,
  push: Push,
  groupId: string,
  wanted: Map<string, string | null>,
  coming: ReadonlyMap<string, Member['kind']> = new Map(),
): Promise<boolean> {
  const current = new Map(((await membersOf(ctx, [groupId])).get(groupId) ?? []).map((member) => [member.value, member]));
  const gone = [...current.keys()].filter((id) => !wanted.has(id));
  const fresh = [...wanted.keys()].filter((id) => !current.has(id));
  const renamed = [...wanted].filter(([id, display]) => display !== null && current.has(id) && current.get(id)!.display !== display);
  if (fresh.includes(groupId)) throw badRequest('invalidValue', 'A group cannot be its own member.');
  const kinds = await kindsOf(ctx, push, fresh);
  const rows = fresh.map((id) => {
    const kind = kinds.get(id) ?? coming.get(id);
    if (!kind) throw badRequest('invalidValue', `members: there is no user or group ${id}.`);
    return { id, kind, display: wanted.get(id) ?? null };
  });
  if (gone.length > 0)
    await sql`delete from directory_members where group_id = ${groupId} and member_id = any (${gone}::uuid[])`.execute(ctx.db);
  const write = [...rows, ...renamed.map(([id, display]) => ({ id, kind: current.get(id)!.kind, display }))];
  if (write.length > 0)
    await sql`
      insert into directory_members (organization_id, group_id, member_id, kind, display)
      select ${ctx.organizationId}, ${groupId}, r.id, r.kind, r.display from jsonb_to_recordset(${JSON.stringify(write)}::jsonb) as r(id uuid, kind text, display text)
      on conflict (organization_id, group_id, member_id) do update set display = excluded.display`.execute(ctx.db);
  return gone.length > 0 || write.length > 0;
}

async function kindsOf(ctx: Context, push: Push, ids: string[]): Promise<Map<string, Member['kind']>> {
  const wanted = ids.filter(isId);
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<{ id: string; kind: Member['kind'] }>`
    select id, 'User' as kind from directory_users where connection_id = ${push.connectionId} and id = any (${wanted}::uuid[]) and deleted_at is null
    union all
    select id, 'Group' from directory_groups where connection_id = ${push.connectionId} and id = any (${wanted}::uuid[]) and deleted_at is null`.execute(
    ctx.db,
  );
  return new Map(rows.map(({ id, kind }) => [id, kind]));
}
