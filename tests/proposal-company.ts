import { seeded } from '../sample/seeded.ts';
import type { CompanyAccess, FactsOfPerson, HeldAccess } from '../server/access/propose/held-access.ts';
import type { RuleFacts } from '../server/access/rules/rule-facts.ts';

/** An invented company, and what its access really follows: conditions, each with something (app/entitlement) it gives. */
export type InventedCompany = CompanyAccess & { truth: { when: RegExp; gives: string }[] };

type Chance = ReturnType<typeof seeded>;
/** What is known of one of its people. */
export type Facts = Partial<RuleFacts>;

/** Gathers people and what they hold. `give` asks who should hold it; `kept` of them do, and `strays` of the others hold it too. */
export function companyMaker(seed: string) {
  const chance = seeded(seed);
  const people: FactsOfPerson[] = [];
  const apps = new Map<string, { id: string; name: string }>();
  const held = new Map<string, HeldAccess>();
  const hold = (personId: string, name: string) => {
    const [app, entitlement] = name.split('/') as [string, string | undefined];
    apps.set(app, { id: app, name: app });
    held.set(`${personId} ${name}`, { personId, appId: app, entitlement: entitlement ?? null, kind: entitlement ? 'role' : null });
  };
  return {
    chance,
    people,
    hold,
    person: (facts: Facts) => {
      const id = `p${String(people.length + 1).padStart(4, '0')}`;
      people.push({ id, name: `Person ${id}`, facts });
      return id;
    },
    give: (name: string, who: (facts: Facts) => boolean, { kept = 0.95, strays = 0.01 } = {}) => {
      for (const { id, facts } of people) if (chance.chance(who(facts) ? kept : strays)) hold(id, name);
    },
    company: (truth: InventedCompany['truth']): InventedCompany => ({
      ...{ people, apps: [...apps.values()], held: [...held.values()], ruled: [], truth },
    }),
  };
}

/** One of the choices, each as likely as its share. */
export function weighted<T>(chance: Chance, choices: readonly (readonly [T, number])[]): T {
  let rest = chance.next() * choices.reduce((sum, [, share]) => sum + share, 0);
  for (const [choice, share] of choices) {
    rest -= share;
    if (rest < 0) return choice;
  }
  return choices.at(-1)![0];
}
