import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { queueMail } from '../../platform/mail.ts';
import { isSoleOwner } from './owners.ts';

/** Who may stand in for the only owner, the first asked first: those who run the company's access already. */
const heirs = ['ops', 'hr', 'finance'];

/**
 * Names another member an owner when `memberId`, whose access is about to close, is the only one: an organization is never without. Those in
 * `passedOver` are leaving, too. Returns who became owner; 'not needed' while another owner stays, null when nobody could be named.
 */
export async function passOnOwnership(
  ctx: Context,
  input: { memberId: string; passedOver: string[] },
): Promise<{ name: string } | 'not needed' | null> {
  if (!(await isSoleOwner(ctx, input.memberId))) return 'not needed';
  const { rows } = await sql<{ id: string; name: string; address: string; roles: string[]; from: string }>`
    select m.id, m.name, m.address, m.roles, (select name from identity_members where id = ${input.memberId}) as from
    from identity_members m
    where m.disabled_at is null and m.roles && ${heirs}::text[] and not (m.id = any (${[input.memberId, ...input.passedOver]}::uuid[]))
    order by m.user_id is null and not exists (select from identity_company_identities c where c.member_id = m.id), (select min(array_position(${heirs}::text[], role)) from unnest(m.roles) role), m.created_at, m.id limit 1 for update of m`.execute(
    ctx.db,
  );
  const heir = rows[0];
  if (!heir) return null;
  const roles = [...heir.roles, 'owner'];
  await ctx.db.updateTable('identity_members').set({ roles }).where('id', '=', heir.id).execute();
  await appendAudit(ctx, {
    action: 'member.roles-changed',
    subject: { kind: 'member', id: heir.id, name: heir.name },
    before: { roles: heir.roles },
    after: { roles },
    reason: `The only owner, ${heir.from}, leaves.`,
  });
  await queueMail(ctx, {
    toPersonId: null,
    toAddress: heir.address,
    subject: 'You are an owner in Groundcrew now',
    body: `Hello ${heir.name}\n\n${heir.from} was the only owner and has left. So that somebody can decide, you are an owner now. Name a second owner, and give it on if it should be somebody else: ${ctx.platform.config.publicUrl}/settings/members\n`,
    dedupeKey: `role ${crypto.randomUUID()}`,
  });
  return { name: heir.name };
}
