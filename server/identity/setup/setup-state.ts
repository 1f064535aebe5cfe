import { runAsSystem } from '../../platform/context.ts';
import type { Platform } from '../../platform/platform.ts';
import { ownerMembers } from '../members/owners.ts';
import { anybodyCanSignIn } from '../sign-in/users.ts';

export type SetupState = {
  /** Nobody can sign in yet: a set-up link may be made and used. */
  open: boolean;
  /** What an earlier try, or the command line, has made already. */
  organization: { id: string; name: string; timeZone: string; ownerId: string | null; ownerUserId: string | null } | null;
};

/** Whether the first owner still has to be made. It stays open until somebody has finished setting up their sign-in. */
export async function setupState(platform: Platform): Promise<SetupState> {
  const open = !(await anybodyCanSignIn(platform));
  const { rows } = await platform.jobsPool.query<{ organization_id: string }>(
    'select organization_id from list_organizations() where not sample limit 1',
  );
  const organizationId = rows[0]?.organization_id;
  if (!open || !organizationId) return { open, organization: null };
  const organization = await runAsSystem(platform, organizationId, async (ctx) => {
    const { name, time_zone } = await ctx.db.selectFrom('identity_organizations').select(['name', 'time_zone']).executeTakeFirstOrThrow();
    const [first] = await ownerMembers(ctx);
    const owner =
      first && (await ctx.db.selectFrom('identity_members').select(['id', 'user_id']).where('id', '=', first.id).executeTakeFirst());
    return { id: organizationId, name, timeZone: time_zone, ownerId: owner?.id ?? null, ownerUserId: owner?.user_id ?? null };
  });
  return { open, organization };
}
