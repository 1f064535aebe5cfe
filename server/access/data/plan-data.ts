import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { cancelTask } from '../../tasks/index.ts';
import { othersAfterSeconds } from '../action-state.ts';
import { type DataInput, type DataKind, sessionKinds } from './data-kinds.ts';

/** One thing to be done with the data of a leaver. `accountId` null: of the app, not of one account. */
export type WantedData = {
  appId: string;
  accountId: string | null;
  kind: DataKind;
  input?: DataInput;
  label?: string | null;
  entitlementId?: string | null;
  /** Of the app through which people sign in to others: before the rest. */
  first?: boolean;
  /** The app allows it only while the account is active. */
  whileOpen?: boolean;
  /** When it begins; the plan's instant unless told. */
  dueAt?: string;
};

/** At the latest so long after the cut-off sessions end, also where the suspension has not been answered. */
const sessionsAtLatestSeconds = 20;

/** Makes the plan for the data of a leaver. It stands beside the plan that closes access and never holds it up. Returns its id. */
export async function planData(ctx: Context, input: { personId: string; dueAt: string; concealmentId: string | null }): Promise<string> {
  const plan = await ctx.db
    .insertInto('access_plans')
    .values({
      organization_id: ctx.organizationId,
      person_id: input.personId,
      purpose: 'data',
      status: 'applying',
      blast: JSON.stringify({}),
      due_at: input.dueAt,
      concealment_id: input.concealmentId,
      created_at: ctx.now.toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await appendAudit(ctx, {
    action: 'plan.made',
    subject: { kind: 'plan', id: plan.id },
    after: { purpose: 'data', dueAt: input.dueAt },
    people: [input.personId],
    concealmentId: input.concealmentId,
  });
  return plan.id;
}

/** Adds what is wanted and not in the plan yet, one action each. Returns how many. Nothing begins before the plan's instant; sessions end once the suspension was asked for. */
export async function addData(ctx: Context, planId: string, wanted: WantedData[]): Promise<number> {
  const plan = await ctx.db.selectFrom('access_plans').selectAll().where('id', '=', planId).forUpdate().executeTakeFirstOrThrow();
  const there = await ctx.db
    .selectFrom('access_actions')
    .select(['app_id', 'account_id', 'kind', 'label'])
    .where('plan_id', '=', planId)
    .where('status', '!=', 'withdrawn')
    .execute();
  const name = (each: { app_id: string; account_id: string | null; kind: string; label: string | null }) =>
    [each.app_id, each.account_id, each.kind, each.label].join('/');
  const known = new Set(there.map(name));
  const missing = wanted.filter(
    ({ appId, accountId, kind, label }) => !known.has(name({ app_id: appId, account_id: accountId, kind, label: label ?? null })),
  );
  if (missing.length === 0 || plan.person_id === null) return 0;
  const personId = plan.person_id;
  const asked = await suspensionsAsked(ctx, personId);
  const due = Temporal.Instant.from(plan.due_at ?? ctx.now.toString());
  const begins = (Temporal.Instant.compare(due, ctx.now) > 0 ? due.add({ seconds: othersAfterSeconds }) : ctx.now).toString();
  const latest = (Temporal.Instant.compare(due, ctx.now) > 0 ? due : ctx.now).add({ seconds: sessionsAtLatestSeconds }).toString();
  await ctx.db
    .insertInto('access_actions')
    .values(
      missing.map((each) => ({
        organization_id: ctx.organizationId,
        plan_id: planId,
        person_id: personId,
        app_id: each.appId,
        account_id: each.accountId,
        kind: each.kind,
        entitlement_id: each.entitlementId ?? null,
        via_app_id: each.kind === 'take-licence' ? each.appId : null,
        input: each.input ? JSON.stringify(each.input) : null,
        label: each.label ?? null,
        position: isSession(each.kind) ? (each.first ? 2 : 3) : 4,
        due_at: each.dueAt ?? begins,
        next_at: isSession(each.kind) && each.accountId && !asked.has(each.accountId) ? latest : (each.dueAt ?? begins),
        while_open: each.whileOpen ?? false,
        status: 'planned',
        concealment_id: plan.concealment_id,
        created_at: ctx.now.toString(),
      })),
    )
    .execute();
  ctx.afterCommit(() => ctx.platform.wake());
  return missing.length;
}

/**
 * Makes these kinds of a plan what is wanted now: what is in it and not wanted any more is withdrawn, also where it was done (it is not so for
 * long), what is missing is added. What stands in it as wanted stays as it is. Returns how many were added.
 */
export async function replaceData(
  ctx: Context,
  planId: string,
  kinds: readonly DataKind[],
  wanted: WantedData[],
  reason: string,
): Promise<number> {
  const there = await ctx.db
    .selectFrom('access_actions')
    .select(['id', 'app_id', 'account_id', 'kind', 'label', 'input', 'task_id'])
    .where('plan_id', '=', planId)
    .where('kind', 'in', [...kinds])
    .where('status', '!=', 'withdrawn')
    .execute();
  const name = (each: { appId: string; accountId: string | null; kind: string; input: unknown }) =>
    JSON.stringify([each.appId, each.accountId, each.kind, essence(each.input as DataInput | null)]);
  const kept = new Set(wanted.map((each) => name({ ...each, input: each.input ?? null })));
  // What was found to run by itself stands with whoever takes such things over.
  const heirs = new Set(wanted.filter(({ kind }) => kind === 'list-owned').map(({ appId, input }) => `${appId} ${input?.to?.personId}`));
  for (const each of there) {
    const input = each.input as DataInput | null;
    const isKept = kept.has(name({ appId: each.app_id, accountId: each.account_id, kind: each.kind, input }));
    if (isKept || (each.kind === 'take-over' && heirs.has(`${each.app_id} ${input?.to?.personId}`))) continue;
    await ctx.db
      .updateTable('access_actions')
      .set({
        status: 'withdrawn',
        next_at: null,
        lease_until: null,
        decided_by: ctx.actor.name,
        decided_at: ctx.now.toString(),
        decided_reason: reason,
      })
      .where('id', '=', each.id)
      .execute();
    if (each.task_id) await cancelTask(ctx, each.task_id, reason);
  }
  return addData(ctx, planId, wanted);
}

/** What a wish asks for, without who decided it. */
const essence = (input: DataInput | null) =>
  input && [input.to?.personId ?? null, input.text ?? null, input.until ?? null, input.meetings ?? false, input.byHand ?? false];

const isSession = (kind: string) => (sessionKinds as readonly string[]).includes(kind);

/** The accounts of a leaver whose suspension was asked for, or which nobody suspends by machine. */
async function suspensionsAsked(ctx: Context, personId: string): Promise<Set<string>> {
  const { rows } = await sql<{ account_id: string }>`
    select a.account_id from access_actions a join access_plans p on p.organization_id = a.organization_id and p.id = a.plan_id
    where a.person_id = ${personId} and p.purpose = 'leave' and p.status <> 'withdrawn' and a.account_id is not null
      and not (a.status = 'planned' or (a.status = 'attempting' and a.answered_at is null and a.attempts = 0))`.execute(ctx.db);
  return new Set(rows.map((row) => row.account_id));
}

/** The suspension of an account was tried, whatever came of it: what is still open of it ends now. */
export async function startSessionsOf(
  ctx: Context,
  action: { personId: string | null; accountId: string | null; purpose: string },
): Promise<void> {
  if (action.purpose !== 'leave' || action.accountId === null) return;
  const started = await ctx.db
    .updateTable('access_actions')
    .set({ next_at: ctx.now.toString() })
    .where('person_id', '=', action.personId)
    .where('account_id', '=', action.accountId)
    .where('kind', 'in', [...sessionKinds])
    .where('status', '=', 'planned')
    .where('next_at', '>', ctx.now.toString())
    .returning('id')
    .execute();
  if (started.length > 0) ctx.afterCommit(() => ctx.platform.wake());
}
