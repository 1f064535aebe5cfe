import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import type { PlanSummary } from './write-plan.ts';

/** A plan that rules, a hire or an undoing made, held until the transaction ends; else 404. Plans of leavers are shown with their exits. */
export async function getPlanRow(ctx: Context, planId: string) {
  const plan = await ctx.db
    .selectFrom('access_plans')
    .selectAll()
    .where('id', '=', planId)
    .where('purpose', 'in', ['gap', 'join', 'undo', 'hygiene'])
    .forUpdate()
    .executeTakeFirst();
  if (!plan) throw notFound('plan');
  return { ...plan, summary: plan.summary as unknown as PlanSummary };
}
