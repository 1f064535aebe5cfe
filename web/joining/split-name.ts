/** A name in the two parts that addresses and lists are made of. */
export type SplitName = { givenName: string; familyName: string };

// Words that belong to the family name behind them: “van”, “de la”, “bin”.
const particles = new Set(
  'af al av ben bin bint da das de del della den der di do dos du el ibn la las le los mac ten ter van vom von y zu zum zur'.split(' '),
);

const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー・\s]+$/u;

/**
 * A full name as given and family name: the last word is the family name, with the particles before it; “Nwosu, Amara” is read the other way
 * round. A single word, and a name in Han, Kana or Hangul (which does not say where it parts), stay whole as the given name, family name ''.
 */
export function splitName(name: string): SplitName {
  const whole = name.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
  const comma = whole.match(/^([^,]+),\s*([^,]+)$/);
  if (comma !== null) return { givenName: comma[2]?.trim() ?? '', familyName: comma[1]?.trim() ?? '' };
  const words = whole.split(' ');
  if (words.length < 2 || unspaced.test(whole)) return { givenName: whole, familyName: '' };
  let first = words.length - 1;
  while (first > 1 && particles.has(words[first - 1]?.toLowerCase() ?? '')) first -= 1;
  return { givenName: words.slice(0, first).join(' '), familyName: words.slice(first).join(' ') };
}
