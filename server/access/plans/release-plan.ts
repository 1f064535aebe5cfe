import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { conflict } from '../../platform/errors.ts';
import { computeGap } from '../gap/compute-gap.ts';
import { withdrawPlan } from '../move-plan.ts';
import { holdRules } from '../rules/refresh-matches.ts';
import { losersOf, releaseLosers } from '../rules/rule-losses.ts';
import type { BrakeRelease } from '../rules/rule-shapes.ts';
import { ofRules, workable } from './apply-gap.ts';
import { getPlanRow } from './get-plan-row.ts';
import { summaryOf, writeActions } from './write-plan.ts';

/**
 * Starts a plan that was held, because somebody has seen who loses something and says why. The gap is looked at again: what has become right
 * meanwhile is left out, and if others would lose something now it is refused.
 */
export async function releasePlan(ctx: Context, input: { planId: string } & BrakeRelease): Promise<void> {
  await holdRules(ctx);
  const plan = await getPlanRow(ctx, input.planId);
  if (plan.status !== 'held') throw conflict('not_held', 'This plan does not wait for anybody. Nothing was changed.');
  const { scope, losing } = plan.summary;
  await ctx.db.deleteFrom('access_actions').where('plan_id', '=', plan.id).execute();
  const gap = await computeGap(ctx, { personId: scope.personId ?? undefined, appId: scope.appId ?? undefined });
  const lines = workable(gap, ofRules(gap.lines, scope.ruleIds));
  const losers = losersOf(lines);
  const known = new Set(losing.map(({ id }) => id));
  if (losers.some(({ id }) => !known.has(id)) || input.people !== losing.length) {
    throw conflict(
      'gap_changed',
      `${losers.length} people would lose something now; you had seen ${input.people}. Discard this plan and look at the gap again. Nothing was changed.`,
    );
  }
  await releaseLosers(ctx, { losers: losing, release: input, what: 'a plan that was held' });
  await ctx.db
    .updateTable('access_plans')
    .set({
      status: lines.length === 0 ? 'applied' : 'applying',
      summary: JSON.stringify(summaryOf(lines, scope)),
      due_at: ctx.now.toString(),
    })
    .where('id', '=', plan.id)
    .execute();
  await writeActions(ctx, { planId: plan.id, lines, gap, dueAt: ctx.now, isHeld: false });
  await appendAudit(ctx, {
    action: 'plan.released',
    subject: { kind: 'plan', id: plan.id },
    after: { losing: losers.length, lines: lines.length },
    reason: input.reason,
    people: losers.map(({ id }) => id),
  });
}

/** Lets go of a plan: what is open in it is withdrawn, and shows in the gap again. What has happened stays; `undoPlan` takes that back. */
export async function discardPlan(ctx: Context, input: { planId: string; reason: string }): Promise<void> {
  const plan = await getPlanRow(ctx, input.planId);
  if (plan.status === 'withdrawn') return;
  if (plan.status === 'applied')
    throw conflict('plan_applied', 'Nothing of this plan is open any more. It can be undone. Nothing was changed.');
  await withdrawPlan(ctx, input);
}
