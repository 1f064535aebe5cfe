import type { Context } from '../../platform/context.ts';
import { proposalWords, ruleWords } from './proposal-words.ts';
import { proposingRules } from './propose-rules.ts';
import { readCompanyAccess } from './read-company-access.ts';

/**
 * Rules that would give what people have already: at most fifteen, with whom they mean who has it not yet, and who holds what no rule gives.
 * `explained.share` is the share (0 to 1) of all grants held by people who are present, through accounts matched to them, that a proposed rule or a
 * rule in force gives; see `Proposal` for what counts as one grant. Changes nothing; the same company gets the same rules.
 */
export async function proposeAccessRules(ctx: Context) {
  const company = await readCompanyAccess(ctx);
  const steps = proposingRules(company);
  let step = steps.next();
  while (!step.done) {
    await new Promise((resolve) => setImmediate(resolve));
    step = steps.next();
  }
  const { rules, explained, leftOver } = step.value;
  const nameOf = new Map(company.people.map(({ id, name }) => [id, name]));
  const used = await ctx.db.selectFrom('access_rules').select('name').where('archived_at', 'is', null).execute();
  const taken = new Set(used.map(({ name }) => name.toLowerCase()));
  const { grants, total, ruled, accounts } = explained;
  return {
    rules: rules.map((rule) => ({
      name: freeName(rule.name, taken),
      when: rule.when,
      grants: rule.grants,
      people: rule.peopleIds.length,
      exceptions: {
        without: rule.without.map(({ personId, app, entitlement }) => ({ personId, name: nameOf.get(personId)!, app, entitlement })),
        total: rule.without.length,
      },
      words: ruleWords(rule),
    })),
    explained: { grants, total, share: total === 0 ? 0 : grants / total, byRulesInForce: ruled, accounts },
    leftOver: leftOver.map(({ app, entitlement, holderIds, powerful }) => ({
      ...{ app, entitlement, holders: holderIds.length },
      people: holderIds.map((personId) => ({ personId, name: nameOf.get(personId)! })),
      note: powerful ? 'Whoever holds this runs the app. No rule is proposed for it unless nearly all of a small group hold it.' : null,
    })),
    words: proposalWords({ people: company.people.length, rules: rules.length, ...explained }),
  };
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${wanted} (${number})`;
  taken.add(name.toLowerCase());
  return name;
}
