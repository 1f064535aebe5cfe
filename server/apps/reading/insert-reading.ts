import type { Context } from '../../platform/context.ts';

export type ReadingHead = {
  appId: string;
  source: 'list' | 'sync' | 'read-back' | 'person';
  label: string;
  asOf: string;
  complete: boolean;
};

/** Notes that an app was read. Returns the reading's id. */
export async function insertReading(ctx: Context, input: ReadingHead): Promise<string> {
  const { id } = await ctx.db
    .insertInto('apps_readings')
    .values({
      organization_id: ctx.organizationId,
      app_id: input.appId,
      source: input.source,
      label: input.label,
      as_of: input.asOf,
      complete: input.complete,
      created_at: ctx.now.toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
