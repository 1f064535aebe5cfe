import { headingKey } from '../../platform/tabular/index.ts';

const words = new Set(
  'unbefristet|offen|laufend|present|ongoing|current|currently employed|currently working|active|aktiv|permanent|indefinite|open|open end|open ended|no|nein|never|nie|not terminated|bis auf weiteres|nicht befristet|still employed|employed|heute|until further notice|keine befristung|ohne ende|no end|no end date'
    .split('|')
    .map(headingKey),
);

/** Whether a cell of an end column says in words that there is no end: "unbefristet", "present", "ongoing". */
export const saysNoEnd = (text: string): boolean => words.has(headingKey(text));

/** Years that programs write for "no date" (Excel's 1900, 0001) and for "never" (2099, 9999). */
export const meansNoDate = (year: number): boolean => year <= 1901 || year >= 2090;

const remark = /^(.*\d)\s*(\*+|\?+|\([^()]*\))$/;
const weekday = /^\((?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun|[a-zä]+day|[a-z]+tag|mittwoch)\.?\)$/i;

/** "30.10.2026 (voraussichtlich)" → the date and the remark; the name of a weekday is none. */
export function partRemark(text: string): { date: string; remark: string | null } {
  const found = remark.exec(text);
  const [, date, said] = found ?? [];
  if (date === undefined || said === undefined || said === '(UTC)') return { date: text, remark: null };
  return { date, remark: weekday.test(said) ? null : said };
}
