import type { Context } from '../platform/context.ts';
import { impliedTargets } from './gap/compute-gap.ts';
import { gapApps } from './gap/gap-apps.ts';
import { evaluateRule } from './rules/rule-conditions.ts';
import type { RuleFacts } from './rules/rule-facts.ts';

/** What somebody would get, and by which rule. `signIn`: the app is the sign-in system, which goes first. */
export type Desired = {
  appId: string;
  app: string;
  writer: 'connection' | 'group' | 'manual' | 'outside';
  entitlement: string | null;
  ruleId: string;
  rule: string;
  signIn: boolean;
};

/**
 * What the rules would give to somebody with these facts, who need not be in the roster. A rule that needs a fact which is not known gives nothing.
 * Without `managesPeople` they manage nobody, as everybody who is new.
 */
export async function desiredForFacts(
  ctx: Context,
  { managesPeople = false, ...known }: Omit<RuleFacts, 'managesPeople'> & { managesPeople?: boolean },
): Promise<Desired[]> {
  const facts: RuleFacts = { ...known, managesPeople };
  const rules = await ctx.db
    .selectFrom('access_rules')
    .select(['id', 'name', 'condition_text'])
    .where('archived_at', 'is', null)
    .orderBy('name')
    .execute();
  const apps = await gapApps(ctx);
  const targets = await impliedTargets(ctx, apps);
  const desired = new Map<string, Desired>();
  for (const rule of rules) {
    if ((await evaluateRule(rule.condition_text, [facts]))[0] !== true) continue;
    for (const { appId, entitlement } of targets.filter(({ ruleId }) => ruleId === rule.id)) {
      const app = apps.get(appId)!;
      for (const name of new Set([null, entitlement])) {
        const key = `${appId}/${name?.toLowerCase() ?? ''}`;
        if (!desired.has(key))
          desired.set(key, {
            appId,
            app: app.name,
            writer: app.writer,
            entitlement: name,
            ruleId: rule.id,
            rule: rule.name,
            signIn: app.signIn,
          });
      }
    }
  }
  return [...desired.values()].sort(
    (a, b) => Number(b.signIn) - Number(a.signIn) || a.app.localeCompare(b.app) || (a.entitlement ?? '').localeCompare(b.entitlement ?? ''),
  );
}
