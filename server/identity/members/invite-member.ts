import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { queueMail } from '../../platform/mail.ts';
import { addMember } from '../add-member.ts';
import { makeLinkSecret } from '../make-link-secret.ts';
import { membershipsOf } from '../memberships-of.ts';
import { refuseWideRolesByToken, tellOtherOwners } from './wide-roles.ts';

const validDays = 7;

/**
 * Adds a member and sends them a single-purpose link with which they set up their own sign-in. `link` is that address where no mail server is set up,
 * so that whoever invites can hand it over; else null. A token that may not everything gets no link.
 */
export async function inviteMember(
  ctx: Context,
  input: { name: string; address: string; roles: readonly string[] },
): Promise<{ memberId: string; link: string | null }> {
  refuseWideRolesByToken(ctx, input.roles);
  const memberId = await addMember(ctx, input);
  await tellOtherOwners(ctx, { ...input, id: memberId }, { before: [], after: input.roles });
  return { memberId, link: await sendInvitation(ctx, memberId) };
}

/**
 * Sends the link anew; earlier ones end. Somebody who signs in already gets a link with which all their passwords, passkeys and codes are replaced,
 * and only when they belong to no other organization (`elsewhere`): one company's owner cannot take over a sign-in that another relies on.
 */
export async function sendInvitation(ctx: Context, memberId: string, elsewhere = false): Promise<string | null> {
  const member = await ctx.db
    .selectFrom('identity_members')
    .select(['name', 'address', 'user_id'])
    .where('id', '=', memberId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  if (!member) throw notFound('member');
  if (member.user_id && elsewhere) {
    throw conflict('belongs_elsewhere', `${member.name} belongs to another organization too. Their sign-in cannot be replaced from here.`);
  }
  const purpose = member.user_id ? 'reset' : 'join';
  const { smtpUrl } = ctx.platform.config;
  const isOperator = ctx.actor.kind === 'command';
  if (purpose === 'reset' && smtpUrl === null && !isOperator) {
    throw conflict(
      'no_mail_server',
      `Without a mail server the link would be shown to you, and whoever has it can sign in as ${member.name}. Set up mail, or give on the machine: ./groundcrew sign-in ${member.address}. Nothing was changed.`,
    );
  }
  const { secret, hash } = makeLinkSecret();
  const link = `${ctx.platform.config.publicUrl}/invitation#${secret}`;
  const until = ctx.now.add({ hours: 24 * validDays });
  await ctx.db
    .updateTable('identity_invitations')
    .set({ used_at: ctx.now.toString() })
    .where('member_id', '=', memberId)
    .where('used_at', 'is', null)
    .execute();
  const { id } = await ctx.db
    .insertInto('identity_invitations')
    .values({
      organization_id: ctx.organizationId,
      member_id: memberId,
      purpose,
      hash,
      created_at: ctx.now.toString(),
      expires_at: until.toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { name: organization, time_zone } = await ctx.db
    .selectFrom('identity_organizations')
    .select(['name', 'time_zone'])
    .executeTakeFirstOrThrow();
  const day = until
    .toZonedDateTimeISO(time_zone)
    .toPlainDate()
    .toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const why =
    purpose === 'join'
      ? `${ctx.actor.name} invites you to Groundcrew, where ${organization} looks after its apps, access and devices.`
      : `${ctx.actor.name} lets you set up your sign-in to ${organization} anew. Your old password, passkeys and codes end when you press the button.`;
  // What the operator prints on the machine itself is not kept in the outbox.
  if (purpose === 'join' || !isOperator)
    await queueMail(ctx, {
      toPersonId: null,
      toAddress: member.address,
      subject: purpose === 'join' ? `Your access to ${organization} in Groundcrew` : `Set up your sign-in to ${organization} anew`,
      body: `Hello ${member.name}\n\n${why}\n\n${link}\n\nThe link works once, until ${day}. Opening it changes nothing; its button does.\n`,
      dedupeKey: `invitation ${id}`,
    });
  await appendAudit(ctx, {
    action: purpose === 'join' ? 'member.invited' : 'member.sign-in-reset',
    subject: { kind: 'member', id: memberId, name: member.name },
  });
  const isNarrowToken = ctx.actor.scopes !== null && !ctx.actor.scopes.includes('*');
  const isHandedOver = !isNarrowToken && (smtpUrl === null || (isOperator && purpose === 'reset'));
  return isHandedOver ? link : null;
}

/** Whether a member's sign-in opens another real organization too. */
export async function belongsElsewhere(ctx: Context, memberId: string): Promise<boolean> {
  const member = await ctx.db.selectFrom('identity_members').select('user_id').where('id', '=', memberId).executeTakeFirst();
  if (!member?.user_id) return false;
  return (await membershipsOf(ctx.platform, member.user_id)).some((each) => each.organizationId !== ctx.organizationId && !each.sample);
}
