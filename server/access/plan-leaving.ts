import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { othersAfterSeconds } from './action-state.ts';
import { accessOf, type BlastRadius, blastRadius } from './blast-radius.ts';

type PlannedAction = {
  appId: string;
  accountId: string | null;
  kind: 'suspend' | 'revoke-entitlement' | 'ask' | 'watch';
  viaAppId: string | null;
  entitlementId: string | null;
  first: boolean;
};

/**
 * Plans the end of a person's access: one action for every account of theirs, and one question for every app worked by hand whose accounts
 * nobody has listed. The sign-in system goes first, the others seconds later. Returns the plan's id and its blast radius.
 */
export async function planLeaving(
  ctx: Context,
  input: { personId: string; dueAt: string; concealmentId: string | null },
): Promise<{ planId: string; blast: BlastRadius }> {
  const blast = await blastRadius(ctx, input.personId);
  const plan = await ctx.db
    .insertInto('access_plans')
    .values({
      organization_id: ctx.organizationId,
      person_id: input.personId,
      purpose: 'leave',
      status: 'planned',
      blast: JSON.stringify(blast),
      due_at: input.dueAt,
      concealment_id: input.concealmentId,
      created_at: ctx.now.toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await addMissingActions(ctx, { planId: plan.id, ...input });
  await appendAudit(ctx, {
    action: 'plan.made',
    subject: { kind: 'plan', id: plan.id },
    after: { purpose: 'leave', accounts: blast.accounts.length, dueAt: input.dueAt },
    people: [input.personId],
    concealmentId: input.concealmentId,
  });
  return { planId: plan.id, blast };
}

/** Adds actions for accounts that were found since the plan was made. Called again just before and after the cut-off. Returns how many. */
export async function addMissingActions(
  ctx: Context,
  input: { planId: string; personId: string; dueAt: string; concealmentId: string | null },
): Promise<number> {
  const { accounts, unseenApps } = await accessOf(ctx, input.personId);
  const wanted = [...(await actionsForAccounts(ctx, accounts)), ...unseenApps.map(asked)];
  const there = await ctx.db
    .selectFrom('access_actions')
    .select(['app_id', 'account_id'])
    .where('plan_id', '=', input.planId)
    .where('status', '!=', 'withdrawn')
    .execute();
  const known = new Set(there.map((row) => `${row.app_id}/${row.account_id ?? ''}`));
  const missing = wanted.filter((action) => !known.has(`${action.appId}/${action.accountId ?? ''}`));
  if (missing.length === 0) return 0;
  const due = Temporal.Instant.from(input.dueAt);
  await ctx.db
    .insertInto('access_actions')
    .values(
      missing.map((action) => ({
        organization_id: ctx.organizationId,
        plan_id: input.planId,
        person_id: input.personId,
        app_id: action.appId,
        account_id: action.accountId,
        kind: action.kind,
        entitlement_id: action.entitlementId,
        via_app_id: action.viaAppId,
        position: action.first ? 0 : 1,
        due_at: input.dueAt,
        next_at: action.first ? input.dueAt : due.add({ seconds: othersAfterSeconds }).toString(),
        status: 'planned',
        concealment_id: input.concealmentId,
        created_at: ctx.now.toString(),
      })),
    )
    .execute();
  ctx.afterCommit(() => ctx.platform.wake());
  return missing.length;
}

const asked = (app: { id: string }): PlannedAction => ({
  appId: app.id,
  accountId: null,
  kind: 'ask',
  viaAppId: null,
  entitlementId: null,
  first: false,
});

async function actionsForAccounts(ctx: Context, accounts: BlastRadius['accounts']): Promise<PlannedAction[]> {
  const appIds = [...new Set(accounts.map((account) => account.appId))];
  if (appIds.length === 0) return [];
  const apps = new Map(
    (
      await ctx.db
        .selectFrom('apps_apps')
        .select(['id', 'writer', 'sign_in', 'writer_app_id', 'writer_entitlement'])
        .where('id', 'in', appIds)
        .execute()
    ).map((app) => [app.id, app]),
  );
  const actions: PlannedAction[] = [];
  for (const account of accounts) {
    const app = apps.get(account.appId)!;
    const action = { appId: app.id, accountId: account.accountId, viaAppId: null, entitlementId: null, first: app.sign_in };
    if (app.writer === 'connection') actions.push({ ...action, kind: 'suspend' });
    else if (app.writer === 'manual') actions.push({ ...action, kind: 'ask' });
    else if (app.writer === 'outside') actions.push({ ...action, kind: 'watch' });
    else actions.push({ ...action, kind: 'revoke-entitlement', viaAppId: app.writer_app_id, entitlementId: await groupOf(ctx, app) });
  }
  return actions;
}

// The group of the writing app that grants this app, as far as a reading has shown it.
async function groupOf(ctx: Context, app: { writer_app_id: string | null; writer_entitlement: string | null }): Promise<string | null> {
  if (!app.writer_app_id || !app.writer_entitlement) return null;
  const words = app.writer_entitlement;
  const row = await ctx.db
    .selectFrom('apps_entitlements')
    .select('id')
    .where('app_id', '=', app.writer_app_id)
    .where((e) => e.or([e('external_id', '=', words), e('name', '=', words)]))
    .executeTakeFirst();
  return row?.id ?? null;
}
