import { foldLetters } from './fold-letters.ts';

const months: [number, string[]][] = [
  [1, ['january', 'januar', 'jan', 'janner', 'jaenner']],
  [2, ['february', 'februar', 'feb', 'febr', 'feber']],
  [3, ['march', 'marz', 'maerz', 'mar', 'mrz', 'mär']],
  [4, ['april', 'apr']],
  [5, ['may', 'mai']],
  [6, ['june', 'juni', 'jun']],
  [7, ['july', 'juli', 'jul']],
  [8, ['august', 'aug']],
  [9, ['september', 'sept', 'sep']],
  [10, ['october', 'oktober', 'oct', 'okt']],
  [11, ['november', 'nov']],
  [12, ['december', 'dezember', 'dec', 'dez']],
];

const byWord = new Map(months.flatMap(([month, words]) => words.map((word) => [foldLetters(word), month] as const)));

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** "Nov.", "november", "Mrz" → 11, 11, 3; null when the word is no month in English or German. */
export const monthOf = (word: string): number | null => byWord.get(foldLetters(word).replace(/\.$/, '')) ?? null;

const weekday =
  /^(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|mo|di|mi|do|fr|sa|so|[a-z]+day|[a-z]+tag|mittwoch|sonnabend)\b[.,]?\s*,?\s*/i;

/** "Fri, 27 Nov 2026" → "27 Nov 2026". */
export const withoutWeekday = (text: string): string => text.replace(weekday, '');
