import type { Context } from '../../platform/context.ts';
import { queueMail } from '../../platform/mail.ts';
import { ownerMembers } from '../members/owners.ts';

/** Writes to the other owners that somebody `did` something to how the company signs in: whoever does that can let themselves in as anybody. */
export async function tellOwnersOfWaysIn(ctx: Context, did: string): Promise<void> {
  for (const owner of await ownerMembers(ctx)) {
    if (owner.id === ctx.actor.memberId) continue;
    await queueMail(ctx, {
      toPersonId: null,
      toAddress: owner.address,
      subject: 'How your company signs in to Groundcrew has changed',
      body: `Hello ${owner.name}\n\n${ctx.actor.name} ${did}.\n\nIf you did not expect this, look at it: ${ctx.platform.config.publicUrl}/settings/company-sign-in\n`,
      dedupeKey: `company sign-in ${crypto.randomUUID()}`,
    });
  }
}
