import { looksLikeService } from './list/looks-like-service.ts';
import { localPartKey, nameKeys, userNamePatterns } from './list/name-patterns.ts';

/** What is known of an account for finding its person. `confirmedPersonId`: somebody said so. `notPersonIds`: somebody said that it is not theirs. */
export type AccountToMatch = {
  userName: string | null;
  address: string | null;
  addresses?: string[];
  displayName: string | null;
  employeeNumber: string | null;
  isService?: boolean | null;
  confirmedPersonId?: string | null;
  notPersonIds?: string[];
};

export type PersonToMatch = {
  id: string;
  givenName: string | null;
  familyName: string | null;
  preferredName?: string | null;
  workAddress: string | null;
  personalAddress: string | null;
  aliases: string[];
  employeeNumber: string | null;
};

/** Whose account it is. `personId` only where it is certain; a suggestion (`how` is then 'suggestion', `personId` null) is asked and never acted on. */
export type AccountMatch = {
  personId: string | null;
  how: 'address' | 'employee-number' | 'alias' | 'confirmed' | 'suggestion' | null;
  suggestion: { personId: string; why: string; alsoPossible: string[] } | null;
  /** Why it looks like the account of a machine or of many people; only a suggestion, and only where no person is certain. */
  looksLikeService: string | null;
};

type Index = Map<string, PersonToMatch[]>;

/**
 * Finds the person of each account, in the order of the accounts: confirmed, work address, employee number, alias; where those disagree or fit
 * several people, and by personal address or likeness of names, it only suggests. Letters are compared without case and marks.
 */
export function matchAccounts(accounts: readonly AccountToMatch[], people: readonly PersonToMatch[]): AccountMatch[] {
  const byId = new Map(people.map((person) => [person.id, person]));
  const byWork = indexOf(people, ({ workAddress }) => [workAddress]);
  const byAlias = indexOf(people, ({ aliases }) => aliases);
  const byPersonal = indexOf(people, ({ personalAddress }) => [personalAddress]);
  const byNumber = indexOf(people, ({ employeeNumber }) => [employeeNumber]);
  let likeness: Likeness | null = null;

  return accounts.map((account) => {
    if (account.confirmedPersonId != null && byId.has(account.confirmedPersonId)) return certain(account.confirmedPersonId, 'confirmed');
    const not = new Set(account.notPersonIds);
    const find = (index: Index, keys: (string | null)[]) => {
      const found = new Set(keys.flatMap((key) => (key === null ? [] : (index.get(key.trim().toLowerCase()) ?? []))));
      return [...found].filter(({ id }) => !not.has(id));
    };
    const addresses = addressesOf(account);
    const [work, number, alias] = [find(byWork, addresses), find(byNumber, [account.employeeNumber]), find(byAlias, addresses)];
    const service = looksLikeService(account);
    const strong = [...new Set([...work, ...number, ...alias])];
    if (strong.length === 1) {
      const [person] = strong as [PersonToMatch];
      return certain(person.id, work.length > 0 ? 'address' : number.length > 0 ? 'employee-number' : 'alias');
    }
    if (strong.length > 1) return suggested(strong, disagreement(account, work, number, alias), service);
    const personal = find(byPersonal, addresses);
    if (personal.length > 0) return suggested(personal, `The address is the personal address of ${namesOf(personal)}.`, service);
    likeness ??= likenessOf(people);
    const alike = likeness(account, not);
    if (alike !== null) return suggested(alike.people, alike.why, service);
    return { personId: null, how: null, suggestion: null, looksLikeService: service };
  });
}

const certain = (personId: string, how: AccountMatch['how']): AccountMatch => ({ personId, how, suggestion: null, looksLikeService: null });

function suggested(people: PersonToMatch[], why: string, service: string | null): AccountMatch {
  const [first, ...others] = people as [PersonToMatch, ...PersonToMatch[]];
  return {
    personId: null,
    how: 'suggestion',
    suggestion: { personId: first.id, why, alsoPossible: others.map(({ id }) => id) },
    looksLikeService: service,
  };
}

function addressesOf({ address, addresses = [], userName }: AccountToMatch): string[] {
  return [address, ...addresses, userName?.includes('@') ? userName : null].filter((text) => text !== null);
}

function indexOf(people: readonly PersonToMatch[], keysOf: (person: PersonToMatch) => (string | null)[]): Index {
  const index: Index = new Map();
  for (const person of people) {
    for (const text of keysOf(person)) {
      const key = text?.trim().toLowerCase();
      if (!key) continue;
      const list = index.get(key);
      if (list === undefined) index.set(key, [person]);
      else if (!list.includes(person)) list.push(person);
    }
  }
  return index;
}

const nameOf = ({ givenName, familyName, workAddress }: PersonToMatch): string =>
  [givenName, familyName].filter(Boolean).join(' ') || workAddress || 'somebody without a name';

const namesOf = (people: PersonToMatch[]): string => {
  const names = people.slice(0, 3).map(nameOf).join(' and ');
  return people.length > 3 ? `${names} and ${people.length - 3} more` : names;
};

function disagreement(account: AccountToMatch, work: PersonToMatch[], number: PersonToMatch[], alias: PersonToMatch[]): string {
  const parts = [
    ...(work.length > 0 ? [`the address is ${namesOf(work)}'s`] : []),
    ...(number.length > 0 ? [`employee number ${account.employeeNumber} is ${namesOf(number)}'s`] : []),
    ...(alias.length > 0 ? [`the address is also known as ${namesOf(alias)}'s`] : []),
  ];
  const text = parts.join(', ');
  return `${text[0]?.toUpperCase()}${text.slice(1)}. Only one can be right.`;
}

type Likeness = (account: AccountToMatch, not: Set<string>) => { people: PersonToMatch[]; why: string } | null;

function likenessOf(people: readonly PersonToMatch[]): Likeness {
  const sure: Index = new Map();
  const loose: Index = new Map();
  const byName: Index = new Map();
  const put = (index: Index, key: string, person: PersonToMatch) => {
    const list = index.get(key);
    if (list === undefined) index.set(key, [person]);
    else if (list.at(-1) !== person) list.push(person);
  };
  for (const person of people) {
    for (const pattern of userNamePatterns(person)) put(pattern.sure ? sure : loose, pattern.key, person);
    for (const given of new Set([person.givenName, person.preferredName])) {
      if (given) for (const key of nameKeys(`${given} ${person.familyName ?? ''}`)) put(byName, key, person);
    }
    for (const address of [person.workAddress, ...person.aliases]) {
      const key = address === null ? '' : localPartKey(address);
      if (key.length >= 4) put(sure, key, person);
    }
  }
  return (account, not) => {
    const allowed = (found: PersonToMatch[] | undefined) => found?.filter(({ id }) => !not.has(id)) ?? [];
    const names = [account.userName, ...addressesOf(account)].filter((name) => name !== null);
    for (const [index, words] of [
      [sure, 'is written like'],
      [byName, ''],
      [loose, 'may stand for'],
    ] as const) {
      if (index === byName) {
        const found = account.displayName === null ? [] : nameKeys(account.displayName).flatMap((key) => allowed(byName.get(key)));
        if (found.length > 0)
          return { people: [...new Set(found)], why: `"${account.displayName}" is the name of ${namesOf([...new Set(found)])}.` };
        continue;
      }
      for (const name of names) {
        const found = allowed(index.get(localPartKey(name)));
        if (found.length > 0 && found.length <= 5) return { people: found, why: `"${name}" ${words} ${namesOf(found)}.` };
      }
    }
    return null;
  };
}
