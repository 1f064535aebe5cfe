import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { getReachableApp } from './app-reach.ts';
import { type AppColumns, type AppFields, checkAppFields } from './check-app-fields.ts';

/** Changes what is given about an app; the rest stays. Values that are as they were change nothing and are not audited. */
export async function changeApp(ctx: Context, appId: string, input: Partial<AppFields>): Promise<void> {
  const app = await getReachableApp(ctx, appId, { lock: true });
  const given = await checkAppFields(ctx, input, appId);
  const changed = Object.entries(given).filter(([column, value]) => app[column as keyof AppColumns] !== value);
  if (changed.length === 0) return;
  const after = Object.fromEntries(changed) as AppColumns;
  const before = Object.fromEntries(changed.map(([column]) => [column, app[column as keyof AppColumns]])) as AppColumns;
  await ctx.db.updateTable('apps_apps').set(after).where('id', '=', appId).execute();
  const people = [before.owner_person_id, before.deputy_person_id, after.owner_person_id, after.deputy_person_id].filter(
    (id) => id != null,
  );
  await appendAudit(ctx, { action: 'app.changed', subject: { kind: 'app', id: appId, name: app.name }, before, after, people });
}

/** Gives an app to another owner. A deputy who becomes the owner is no longer the deputy. */
export async function setAppOwner(ctx: Context, appId: string, personId: string): Promise<void> {
  const app = await getReachableApp(ctx, appId, { lock: true });
  await changeApp(ctx, appId, { ownerPersonId: personId, ...(app.deputy_person_id === personId ? { deputyPersonId: null } : {}) });
}

/** Takes an app out of the catalogue. Its accounts and their history stay for the audit, and count nowhere any more. */
export async function archiveApp(ctx: Context, appId: string): Promise<void> {
  const app = await getReachableApp(ctx, appId, { lock: true });
  await ctx.db.updateTable('apps_apps').set({ archived_at: ctx.now.toString() }).where('id', '=', appId).execute();
  await appendAudit(ctx, { action: 'app.archived', subject: { kind: 'app', id: appId, name: app.name } });
}
