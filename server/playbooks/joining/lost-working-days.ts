const dayStart = Temporal.PlainTime.from('09:00');
const dayEnd = Temporal.PlainTime.from('17:00');
const secondsPerDay = 8 * 3600;

/**
 * How many working days lie between two instants on somebody's clock: hours between 09:00 and 17:00 from Monday to Friday, eight to a day,
 * rounded to a tenth. Public holidays are not known. At most ten years are counted.
 */
export function lostWorkingDays(since: Temporal.Instant, until: Temporal.Instant, zone: string): number {
  if (Temporal.Instant.compare(until, since) <= 0) return 0;
  const last = until.toZonedDateTimeISO(zone).toPlainDate();
  let seconds = 0;
  let day = since.toZonedDateTimeISO(zone).toPlainDate();
  for (let count = 0; count < 3660 && Temporal.PlainDate.compare(day, last) <= 0; count += 1, day = day.add({ days: 1 })) {
    if (day.dayOfWeek > 5) continue;
    const from = latest(day.toZonedDateTime({ timeZone: zone, plainTime: dayStart }).toInstant(), since);
    const to = earliest(day.toZonedDateTime({ timeZone: zone, plainTime: dayEnd }).toInstant(), until);
    seconds += Math.max(0, to.since(from).total('seconds'));
  }
  return Math.round((seconds / secondsPerDay) * 10) / 10;
}

export type Span = { from: Temporal.Instant; to: Temporal.Instant };

/** The working days within spans, each once: what lacked at the same time is counted once. */
export function workingDaysWithin(spans: readonly Span[], zone: string): number {
  const days = joined(spans).map(({ from, to }) => lostWorkingDays(from, to, zone));
  return Math.round(days.reduce((all, each) => all + each, 0) * 10) / 10;
}

// Spans that overlap or touch become one.
function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = [];
  for (const span of spans.toSorted((a, b) => Temporal.Instant.compare(a.from, b.from))) {
    const last = all.at(-1);
    if (!last || Temporal.Instant.compare(last.to, span.from) < 0) all.push({ ...span });
    else if (Temporal.Instant.compare(last.to, span.to) < 0) last.to = span.to;
  }
  return all;
}

const latest = (a: Temporal.Instant, b: Temporal.Instant) => (Temporal.Instant.compare(a, b) > 0 ? a : b);
const earliest = (a: Temporal.Instant, b: Temporal.Instant) => (Temporal.Instant.compare(a, b) < 0 ? a : b);
