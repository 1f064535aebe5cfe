import type { Context } from '../../platform/context.ts';
import { invalid, type Problem } from '../../platform/errors.ts';
import { inspectExpression } from '../../platform/expressions/index.ts';
import { ruleVariables } from './rule-facts.ts';
import type { RuleGrant, RuleInput, RuleText } from './rule-shapes.ts';
import { chooseEntitlement, findEntitlements } from './rule-targets.ts';

/** The longest time, in days, for which somebody who has changed keeps what a rule gave. */
const mostGraceDays = 365;

/** Checks what a rule says before it is saved or tried. Throws one error with every problem and its field. `isTried`: it needs no name. */
export async function checkRule(ctx: Context, input: RuleInput, isTried = false): Promise<RuleText> {
  const problems: Problem[] = [];
  const name = input.name.trim();
  const when = input.when.trim();
  if (!isTried) problems.push(...(await nameProblems(ctx, name, input.id ?? null)));
  if (when === '') problems.push({ field: 'when', message: 'Say whom it means. For everybody, write true.' });
  else {
    const checked = inspectExpression(when, ruleVariables);
    if ('problem' in checked) problems.push({ field: 'when', value: when.slice(0, 200), message: checked.problem.message });
  }
  const grants = input.grants.map(({ appId, entitlement, kind }): RuleGrant => {
    const words = entitlement?.trim() || null;
    return { appId, entitlement: words, kind: words ? kind?.trim() || null : null };
  });
  problems.push(...(await grantProblems(ctx, grants)));
  const graceDays = input.graceDays ?? 0;
  if (!Number.isInteger(graceDays) || graceDays < 0 || graceDays > mostGraceDays)
    problems.push({ field: 'graceDays', value: String(graceDays), message: `Write a whole number of days from 0 to ${mostGraceDays}.` });
  if (problems.length > 0)
    throw invalid(
      'rule_invalid',
      `The rule was not ${isTried ? 'tried' : 'saved'}. ${problems.map(({ message }) => message).join(' ')}`,
      problems,
    );
  return { name, when, grants, mend: input.mend ?? 'shown', graceDays };
}

async function nameProblems(ctx: Context, name: string, id: string | null): Promise<Problem[]> {
  if (name === '') return [{ field: 'name', message: 'Give the rule a name.' }];
  if (name.length > 200) return [{ field: 'name', message: 'The name has more than 200 characters. Write a shorter one.' }];
  const other = await ctx.db
    .selectFrom('access_rules')
    .select('id')
    .where((e) => e(e.fn('lower', ['name']), '=', name.toLowerCase()))
    .where('archived_at', 'is', null)
    .$if(id !== null, (query) => query.where('id', '<>', id!))
    .executeTakeFirst();
  return other ? [{ field: 'name', value: name, message: `Another rule is called ${name}. Choose another name.` }] : [];
}

async function grantProblems(ctx: Context, grants: RuleGrant[]): Promise<Problem[]> {
  if (grants.length === 0) return [{ field: 'grants', message: 'Say what it gives: at least one app.' }];
  const apps = new Map(
    (
      await ctx.db
        .selectFrom('apps_apps')
        .select(['id', 'name'])
        .where(
          'id',
          'in',
          grants.map(({ appId }) => appId),
        )
        .where('archived_at', 'is', null)
        .execute()
    ).map((app) => [app.id, app.name]),
  );
  const named = await findEntitlements(
    ctx,
    grants.flatMap(({ appId, entitlement }) => (entitlement ? [{ appId, entitlement }] : [])),
  );
  const seen = new Set<string>();
  return grants.flatMap((grant, at): Problem[] => {
    const app = apps.get(grant.appId);
    if (!app)
      return [
        { field: `grants.${at}.appId`, value: grant.appId, message: 'There is no such app here, or it was archived. Choose another one.' },
      ];
    if (grant.entitlement && grant.entitlement.length > 300)
      return [{ field: `grants.${at}.entitlement`, message: 'The name has more than 300 characters.' }];
    const key = JSON.stringify([grant.appId, grant.entitlement?.toLowerCase() ?? null, grant.kind?.toLowerCase() ?? null]);
    if (seen.has(key)) {
      const what = grant.entitlement ? `${grant.entitlement} in ${app}` : `An account in ${app}`;
      return [{ field: `grants.${at}.entitlement`, value: grant.entitlement ?? app, message: `${what} is named twice. Take one away.` }];
    }
    seen.add(key);
    if (grant.entitlement === null) return [];
    const found = chooseEntitlement(named, { appId: grant.appId, entitlement: grant.entitlement, kind: grant.kind });
    if (found.length < 2) return [];
    const kinds = [...new Set(found.map(({ kind }) => kind))].join(', ');
    return [
      {
        field: `grants.${at}.kind`,
        value: grant.entitlement,
        message: `${app} has more than one ${grant.entitlement}. Say which kind is meant (${kinds}), or name it by its id.`,
      },
    ];
  });
}
