import { isDeepStrictEqual } from 'node:util';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import type { Push } from '../push.ts';
import { patchResource } from '../scim/patch.ts';
import { readResource } from '../scim/read-resource.ts';
import { groupKind, type Json, type Resource } from '../scim/schemas.ts';
import { refuseOtherVersion } from './match-version.ts';
import { type Member, membersOf, splitMembers, writeMembers } from './members.ts';
import { getStored, insertStored, removeStored, type Stored, updateStored } from './stored-resource.ts';

type Coming = ReadonlyMap<string, Member['kind']>;

/** Takes in a new group with its members. `coming`: ids that the same bulk request is about to make. */
export async function createGroup(ctx: Context, push: Push, id: string, body: Json, coming?: Coming): Promise<Stored> {
  const { resource, members } = splitMembers(readResource(body, groupKind));
  const stored = await insertStored(ctx, push, groupKind, id, resource);
  await writeMembers(ctx, push, id, members, coming);
  await tell(ctx, 'directory.group-added', stored, { members: members.size });
  return stored;
}

export const replaceGroup = (ctx: Context, push: Push, id: string, body: Json, ifMatch: string | null, coming?: Coming): Promise<Stored> =>
  change(ctx, push, id, ifMatch, async () => readResource(body, groupKind), coming);

export const patchGroup = (ctx: Context, push: Push, id: string, body: Json, ifMatch: string | null, coming?: Coming): Promise<Stored> =>
  change(ctx, push, id, ifMatch, (whole) => patchResource(whole, body, groupKind), coming);

async function change(
  ctx: Context,
  push: Push,
  id: string,
  ifMatch: string | null,
  next: (whole: Resource) => Resource | Promise<Resource>,
  coming?: Coming,
): Promise<Stored> {
  const stored = await getStored(ctx, push, groupKind, id, { lock: true });
  refuseOtherVersion(ifMatch, stored);
  const had = (await membersOf(ctx, [stored.id])).get(stored.id) ?? [];
  const whole = had.length === 0 ? stored.resource : { ...stored.resource, members: had.map(asJson) };
  const { resource, members } = splitMembers(await next(whole));
  const changed = await writeMembers(ctx, push, stored.id, members, coming);
  if (!changed && isDeepStrictEqual(resource, stored.resource)) return stored;
  const updated = await updateStored(ctx, push, groupKind, stored, resource);
  await tell(ctx, 'directory.group-changed', updated, { members: members.size });
  return updated;
}

const asJson = ({ value, kind, display }: Member): Json => ({ value, type: kind, ...(display === null ? {} : { display }) });

export async function deleteGroup(ctx: Context, push: Push, id: string, ifMatch: string | null): Promise<void> {
  const stored = await getStored(ctx, push, groupKind, id, { lock: true });
  refuseOtherVersion(ifMatch, stored);
  await removeStored(ctx, groupKind, stored.id);
  await tell(ctx, 'directory.group-removed', stored, {});
}

const tell = (ctx: Context, action: string, group: Stored, after: Record<string, unknown>) =>
  appendAudit(ctx, { action, subject: { kind: 'directory-group', id: group.id, name: String(group.resource.displayName) }, after });
