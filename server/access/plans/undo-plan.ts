import type { Selectable } from 'kysely';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { type DB, sql } from '../../platform/database.ts';
import { conflict } from '../../platform/errors.ts';
import { gapApps } from '../gap/gap-apps.ts';
import type { GapPerson } from '../gap/gap-rows.ts';
import { withdrawPlan } from '../move-plan.ts';
import { holdRules } from '../rules/refresh-matches.ts';
import { holdLosses, type Loser } from '../rules/rule-losses.ts';
import type { BrakeRelease } from '../rules/rule-shapes.ts';
import { setRulesBack } from '../rules/set-rules-back.ts';
import { getPlanRow } from './get-plan-row.ts';
import type { PlannedAction } from './plan-actions.ts';
import { insertActions, insertPlan } from './write-plan.ts';

type Action = Selectable<DB['access_actions']>;
type Reversed = PlannedAction & { startAt: string | null };

/**
 * Takes back what a plan changed: what it gave is taken, what it took is given back, what was done by hand is asked back by hand; what it had
 * not changed stays, and so does what is of people who have left. What is still open in it is withdrawn. With `rules`, the rules are set back to
 * what they were before it. Returns the new plan's id, or null when nothing had been changed.
 */
export async function undoPlan(ctx: Context, input: { planId: string; reason: string; rules?: boolean }): Promise<string | null> {
  return (await undoPlanWithRules(ctx, input)).planId;
}

/** The same, with how many rules were set back. */
export async function undoPlanWithRules(
  ctx: Context,
  input: { planId: string; reason: string; rules?: boolean; brake?: BrakeRelease | null | undefined },
): Promise<{ planId: string | null; rulesSetBack: number }> {
  await holdRules(ctx);
  const plan = await getPlanRow(ctx, input.planId);
  if (plan.purpose === 'undo')
    throw conflict('is_undoing', 'This plan takes another one back already. Apply the gap again instead. Nothing was changed.');
  if (plan.status === 'held') throw conflict('plan_held', 'This plan has not begun. Discard it instead. Nothing was changed.');
  const undone = await ctx.db.selectFrom('access_plans').select('id').where('undoes_plan_id', '=', plan.id).executeTakeFirst();
  if (undone) throw conflict('already_undone', 'This plan was undone already. Nothing was changed.');
  await refuseOverlaid(ctx, plan);
  const rulesSetBack = input.rules ? await setRulesBack(ctx, plan, input.reason) : 0;
  // Held until the end of the transaction: an attempt that is about to send either is seen here, or sees that it may not.
  const all = await ctx.db.selectFrom('access_actions').selectAll().where('plan_id', '=', plan.id).orderBy('id').forUpdate().execute();
  const people = await peopleOf(ctx, all);
  // For who has left, their exit decides: nothing is given back, and it has taken what there was.
  const changed = all.filter(
    (action) =>
      hasChanged(action) && (plan.purpose === 'hygiene' || people.get(whose(action.person_id, action.account_id))?.status !== 'left'),
  );
  await holdOldLosses(ctx, plan, changed, input.brake ?? null);
  await withdrawPlan(ctx, { planId: plan.id, reason: input.reason });
  const actions = inOrder(changed.map((action) => reverse(ctx, action)));
  if (actions.length === 0) return { planId: null, rulesSetBack };
  const planId = await insertPlan(ctx, {
    purpose: 'undo',
    personId: plan.person_id,
    status: 'applying',
    reason: input.reason,
    heldReasons: [],
    dueAt: ctx.now,
    summary: {
      scope: { personId: plan.person_id, appId: null, ruleIds: null },
      gives: actions.filter(({ direction }) => direction === 'give').length,
      takes: actions.filter(({ direction }) => direction === 'take').length,
      byHand: actions.filter(({ byHand }) => byHand).length,
      people: new Set(actions.map(({ personId, accountId }) => whose(personId, accountId))).size,
      losing: [],
    },
    undoesPlanId: plan.id,
  });
  await insertActions(ctx, { planId, actions, gap: { apps: await gapApps(ctx), people }, dueAt: ctx.now, isHeld: false });
  await appendAudit(ctx, {
    action: 'plan.undone',
    subject: { kind: 'plan', id: plan.id },
    after: { by: planId, actions: actions.length, rulesSetBack },
    reason: input.reason,
    people: plan.person_id ? [plan.person_id] : [],
  });
  return { planId, rulesSetBack };
}

/** What a later plan has changed or is changing is its to take back first: two plans that pull at the same thing would never come to rest. */
async function refuseOverlaid(ctx: Context, plan: { id: string; created_at: string }): Promise<void> {
  const { rows } = await sql<{ app: string; people: number }>`
    select p.name as app, count(distinct l.person_id)::int as people
    from access_actions l join access_plans lp on lp.id = l.plan_id join apps_apps p on p.id = l.app_id
    where lp.purpose in ('gap', 'join') and lp.status in ('applying', 'applied') and lp.id > ${plan.id} and l.status <> 'withdrawn'
      and exists (select from access_actions a where a.plan_id = ${plan.id} and a.person_id = l.person_id and a.app_id = l.app_id
        and a.entitlement_id is not distinct from l.entitlement_id and a.status <> 'withdrawn')
    group by p.name order by p.name`.execute(ctx.db);
  if (rows.length === 0) return;
  const where = rows.map(({ app, people }) => `${app} (${people} ${people === 1 ? 'person' : 'people'})`).join(', ');
  throw conflict('later_plan', `A later plan changed the same since: ${where}. Undo that one first. Nothing was changed.`);
}

/**
 * Whoever takes a mistake back within a day is not held. What has stood for longer people live by: taking it from many is braked as any other loss.
 * What a hire gave is of one person, and goes with the hire.
 */
async function holdOldLosses(
  ctx: Context,
  plan: { purpose: string; created_at: string },
  changed: readonly Action[],
  release: BrakeRelease | null,
): Promise<void> {
  if (plan.purpose !== 'gap' || Temporal.Instant.compare(plan.created_at, ctx.now.subtract({ hours: 24 })) > 0) return;
  const given = changed.filter(({ direction }) => direction === 'give').map(({ id }) => id);
  const { rows: losers } = await sql<Loser>`
    select r.id, r.name, array_agg(distinct p.name) as apps from access_actions a join people_roster r on r.id = a.person_id
      join apps_apps p on p.id = a.app_id
    where a.id = any (${given}::uuid[]) group by r.id, r.name order by r.name, r.id`.execute(ctx.db);
  await holdLosses(ctx, { losers, release, what: 'undoing a plan' });
}

/** Sent to a machine, or about to be (what was there before is kept first); or done by hand, as somebody said. */
const hasChanged = (action: Action): boolean =>
  action.kind !== 'watch' &&
  action.kind !== 'revoke-app-grant' &&
  (action.status === 'evidenced' || (action.kind === 'ask' ? action.status === 'verified' : action.before !== null));

const opposite: Record<string, PlannedAction['kind']> = {
  'create-account': 'suspend',
  restore: 'suspend',
  suspend: 'restore',
  'grant-entitlement': 'revoke-entitlement',
  'revoke-entitlement': 'grant-entitlement',
  ask: 'ask',
};

/** Whom an action is about; the account itself where it is nobody’s. */
const whose = (personId: string | null, accountId: string | null): string => personId ?? accountId ?? '';

function reverse(ctx: Context, action: Action): Reversed {
  const direction = action.direction === 'give' ? 'take' : 'give';
  const kind = action.status === 'evidenced' ? 'ask' : opposite[action.kind]!;
  // While an attempt is under way its end is not known: taking back waits for it, at most until its lease ends.
  const isBusy = action.lease_until !== null && Temporal.Instant.compare(action.lease_until, ctx.now) > 0;
  return {
    personId: action.person_id,
    appId: action.app_id,
    accountId: action.account_id,
    kind,
    entitlementId: action.entitlement_id,
    viaAppId: kind === 'ask' ? null : action.via_app_id,
    ruleId: action.rule_id,
    direction,
    position: direction === 'give' ? (action.entitlement_id === null ? 1 : 2) : 3,
    after: null,
    byHand: kind === 'ask',
    startAt: isBusy ? action.lease_until : null,
  };
}

/**
 * Accounts are reopened before what they hold is given back, and suspended after what they hold was taken. What is given back to an account that is
 * suspended again waits for that: it was taken so that the account would not be open with it.
 */
function inOrder(actions: readonly Reversed[]): Reversed[] {
  const rank = ({ direction, entitlementId }: Reversed) =>
    direction === 'give' ? (entitlementId === null ? 0 : 1) : entitlementId === null ? 3 : 2;
  const sorted = [...actions].sort((a, b) => rank(a) - rank(b));
  const opened = new Map<string, number>();
  const closed = new Map<string, number>(
    sorted.flatMap(({ direction, entitlementId, personId, accountId, appId }, at) =>
      direction === 'take' && entitlementId === null ? [[`${whose(personId, accountId)}/${appId}`, at] as const] : [],
    ),
  );
  return sorted.map((action, at) => {
    const who = whose(action.personId, action.accountId);
    const key = `${who}/${action.viaAppId ?? action.appId}`;
    if (action.direction === 'give' && action.entitlementId === null) opened.set(`${who}/${action.appId}`, at);
    const after = action.direction === 'give' && action.entitlementId !== null ? (opened.get(key) ?? closed.get(key) ?? null) : null;
    return { ...action, after };
  });
}

async function peopleOf(ctx: Context, actions: readonly Action[]): Promise<Map<string, GapPerson>> {
  const ids = [...new Set(actions.flatMap(({ person_id: personId }) => personId ?? []))];
  const ofNobody = actions.flatMap(({ person_id: personId, account_id: accountId }) => (personId === null && accountId ? [accountId] : []));
  const { rows } = await sql<GapPerson>`
    select id, name, status, work_address as "workAddress", null::timestamptz as "opensAt" from people_roster where id = any (${ids}::uuid[])
    union all
    select id, coalesce(display_name, user_name, address, external_id), '', address, null from apps_accounts where id = any (${ofNobody}::uuid[])`.execute(
    ctx.db,
  );
  return new Map(rows.map((row) => [row.id, row]));
}
