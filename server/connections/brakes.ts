import type { ReadingFacts } from '../apps/index.ts';

/** What is judged. `truncated`: the words of a reading that surely ended early, else null. `what` names it in sentences: "list", "sync". */
export type Weight = ReadingFacts & { rows: number; truncated: string | null; what: 'list' | 'sync' };

const number = (value: number) => value.toLocaleString('en');

/**
 * Why a reading must be held for a person to look at; [] lets it through. It is held when it is empty, was cut short, hardly holds what was
 * there, or would take more than 5 % of the people of the app, and at least 3, for gone within a day. People who have left do not count, so
 * that a lay-off is not braked.
 */
export function brakesOf(weight: Weight): string[] {
  const { rows, what, knownAccounts, foundAgain, knownPeople, gonePeople, gonePeopleLately, truncated } = weight;
  const reasons: string[] = [];
  if (rows === 0) {
    reasons.push(
      what === 'list'
        ? 'The list holds no account that can be read. Is it the right file?'
        : 'The app answered, and showed no account at all. Does the credential have the right to see them?',
    );
  }
  if (truncated !== null) reasons.push(truncated);
  const comparable = Math.min(rows, knownAccounts);
  if (comparable >= 5 && foundAgain < comparable * 0.2) {
    reasons.push(
      `Hardly any of the accounts is one we know: ${number(foundAgain)} of ${number(rows)}, and ${number(knownAccounts)} were here before. Is it the ${what} of another app?`,
    );
  }
  const going = gonePeople + gonePeopleLately;
  const before = knownPeople + gonePeopleLately;
  if (gonePeople > 0 && going >= 3 && going > before * 0.05) {
    const earlier = gonePeopleLately > 0 ? `, ${number(gonePeopleLately)} of them since yesterday` : '';
    reasons.push(
      `${number(going)} of ${number(before)} people who have not left would have no account here any more${earlier}. Is it complete?`,
    );
  }
  return reasons;
}
