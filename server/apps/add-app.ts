import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { type AppFields, checkAppFields } from './check-app-fields.ts';

/** Adds an app to the catalogue. Returns its id. A name that another app has is refused. */
export async function addApp(ctx: Context, input: { name: string } & Partial<AppFields>): Promise<string> {
  const fields = await checkAppFields(ctx, { ...input }, null);
  const { id } = await ctx.db
    .insertInto('apps_apps')
    .values({ organization_id: ctx.organizationId, created_at: ctx.now.toString(), ...fields, name: fields.name ?? input.name })
    .returning('id')
    .executeTakeFirstOrThrow();
  await appendAudit(ctx, { action: 'app.added', subject: { kind: 'app', id, name: input.name }, after: fields, people: peopleIn(fields) });
  return id;
}

const peopleIn = (fields: { owner_person_id?: string | null; deputy_person_id?: string | null }) =>
  [fields.owner_person_id, fields.deputy_person_id].filter((id) => id != null);
