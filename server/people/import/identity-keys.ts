import { foldLetters } from '../../platform/tabular/index.ts';

/** What a row or person can be told by, folded so that case and spaces do not matter. */
export type Identity = { number: string | null; address: string | null; aliases: string[]; personal: string | null; name: string | null };

type Person = {
  givenName?: string | null;
  familyName?: string | null;
  employeeNumber?: string | null;
  workAddress?: string | null;
  personalAddress?: string | null;
  aliases?: string[];
};

export const numberKey = (number: string): string => number.trim().toLowerCase().replace(/\s+/g, '');

/** A number of digits alone without its leading zeros, which spreadsheet programs cut off: "00123" → "123"; null for others. */
export const bareNumber = (key: string): string | null => (/^\d+$/.test(key) ? key.replace(/^0+(?=\d)/, '') : null);

/** A name without middle initials: "Anna M. Alt" and "Anna Alt" → "anna alt". */
export const shortName = (key: string): string => {
  const words = key.split(' ');
  return words.filter((word, i) => word.length > 1 || i === 0 || i === words.length - 1).join(' ');
};

export const nameKey = (name: string): string =>
  foldLetters(name)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

export function identityOf(person: Person): Identity {
  const name = nameKey([person.givenName, person.familyName].filter(Boolean).join(' '));
  return {
    number: person.employeeNumber ? numberKey(person.employeeNumber) : null,
    address: person.workAddress ? person.workAddress.toLowerCase() : null,
    aliases: (person.aliases ?? []).map((alias) => alias.toLowerCase()),
    personal: person.personalAddress ? person.personalAddress.toLowerCase() : null,
    name: name === '' ? null : name,
  };
}

/** Work address and aliases: addresses that belong to one person alone. */
export const addressesOf = (identity: Identity): string[] =>
  identity.address === null ? identity.aliases : [...new Set([identity.address, ...identity.aliases])];

/** A map from a key to everything that has it. */
export function indexBy<T>(items: Iterable<T>, keysOf: (item: T) => Iterable<string>): Map<string, T[]> {
  const index = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const list = index.get(key);
      if (list === undefined) index.set(key, [item]);
      else if (!list.includes(item)) list.push(item);
    }
  }
  return index;
}
