import { type DateOrder, splitTime } from './parse-local-date.ts';

/**
 * Which number comes first in the dates of one file. 'ambiguous': there are dates such as 04/05/2026 and nothing tells (or the file
 * contradicts itself), so somebody has to be asked. 'iso' when no date needs an order.
 */
export function guessDateOrder(values: Iterable<string>): DateOrder | 'ambiguous' {
  let dayFirst = 0;
  let monthFirst = 0;
  let open = 0;
  for (const value of values) {
    const parts = /^(?:\p{L}+[.,]*\s+)?(\d{1,2})\s*([./-])\s*(\d{1,2})\s*[./-]\s*(?:\d{4}|\d{2})$/u.exec(splitTime(value).date.trim());
    if (parts === null) continue;
    const [first, second] = [Number(parts[1]), Number(parts[3])];
    if (first > 12 && second <= 12) dayFirst++;
    else if (second > 12 && first <= 12) monthFirst++;
    else if (parts[2] === '.') dayFirst++;
    else if (first !== second) open++;
  }
  if (dayFirst > 0 && monthFirst > 0) return 'ambiguous';
  if (dayFirst > 0) return 'day-first';
  if (monthFirst > 0) return 'month-first';
  return open > 0 ? 'ambiguous' : 'iso';
}
