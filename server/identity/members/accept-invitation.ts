import { appendAudit } from '../../platform/audit.ts';
import { type Context, runAs, runAsSystem, systemActor } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { membershipsOf } from '../memberships-of.ts';
import { findUser, hasSecondFactor, makeUser, setCredentials } from '../sign-in/users.ts';
import { hashSecret } from '../tokens/create-token.ts';

export type Invitation = {
  organizationId: string;
  invitationId: string;
  memberId: string;
  purpose: 'join' | 'reset';
  organization: string;
  name: string;
  address: string;
  userId: string | null;
  /** Somebody signs in with this address already: they accept as themselves, no new password is made. */
  hasSignIn: boolean;
};

const ended = () =>
  new Refusal(404, 'link_ended', 'This link was used, was replaced by a newer one, or has expired. Ask whoever invited you for a new one.');

/** What an invitation's secret opens. Changes nothing. Throws 404 when it was used, has expired, or its member was disabled. */
export async function readInvitation(platform: Platform, secret: string): Promise<Invitation> {
  type Row = {
    organization_id: string;
    invitation_id: string;
    member_id: string;
    purpose: 'join' | 'reset';
    expires_at: string;
    used_at: string | null;
  };
  const { rows } = await sql<Row>`select * from lookup_invitation(${hashSecret(secret)})`.execute(platform.database);
  const found = rows[0];
  if (!found || found.used_at || Temporal.Instant.compare(found.expires_at, platform.clock.now()) <= 0) throw ended();
  const member = await runAsSystem(platform, found.organization_id, (ctx) =>
    ctx.db
      .selectFrom('identity_members as m')
      .innerJoin('identity_organizations as o', 'o.organization_id', 'm.organization_id')
      .select(['m.name', 'm.address', 'm.user_id', 'o.name as organization'])
      .where('m.id', '=', found.member_id)
      .where('m.disabled_at', 'is', null)
      .executeTakeFirst(),
  );
  if (!member) throw ended();
  const user = await findUser(platform, member.address);
  const hasSignIn =
    found.purpose === 'join' &&
    user !== null &&
    ((await hasSecondFactor(platform, user.id)) || (await membershipsOf(platform, user.id)).length > 0);
  return {
    organizationId: found.organization_id,
    invitationId: found.invitation_id,
    memberId: found.member_id,
    purpose: found.purpose,
    organization: member.organization,
    name: member.name,
    address: member.address,
    userId: member.user_id,
    hasSignIn,
  };
}

/** Accepts as somebody who is signed in already. */
export async function joinAsUser(platform: Platform, secret: string, userId: string): Promise<Invitation> {
  const invitation = await readInvitation(platform, secret);
  if (invitation.purpose !== 'join')
    throw new Refusal(409, 'signed_in', 'This link sets up a sign-in anew. Sign out first, then open it again.');
  if ((await membershipsOf(platform, userId)).some((each) => each.organizationId === invitation.organizationId)) {
    throw new Refusal(
      409,
      'already_member',
      `You belong to ${invitation.organization} already. Sign out if this invitation is for somebody else.`,
    );
  }
  await use(platform, invitation, userId);
  return invitation;
}

/**
 * Accepts with a new sign-in of one's own (or replaces all credentials, when that is what the link is for). Returns the user, who then sets up
 * a second factor. `password` null: a passkey is to follow.
 */
export async function joinAsNewUser(
  platform: Platform,
  secret: string,
  password: string | null,
): Promise<{ userId: string; invitation: Invitation }> {
  const invitation = await readInvitation(platform, secret);
  if (invitation.purpose === 'reset' && invitation.userId) {
    const elsewhere = (await membershipsOf(platform, invitation.userId)).some(
      (each) => each.organizationId !== invitation.organizationId && !each.sample,
    );
    if (elsewhere) throw ended();
    await use(platform, invitation, invitation.userId, () => setCredentials(platform, invitation.userId!, password));
    return { userId: invitation.userId, invitation };
  }
  const userId = await makeUser(platform, { name: invitation.name, address: invitation.address, password });
  await use(platform, invitation, userId);
  return { userId, invitation };
}

// The link is used up in the same transaction as what it gives; of two at once the second finds it used.
async function use(
  platform: Platform,
  invitation: Invitation,
  userId: string,
  inside: () => Promise<void> = async () => {},
): Promise<void> {
  const actor = { ...systemActor, kind: 'link' as const, name: invitation.name, memberId: invitation.memberId, id: invitation.memberId };
  await runAs(platform, { organizationId: invitation.organizationId, actor }, async (ctx) => {
    await useUp(ctx, invitation);
    await inside();
    await ctx.db.updateTable('identity_members').set({ user_id: userId }).where('id', '=', invitation.memberId).execute();
    await appendAudit(ctx, {
      action: invitation.purpose === 'join' ? 'member.joined' : 'member.sign-in-replaced',
      subject: { kind: 'member', id: invitation.memberId, name: invitation.name },
    });
  });
}

async function useUp(ctx: Context, invitation: Invitation): Promise<void> {
  const used = await ctx.db
    .updateTable('identity_invitations')
    .set({ used_at: ctx.now.toString() })
    .where('id', '=', invitation.invitationId)
    .where('used_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!used) throw ended();
}
