import { appendAudit } from '../../platform/audit.ts';
import { type Context, runAs } from '../../platform/context.ts';
import { queueMail } from '../../platform/mail.ts';
import type { Platform } from '../../platform/platform.ts';
import { ownerMembers } from '../members/owners.ts';
import { membershipsOf } from '../memberships-of.ts';
import type { SessionMethod } from './create-auth.ts';

/**
 * Puts a sign-in by somebody's own means on record in every organization that it opens: who, and by which second factor. Where a company's sign-in is
 * enforced and they are let in as one named for emergencies, the other owners are told.
 */
export async function noteSignIn(platform: Platform, userId: string, method: SessionMethod): Promise<void> {
  for (const { organizationId, memberId, name, personId, roles, companyOnly, isBreakGlass } of await membershipsOf(platform, userId)) {
    if (companyOnly) continue;
    const actor = { kind: 'member' as const, id: memberId, name, memberId, personId, roles, scopes: null };
    await runAs(platform, { organizationId, actor }, async (ctx) => {
      await appendAudit(ctx, {
        action: 'member.signed-in',
        subject: { kind: 'member', id: memberId, name },
        after: isBreakGlass ? { method, breakGlass: true } : { method },
        people: personId ? [personId] : [],
      });
      if (isBreakGlass) await tellOfBreakGlass(ctx, memberId, name);
    });
  }
}

async function tellOfBreakGlass(ctx: Context, memberId: string, name: string): Promise<void> {
  for (const owner of await ownerMembers(ctx)) {
    if (owner.id === memberId) continue;
    await queueMail(ctx, {
      toPersonId: null,
      toAddress: owner.address,
      subject: `${name} signed in past the company’s own sign-in`,
      body: `Hello ${owner.name}\n\n${name} signed in to Groundcrew with their own passkey or password, as one of those named for emergencies. Everybody else comes in through the company’s own sign-in.\n\nIf there was no emergency, ask them, and look at what was done since: ${ctx.platform.config.publicUrl}/audit\n`,
      dedupeKey: `break-glass ${crypto.randomUUID()}`,
    });
  }
}
