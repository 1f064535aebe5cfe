import { computeGap } from '../access/gap/compute-gap.ts';
import { checkRule } from '../access/rules/check-rule.ts';
import { holdRules } from '../access/rules/refresh-matches.ts';
import { brakeOf, type Loser, losersOf } from '../access/rules/rule-losses.ts';
import { newLines } from '../access/rules/save-rule.ts';
import { getRuleRow, writeRule } from '../access/rules/write-rule.ts';
import type { AppIds } from './apply-apps.ts';
import type { RuleEntry } from './configuration-shape.ts';
import type { Entry } from './parse-configuration.ts';
import { attempt, changeWords, differing, isSound, type Push } from './push.ts';
import { type Current, type CurrentRule, grantKey } from './read-current.ts';

export type AboutRules = { ids: AppIds; current: Current; reason: string | null };

/** `losses`: who loses something by all the rules of the push together. `brake`: they are too many; `people` is their number. */
export type RuleLosses = { losses: Loser[]; brake: { limit: number; people: number; names: Loser[] } | null };

type Changed = { entry: Entry<RuleEntry>; there: CurrentRule | null };

/**
 * Saves the rules that differ and archives those that the file leaves out; grants in another order are the same. What goes is counted once, when
 * all rules are as the file says: one rule may give what another no longer does.
 */
export async function applyRules(push: Push, entries: Entry<RuleEntry>[], about: AboutRules): Promise<RuleLosses> {
  const { ctx } = push;
  const changed = entries
    .filter(({ path, value }) => isSound(push, path) && value.grants.every(({ app }) => about.ids.has(app.toLowerCase())))
    .flatMap((entry) => differs(push, entry, about.current) ?? []);
  const inFile = new Set(entries.map(({ value }) => value.name.toLowerCase()));
  const gone = about.current.rules.filter(({ name }) => !inFile.has(name.toLowerCase()));
  if (changed.length === 0 && gone.length === 0) return { losses: [], brake: null };
  await holdRules(ctx);
  const touched = [...gone, ...changed.flatMap(({ there }) => there ?? [])];
  const appIds = appsOf(touched, changed, about.ids);
  const before = touched.length > 0 ? (await computeGap(ctx, { appIds })).lines : [];
  for (const rule of gone) await archive(push, rule, about.reason);
  for (const each of changed) await save(push, each, about);
  if (touched.length === 0 || push.problems.length > 0) return { losses: [], brake: null };
  const losses = losersOf(await newLines(ctx, appIds, before));
  const brake = await brakeOf(ctx, losses);
  return { losses, brake: brake && { limit: brake.limit, people: losses.length, names: losses } };
}

/** The rule, if it is not as the file says; its line in the diff. */
function differs(push: Push, entry: Entry<RuleEntry>, current: Current): Changed | null {
  const { value } = entry;
  const there = current.rules.find(({ name }) => name.toLowerCase() === value.name.toLowerCase()) ?? null;
  const line = { what: 'rule' as const, name: value.name };
  const grants = there && sameGrants(there, value) ? grantsWords(there.grants) : grantsWords(value.grants);
  const given = { name: value.name, when: value.when, mend: value.mend, graceDays: value.graceDays, grants };
  if (!there) {
    const { name: _, ...after } = given;
    push.lines.push({ ...line, change: 'new', words: `${grants} when ${value.when}`, before: null, after });
    return { entry, there };
  }
  const change = differing(shownRule(there), given);
  if (!change) {
    push.lines.push({ ...line, change: 'same', words: '', before: null, after: null });
    return null;
  }
  push.lines.push({ ...line, change: 'changed', words: changeWords(change.before, change.after), ...change });
  return { entry, there };
}

async function archive(push: Push, rule: CurrentRule, reason: string | null): Promise<void> {
  await attempt(push, ['access'], {}, async () =>
    writeRule(push.ctx, { ...(await getRuleRow(push.ctx, rule.id)), archived: true, reason }),
  );
  const words = 'Not in the file; it is archived, and what only it gave goes.';
  push.lines.push({ what: 'rule', name: rule.name, change: 'gone', words, before: shownRule(rule), after: null });
}

async function save(push: Push, { entry: { path, value }, there }: Changed, { ids, reason }: AboutRules): Promise<void> {
  const id = there?.id ?? null;
  const fields = Object.fromEntries(value.grants.map((_, index) => [`grants.${index}.appId`, `grants[${index}].app`]));
  await attempt(push, path, fields, async () => {
    const text = await checkRule(push.ctx, {
      id,
      name: value.name,
      when: value.when,
      grants: value.grants.map(({ app, entitlement = null, kind = null }) => ({ appId: ids.get(app.toLowerCase())!, entitlement, kind })),
      mend: value.mend ?? there?.mend ?? 'shown',
      graceDays: value.graceDays ?? there?.graceDays ?? 0,
    });
    return writeRule(push.ctx, { ...text, id, archived: false, reason });
  });
}

const appsOf = (rules: CurrentRule[], changed: Changed[], ids: AppIds): string[] => {
  const names = [...rules, ...changed.map(({ entry }) => entry.value)].flatMap(({ grants }) => grants.map(({ app }) => app.toLowerCase()));
  return [...new Set(names)].flatMap((name) => ids.get(name) ?? []);
};

type Grant = { app: string; entitlement?: string | null; kind?: string | null };

const keysOf = (grants: Grant[]): string => [...new Set(grants.map(grantKey))].sort().join('\n');
const sameGrants = (rule: CurrentRule, value: RuleEntry): boolean => keysOf(rule.grants) === keysOf(value.grants);

/** "CRM as Standard, Chat", in an order of its own. */
const grantsWords = (grants: Grant[]): string =>
  grants
    .toSorted((one, other) => (grantKey(one) < grantKey(other) ? -1 : 1))
    .map(({ app, entitlement, kind }) => `${app}${entitlement ? ` as ${entitlement}${kind ? ` (${kind})` : ''}` : ''}`)
    .join(', ');

const shownRule = ({ name, when, mend, graceDays, grants }: CurrentRule) => ({
  name,
  when,
  mend,
  graceDays,
  grants: grantsWords(grants),
});
