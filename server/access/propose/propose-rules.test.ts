import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { seeded } from '../../../sample/seeded.ts';
import * as companies from '../../../tests/proposal-companies.ts';
import * as large from '../../../tests/proposal-large-companies.ts';
import * as others from '../../../tests/propose-rules-companies.ts';
import { createEvaluator, inspectExpression } from '../../platform/expressions/index.ts';
import { ruleVariables } from '../rules/rule-facts.ts';
import type { Access, CompanyAccess, FactsOfPerson, HeldAccess } from './held-access.ts';
import { type Proposal, proposeRules, proposingRules } from './propose-rules.ts';
import { soundsPowerful } from './targets.ts';

const evaluator = createEvaluator();
after(() => evaluator.close());

const key = ({ appId, entitlement, kind }: Access) =>
  JSON.stringify([appId, entitlement?.toLowerCase() ?? null, kind?.toLowerCase() ?? null]);
const share = ({ explained }: Proposal) => explained.grants / explained.total;

/** Whom a condition means, by the evaluator that rules are evaluated with; unknown facts are absent. */
async function meantBy(company: CompanyAccess, when: string): Promise<string[]> {
  const contexts = company.people.map(({ facts }) => ({
    person: Object.fromEntries(Object.entries(facts).filter(([, value]) => typeof value === 'boolean' || (value ?? '').trim() !== '')),
  }));
  const outcomes = await evaluator.evaluateMany(when, contexts);
  return company.people.filter((_, index) => outcomes[index] === true).map(({ id }) => id);
}

/** Holds the proposal against a count by hand: conditions, people, exceptions, the share, and what is left over. */
async function checkByHand(company: CompanyAccess, proposal: Proposal): Promise<void> {
  const present = new Set(company.people.map(({ id }) => id));
  const heldOf = new Map<string, Set<string>>();
  const accountsOf = new Map<string, Set<string>>();
  for (const held of company.held.filter(({ personId }) => present.has(personId))) {
    heldOf.set(held.personId, (heldOf.get(held.personId) ?? new Set()).add(key(held)));
    accountsOf.set(held.personId, (accountsOf.get(held.personId) ?? new Set()).add(held.appId));
  }
  const has = (personId: string, grant: Access) =>
    grant.entitlement === null ? accountsOf.get(personId)?.has(grant.appId) === true : heldOf.get(personId)?.has(key(grant)) === true;
  const given = new Set<string>();
  for (const rule of proposal.rules) {
    const checked = inspectExpression(rule.when, ruleVariables);
    assert.ok('reads' in checked, rule.when);
    const meant = await meantBy(company, rule.when);
    assert.deepEqual(rule.peopleIds, meant, rule.when);
    assert.ok(rule.grants.length > 0);
    const without = rule.grants.flatMap((grant) => meant.filter((id) => !has(id, grant)).map((id) => `${id} ${key(grant)}`));
    assert.deepEqual(rule.without.map((each) => `${each.personId} ${key(each)}`).sort(), without.sort(), rule.when);
    for (const grant of rule.grants) {
      const held = meant.filter((id) => has(id, grant)).length;
      assert.deepEqual([grant.held, grant.of], [held, meant.length]);
      assert.ok(held >= 3 && held >= 0.75 * meant.length, `${rule.when} ${key(grant)} ${held} of ${meant.length}`);
      for (const id of meant) given.add(`${id} ${key(grant)}`).add(`${id} any ${grant.appId}`);
    }
  }
  const ruled = new Set(company.ruled.flatMap((each) => [`${each.personId} ${key(each)}`, `${each.personId} any ${each.appId}`]));
  const everything = new Map<string, { personId: string; appId: string; account: boolean; text: string }>();
  for (const held of company.held.filter(({ personId }) => present.has(personId))) {
    const other =
      held.entitlement === null &&
      company.held.some((each) => each.personId === held.personId && each.appId === held.appId && each.entitlement !== null);
    const text = `${held.personId} ${key(held)}`;
    if (!other) everything.set(text, { personId: held.personId, appId: held.appId, account: held.entitlement === null, text });
  }
  const explained = [...everything.values()].filter(({ personId, appId, account, text }) => {
    const name = account ? `${personId} any ${appId}` : text;
    return given.has(name) || ruled.has(name);
  });
  assert.equal(proposal.explained.total, everything.size);
  assert.equal(proposal.explained.grants, explained.length);
  const left = proposal.leftOver.reduce((sum, { holderIds }) => sum + holderIds.length, 0);
  assert.equal(left, everything.size - explained.length);
  assert.ok(proposal.rules.length <= 15);
  assert.equal(new Set(proposal.rules.map(({ when }) => when)).size, proposal.rules.length);
}

const { randomAccess, ...realistic } = companies;
const { thirdOfNoise, ...unlike } = others;
const { germanWorks, internationalGroup } = large;
for (const [name, make] of Object.entries({ ...realistic, germanWorks, internationalGroup, ...unlike })) {
  for (const seed of ['first', 'second', 'third']) {
    test(`${name} (${seed}): at most 15 rules explain at least 80 % of what is held, the rules of the truth among them, each exception by name`, async (t) => {
      const company = make(seed);
      const began = performance.now();
      const proposal = proposeRules(company);
      const millis = performance.now() - began;
      t.diagnostic(`${Math.round(1000 * share(proposal)) / 10} % by ${proposal.rules.length} rules in ${Math.round(millis)} ms`);
      assert.ok(share(proposal) >= 0.8, `${share(proposal)}`);
      const texts = proposal.rules.flatMap(({ when, grants }) =>
        grants.map(({ app, entitlement }) => `${when} gives ${[app, entitlement].filter(Boolean).join('/')}`),
      );
      for (const { when, gives } of company.truth) {
        const found = proposal.rules.some(
          (rule) =>
            when.test(rule.when) && rule.grants.some(({ app, entitlement }) => [app, entitlement].filter(Boolean).join('/') === gives),
        );
        assert.ok(found, `${when} gives ${gives} is not among:\n${texts.join('\n')}`);
      }
      await checkByHand(company, proposal);
    });
  }
}

test('the same company always gets the same rules, whatever the order of its people and of what they hold', () => {
  const company = companies.noisyCompany('order');
  const turned = { ...company, people: company.people.toReversed(), held: company.held.toReversed(), apps: company.apps.toReversed() };
  const text = ({ rules, explained }: Proposal) => ({ rules: rules.map(({ name, when, grants }) => ({ name, when, grants })), explained });
  assert.deepEqual(text(proposeRules(turned)), text(proposeRules(company)));
});

test('no step of the calculation holds others up: a thousand people with sixty apps', (t) => {
  const company = large.internationalGroup('steps');
  const steps = proposingRules(company);
  const waits: number[] = [];
  for (;;) {
    const began = performance.now();
    const step = steps.next();
    waits.push(performance.now() - began);
    if (step.done) break;
  }
  t.diagnostic(
    `${Math.round(waits.reduce((sum, each) => sum + each, 0))} ms in ${waits.length} steps, the longest ${Math.round(Math.max(...waits))} ms`,
  );
  assert.ok(waits.length > 30);
  assert.ok(Math.max(...waits) < 1000);
});

test('what people hold at random makes no rules: nobody is told a pattern that is not there', () => {
  const company = randomAccess('dice');
  const proposal = proposeRules(company);
  assert.ok(share(proposal) < 0.1, JSON.stringify(proposal.rules.map(({ when, grants }) => [when, grants])));
});

test('where three grants of ten follow nothing, the rules explain nearly all of the others and none of the noise', (t) => {
  for (const seed of ['first', 'second', 'third']) {
    const company = thirdOfNoise(seed);
    const { rules, explained } = proposeRules(company);
    t.diagnostic(`${explained.grants} of ${explained.total} by ${rules.length} rules; ${company.followed} follow something`);
    assert.ok(explained.grants >= 0.93 * company.followed, `${explained.grants} of ${company.followed}`);
    const odd = rules.flatMap(({ grants }) => grants.filter(({ app }) => app.startsWith('Odd')));
    assert.deepEqual(odd, []);
  }
});

test('whoever manages people is proposed in words, and everybody but one employment only where that one is the smaller part', () => {
  const people = Array.from({ length: 90 }, (_, index) => ({
    ...{ id: `p${String(index).padStart(2, '0')}`, name: `Person ${index}` },
    facts: { managesPeople: index % 9 === 0, employmentType: index % 5 === 1 ? 'intern' : 'permanent', title: `Title ${index}` },
  }));
  const hold = (app: string, who: (index: number) => boolean) =>
    people.filter((_, index) => who(index)).map(({ id }) => ({ personId: id, appId: app, entitlement: 'Role', kind: 'role' }));
  const held = [
    ...hold('HR file', (index) => index % 9 === 0),
    ...hold('Mail', (index) => index % 5 !== 1),
    ...hold('Courses', (index) => index % 5 === 1),
  ];
  const { rules } = proposeRules({ people, apps: ['HR file', 'Mail', 'Courses'].map((id) => ({ id, name: id })), held, ruled: [] });
  assert.deepEqual(
    rules.map(({ name, when, meant, grants }) => [name, when, meant, grants[0]!.app]),
    [
      ['Everyone but intern', 'person.employmentType != "intern"', 'not employed as intern', 'Mail'],
      ['intern', 'person.employmentType == "intern"', 'employed as intern', 'Courses'],
      ['Managers of people', 'person.managesPeople', 'who manage people', 'HR file'],
    ],
  );
});

test('a role that runs the app is proposed only where nearly all of a small group hold it', () => {
  const people = Array.from({ length: 60 }, (_, index) => ({
    id: `p${String(index).padStart(2, '0')}`,
    name: `Person ${index}`,
    facts: { department: index < 4 ? 'IT' : index < 30 ? 'Sales' : 'Works' },
  }));
  const hold = (entitlement: string, who: (index: number) => boolean) =>
    people.filter((_, index) => who(index)).map(({ id }) => ({ personId: id, appId: 'a', entitlement, kind: 'role' }));
  const held = [...hold('Administrator', (index) => index < 4), ...hold('Site owner', (index) => index >= 4 && index < 28)];
  const proposal = proposeRules({ people, apps: [{ id: 'a', name: 'Desk' }], held, ruled: [] });
  const given = proposal.rules.flatMap(({ when, grants }) => grants.map(({ entitlement }) => `${when} ${entitlement}`));
  assert.deepEqual(
    given.filter((text) => !text.endsWith('null')),
    ['person.department == "IT" Administrator'],
  );
  assert.deepEqual(
    proposal.leftOver.map(({ entitlement, powerful, holderIds }) => [entitlement, powerful, holderIds.length]),
    [['Site owner', true, 24]],
  );
  for (const name of ['Admin', 'Super Admin', 'Global administrator', 'Workspace owner', 'Inhaber', 'root'])
    assert.ok(soundsPowerful(name), name);
  for (const name of ['Product owner', 'Budget owner', 'Standard', 'Downer']) assert.ok(!soundsPowerful(name), name);
});

test('what rules in force give already is not proposed again, and counts as explained', async () => {
  const company = companies.startUp('ruled');
  const first = proposeRules(company);
  const everyone = first.rules.find(({ when }) => when === 'true')!;
  const ruled = everyone.peopleIds.flatMap((personId) =>
    everyone.grants.map(({ appId, entitlement, kind }) => ({ personId, appId, entitlement, kind })),
  );
  const second = proposeRules({ ...company, ruled });
  assert.deepEqual(
    second.rules.map(({ when }) => when),
    first.rules.map(({ when }) => when).filter((when) => when !== 'true'),
  );
  assert.ok(second.explained.ruled > 0);
  assert.equal(second.explained.grants, first.explained.grants);
  await checkByHand({ ...company, ruled }, second);
});

test('a company of nobody, or of whose people nothing is known, gets no rule or one for everybody', () => {
  const none = proposeRules({ people: [], apps: [], held: [], ruled: [] });
  assert.deepEqual([none.rules, none.explained.total], [[], 0]);
  const people = Array.from({ length: 33 }, (_, index) => ({ id: `p${index}`, name: '', facts: {} }));
  const held = people.map(({ id }) => ({ personId: id, appId: 'a', entitlement: null, kind: null }));
  assert.deepEqual(
    proposeRules({ people, apps: [{ id: 'a', name: 'A' }], held, ruled: [] }).rules.map(({ when }) => when),
    ['true'],
  );
});

/** Any company: names with quotes, breaks and letters of all kinds, facts unknown or empty, people held twice or not there, rules in force. */
function anyCompany(seed: number, size: number): CompanyAccess {
  const chance = seeded(seed);
  const values = ['Sales', 'sales', 'R&D "new"', 'Übersee\\1', ' Works ', 'a\nb', '', null, 'IT', '王'];
  const fields = ['department', 'location', 'employmentType', 'title', 'manager'] as const;
  const pools = new Map(fields.map((field) => [field, Array.from({ length: 2 + chance.below(4) }, () => chance.pick(values))]));
  const people: FactsOfPerson[] = Array.from({ length: size }, (_, index) => ({
    ...{ id: `p${String(index).padStart(3, '0')}`, name: `Person ${index}` },
    facts: {
      ...Object.fromEntries(fields.filter(() => chance.chance(0.9)).map((field) => [field, chance.pick(pools.get(field)!)])),
      ...(chance.chance(0.9) ? { managesPeople: chance.chance(0.3) } : {}),
    },
  }));
  const apps = Array.from({ length: 1 + chance.below(5) }, (_, index) => ({ id: `a${index}`, name: `App ${chance.below(3)}` }));
  const held: HeldAccess[] = [];
  const ruled: HeldAccess[] = [];
  for (let at = chance.below(14); at >= 0; at -= 1) {
    const entitlement = chance.pick([null, 'Member', 'member', 'Admin', 'Seat "1"']);
    const grant = { appId: chance.pick(apps).id, entitlement, kind: entitlement === null ? null : chance.pick([null, 'role', 'Role']) };
    const field = chance.pick(fields);
    const wanted = chance.pick(pools.get(field)!);
    const everybody = chance.chance(0.3);
    const managers = chance.chance(0.2);
    const kept = 0.6 + 0.4 * chance.next();
    for (const { id, facts } of [...people, { id: 'nobody', facts: {} as FactsOfPerson['facts'] }]) {
      if (chance.chance(everybody || (managers ? facts.managesPeople === true : facts[field] === wanted) ? kept : 0.04))
        held.push({ personId: id, ...grant });
      if (chance.chance(0.02)) ruled.push({ personId: id, ...grant });
    }
  }
  return { people, apps, held, ruled };
}

test('whatever the company: counts, conditions, people and exceptions are those of a count by hand', async (t) => {
  let rules = 0;
  let joined = 0;
  const check = async (seed: number, size: number) => {
    const company = anyCompany(seed, size);
    const proposal = proposeRules(company);
    rules += proposal.rules.length;
    joined += proposal.rules.filter(({ when }) => when.includes('&&')).length;
    await checkByHand(company, proposal);
  };
  await fc.assert(fc.asyncProperty(fc.integer(), fc.integer({ min: 1, max: 90 }), check), { numRuns: 150 });
  // Two terms are rare: companies from here on hold some whatever chance gave before.
  for (let seed = 1; joined === 0 && seed <= 500; seed += 1) await check(seed, 90);
  t.diagnostic(`${rules} rules, ${joined} of them with two terms`);
  assert.ok(rules > 150 && joined > 0, `${rules} rules, ${joined} of two terms`);
});
