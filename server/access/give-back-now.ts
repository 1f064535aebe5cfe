import type { Context } from '../platform/context.ts';

/** An attempt that was under way when its plan was withdrawn has ended: what gives the same account back waited for that, and begins now. */
export async function giveBackNow(
  ctx: Context,
  action: { personId: string | null; appId: string; accountId: string | null; purpose: string },
): Promise<void> {
  if (action.purpose === 'restore') return;
  await ctx.db
    .updateTable('access_actions')
    .set({ next_at: ctx.now.toString() })
    .where('person_id', action.personId === null ? 'is' : '=', action.personId)
    .where('app_id', '=', action.appId)
    .where('account_id', 'is not distinct from', action.accountId)
    .where('kind', 'in', ['restore', 'grant-entitlement'])
    .where('status', '=', 'planned')
    .where('next_at', '>', ctx.now.toString())
    .execute();
  ctx.afterCommit(() => ctx.platform.wake());
}

/**
 * Seconds for which what was taken from an account may still come to show, counted from the last answer to it; null when that time is over.
 * Until then a read that shows the account open does not prove that it stays so.
 */
export async function secondsUntilSettled(
  ctx: Context,
  action: { personId: string | null; appId: string; accountId: string | null },
  settlingSeconds: number,
): Promise<number | null> {
  const { answered_at: answeredAt } = await ctx.db
    .selectFrom('access_actions')
    .select((e) => e.fn.max('answered_at').as('answered_at'))
    .where('person_id', action.personId === null ? 'is' : '=', action.personId)
    .where('app_id', '=', action.appId)
    .where('account_id', 'is not distinct from', action.accountId)
    .where('kind', 'in', ['suspend', 'revoke-entitlement'])
    .executeTakeFirstOrThrow();
  if (answeredAt === null) return null;
  const left = settlingSeconds - ctx.now.since(Temporal.Instant.from(answeredAt)).total('seconds');
  return left > 0 ? left : null;
}
