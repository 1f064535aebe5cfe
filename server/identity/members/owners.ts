import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { conflict } from '../../platform/errors.ts';

const isOwner = sql<boolean>`'owner' = any (roles)`;

export type OwnerMember = { id: string; name: string; address: string };

/** The enabled members who are owners, the longest standing first. */
export const ownerMembers = (ctx: Context): Promise<OwnerMember[]> => owners(ctx).execute();

const owners = (ctx: Context) =>
  ctx.db
    .selectFrom('identity_members')
    .select(['id', 'name', 'address'])
    .where(isOwner)
    .where('disabled_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id');

/** Whether this member is the one owner that the organization has. */
export async function isSoleOwner(ctx: Context, memberId: string): Promise<boolean> {
  const all = await ownerMembers(ctx);
  return all.length === 1 && all[0]!.id === memberId;
}

/** Throws a conflict when without this member nobody would be an owner. The owners are locked until the transaction ends, so that two cannot go at once. */
export async function keepAnOwner(ctx: Context, without: string): Promise<void> {
  const all = await owners(ctx).forUpdate().execute();
  if (all.some((owner) => owner.id === without) && all.length === 1) {
    throw conflict('last_owner', `${all[0]!.name} is the only owner. Name another owner first; nothing was changed.`);
  }
}
