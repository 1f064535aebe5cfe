import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { Push } from '../push.ts';
import { enterpriseUrn, groupKind, type Resource, type ResourceKind, userKind } from '../scim/schemas.ts';
import { noSuchResource, ScimError } from '../scim/scim-error.ts';

/** A user or group as it is kept. `resource` is what the connection wrote, without what we add (id, meta, groups) and without members. */
export type Stored = {
  id: string;
  resource: Resource;
  version: number;
  created_at: string;
  modified_at: string;
  person_id: string | null;
};

export const tables = {
  User: { table: 'directory_users', name: 'user_name', key: 'user_name_key' },
  Group: { table: 'directory_groups', name: 'display_name', key: 'display_name_key' },
} as const;

/** A name as it is compared: whatever its capitals. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase();

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isId = (text: string): boolean => uuid.test(text);

/** Locks come in one order within a request: a connection's users before its groups. */
export async function getStored(ctx: Context, push: Push, kind: ResourceKind, id: string, { lock = false } = {}): Promise<Stored> {
  const found = isId(id) ? await findStored(ctx, push, kind, id, lock) : undefined;
  if (!found) throw noSuchResource(kind.name, id);
  return found;
}

async function findStored(ctx: Context, push: Push, kind: ResourceKind, id: string, lock: boolean): Promise<Stored | undefined> {
  const { rows } = await sql<Stored>`
    select id, resource, version, created_at, modified_at, ${kind === userKind ? sql`person_id` : sql`null::uuid as person_id`}
    from ${sql.table(tables[kind.name].table)}
    where connection_id = ${push.connectionId} and id = ${id} and deleted_at is null ${lock ? sql`for update` : sql``}`.execute(ctx.db);
  return rows[0];
}

const nameOf = (kind: ResourceKind, resource: Resource): string => String(kind === userKind ? resource.userName : resource.displayName);
const externalIdOf = (resource: Resource): string | null => (typeof resource.externalId === 'string' ? resource.externalId : null);

/** Keeps a new resource. Refuses (409 uniqueness) a user name that another user of the connection has. */
export async function insertStored(ctx: Context, push: Push, kind: ResourceKind, id: string, resource: Resource): Promise<Stored> {
  const name = nameOf(kind, resource);
  await refuseTaken(ctx, push, kind, id, name);
  const at = ctx.now.toString();
  const { table, name: column, key } = tables[kind.name];
  const { rows } = await sql<{ id: string }>`
    insert into ${sql.table(table)} (organization_id, id, connection_id, external_id, ${sql.ref(column)}, ${sql.ref(key)}, resource, created_at, modified_at
      ${kind === userKind ? sql`, active, manager_ref` : sql``})
    values (${ctx.organizationId}, ${id}, ${push.connectionId}, ${externalIdOf(resource)}, ${name}, ${nameKey(name)}, ${JSON.stringify(resource)}, ${at}, ${at}
      ${kind === userKind ? sql`, ${activeOf(resource)}, ${managerRefOf(resource)}` : sql``})
    on conflict do nothing returning id`.execute(ctx.db);
  if (rows.length === 0) throw taken(kind, name);
  return { id, resource, version: 1, created_at: at, modified_at: at, person_id: null };
}

export const activeOf = (resource: Resource): boolean | null => (typeof resource.active === 'boolean' ? resource.active : null);

/** The id that a user's manager is named by, in small letters. */
export function managerRefOf(resource: Resource): string | null {
  const manager = (resource[enterpriseUrn] as Resource | undefined)?.manager as Resource | undefined;
  return typeof manager?.value === 'string' && manager.value !== '' ? manager.value.toLowerCase() : null;
}

/** Keeps a changed resource under its next version. The row must be locked. */
export async function updateStored(ctx: Context, push: Push, kind: ResourceKind, stored: Stored, resource: Resource): Promise<Stored> {
  const name = nameOf(kind, resource);
  if (nameKey(name) !== nameKey(nameOf(kind, stored.resource))) await refuseTaken(ctx, push, kind, stored.id, name);
  const at = ctx.now.toString();
  const { table, name: column, key } = tables[kind.name];
  await sql`
    update ${sql.table(table)} set external_id = ${externalIdOf(resource)}, ${sql.ref(column)} = ${name}, ${sql.ref(key)} = ${nameKey(name)},
      resource = ${JSON.stringify(resource)}, version = version + 1, modified_at = ${at} ${kind === userKind ? sql`, active = ${activeOf(resource)}, manager_ref = ${managerRefOf(resource)}` : sql``}
    where id = ${stored.id}`.execute(ctx.db);
  return { ...stored, resource, version: stored.version + 1, modified_at: at };
}

/** Takes a resource away from the connection. Of what it wrote only the name and the link to the person stay. */
export async function removeStored(ctx: Context, kind: ResourceKind, id: string): Promise<void> {
  await sql`update ${sql.table(tables[kind.name].table)} set deleted_at = ${ctx.now.toString()}, resource = '{}', external_id = null where id = ${id}`.execute(
    ctx.db,
  );
  await sql`delete from directory_members where member_id = ${id} or group_id = ${id}`.execute(ctx.db);
}

async function refuseTaken(ctx: Context, push: Push, kind: ResourceKind, id: string, name: string): Promise<void> {
  if (kind === groupKind) return;
  const { rows } = await sql`
    select from directory_users where connection_id = ${push.connectionId} and user_name_key = ${nameKey(name)} and deleted_at is null and id <> ${id}`.execute(
    ctx.db,
  );
  if (rows.length > 0) throw taken(kind, name);
}

const taken = (kind: ResourceKind, name: string) =>
  new ScimError(409, 'uniqueness', `There is a ${kind.name} with the userName ${name} already.`);
