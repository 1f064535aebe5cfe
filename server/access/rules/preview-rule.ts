import { type Context, runUndoably } from '../../platform/context.ts';
import { isGive, isTake } from '../gap/classify.ts';
import { computeGap, type GapLine } from '../gap/compute-gap.ts';
import { checkRule } from './check-rule.ts';
import { holdRules } from './refresh-matches.ts';
import { type Brake, brakeOf, type Loser, losersOf } from './rule-losses.ts';
import { listMatched } from './rule-people.ts';
import type { RuleInput } from './rule-shapes.ts';
import { newLines } from './save-rule.ts';
import { getRuleRow, writeRule } from './write-rule.ts';

const most = 200;

/** What a rule would mean today. Each list holds at most 200 names; its number counts all. */
export type RulePreview = {
  matches: { total: number; people: { id: string; name: string; title: string | null; department: string | null }[] };
  unknown: { total: number; people: { id: string; name: string; missing: string }[] };
  gains: { people: number; grants: number; names: { id: string; name: string }[] };
  losses: { people: number; grants: number; names: Loser[] };
  brake: Brake | null;
};

/** Tries a rule, a change of one, or its end on today's people. It is written, compared and taken back: afterwards nothing is different. */
export async function previewAccessRule(
  ctx: Context,
  input: Omit<RuleInput, 'name' | 'id'> & { ruleId?: string | null; archive?: boolean },
): Promise<RulePreview> {
  await holdRules(ctx);
  const before = input.ruleId ? await getRuleRow(ctx, input.ruleId) : null;
  const text =
    input.archive && before
      ? before
      : await checkRule(ctx, { ...input, graceDays: input.graceDays ?? before?.graceDays, id: input.ruleId ?? null, name: '' }, true);
  const appIds = [...new Set([...(before?.grants ?? []), ...text.grants].map(({ appId }) => appId))];
  const gap = (await computeGap(ctx, { appIds })).lines;
  const name = before?.name ?? `${ctx.now.epochMilliseconds} ${crypto.randomUUID()}`;
  const archived = input.archive === true;
  return runUndoably(
    ctx,
    async (inner): Promise<RulePreview> => {
      const { id } = await writeRule(inner, { ...text, name, id: before?.id ?? null, archived, reason: null });
      const lines = await newLines(inner, appIds, gap);
      const losers = losersOf(lines);
      const gains = namesOf(lines);
      return {
        ...(archived ? nobody : await listMatched(inner, { id, when: text.when }, most)),
        gains: { people: gains.length, grants: lines.filter(({ change }) => isGive(change)).length, names: gains.slice(0, most) },
        losses: { people: losers.length, grants: lines.filter(({ change }) => isTake(change)).length, names: losers.slice(0, most) },
        brake: await brakeOf(inner, losers),
      };
    },
    () => false,
  );
}

const nobody = { matches: { total: 0, people: [] }, unknown: { total: 0, people: [] } };

function namesOf(lines: readonly GapLine[]): { id: string; name: string }[] {
  const gaining = lines
    .filter(({ change }) => isGive(change))
    .map(({ personId, person }) => [personId, { id: personId, name: person }] as const);
  return [...new Map(gaining).values()];
}
