import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { checkOrganization } from './create-organization.ts';

/** Renames the organization or moves its time zone. Instants that were computed from the old zone stay as they are. */
export async function changeOrganization(ctx: Context, change: { name?: string; timeZone?: string }): Promise<void> {
  const before = await ctx.db
    .selectFrom('identity_organizations')
    .select(['name', 'time_zone as timeZone'])
    .forUpdate()
    .executeTakeFirstOrThrow();
  const after = { name: change.name?.trim() ?? before.name, timeZone: change.timeZone ?? before.timeZone };
  checkOrganization(after);
  if (after.name === before.name && after.timeZone === before.timeZone) return;
  await ctx.db.updateTable('identity_organizations').set({ name: after.name, time_zone: after.timeZone }).execute();
  await appendAudit(ctx, {
    action: 'organization.changed',
    subject: { kind: 'organization', id: ctx.organizationId, name: after.name },
    before,
    after,
  });
}
