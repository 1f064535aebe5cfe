import { appendAudit } from '../platform/audit.ts';
import { type Actor, type Context, runAs, systemActor } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { invalid } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';

/** Whether `zone` names an IANA time zone. */
export function isTimeZone(zone: string): boolean {
  try {
    Temporal.Now.zonedDateTimeISO(zone);
    return !/^[+-]/.test(zone);
  } catch {
    return false;
  }
}

type NewOrganization = { name: string; timeZone: string; sample?: boolean };

/** Throws when an organization cannot be called so, or its time zone does not exist. */
export function checkOrganization(input: { name: string; timeZone: string }): void {
  if (input.name.trim() === '') {
    throw invalid('name_missing', 'An organization needs a name.', [{ field: 'name', message: 'Write the name of the company.' }]);
  }
  if (!isTimeZone(input.timeZone)) {
    throw invalid('unknown_time_zone', `"${input.timeZone}" is no time zone.`, [
      { field: 'timeZone', message: 'Use a name such as Europe/Berlin.' },
    ]);
  }
}

/**
 * Makes an organization and runs `fill` in the same transaction, inside it. Returns its id.
 * Whoever calls has decided that they may: this is the one write that no organization guards.
 */
export async function createOrganization(
  platform: Platform,
  input: NewOrganization,
  fill: (ctx: Context) => Promise<void> = async () => {},
  actor: Actor = systemActor,
): Promise<string> {
  checkOrganization(input);
  const { rows } = await sql<{ id: string }>`select uuidv7() as id`.execute(platform.database);
  const organizationId = rows[0]!.id;
  await runAs(platform, { organizationId, actor }, async (ctx) => {
    await insertOrganization(ctx, input);
    await fill(ctx);
  });
  return organizationId;
}

async function insertOrganization(ctx: Context, { name, timeZone, sample = false }: NewOrganization): Promise<void> {
  await ctx.db
    .insertInto('identity_organizations')
    .values({ organization_id: ctx.organizationId, name: name.trim(), time_zone: timeZone, sample, created_at: ctx.now.toString() })
    .execute();
  await appendAudit(ctx, {
    action: 'organization.created',
    subject: { kind: 'organization', id: ctx.organizationId, name: name.trim() },
    after: { name: name.trim(), timeZone, sample },
  });
}
