import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { othersAfterSeconds } from '../action-state.ts';
import { isTake } from '../gap/classify.ts';
import type { Gap, GapLine } from '../gap/compute-gap.ts';
import type { GapApp } from '../gap/gap-apps.ts';
import { rulesRevision } from '../rules/refresh-matches.ts';
import { type Loser, losersOf } from '../rules/rule-losses.ts';
import { openHandTask } from './hand-tasks.ts';
import { type PlannedAction, planActions } from './plan-actions.ts';

/** What a plan of rules was made for, and what it does in numbers; kept with it. `scope`: what is looked at again when it is released. */
export type PlanSummary = {
  scope: { personId: string | null; appId: string | null; ruleIds: string[] | null };
  gives: number;
  takes: number;
  byHand: number;
  people: number;
  losing: Loser[];
};

export type PlanHead = {
  purpose: 'gap' | 'join' | 'undo' | 'hygiene';
  personId: string | null;
  status: 'applying' | 'held';
  reason: string | null;
  heldReasons: string[];
  dueAt: Temporal.Instant;
  summary: PlanSummary;
  undoesPlanId?: string;
};

/** Numbers of a plan from its lines. */
export const summaryOf = (lines: readonly GapLine[], scope: PlanSummary['scope']): PlanSummary => ({
  scope,
  gives: lines.filter(({ change }) => !isTake(change)).length,
  takes: lines.filter(({ change }) => isTake(change)).length,
  byHand: lines.filter(({ how }) => how === 'by-hand').length,
  people: new Set(lines.map(({ personId }) => personId)).size,
  losing: losersOf(lines),
});

/** Makes a plan without its actions. Returns its id. */
export async function insertPlan(ctx: Context, head: PlanHead): Promise<string> {
  const revision = await rulesRevision(ctx);
  const { rows } = await sql<{ revision: number }>`
    select coalesce((select p.revision from access_plans p where p.purpose = 'gap' and p.person_id is null and p.status in ('applying', 'applied')
      order by p.created_at desc, p.id desc limit 1), 0)::int as revision`.execute(ctx.db);
  const plan = await ctx.db
    .insertInto('access_plans')
    .values({
      organization_id: ctx.organizationId,
      person_id: head.personId,
      purpose: head.purpose,
      status: head.status,
      due_at: head.dueAt.toString(),
      made_by: ctx.actor.name,
      reason: head.reason,
      held_reasons: head.heldReasons,
      summary: JSON.stringify(head.summary),
      revision,
      revision_before: rows[0]!.revision,
      undoes_plan_id: head.undoesPlanId ?? null,
      created_at: ctx.now.toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { gives, takes, byHand, people } = head.summary;
  await appendAudit(ctx, {
    action: head.status === 'held' ? 'plan.held' : 'plan.made',
    subject: { kind: 'plan', id: plan.id },
    after: { purpose: head.purpose, gives, takes, byHand, people, heldReasons: head.heldReasons },
    reason: head.reason,
    people: head.personId ? [head.personId] : [],
  });
  return plan.id;
}

/** Adds what closes these lines to a plan. A plan that is held starts nothing and asks nobody. Returns how many actions there are. */
export async function writeActions(
  ctx: Context,
  input: { planId: string; lines: readonly GapLine[]; gap: Pick<Gap, 'apps' | 'people'>; dueAt: Temporal.Instant; isHeld: boolean },
): Promise<number> {
  const actions = planActions(input.lines, input.gap.apps);
  await insertActions(ctx, { ...input, actions });
  return actions.length;
}

/** Writes actions, and opens one task for each app in which people do them by hand. `startAt`: when one of them may begin, where not at once. */
export async function insertActions(
  ctx: Context,
  input: {
    planId: string;
    actions: readonly (PlannedAction & { startAt?: string | null })[];
    gap: Pick<Gap, 'apps' | 'people'>;
    dueAt: Temporal.Instant;
    isHeld: boolean;
  },
): Promise<void> {
  const { planId, actions, dueAt } = input;
  if (actions.length === 0) return;
  const ids = await newIds(ctx, actions.length);
  const dueText = dueAt.toString();
  const others = dueAt.add({ seconds: othersAfterSeconds }).toString();
  const rows = actions.map((action, at) => ({
    id: ids[at]!,
    person_id: action.personId,
    app_id: action.appId,
    account_id: action.accountId,
    kind: action.kind,
    entitlement_id: action.entitlementId,
    via_app_id: action.viaAppId,
    rule_id: action.ruleId,
    direction: action.direction,
    position: action.position,
    input: action.input ?? null,
    label: action.label ?? null,
    after_action_id: action.after === null ? null : ids[action.after]!,
    status: action.byHand && !input.isHeld ? 'asked' : 'planned',
    next_at: input.isHeld || action.byHand || action.after !== null ? null : (action.startAt ?? (action.position === 0 ? dueText : others)),
  }));
  for (let at = 0; at < rows.length; at += 5_000) {
    // The one that is waited for may come in the same statement: foreign keys are checked at its end.
    await sql`
      insert into access_actions (organization_id, id, plan_id, person_id, app_id, account_id, kind, entitlement_id, via_app_id, rule_id, direction, position,
        after_action_id, due_at, next_at, status, created_at, input, label)
      select ${ctx.organizationId}, id, ${planId}, person_id, app_id, account_id, kind, entitlement_id, via_app_id, rule_id, direction, position,
        after_action_id, ${dueText}, next_at, status, ${ctx.now.toString()}, input, label
      from jsonb_to_recordset(${JSON.stringify(rows.slice(at, at + 5_000))}::jsonb) as r(id uuid, person_id uuid, app_id uuid, account_id uuid, kind text,
        entitlement_id uuid, via_app_id uuid, rule_id uuid, direction text, position int, after_action_id uuid, next_at timestamptz, status text, input jsonb, label text)`.execute(
      ctx.db,
    );
  }
  if (!input.isHeld) await askByHand(ctx, { ...input, ids });
  ctx.afterCommit(() => ctx.platform.wake());
}

async function newIds(ctx: Context, count: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select uuidv7() as id from generate_series(1, ${count}::int)`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

async function askByHand(
  ctx: Context,
  input: {
    planId: string;
    actions: readonly PlannedAction[];
    ids: readonly string[];
    gap: Pick<Gap, 'apps' | 'people'>;
    dueAt: Temporal.Instant;
  },
): Promise<void> {
  const byApp = new Map<string, { action: PlannedAction; id: string }[]>();
  for (const [at, action] of input.actions.entries())
    if (action.byHand) byApp.set(action.appId, [...(byApp.get(action.appId) ?? []), { action, id: input.ids[at]! }]);
  if (byApp.size === 0) return;
  const names = await entitlementNames(ctx, input.actions);
  const lead = Temporal.Instant.compare(input.dueAt, ctx.now) > 0 ? input.dueAt : ctx.now.add({ hours: 48 });
  for (const [appId, asked] of byApp) {
    const app: GapApp = input.gap.apps.get(appId)!;
    const people = new Set(asked.map(({ action }) => action.personId));
    const taskId = await openHandTask(ctx, {
      planId: input.planId,
      app,
      dueAt: lead,
      subjectPersonId: people.size === 1 ? [...people][0]! : null,
      never: asked.map(({ action }) => action.never).find((id) => id && id === app.ownerPersonId) ?? asked[0]!.action.never ?? null,
      items: asked.map(({ action, id }) => ({
        actionId: id,
        person: input.gap.people.get(action.personId ?? action.accountId ?? '')?.name ?? '',
        workAddress: input.gap.people.get(action.personId ?? action.accountId ?? '')?.workAddress ?? null,
        entitlement: action.entitlementId ? (names.get(action.entitlementId) ?? null) : (action.label ?? null),
        direction: action.direction,
        isUnseen: !app.everRead,
      })),
    });
    await sql`update access_actions set task_id = ${taskId} where id = any (${asked.map(({ id }) => id)}::uuid[])`.execute(ctx.db);
  }
}

async function entitlementNames(ctx: Context, actions: readonly PlannedAction[]): Promise<Map<string, string>> {
  const ids = [...new Set(actions.flatMap(({ entitlementId }) => entitlementId ?? []))];
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`select id, name from apps_entitlements where id = any (${ids}::uuid[])`.execute(
    ctx.db,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
