import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { othersAfterSeconds } from '../action-state.ts';
import { accountsForAbsence, type HeldAccount } from './held-now.ts';

type Again = { held: unknown; return_plan_id: string | null };

/**
 * Suspends for a leave what can be used now, the sign-in system first, and keeps what was there. `again`: a leave that goes on after all while it was
 * given back; what was there before it counts, and what is closed still is its own. Returns the plan; null where nothing is to be suspended.
 */
export async function beginAbsence(
  ctx: Context,
  input: { personId: string; keepAppIds: readonly string[]; again: Again | null },
): Promise<{ planId: string | null; held: HeldAccount[] }> {
  const accounts = await accountsForAbsence(ctx, input.personId, input.keepAppIds);
  const held = input.again
    ? (input.again.held as HeldAccount[])
    : accounts.map(({ accountId, appId, status, entitlementIds }) => ({ accountId, appId, status, entitlementIds }));
  const back = await givenBack(ctx, input.again?.return_plan_id ?? null);
  const wasOpen = new Set(held.filter(({ status }) => status !== 'suspended').map(({ accountId }) => accountId));
  const chosen = accounts.filter(
    ({ accountId, how }) =>
      how === 'machine' || how === 'by-hand' || (how === 'suspended' && back.has(accountId) && wasOpen.has(accountId)),
  );
  if (chosen.length === 0) return { planId: null, held };
  const now = ctx.now.toString();
  const plan = await ctx.db
    .insertInto('access_plans')
    .values({
      organization_id: ctx.organizationId,
      person_id: input.personId,
      purpose: 'absence',
      status: 'applying',
      blast: JSON.stringify({}),
      due_at: now,
      made_by: ctx.actor.name,
      reason: 'A leave of absence.',
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const later = ctx.now.add({ seconds: othersAfterSeconds });
  await ctx.db
    .insertInto('access_actions')
    .values(
      chosen.map(({ accountId, appId, signIn, how }) => {
        const earliest = signIn ? ctx.now : later;
        // An attempt to give it back that is under way is waited for, at most until its lease ends.
        const lease = back.get(accountId) ?? null;
        const at = lease !== null && Temporal.Instant.compare(lease, earliest) > 0 ? lease : earliest.toString();
        return {
          organization_id: ctx.organizationId,
          plan_id: plan.id,
          person_id: input.personId,
          app_id: appId,
          account_id: accountId,
          kind: how === 'by-hand' ? 'ask' : 'suspend',
          position: signIn ? 0 : 1,
          due_at: now,
          next_at: at,
          status: 'planned',
          before: back.has(accountId) && how !== 'by-hand' ? JSON.stringify({ status: 'active' }) : null,
          created_at: now,
        };
      }),
    )
    .execute();
  await appendAudit(ctx, {
    action: 'plan.made',
    subject: { kind: 'plan', id: plan.id },
    after: { purpose: 'absence', accounts: chosen.length },
    people: [input.personId],
  });
  ctx.afterCommit(() => ctx.platform.wake());
  return { planId: plan.id, held };
}

/** Accounts that a plan gives back, with until when an attempt of it may still be under way. */
async function givenBack(ctx: Context, planId: string | null): Promise<Map<string, string | null>> {
  if (planId === null) return new Map();
  const rows = await ctx.db
    .selectFrom('access_actions')
    .select(['account_id', 'lease_until'])
    .where('plan_id', '=', planId)
    .where('kind', 'in', ['restore', 'ask'])
    .execute();
  return new Map(rows.flatMap((row) => (row.account_id ? [[row.account_id, row.lease_until] as const] : [])));
}
