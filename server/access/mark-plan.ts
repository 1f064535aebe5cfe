import type { Context } from '../platform/context.ts';
import { withdrawGives } from './plans/withdraw-gives.ts';

/** Says that a plan's time has come. What rules still had open for somebody who leaves is withdrawn then. */
export async function markApplying(ctx: Context, planId: string): Promise<void> {
  await ctx.db.updateTable('access_plans').set({ status: 'applying' }).where('id', '=', planId).where('status', '=', 'planned').execute();
  const plan = await ctx.db.selectFrom('access_plans').select(['person_id', 'purpose']).where('id', '=', planId).executeTakeFirst();
  if (plan?.purpose === 'leave' && plan.person_id)
    await withdrawGives(ctx, { personId: plan.person_id, reason: 'Their leaving has begun.' });
}

/** Says that everything in a plan has been attempted. */
export async function markApplied(ctx: Context, planId: string): Promise<void> {
  await ctx.db.updateTable('access_plans').set({ status: 'applied' }).where('id', '=', planId).where('status', '=', 'applying').execute();
}
