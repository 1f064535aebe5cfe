import type { Grace } from '../rules/grace.ts';
import type { Target } from '../rules/rule-targets.ts';
import { accountIs, classify, entitlementIs, type Is, type Thing, type What } from './classify.ts';
import { accountWay, entitlementWay, type GapApp } from './gap-apps.ts';
import { type Key, keyText } from './gap-candidates.ts';
import type { GapAccount, GapGiven, GapGrant, GapPerson, GapRows } from './gap-rows.ts';

/** One thing, judged: what should be and why, what is, and what follows. `ruleIds`: the rules that want it, or may want it where `should` is null. */
export type Judged = Key &
  Thing & {
    what: What;
    ruleIds: string[];
    /** The rule that gave it, where one did. */
    givenBy: string | null;
    origin: 'rule' | 'request' | 'discovered' | null;
    asOf: string | null;
    isAdmin: boolean;
    account: GapAccount | null;
    /** Why it is kept for now, where a rule gave it that means the person no more. */
    grace: Grace | null;
  };

const isPresent = (person: GapPerson, now: Temporal.Instant): boolean =>
  person.status === 'joining'
    ? person.opensAt !== null && Temporal.Instant.compare(person.opensAt, now) <= 0
    : ['working', 'leaving', 'away'].includes(person.status);

const grouped = <Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
};

/** Judges accounts and entitlements of people from the rows that were read about them. Pure: rows in, what follows out. */
export function judgeThings(input: {
  keys: readonly Key[];
  rows: GapRows;
  targets: readonly Target[];
  apps: ReadonlyMap<string, GapApp>;
  now: Temporal.Instant;
  /** For somebody whose access is not open yet: what they will get, of which nothing is to be done now. */
  foresees?: boolean;
}): Judged[] {
  const { rows, apps, now } = input;
  const people = new Map(rows.people.map((person) => [person.id, person]));
  const matches = new Map(rows.matches.map((match) => [`${match.personId}/${match.ruleId}`, match.outcome]));
  const targetsOf = grouped(input.targets, ({ appId }) => appId);
  const accountsOf = grouped(rows.accounts, ({ personId, appId }) => `${personId}/${appId}`);
  const grantsOf = grouped(rows.grants, ({ accountId }) => accountId);
  const given = new Map(rows.given.map((row) => [keyText(row), row]));
  const decisions = new Map(rows.decisions.map((row) => [keyText(row), row.decision]));
  const underWay = new Set(rows.underWay.map(keyText));

  const wish = (key: Key): { should: boolean | null; ruleIds: string[] } => {
    const person = people.get(key.personId)!;
    if (!isPresent(person, now) && !(input.foresees && person.status === 'joining')) return { should: false, ruleIds: [] };
    const all = (targetsOf.get(key.appId) ?? []).filter(
      ({ entitlementId }) => key.entitlementId === null || entitlementId === key.entitlementId,
    );
    const by = (outcome: boolean | null) => [
      ...new Set(all.filter(({ ruleId }) => matches.get(`${key.personId}/${ruleId}`) === outcome).map(({ ruleId }) => ruleId)),
    ];
    const [wanted, maybe] = [by(true), by(null)];
    if (wanted.length > 0) return { should: true, ruleIds: wanted };
    return maybe.length > 0 ? { should: null, ruleIds: maybe } : { should: false, ruleIds: [] };
  };

  const graces = grouped(rows.grace, ({ personId }) => personId);
  /** The rule that keeps it longest among those that mean the person no more. */
  const graceOf = (key: Key): Grace | null => {
    const gave = (graces.get(key.personId) ?? []).filter(({ ruleId }) =>
      (targetsOf.get(key.appId) ?? []).some(
        (target) => target.ruleId === ruleId && (key.entitlementId === null || target.entitlementId === key.entitlementId),
      ),
    );
    return gave.reduce<Grace | null>((last, each) => (last && Temporal.Instant.compare(last.until, each.until) >= 0 ? last : each), null);
  };
  const holders = (accounts: readonly GapAccount[], entitlementId: string): { account: GapAccount; grant: GapGrant }[] =>
    accounts.flatMap((account) => {
      const grant = grantsOf.get(account.id)?.find((each) => each.entitlementId === entitlementId);
      return grant ? [{ account, grant }] : [];
    });

  const evidenced = (key: Key, app: GapApp, accounts: readonly GapAccount[]): boolean => {
    const row = given.get(keyText(key));
    if (!row?.evidenced) return false;
    const contradictedAt =
      key.entitlementId === null || accounts.length === 0
        ? app.completeSince
        : latest(accounts.map(({ entitlementsAt }) => entitlementsAt));
    return contradictedAt === null || Temporal.Instant.compare(contradictedAt, row.givenAt) <= 0;
  };

  const groupOf = (key: Key, app: GapApp): boolean | null | undefined => {
    if (app.writer !== 'group' || !app.writerAppId || !app.groupId) return undefined;
    const inWriter = accountsOf.get(`${key.personId}/${app.writerAppId}`) ?? [];
    if (holders(inWriter, app.groupId).length > 0) return true;
    return inWriter.length === 0 || inWriter.some(({ told }) => told) ? false : null;
  };

  const accountOf = (key: Key, app: GapApp): Is =>
    accountIs({
      statuses: (accountsOf.get(`${key.personId}/${key.appId}`) ?? []).map(({ status }) => status),
      everRead: app.everRead,
      evidenced: evidenced({ ...key, entitlementId: null }, app, []),
      inGroup: groupOf(key, app),
    });

  return input.keys.flatMap((key): Judged[] => {
    const app = apps.get(key.appId);
    const person = people.get(key.personId);
    if (!app || !person) return [];
    const isAccount = key.entitlementId === null;
    const accounts = accountsOf.get(`${key.personId}/${key.appId}`) ?? [];
    const held = isAccount ? [] : holders(accounts, key.entitlementId!);
    const accountState = accountOf(key, app);
    const is = isAccount
      ? accountState
      : entitlementIs({
          heldBy: held.map(({ account }) => account.status),
          told: accounts.some(({ told }) => told),
          evidenced: evidenced(key, app, accounts),
          account: accountState,
        });
    const row = given.get(keyText(key));
    const best = chooseAccount(isAccount || held.length === 0 ? accounts : held.map(({ account }) => account));
    const thing: Thing = {
      isAccount,
      is,
      should: null,
      way: isAccount ? accountWay(app, apps) : entitlementWay(app),
      given: isByRule(row),
      decision: decisions.get(keyText(key)) ?? null,
      underWay: underWay.has(keyText(key)),
      holdsOthers: isAccount && accounts.some(({ id }) => holdsOthers(grantsOf.get(id) ?? [], key, given, decisions)),
      hasLeft: person.status === 'left',
      isAway: person.isAway === true || person.status === 'away',
      isPaused: person.isPaused === true,
      inGrace: false,
    };
    const { should, ruleIds } = wish(key);
    const grace = should === false && thing.given ? graceOf(key) : null;
    const judged = { ...thing, should, inGrace: grace !== null };
    return [
      {
        ...key,
        ...judged,
        what: input.foresees && !isPresent(person, now) ? 'nothing' : classify(judged),
        ruleIds,
        givenBy: row?.ruleId ?? null,
        origin: row?.origin ?? (is === 'held' || is === 'suspended' ? 'discovered' : null),
        asOf: held[0]?.grant.observedAt ?? best?.observedAt ?? null,
        isAdmin: accounts.some(({ isAdmin, status }) => isAdmin === true && status === 'active'),
        account: best,
        grace: grace !== null && thing.decision === null ? grace : null,
      },
    ];
  });
}

/** What was asked for and approved is nothing that a rule takes. */
const isByRule = (given: GapGiven | undefined): boolean => given?.origin === 'rule';

/** Whether one of these grants was there before Groundcrew, or came without it, and nobody decided that it goes. */
const holdsOthers = (
  grants: readonly GapGrant[],
  { personId, appId }: Key,
  given: ReadonlyMap<string, GapGiven>,
  decisions: ReadonlyMap<string, string>,
): boolean =>
  grants.some(({ entitlementId }) => {
    const text = keyText({ personId, appId, entitlementId });
    return !isByRule(given.get(text)) && decisions.get(text) !== 'take';
  });

/** The account that a change is about: one in use, else one whose state nobody said, else a suspended one. */
const chooseAccount = (accounts: readonly GapAccount[]): GapAccount | null =>
  accounts.find(({ status }) => status === 'active') ?? accounts.find(({ status }) => status === null) ?? accounts[0] ?? null;

const latest = (instants: readonly (string | null)[]): string | null =>
  instants.reduce((last, each) => (each !== null && (last === null || Temporal.Instant.compare(each, last) > 0) ? each : last), null);
