import { monthNames, monthOf, withoutWeekday } from './date-words.ts';
import { quoted } from './table.ts';

/** Which number stands first in dates such as 04/05/2026; `iso` says that the year does. */
export type DateOrder = 'day-first' | 'month-first' | 'iso';

/** Why a text is not one day: it may be two (ask for the order), or it is none (plain words to show). */
export type DateProblem =
  | { ambiguous: [Temporal.PlainDate, Temporal.PlainDate]; problem: string }
  | { ambiguous?: undefined; problem: string };

/**
 * A date as people and programs write it: ISO 8601, 27.11.2026, 27/11/26, 11/27/2026, 27 Nov 2026, 27. November 2026, Nov 27, 2026,
 * 20261127, the serial number of a workbook, with or without a time. Two-digit years are 1970 to 2069. Dots mean that the day is first unless `order`
 * says otherwise. An instant (with offset or Z) is the day in `timeZone` if given; at midnight UTC, or without a zone, the day as written.
 */
export function parseLocalDate(text: string, order: DateOrder | undefined, timeZone?: string): Temporal.PlainDate | DateProblem {
  const { date, time } = splitTime(text);
  const day = parseDay(date, order, text);
  if (!(day instanceof Temporal.PlainDate) || time === null || timeZone === undefined) return day;
  const offset = /(Z|[+-]\d{2}:?\d{2})$/i.exec(time)?.[1];
  if (offset === undefined || /^00:00(:00(\.0+)?)?Z$/i.test(time)) return day;
  try {
    return Temporal.Instant.from(`${day}T${time}`).toZonedDateTimeISO(timeZone).toPlainDate();
  } catch {
    return { problem: `${quoted(text)} is no date with a time.` };
  }
}

/** Parts a date from the time behind it: "2026-11-27T17:00:00+01:00" → date "2026-11-27", time "17:00:00+01:00". */
export function splitTime(text: string): { date: string; time: string | null } {
  const trimmed = text.trim();
  const found =
    /^(.*?\d)(?:[T\s]+|,\s*)(?:at\s+|um\s+)?(\d{1,2}(?:[:.]\d{2}){1,2}(?:[.,]\d+)?(?:\s*[ap]\.?m\.?)?(?:\s*uhr)?(?:\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?|\d{1,2}\s*(?:[ap]\.?m\.?|uhr|h))$/i.exec(
      trimmed,
    );
  const [, date, time] = found ?? [];
  if (date === undefined || time === undefined || !/\d.*\d.*\d/.test(date)) return { date: trimmed, time: null };
  return { date, time: time.replace(/\s*(UTC|GMT)$/i, 'Z') };
}

function parseDay(date: string, order: DateOrder | undefined, text: string): Temporal.PlainDate | DateProblem {
  const value = withoutWeekday(date.trim());
  let parts: RegExpExecArray | null = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(value) ?? /^((?:19|20)\d{2})(\d{2})(\d{2})$/.exec(value);
  if (parts !== null) return make(Number(parts[1]), Number(parts[2]), Number(parts[3]), text);
  parts = /^(\d{1,2})\s*([./-])\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})$/.exec(value);
  if (parts !== null) return numeric(Number(parts[1]), Number(parts[3]), fullYear(parts[4] as string), parts[2] as string, order, text);
  parts = /^(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]*([\p{L}]{3,})\.?,?[\s-]*(\d{4}|\d{2})$/u.exec(value);
  if (parts !== null) return named(parts[2] as string, Number(parts[1]), parts[3] as string, text);
  parts = /^([\p{L}]{3,})\.?[\s-]*(\d{1,2})(?:st|nd|rd|th|\.)?,?[\s-]+(\d{4}|\d{2})$/u.exec(value);
  if (parts !== null) return named(parts[1] as string, Number(parts[2]), parts[3] as string, text);
  parts = /^(\d{4})[\s-]+([\p{L}]{3,})\.?[\s-]+(\d{1,2})$/u.exec(value);
  if (parts !== null) return named(parts[2] as string, Number(parts[3]), parts[1] as string, text);
  if (/^[2-7]\d{4}(\.\d+)?$/.test(value)) return Temporal.PlainDate.from('1899-12-30').add({ days: Math.floor(Number(value)) });
  return { problem: `${quoted(text)} is no date. Write it like 2026-11-27.` };
}

function numeric(
  first: number,
  second: number,
  year: number,
  sign: string,
  order: DateOrder | undefined,
  text: string,
): Temporal.PlainDate | DateProblem {
  const told = order === 'iso' ? undefined : order;
  const known = told ?? (sign === '.' || first > 12 ? 'day-first' : second > 12 ? 'month-first' : undefined);
  if (known === 'day-first') return make(year, second, first, text, told && 'the day comes first');
  if (known === 'month-first') return make(year, first, second, text, told && 'the month comes first');
  const dayFirst = make(year, second, first, text);
  const monthFirst = make(year, first, second, text);
  if (!(dayFirst instanceof Temporal.PlainDate)) return dayFirst;
  if (!(monthFirst instanceof Temporal.PlainDate)) return monthFirst;
  if (dayFirst.equals(monthFirst)) return dayFirst;
  const [one, other] = [dayFirst, monthFirst].map((day) => `${day.day} ${monthNames[day.month - 1]}`);
  return {
    ambiguous: [dayFirst, monthFirst],
    problem: `${quoted(text)} may be ${one} or ${other}. Say whether the day or the month comes first.`,
  };
}

function named(word: string, day: number, year: string, text: string): Temporal.PlainDate | DateProblem {
  const month = monthOf(word);
  if (month === null) return { problem: `${quoted(text)} is no date: ${quoted(word)} is no month.` };
  return make(fullYear(year), month, day, text);
}

const fullYear = (year: string): number => (year.length === 4 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900));

function make(year: number, month: number, day: number, text: string, order?: string): Temporal.PlainDate | DateProblem {
  if (month < 1 || month > 12)
    return { problem: `${quoted(text)} is no day. There is no month ${month}${order === undefined ? '' : ` when ${order}`}.` };
  if (day < 1) return { problem: `${quoted(text)} is no day. Months begin with day 1.` };
  const length = Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
  if (day > length) {
    const name = month === 2 ? `February ${year}` : monthNames[month - 1];
    return { problem: `${quoted(text)} is no day. ${name} has ${length}.` };
  }
  return Temporal.PlainDate.from({ year, month, day });
}
