import type { Access, CompanyAccess } from './held-access.ts';
import { addTo, emptySet, type PersonSet, sizeOf } from './person-set.ts';

/**
 * Something that people hold and a rule could give. `whole` are the holders of whom it counts as a grant, `part` those of whom it is only half
 * the truth: they have the account, and an entitlement beside it that is a target of its own. `ruled`: who gets it by a rule in force.
 */
export type Target = Access & {
  app: string;
  holders: PersonSet;
  /** Who has an account in the app. */
  accounts: PersonSet;
  whole: PersonSet;
  part: PersonSet;
  ruled: PersonSet;
  held: number;
  /** What giving it to somebody who has it not weighs, against 1 for a grant explained. */
  missWeight: number;
  powerful: boolean;
};

/** What an account weighs whose entitlement another target stands for: a rule for it is worth having where no rule finds the entitlement. */
export const partWeight = 0.25;

export const keyOf = ({ appId, entitlement, kind }: Access): string =>
  JSON.stringify([appId, entitlement?.trim().toLowerCase() ?? null, entitlement === null ? null : (kind?.toLowerCase() ?? null)]);

/** Every entitlement that somebody holds, and the account of every app. In the order of app and name. */
export function findTargets(company: CompanyAccess): Target[] {
  const people = company.people.length;
  const indexOf = new Map(company.people.map(({ id }, index) => [id, index]));
  const nameOf = new Map(company.apps.map(({ id, name }) => [id, name]));
  const targets = new Map<string, Target>();
  const target = (access: Access): Target => {
    const key = keyOf(access);
    const known = targets.get(key);
    if (known) return known;
    const { appId, entitlement, kind } = access;
    const holders = emptySet(people);
    const accounts = entitlement === null ? holders : target({ appId, entitlement: null, kind: null }).holders;
    const blank = { holders, accounts, whole: emptySet(people), part: emptySet(people), ruled: emptySet(people) };
    const powerful = entitlement !== null && soundsPowerful(entitlement);
    const made = { appId, entitlement, kind, app: nameOf.get(appId) ?? appId, ...blank, held: 0, missWeight: 1, powerful };
    targets.set(key, made);
    return made;
  };
  const accountOf = (appId: string) => target({ appId, entitlement: null, kind: null });
  for (const held of company.held) {
    const person = indexOf.get(held.personId);
    if (person === undefined) continue;
    const own = target(held);
    addTo(own.holders, person);
    addTo(own.whole, person);
    addTo(accountOf(held.appId).holders, person);
  }
  for (const ruled of company.ruled) {
    const person = indexOf.get(ruled.personId);
    if (person === undefined) continue;
    addTo(accountOf(ruled.appId).ruled, person);
    addTo(target(ruled).ruled, person);
  }
  for (const { entitlement, holders, appId } of targets.values()) {
    if (entitlement === null) continue;
    const { whole } = accountOf(appId);
    for (let word = 0; word < whole.length; word += 1) whole[word]! &= ~holders[word]!;
  }
  for (const each of targets.values()) {
    each.held = sizeOf(each.holders);
    if (each.entitlement !== null) continue;
    for (let word = 0; word < each.part.length; word += 1) each.part[word] = each.holders[word]! & ~each.whole[word]!;
    if (sizeOf(each.whole) * 2 < each.held) each.missWeight = partWeight;
  }
  const named = ({ app, appId, entitlement, kind }: Target) =>
    `${app.toLowerCase()}\n${appId}\n${entitlement?.toLowerCase() ?? ''}\n${kind ?? ''}`;
  return [...targets.values()].sort((one, other) => (named(one) < named(other) ? -1 : 1));
}

const powerful =
  /(^|[^\p{L}])(super ?|sys ?)?(admin\p{L}*|(?<!(product|process|task|story|project|budget|cost|risk|control|data) )owners?|superusers?|root|inhaber\p{L}*|eigentümer\p{L}*|besitzer\p{L}*|verwalter\p{L}*|propri[eé]taires?|propietari[oa]s?)([^\p{L}]|$)/iu;

/** Whether a role's name says that its holder runs the app: such a role is for those few who are named, not for a birthright. */
export const soundsPowerful = (entitlement: string): boolean => powerful.test(entitlement);
