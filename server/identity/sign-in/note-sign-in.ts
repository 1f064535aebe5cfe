import { appendAudit } from '../../platform/audit.ts';
import { runAs } from '../../platform/context.ts';
import type { Platform } from '../../platform/platform.ts';
import { membershipsOf } from '../memberships-of.ts';
import type { SessionMethod } from './create-auth.ts';

/** Puts a sign-in on record in every organization that it opens: who, and by which second factor. */
export async function noteSignIn(platform: Platform, userId: string, method: SessionMethod): Promise<void> {
  for (const { organizationId, memberId, name, personId, roles } of await membershipsOf(platform, userId)) {
    const actor = { kind: 'member' as const, id: memberId, name, memberId, personId, roles, scopes: null };
    await runAs(platform, { organizationId, actor }, (ctx) =>
      appendAudit(ctx, {
        action: 'member.signed-in',
        subject: { kind: 'member', id: memberId, name },
        after: { method },
        people: personId ? [personId] : [],
      }),
    );
  }
}
