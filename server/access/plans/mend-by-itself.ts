import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { applyGap } from './apply-gap.ts';

/**
 * Closes what rules that mend by themselves see open, in one app, for one person, or everywhere, within the brakes: what would take something from
 * too many people is kept as a held plan. Rules whose gap is only shown are left alone. Repeating it finds nothing more to do.
 */
export async function mendByItself(ctx: Context, scope: { appId?: string; personId?: string }): Promise<void> {
  const ruleIds = await mendingRules(ctx);
  if (ruleIds.length === 0) return;
  await applyGap(ctx, { ...scope, ruleIds, reason: 'A rule that mends by itself.', byItself: true });
}

/** The rules that mend by themselves. */
export async function mendingRules(ctx: Context): Promise<string[]> {
  // An archived rule that mended by itself takes by itself what it gave.
  const { rows } = await sql<{ id: string }>`
    select r.id from access_rules r where r.mend = 'by-itself' and (r.archived_at is null
      or exists (select from access_given v where v.organization_id = r.organization_id and v.rule_id = r.id and v.taken_at is null))`.execute(
    ctx.db,
  );
  return rows.map(({ id }) => id);
}
