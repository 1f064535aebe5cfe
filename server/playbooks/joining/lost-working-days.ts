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

const latest = (a: Temporal.Instant, b: Temporal.Instant) => (Temporal.Instant.compare(a, b) > 0 ? a : b);
const earliest = (a: Temporal.Instant, b: Temporal.Instant) => (Temporal.Instant.compare(a, b) < 0 ? a : b);
