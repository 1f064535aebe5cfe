import { foldLetters, letterVariants } from '../../platform/tabular/index.ts';

type Named = { givenName: string | null; familyName: string | null; preferredName?: string | null };

const squash = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '');

/** What a person's user name would look like ("jane.doe", "janedoe", "jdoe", "doe.jane" …), without signs, umlauts in both spellings. The surest come first. */
export function userNamePatterns(person: Named): { key: string; sure: boolean }[] {
  const found = new Map<string, boolean>();
  const families = variantsOf(person.familyName);
  for (const givenName of new Set([person.givenName, person.preferredName])) {
    for (const given of variantsOf(givenName ?? null)) {
      const [first = ''] = given.split(/[^\p{L}\p{N}]+/u);
      for (const family of families) {
        const [whole, last] = [squash(family), squash(family.split(' ').at(-1) ?? '')];
        for (const name of new Set([squash(given), first])) {
          for (const surname of new Set([whole, last])) {
            add(`${name}${surname}`, true);
            add(`${surname}${name}`, true);
            add(`${name[0] ?? ''}${surname}`, false);
            add(`${surname}${name[0] ?? ''}`, false);
            add(`${name}${surname[0] ?? ''}`, false);
          }
        }
      }
      if (families.length === 0) add(squash(given), false);
    }
  }
  return [...found].map(([key, sure]) => ({ key, sure }));

  function add(key: string, sure: boolean): void {
    if (key.length >= 4 && !found.get(key)) found.set(key, sure);
  }
}

const variantsOf = (name: string | null): string[] => (name === null || name.trim() === '' ? [] : letterVariants(name.trim()));

/** The words of a name in alphabetical order, umlauts in both spellings: "Doe, Jane" and "Jane Doe" are the same. Titles and remarks in brackets do not count. */
export function nameKeys(text: string): string[] {
  const bare = text.replace(/[[(][^\])]*[\])]/g, ' ').replace(/\b(?:dr|prof|mr|mrs|ms|herr|frau)\b\.?/gi, ' ');
  return letterVariants(bare).flatMap((variant) => {
    const words = variant.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    if (words.length < 2) return [];
    const [first, last] = [words[0] as string, words.at(-1) as string];
    const whole = [...words].sort().join(' ');
    const outer = bare.includes(',') ? whole : [first, last].sort().join(' ');
    return whole === outer ? [whole] : [whole, outer];
  });
}

/** "Jane.Doe2@old.example" → "janedoe" (a number at the end tells namesakes apart and no more). */
export function localPartKey(name: string): string {
  const local = name.includes('@') ? name.slice(0, name.indexOf('@')) : name.slice(name.lastIndexOf('\\') + 1);
  return squash(foldLetters(local.replace(/\+.*$/, ''))).replace(/\d+$/, '');
}
