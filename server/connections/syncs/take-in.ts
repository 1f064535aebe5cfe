import { type ReadingCounts, type ReadingFacts, type ReadingInput, recordReading } from '../../apps/index.ts';
import { type Context, runUndoably } from '../../platform/context.ts';

export type TakenIn = { readingId: string; counts: ReadingCounts; facts: ReadingFacts; reasons: string[] };

/**
 * Takes in a reading, unless `judge` finds reasons to hold it: then it is as if it had never been. With `dryRun` it never stays, and the
 * counts tell what it would do.
 */
export async function takeIn(
  ctx: Context,
  input: ReadingInput,
  options: { judge(facts: ReadingFacts): string[]; dryRun?: boolean },
): Promise<TakenIn> {
  return runUndoably(
    ctx,
    async (inner) => {
      const done = await recordReading(inner, input);
      return { ...done, reasons: options.judge(done.facts) };
    },
    ({ reasons }) => !options.dryRun && reasons.length === 0,
  );
}

/**
 * Takes in a reading, or finds it held. What is held is counted and judged as if it were complete, because whoever confirms it may say so:
 * they then have seen whom that would concern.
 */
export async function takeInOrHold(ctx: Context, input: ReadingInput, judge: (facts: ReadingFacts) => string[]): Promise<TakenIn> {
  const taken = await takeIn(ctx, input, { judge });
  if (taken.reasons.length === 0 || input.complete) return taken;
  return takeIn(ctx, { ...input, complete: true }, { judge, dryRun: true });
}
