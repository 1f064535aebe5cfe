import { type AccountClass, classifyAccount } from './classify-account.ts';

/** An account with what is needed to say what it is. Instants are ISO 8601. */
export type AccountToDescribe = {
  status: string | null;
  kind: string;
  app: string;
  source: string;
  label: string;
  observedAt: string;
  tellsStatus: boolean;
  lastActivityAt: string | null;
  suggestedWhy: string | null;
  serviceOwner: string | null;
  person: {
    name: string;
    status: string;
    lastWorkingDay: string | null;
    cutOffLocal: string | null;
    cutOffZone: string | null;
    leftAt: string | null;
    timeZone: string;
    location: string | null;
  } | null;
};

/** What an account is, and why we say so, in one or two plain sentences. `timeZone` is the reader's organization's: days are its days. */
export function describeAccount(
  account: AccountToDescribe,
  timeZone: string,
  now: Temporal.Instant,
): { kind: AccountClass; reason: string } {
  const { person } = account;
  return classifyAccount(
    {
      status: account.status as 'active' | 'suspended' | 'gone' | null,
      isService: account.kind === 'service',
      serviceOwnerName: account.serviceOwner,
      seenIn: seenIn(account, timeZone),
      sourceTellsStatus: account.tellsStatus,
      lastUsed: account.lastActivityAt === null ? null : lastUsed(account.lastActivityAt, timeZone, now),
      suggestion: account.suggestedWhy,
    },
    person && { name: person.name, left: person.status === 'left', leftWords: leftWords(person) },
  );
}

const dayOf = (instant: string, timeZone: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate();
const dayMonth = (day: Temporal.PlainDate) => day.toLocaleString('en-GB', { day: 'numeric', month: 'short' });
const fullDay = (day: Temporal.PlainDate) =>
  day.toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).replace(',', '');

function seenIn({ app, source, label, observedAt }: AccountToDescribe, timeZone: string): string {
  const day = dayMonth(dayOf(observedAt, timeZone));
  return source === 'list' ? `${app}, by the list "${label}" of ${day}` : `${app}, read on ${day}`;
}

/** "on 3 Nov" within two months, "in March" within a year, "in March 2024" before. */
function lastUsed(instant: string, timeZone: string, now: Temporal.Instant): string {
  const day = dayOf(instant, timeZone);
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  if (Temporal.PlainDate.compare(day, today.subtract({ months: 2 })) >= 0) return `on ${dayMonth(day)}`;
  const month = day.toLocaleString('en-GB', { month: 'long' });
  return Temporal.PlainDate.compare(day, today.subtract({ months: 11 })) >= 0 ? `in ${month}` : `in ${month} ${day.year}`;
}

/** "Jane Doe left on Fri 6 Nov 2026, 17:00 in Porto". */
export function leftWords(person: NonNullable<AccountToDescribe['person']>): string {
  const zone = person.cutOffLocal === null ? person.timeZone : (person.cutOffZone ?? person.timeZone);
  const place =
    person.location !== null && zone === person.timeZone ? person.location : zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  if (person.status !== 'left') return `${person.name} works here`;
  if (person.cutOffLocal !== null) {
    const local = Temporal.PlainDateTime.from(person.cutOffLocal);
    return `${person.name} left on ${fullDay(local.toPlainDate())}, ${local.toPlainTime().toString({ smallestUnit: 'minute' })} in ${place}`;
  }
  if (person.lastWorkingDay !== null) {
    return `${person.name} left on ${fullDay(Temporal.PlainDate.from(person.lastWorkingDay))} (end of the day in ${place})`;
  }
  if (person.leftAt === null) return `${person.name} has left`;
  return `${person.name} left on ${fullDay(dayOf(person.leftAt, person.timeZone))}`;
}
