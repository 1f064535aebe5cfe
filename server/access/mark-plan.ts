import type { Context } from '../platform/context.ts';

/** Says that a plan's time has come. */
export async function markApplying(ctx: Context, planId: string): Promise<void> {
  await ctx.db.updateTable('access_plans').set({ status: 'applying' }).where('id', '=', planId).where('status', '=', 'planned').execute();
}

/** Says that everything in a plan has been attempted. */
export async function markApplied(ctx: Context, planId: string): Promise<void> {
  await ctx.db.updateTable('access_plans').set({ status: 'applied' }).where('id', '=', planId).where('status', '=', 'applying').execute();
}
