import type { Context } from '../../platform/context.ts';
import { conflict } from '../../platform/errors.ts';
import { isTake } from '../gap/classify.ts';
import { computeGap, type GapLine } from '../gap/compute-gap.ts';
import { keyText } from '../gap/gap-candidates.ts';
import { checkRule } from './check-rule.ts';
import { holdRules } from './refresh-matches.ts';
import { holdLosses, losersOf } from './rule-losses.ts';
import type { BrakeRelease, RuleInput } from './rule-shapes.ts';
import { getRuleRow, writeRule } from './write-rule.ts';

/**
 * Saves a rule, new or changed, as a new version. Nothing is given or taken by that: it only changes what should be. An edit that would take
 * something from too many people is refused with their names, unless `brake` says that somebody has seen them. Saving what is there changes nothing.
 */
export async function saveAccessRule(ctx: Context, input: RuleInput): Promise<{ id: string; version: number }> {
  await holdRules(ctx);
  const before = input.id ? await getRuleRow(ctx, input.id) : null;
  const text = await checkRule(ctx, { ...input, graceDays: input.graceDays ?? before?.graceDays });
  if (before?.archived) throw conflict('rule_archived', `The rule ${before.name} was archived. Make a new one.`);
  if (before && sameText(before, text)) return { id: before.id, version: before.version };
  if (before && input.basedOn !== undefined && input.basedOn !== before.version)
    throw conflict(
      'rule_changed',
      `${before.changedBy} changed this rule meanwhile; yours began with the version before. Nothing was changed. Look at what they changed, and say whether yours still holds.`,
    );
  return changingRules(
    ctx,
    {
      appIds: [...new Set([...(before?.grants ?? []), ...text.grants].map(({ appId }) => appId))],
      ruleName: text.name,
      brake: input.brake,
      mayTake: before !== null,
    },
    () => writeRule(ctx, { ...text, id: input.id ?? null, archived: false, reason: input.reason?.trim() || null }),
  );
}

/** Takes a rule out of use. What it gave is shown in the gap then; nothing goes by this alone. */
export async function archiveAccessRule(
  ctx: Context,
  input: { ruleId: string; reason?: string | null; brake?: BrakeRelease | null },
): Promise<void> {
  await holdRules(ctx);
  const rule = await getRuleRow(ctx, input.ruleId);
  if (rule.archived) return;
  await changingRules(ctx, { appIds: rule.grants.map(({ appId }) => appId), ruleName: rule.name, brake: input.brake, mayTake: true }, () =>
    writeRule(ctx, { ...rule, archived: true, reason: input.reason?.trim() || null }),
  );
}

/** Lines that would take something after a change of rules and would not have before. */
export async function newLines(ctx: Context, appIds: readonly string[], before: readonly GapLine[]): Promise<GapLine[]> {
  const known = new Set(before.map((line) => `${keyText(line)} ${line.change}`));
  return (await computeGap(ctx, { appIds })).lines.filter((line) => !known.has(`${keyText(line)} ${line.change}`));
}

async function changingRules<T>(
  ctx: Context,
  about: { appIds: string[]; ruleName: string; brake: BrakeRelease | null | undefined; mayTake: boolean },
  change: () => Promise<T>,
): Promise<T> {
  if (!about.mayTake) return change();
  const before = (await computeGap(ctx, { appIds: about.appIds })).lines;
  const done = await change();
  const losers = losersOf((await newLines(ctx, about.appIds, before)).filter((line) => isTake(line.change)));
  await holdLosses(ctx, { losers, release: about.brake ?? null, what: about.ruleName });
  return done;
}

const sameText = (a: { name: string; when: string; mend: string; graceDays: number; grants: unknown[] }, b: typeof a): boolean =>
  a.name === b.name && a.when === b.when && a.mend === b.mend && a.graceDays === b.graceDays && sorted(a.grants) === sorted(b.grants);

const sorted = (grants: unknown[]): string => {
  const texts = grants.map((grant) => {
    const { appId, entitlement, kind } = grant as { appId: string; entitlement: string | null; kind: string | null };
    return JSON.stringify([appId, entitlement, kind]);
  });
  return texts.sort().join();
};
