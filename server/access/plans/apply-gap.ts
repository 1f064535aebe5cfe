import type { Context } from '../../platform/context.ts';
import { conflict } from '../../platform/errors.ts';
import { isTake } from '../gap/classify.ts';
import { computeGap, type Gap, type GapLine } from '../gap/compute-gap.ts';
import { holdRules } from '../rules/refresh-matches.ts';
import { brakeOf, losersOf, sinceYesterday } from '../rules/rule-losses.ts';
import { withoutAdministrators } from './without-administrators.ts';
import { insertPlan, type PlanSummary, summaryOf, writeActions } from './write-plan.ts';

export type Applied = { planId: string | null; status: 'applying' | 'held' | 'nothing'; actions: number };

/**
 * Makes a plan of a gap and starts it: of one person, one app or the whole company. `hash`: the gap as it was seen; another one is refused.
 * `ruleIds`: only what these rules want or gave. What would take something from too many people is kept as a held plan, with their names.
 * `byItself`: nobody has looked; an account that would open as an administrator's from before waits for somebody who does.
 */
export async function applyGap(
  ctx: Context,
  input: { hash?: string; personId?: string; appId?: string; ruleIds?: readonly string[]; reason?: string | null; byItself?: boolean },
): Promise<Applied> {
  await holdRules(ctx);
  const gap = await computeGap(ctx, input);
  if (input.hash !== undefined && input.hash !== gap.hash)
    throw conflict('gap_changed', 'What would be changed is not what you saw any more. Look at it again. Nothing was changed.');
  const scope: PlanSummary['scope'] = {
    personId: input.personId ?? null,
    appId: input.appId ?? null,
    ruleIds: input.ruleIds ? [...input.ruleIds] : null,
  };
  const able = workable(gap, ofRules(gap.lines, scope.ruleIds));
  const lines = input.byItself ? (await withoutAdministrators(ctx, gap, able)).lines : able;
  if (lines.length === 0) return { planId: null, status: 'nothing', actions: 0 };
  const losers = losersOf(lines);
  const brake = await brakeOf(ctx, losers);
  const heldReasons = brake
    ? [
        `${losers.length === 1 ? '1 person' : `${losers.length} people`} would lose something${sinceYesterday(brake, losers)}. More than ${brake.limit} in a day wait for somebody to look.`,
      ]
    : [];
  const planId = await insertPlan(ctx, {
    purpose: 'gap',
    personId: input.personId ?? null,
    status: brake ? 'held' : 'applying',
    reason: input.reason?.trim() || null,
    heldReasons,
    dueAt: ctx.now,
    summary: summaryOf(lines, scope),
  });
  const actions = await writeActions(ctx, { planId, lines, gap, dueAt: ctx.now, isHeld: brake !== null });
  return { planId, status: brake ? 'held' : 'applying', actions };
}

/** Lines that one of these rules wants, or gave; all of them without a list. */
export const ofRules = (lines: readonly GapLine[], ruleIds: readonly string[] | null): GapLine[] =>
  lines.filter(
    ({ change, ruleId, wantedBy }) =>
      ruleIds === null || (isTake(change) ? ruleId !== null && ruleIds.includes(ruleId) : wantedBy.some((id) => ruleIds.includes(id))),
  );

/** Lines that can begin: without a work address no account can be made, and what needs that account waits with it. */
export function workable(gap: Pick<Gap, 'apps' | 'people'>, lines: readonly GapLine[]): GapLine[] {
  const blocked = new Set(lines.filter(({ isBlocked }) => isBlocked).map(({ personId, appId }) => `${personId}/${appId}`));
  return lines.filter(({ personId, appId, change }) => {
    if (isTake(change)) return true;
    const writer = gap.apps.get(appId)?.writerAppId;
    return !blocked.has(`${personId}/${appId}`) && !(writer && blocked.has(`${personId}/${writer}`));
  });
}
