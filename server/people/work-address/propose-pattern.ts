import { latinLetters } from './latin-letters.ts';
import { type Name, workAddressFor } from './work-address-for.ts';

/** What companies use, the most usual first: of two that explain as much, the first is proposed. */
const usual = [
  '{given}.{family}',
  '{g}{family}',
  '{given}{family}',
  '{given}',
  '{given}.{f}',
  '{given}{f}',
  '{g}.{family}',
  '{given}_{family}',
  '{given}-{family}',
  '{family}.{given}',
  '{family}{given}',
  '{family}',
  '{family}.{g}',
  '{family}{g}',
  '{f}{given}',
  '{g}{f}',
];

/** The pattern and domain that explain most of the addresses; of how many. `explained` 0: there is nothing to learn from. */
export type ProposedPattern = { pattern: string; domain: string | null; explained: number; of: number };

/** Finds how the work addresses of these people are made. Of people with a single name nothing is learnt. */
export function proposePattern(people: (Name & { address: string })[]): ProposedPattern {
  const split = people.map(({ address, ...name }) => {
    const at = address.lastIndexOf('@');
    return { name, local: address.slice(0, at).toLowerCase(), domain: address.slice(at + 1).toLowerCase() };
  });
  const domain = mostFrequent(split.map((each) => each.domain));
  const there = split.filter((each) => each.domain === domain);
  const telling = there.filter(({ name }) => latinLetters(name.familyName ?? '') !== '' && latinLetters(name.givenName) !== '');
  let best = { pattern: usual[0] as string, explained: 0 };
  for (const pattern of usual) {
    const explained = telling.filter(({ name, local }) => explains(name, pattern, local)).length;
    if (explained > best.explained) best = { pattern, explained };
  }
  return { ...best, domain, of: people.length };
}

function explains(name: Name, pattern: string, local: string): boolean {
  // Also by the given name where the pattern would take the one they are called by, and with marks simply left out (müller → muller).
  const called = name.preferredName ? [name, { ...name, preferredName: null }] : [name];
  for (const each of [...called, ...called.map(withoutMarks)]) {
    let plain: string | null = null;
    for (const candidate of workAddressFor(each, pattern)) {
      if (candidate.local === local) return true;
      plain ??= candidate.local;
      if (candidate.by === 'number') break;
    }
    if (plain !== null && local.startsWith(plain) && /^\d{1,3}$/.test(local.slice(plain.length))) return true;
  }
  return false;
}

const withoutMarks = ({ givenName, familyName, preferredName }: Name): Name => {
  const bare = (text: string | null | undefined) =>
    (text ?? '')
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      .replace(/ø/gi, 'o');
  return { givenName: bare(givenName), familyName: bare(familyName), preferredName: bare(preferredName) };
};

/** The one that comes most often, the first of equals; null of none. */
export function mostFrequent(texts: string[]): string | null {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].reduce<[string, number] | null>((best, next) => (best === null || next[1] > best[1] ? next : best), null)?.[0] ?? null;
}
