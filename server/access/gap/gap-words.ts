import type { Change, Way } from './classify.ts';

/** Why a line is there and what stands in its way, in a sentence. */
export function lineWords(line: {
  change: Change;
  how: Way;
  rule: string | null;
  decided: boolean;
  isUnseen: boolean;
  /** The account would be made by a machine, and no work address is known. */
  hasNoAddress: boolean;
  app: string;
}): string {
  const gives = line.change !== 'revoke' && line.change !== 'suspend';
  const why = line.decided && !gives ? 'Somebody decided that it goes.' : whyWords(line.rule, gives);
  const how =
    line.how === 'outside'
      ? ` ${line.app} is run from outside: it is watched, not changed.`
      : line.how === 'by-hand'
        ? ` By hand${line.isUnseen ? ', by somebody who looks first: nobody has listed it' : ''}.`
        : '';
  const address = line.hasNoAddress ? ' The person has no work address yet, so no account can be made.' : '';
  return `${why}${how}${address}`;
}

function whyWords(rule: string | null, gives: boolean): string {
  if (gives) return rule === null ? 'A rule says so.' : `${rule}.`;
  return rule === null ? 'No rule gives it any more.' : `${rule} gave it, and no rule gives it any more.`;
}
