import { isDeepStrictEqual } from 'node:util';
import type { Context } from '../../platform/context.ts';
import type { Push } from '../push.ts';
import { followDeletion, followUser } from '../roster/follow-user.ts';
import { patchResource } from '../scim/patch.ts';
import { readResource } from '../scim/read-resource.ts';
import { type Json, type Resource, userKind } from '../scim/schemas.ts';
import { refuseOtherVersion } from './match-version.ts';
import { getStored, insertStored, removeStored, type Stored, updateStored } from './stored-resource.ts';

/** Takes in a new user, and with them a person of the roster. Refuses (409) a user name that is taken. */
export async function createUser(ctx: Context, push: Push, id: string, body: Json): Promise<Stored> {
  const stored = await insertStored(ctx, push, userKind, id, readResource(body, userKind));
  await followUser(ctx, push, null, stored);
  return stored;
}

/** Replaces a user (PUT). An `active` that is left out stays as it is: silence deactivates nobody. */
export const replaceUser = (ctx: Context, push: Push, id: string, body: Json, ifMatch: string | null): Promise<Stored> =>
  change(ctx, push, id, ifMatch, (stored) => {
    const next = readResource(body, userKind);
    if (next.active === undefined && stored.active !== undefined) next.active = stored.active;
    return next;
  });

/** Changes a user (PATCH). Taking `active` away says nothing of the person: it neither suspends nor restores. */
export const patchUser = (ctx: Context, push: Push, id: string, body: Json, ifMatch: string | null): Promise<Stored> =>
  change(ctx, push, id, ifMatch, (stored) => patchResource(stored, body, userKind));

async function change(
  ctx: Context,
  push: Push,
  id: string,
  ifMatch: string | null,
  next: (resource: Resource) => Resource,
): Promise<Stored> {
  const stored = await getStored(ctx, push, userKind, id, { lock: true });
  refuseOtherVersion(ifMatch, stored);
  const resource = next(stored.resource);
  if (isDeepStrictEqual(resource, stored.resource)) return stored;
  const changed = await updateStored(ctx, push, userKind, stored, resource);
  await followUser(ctx, push, stored.resource, changed);
  return changed;
}

/** Takes a user away from the connection (404 from then on). The person stays; whether they leave is asked. */
export async function deleteUser(ctx: Context, push: Push, id: string, ifMatch: string | null): Promise<void> {
  const stored = await getStored(ctx, push, userKind, id, { lock: true });
  refuseOtherVersion(ifMatch, stored);
  await removeStored(ctx, userKind, id);
  await followDeletion(ctx, push, stored);
}
