import { type DateOrder, type DateProblem, parseLocalDate, splitTime } from './parse-local-date.ts';
import { quoted } from './table.ts';

/**
 * A local date with a time: 2026-11-27 17:00, 27.11.2026 17 Uhr, 11/27/2026 5:00 PM. A text with an offset or Z is an instant: its local
 * date and time in `timeZone`, which is then needed. A date alone is a problem: nobody's access is closed at a guessed hour.
 */
export function parseLocalDateTime(text: string, order: DateOrder | undefined, timeZone?: string): Temporal.PlainDateTime | DateProblem {
  const { date, time } = splitTime(text);
  const serial = /^[2-7]\d{4}\.\d+$/.test(date);
  if (serial) return fromSerial(Number(date));
  const day = parseLocalDate(date, order);
  if (!(day instanceof Temporal.PlainDate)) return 'ambiguous' in day ? day : { problem: day.problem.replace(quoted(date), quoted(text)) };
  if (time === null) return { problem: `${quoted(text)} has no time. Write it like ${day} 17:00.` };
  const parts = /^(\d{1,2})(?:[:.](\d{2}))?(?:[:.](\d{2}))?(?:[.,]\d+)?\s*([ap]\.?m\.?)?\s*(?:uhr|h)?\s*(Z|[+-]\d{2}:?\d{2})?$/i.exec(time);
  const half = parts?.[4]?.toLowerCase().replaceAll('.', '');
  const given = Number(parts?.[1]);
  const hour = half === undefined ? given : (given % 12) + (half === 'pm' ? 12 : 0);
  const [minute, second] = [Number(parts?.[2] ?? 0), Number(parts?.[3] ?? 0)];
  if (parts === null || hour > 23 || minute > 59 || second > 59 || (half !== undefined && (given < 1 || given > 12))) {
    const mend = parts !== null && given === 24 ? `Midnight is 00:00 of the next day.` : 'Write it like 17:00.';
    return { problem: `${quoted(text)}: ${quoted(time)} is no time of the day. ${mend}` };
  }
  const local = day.toPlainDateTime({ hour, minute, second });
  const offset = parts[5];
  if (offset === undefined) return local;
  if (timeZone === undefined)
    return {
      problem: `${quoted(text)} has an offset (${offset}), and the zone of the person is not known. Give their zone or location too.`,
    };
  return Temporal.Instant.from(`${local}${offset}`).toZonedDateTimeISO(timeZone).toPlainDateTime();
}

function fromSerial(serial: number): Temporal.PlainDateTime {
  return Temporal.PlainDateTime.from('1899-12-30T00:00').add({ days: Math.floor(serial), seconds: Math.round((serial % 1) * 86_400) });
}
