import type { Proposal, ProposedGrant, ProposedRule } from './propose-rules.ts';
import { soundsPowerful } from './targets.ts';

/** What the rule is made from: "37 of 41 in Sales have CRM as Standard." */
export function ruleWords({ grants, meant, without }: ProposedRule): string {
  const groups = new Map<number, ProposedGrant[]>();
  for (const grant of grants) groups.set(grant.held, [...(groups.get(grant.held) ?? []), grant]);
  const [first, ...rest] = [...groups].sort(([one], [other]) => other - one);
  const parts = [first!, ...rest].map(([held, alike], index) => {
    const who = index === 0 ? `${held} of ${alike[0]!.of} ${meant} have` : String(held);
    return `${who} ${listed(alike.map(grantWords))}`;
  });
  const powerful = grants.filter(({ entitlement }) => entitlement !== null && soundsPowerful(entitlement));
  const warning = powerful.length > 0 ? ` ${listed(powerful.map(grantWords))}: whoever holds this runs the app. Look twice.` : '';
  const gives = without.length === 0 ? ' It would give nobody anything new.' : ` It would newly give ${counted(without.length, 'grant')}.`;
  return `${parts.join(', ')}.${gives}${warning}`;
}

/** How far the proposal goes, in a sentence or two; also where there is nothing to propose, and why. */
export function proposalWords(about: Proposal['explained'] & { people: number; rules: number }): string {
  const { people, rules, grants, total, ruled } = about;
  if (people === 0) return 'Nobody is on your list yet. Import your people first; rules are proposed from what they have.';
  if (total === 0)
    return 'No account of anybody on your list is known yet. Connect an app or give its user list; rules are proposed from what people have.';
  const share = `${Math.floor((100 * grants) / total)} % of what people have (${grants.toLocaleString('en')} of ${counted(total, 'grant')})`;
  if (rules === 0 && ruled > 0) return `Your rules give ${share}. For the rest, nothing was found that enough people have in common.`;
  if (rules === 0)
    return 'Nothing was found that enough people have in common. Fill in departments, titles and locations, or write a rule yourself.';
  const who = ruled > 0 ? `Your rules and ${counted(rules, 'proposed rule')} together explain` : `${counted(rules, 'rule')} would explain`;
  return `${who} ${share}.`;
}

const grantWords = ({ app, entitlement }: ProposedGrant) => (entitlement === null ? `an account in ${app}` : `${app} as ${entitlement}`);
const listed = (names: string[]) => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`);
const counted = (count: number, thing: string) => `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;
