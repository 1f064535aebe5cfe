import type { Context } from '../../platform/context.ts';
import { isTake } from '../gap/classify.ts';
import { computeGap, type GapLine } from '../gap/compute-gap.ts';
import { describeSetAside, type SetAside } from '../gap/set-aside.ts';
import { brakeOf, type Loser, losersOf } from '../rules/rule-losses.ts';
import { administratorAgain, takenBy } from './without-administrators.ts';

/** A page of the gap, with what all of it amounts to. `hash`: what applying it has to name, so that nothing else is applied. */
export type GapPage = {
  hash: string;
  totals: { gives: number; takes: number; byHand: number; people: number; losing: number };
  /** `administratorAgain`: the account would open as an administrator's from before, and nobody has decided about that. */
  rows: (GapLine & { administratorAgain: boolean })[];
  total: number;
  brake: { limit: number; people: number; names: Loser[] } | null;
  /** What nobody can judge, and what an open plan is about already: both stay out of this one. */
  unknown: { total: number; rows: SetAside[] };
  underWay: { total: number; rows: SetAside[] };
  /** What people keep for now because they changed, and a rule that gave it states days of grace. */
  keptForNow: { total: number; rows: SetAside[] };
};

const mostNames = 200;

/** Shows the gap of one person, one app or the company, before anything is done. */
export async function previewGap(
  ctx: Context,
  input: { personId?: string; appId?: string; limit: number; offset: number },
): Promise<GapPage> {
  const gap = await computeGap(ctx, { personId: input.personId, appId: input.appId });
  const losers = losersOf(gap.lines);
  const brake = await brakeOf(ctx, losers);
  const takes = gap.lines.filter(({ change }) => isTake(change)).length;
  return {
    hash: gap.hash,
    totals: {
      gives: gap.lines.length - takes,
      takes,
      byHand: gap.lines.filter(({ how }) => how === 'by-hand').length,
      people: new Set(gap.lines.map(({ personId }) => personId)).size,
      losing: losers.length,
    },
    rows: await withAdministrators(ctx, gap.lines, gap.lines.slice(input.offset, input.offset + input.limit)),
    total: gap.lines.length,
    brake: brake ? { ...brake, names: losers.slice(0, mostNames) } : null,
    ...(await describeSetAside(ctx, gap, mostNames)),
  };
}

async function withAdministrators(ctx: Context, all: readonly GapLine[], lines: readonly GapLine[]): Promise<GapPage['rows']> {
  const taken = takenBy(all);
  const again = new Set<string>();
  for (const personId of new Set(lines.filter(({ change }) => change === 'reopen').map((line) => line.personId)))
    for (const { appId } of await administratorAgain(ctx, personId, taken)) again.add(`${personId}/${appId}`);
  return lines.map((line) => ({ ...line, administratorAgain: line.change === 'reopen' && again.has(`${line.personId}/${line.appId}`) }));
}
