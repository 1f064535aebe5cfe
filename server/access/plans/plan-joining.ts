import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { computeGap } from '../gap/compute-gap.ts';
import { holdRules } from '../rules/refresh-matches.ts';
import { workable } from './apply-gap.ts';
import { askAboutAdministrators } from './ask-about-administrators.ts';
import { withoutAdministrators } from './without-administrators.ts';
import { insertPlan, summaryOf, writeActions } from './write-plan.ts';

/**
 * Opens somebody's access from now on and plans everything that the rules give them, the sign-in system first. `dueAt` (instant, ISO 8601): when it
 * begins. Called again it plans only what is still missing. Returns no plan when nothing is. An account that would open as an administrator's from
 * before stays closed, and somebody is asked.
 */
export async function planJoining(
  ctx: Context,
  input: { personId: string; dueAt: string },
): Promise<{ planId: string | null; actions: number }> {
  await holdRules(ctx);
  await sql`
    insert into access_openings (organization_id, person_id, opens_at) values (${ctx.organizationId}, ${input.personId}, ${ctx.now.toString()})
    on conflict (organization_id, person_id) do update set opens_at = least(access_openings.opens_at, excluded.opens_at)`.execute(ctx.db);
  const gap = await computeGap(ctx, { personId: input.personId });
  const { lines, left } = await withoutAdministrators(ctx, gap, workable(gap, gap.lines));
  if (left.length > 0) await askAboutAdministrators(ctx, input.personId, left);
  if (lines.length === 0) return { planId: null, actions: 0 };
  const dueAt = Temporal.Instant.from(input.dueAt);
  const planId = await insertPlan(ctx, {
    purpose: 'join',
    personId: input.personId,
    status: 'applying',
    reason: null,
    heldReasons: [],
    dueAt,
    summary: summaryOf(lines, { personId: input.personId, appId: null, ruleIds: null }),
  });
  const actions = await writeActions(ctx, { planId, lines, gap, dueAt, isHeld: false });
  return { planId, actions };
}

/** Says from when somebody who has not started yet gets what the rules give (instant, ISO 8601); null: from their first day. Changes nothing else. */
export async function holdBack(ctx: Context, personId: string, opensAt: string | null): Promise<void> {
  await appendAudit(ctx, {
    action: 'access.opening-set',
    subject: { kind: 'person', id: personId },
    after: { opensAt },
    people: [personId],
  });
  if (opensAt === null) {
    await ctx.db.deleteFrom('access_openings').where('person_id', '=', personId).execute();
    return;
  }
  await sql`
    insert into access_openings (organization_id, person_id, opens_at) values (${ctx.organizationId}, ${personId}, ${opensAt})
    on conflict (organization_id, person_id) do update set opens_at = excluded.opens_at`.execute(ctx.db);
}
