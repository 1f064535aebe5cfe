import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { emit } from '../platform/events.ts';
import { checkAddress } from './check-address.ts';
import { checkRoles } from './check-roles.ts';
import { memberAdded } from './events.ts';

/** Adds a member with their roles. `userId` is the sign-in account, null until they have accepted their invitation. Returns the member's id. */
export async function addMember(
  ctx: Context,
  input: { name: string; address: string; roles: readonly string[]; userId?: string | null },
): Promise<string> {
  checkRoles(input.roles);
  checkAddress(input.address);
  const row = await ctx.db
    .insertInto('identity_members')
    .values({
      organization_id: ctx.organizationId,
      name: input.name.trim(),
      address: input.address.trim(),
      roles: [...input.roles],
      user_id: input.userId ?? null,
      created_at: ctx.now.toString(),
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) throw conflict('already_member', `${input.address} is a member already. Change their roles instead.`);
  await appendAudit(ctx, {
    action: 'member.added',
    subject: { kind: 'member', id: row.id, name: input.name },
    after: { address: input.address, roles: input.roles },
  });
  await emit(ctx, memberAdded, { memberId: row.id });
  return row.id;
}
