import type { Context } from '../../platform/context.ts';
import { conflict } from '../../platform/errors.ts';
import type { GapPerson } from '../gap/gap-rows.ts';
import { type Brake, brakeOf, holdLosses, type Loser } from '../rules/rule-losses.ts';
import type { BrakeRelease } from '../rules/rule-shapes.ts';
import { type Taking, type TakingKind, type TakingLine, takingsOf } from './takings.ts';
import { insertActions, insertPlan } from './write-plan.ts';

/** What taking these things would do, line by line, and whether so many would lose something that their number is asked for. */
export async function previewTaking(
  ctx: Context,
  kind: TakingKind,
  wanted: readonly Taking[],
): Promise<{ lines: TakingLine[]; losing: number; brake: Brake | null }> {
  const { lines } = await takingsOf(ctx, kind, wanted);
  const losers = losersOf(lines);
  return { lines, losing: losers.length, brake: await brakeOf(ctx, losers) };
}

/**
 * Takes things from accounts as a plan of its own: each is read, changed and read back, or its app's owner is asked. What would hit too many people
 * (409 `brake`) needs their number and a reason. Refuses when nothing of it can be taken.
 */
export async function takeAway(
  ctx: Context,
  input: { kind: TakingKind; wanted: readonly Taking[]; reason: string | null; release: BrakeRelease | null },
): Promise<{ planId: string; actions: number }> {
  const { lines, actions, apps } = await takingsOf(ctx, input.kind, input.wanted);
  if (actions.length === 0)
    throw conflict(
      'nothing_to_take',
      `${[...new Set(lines.map(({ stays }) => stays))].join(' ') || 'It is there no more.'} Nothing was changed.`,
    );
  const losers = losersOf(lines);
  await holdLosses(ctx, { losers, release: input.release, what: 'a hygiene list' });
  const planId = await insertPlan(ctx, {
    purpose: 'hygiene',
    personId: losers.length === 1 ? (lines.find(({ stays }) => stays === null)?.personId ?? null) : null,
    status: 'applying',
    reason: input.reason?.trim() || null,
    heldReasons: [],
    dueAt: ctx.now,
    summary: {
      scope: { personId: null, appId: null, ruleIds: null },
      gives: 0,
      takes: actions.length,
      byHand: actions.filter(({ byHand }) => byHand).length,
      people: losers.length,
      losing: losers,
    },
  });
  const people = new Map<string, GapPerson>(
    lines.map((line) => [
      line.personId ?? line.accountId,
      {
        id: line.personId ?? line.accountId,
        name: line.who,
        status: '',
        workAddress: line.account === line.who ? null : line.account,
        opensAt: null,
      },
    ]),
  );
  await insertActions(ctx, { planId, actions, gap: { apps, people }, dueAt: ctx.now, isHeld: false });
  return { planId, actions: actions.length };
}

/** Who loses something; an account of nobody counts as one. */
function losersOf(lines: readonly TakingLine[]): Loser[] {
  const losers = new Map<string, Loser>();
  for (const { personId, accountId, who, app, stays } of lines) {
    if (stays !== null) continue;
    const id = personId ?? accountId;
    const loser = losers.get(id) ?? { id, name: who, apps: [] };
    if (!loser.apps.includes(app)) loser.apps.push(app);
    losers.set(id, loser);
  }
  return [...losers.values()].sort((a, b) => a.name.localeCompare(b.name));
}
