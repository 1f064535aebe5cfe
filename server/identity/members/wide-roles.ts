import type { Context } from '../../platform/context.ts';
import { forbidden } from '../../platform/errors.ts';
import { queueMail } from '../../platform/mail.ts';
import { roleWords } from '../role-words.ts';
import { ownerMembers } from './owners.ts';

/** Roles that see exits before those who leave: whoever is given one sees what was kept from somebody. */
const wideRoles = ['owner', 'ops', 'hr', 'auditor'];

/** A token that may not everything cannot give somebody a role that sees more than the token itself does. */
export function refuseWideRolesByToken(ctx: Context, roles: readonly string[]): void {
  const { scopes } = ctx.actor;
  if (scopes === null || scopes.includes('*') || !roles.some((role) => wideRoles.includes(role))) return;
  throw forbidden(
    `Only a person, or a token with the scope *, gives the roles ${wideRoles.map((role) => roleWords([role])).join(', ')}. Nothing was changed.`,
  );
}

/** A token that may not everything cannot decide by whom others are let in: whoever decides that can come in as anybody. */
export function refuseWaysInByToken(ctx: Context): void {
  const { scopes } = ctx.actor;
  if (scopes === null || scopes.includes('*')) return;
  throw forbidden('Only a person, or a token with the scope *, changes how the company signs in. Nothing was changed.');
}

/**
 * Writes to the other owners that somebody was given a role which sees much: an owner who is about to leave cannot let a second self in unseen.
 * Nothing is written where no such role came.
 */
export async function tellOtherOwners(
  ctx: Context,
  member: { id: string; name: string; address: string },
  roles: { before: readonly string[]; after: readonly string[] },
): Promise<void> {
  const gained = wideRoles.filter((role) => roles.after.includes(role) && !roles.before.includes(role));
  if (gained.length === 0) return;
  const what = gained.map((role) => roleWords([role])).join(', ');
  for (const owner of await ownerMembers(ctx)) {
    if (owner.id === ctx.actor.memberId || owner.id === member.id) continue;
    await queueMail(ctx, {
      toPersonId: null,
      toAddress: owner.address,
      subject: `${ctx.actor.name} gave ${member.name} the role ${what}`,
      body: `Hello ${owner.name}\n\n${ctx.actor.name} gave ${member.name} (${member.address}) the role ${what}. It sees people, access and exits of the whole company.\n\nIf you did not expect this, take the role away: ${ctx.platform.config.publicUrl}/settings/members\n`,
      dedupeKey: `role ${crypto.randomUUID()}`,
    });
  }
}
