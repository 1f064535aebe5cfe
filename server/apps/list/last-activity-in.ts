import { type DateOrder, parseLocalDate, parseLocalDateTime } from '../../platform/tabular/index.ts';

const never =
  /^(?:never.*|nie.*|noch nie.*|not yet.*|no activity.*|keine?|not available|unknown|no information.*|0|1601-01-01.*|0?1[./]0?1[./]1601.*|1970-01-01.*|0001-01-01.*)$/i;

/**
 * The latest of several moments, ISO 8601 in UTC; null when none is given. Words such as "44 days ago" count back from `exportedAt`, in
 * whole days; while nobody has said when the list was exported they are left open, and said.
 */
export function lastActivityIn(
  texts: string[],
  { dateOrder, exportedAt }: { dateOrder: DateOrder | undefined; exportedAt: Temporal.Instant | undefined },
  notes: string[],
): string | null {
  let last: Temporal.Instant | null = null;
  for (const text of texts) {
    if (never.test(text)) continue;
    const ago = hoursAgo(text);
    if (ago !== null && exportedAt === undefined) {
      notes.push(`"${text}" as last activity counts from when the list was exported, which has to be said. Until then it is left open.`);
      continue;
    }
    const moment = ago === null || exportedAt === undefined ? momentIn(text, dateOrder) : dayBefore(exportedAt, ago);
    if (moment === null) notes.push(`"${text}" as last activity was not understood and was left open.`);
    else if (last === null || Temporal.Instant.compare(moment, last) > 0) last = moment;
  }
  return last === null ? null : last.toString();
}

/** How many hours ago words mean. Weeks and months are too rough: they could put a use on the wrong side of a leaving. */
function hoursAgo(text: string): number | null {
  const word = text.toLowerCase().replace(/[.,]+$/, '');
  if (/^(?:today|just now|now|heute|gerade eben|jetzt|online now)$/.test(word)) return 0;
  if (/^(?:yesterday|gestern|a day ago|one day ago|vor einem tag)$/.test(word)) return 24;
  if (/^(?:an? (?:hour|minute)|a few seconds|a few minutes|less than an? (?:hour|minute)) ago$/.test(word)) return 1;
  const found =
    /^(?:about |~)?(\d{1,4}) ?(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?) ago$/.exec(word) ??
    /^vor (\d{1,4}) (sekunden?|minuten?|stunden?|tage?n?)$/.exec(word);
  if (found === null) return null;
  const [, count, unit = ''] = found;
  const per = /^(?:d|t)/.test(unit) ? 24 : /^(?:h|st)/.test(unit) ? 1 : /^m/.test(unit) ? 1 / 60 : 1 / 3600;
  return Number(count) * per;
}

const dayBefore = (instant: Temporal.Instant, hours: number): Temporal.Instant =>
  instant
    .subtract({ seconds: Math.round(hours * 3600) })
    .toZonedDateTimeISO('UTC')
    .startOfDay()
    .toInstant();

const fromWindows = 11_644_473_600_000;

/** Times without an offset are UTC, as admin pages write them. */
function momentIn(text: string, dateOrder: DateOrder | undefined): Temporal.Instant | null {
  if (/^1\d{9}(\.\d+)?$/.test(text)) return Temporal.Instant.fromEpochMilliseconds(Math.floor(Number(text) * 1000));
  if (/^1\d{12}$/.test(text)) return Temporal.Instant.fromEpochMilliseconds(Number(text));
  // lastLogonTimestamp of Active Directory: steps of 100 ns since 1601.
  if (/^1[23]\d{16}$/.test(text)) return Temporal.Instant.fromEpochMilliseconds(Number(BigInt(text) / 10_000n) - fromWindows);
  const bare = text.replace(/\s*\(?(?:UTC|GMT|Z)\)?$/i, '');
  const moment = parseLocalDateTime(bare, dateOrder, 'UTC');
  if (moment instanceof Temporal.PlainDateTime) return moment.toZonedDateTime('UTC').toInstant();
  const day = parseLocalDate(bare, dateOrder, 'UTC');
  return day instanceof Temporal.PlainDate ? day.toZonedDateTime('UTC').toInstant() : null;
}
