import type { Context } from '../../platform/context.ts';
import { isTake } from '../gap/classify.ts';
import { computeGap, type GapLine } from '../gap/compute-gap.ts';
import { brakeOf, type Loser, losersOf } from '../rules/rule-losses.ts';

/** A page of the gap, with what all of it amounts to. `hash`: what applying it has to name, so that nothing else is applied. */
export type GapPage = {
  hash: string;
  totals: { gives: number; takes: number; byHand: number; people: number; losing: number };
  rows: GapLine[];
  total: number;
  brake: { limit: number; people: number; names: Loser[] } | null;
  unknown: number;
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
    rows: gap.lines.slice(input.offset, input.offset + input.limit),
    total: gap.lines.length,
    brake: brake ? { ...brake, names: losers.slice(0, mostNames) } : null,
    unknown: gap.unknown,
  };
}
