import { type AccountTarget, type Answer, type Json, objectOf, objectsOf, type Shown, textOf } from '../kit/index.ts';
import { allOf, getOrNull, inMailbox, type MicrosoftSession, userPath } from './call.ts';
import { existing } from './change-status.ts';
import { rights } from './rights.ts';
import { gone, isThere } from './security.ts';
import { idOf } from './user.ts';

const right = rights.calendars;
/** Meetings so far ahead are looked for; Graph takes at most five years. */
const daysAhead = 1_000;

const eventPath = (userId: string, eventId: string) => `${userPath(userId)}/events/${encodeURIComponent(eventId)}`;

/** Cancels the meetings to come that the account organises, tells the guests, and so frees the rooms. A series that began before ends now; what was stays. */
export async function releaseCalendars(session: MicrosoftSession, { externalId }: AccountTarget): Promise<Answer> {
  await existing(session, externalId);
  const { singles, series } = await meetingsToCome(session, externalId);
  if (singles.length + series.length === 0)
    return { answered: 'The account organises no meetings to come. Nothing was sent.', changed: false };
  for (const id of singles) await cancel(session, externalId, id);
  for (const id of series) await endSeries(session, externalId, id);
  return {
    answered: `Microsoft cancelled ${singles.length} meetings and ended ${series.length} series, and told the guests.`,
    changed: true,
  };
}

async function cancel(session: MicrosoftSession, userId: string, eventId: string): Promise<void> {
  const path = `${eventPath(userId, eventId)}/cancel`;
  await session.http.post(path, { Comment: 'The organiser has left.' }, { right, accept: [404], repeatable: true });
}

/** A series that has not begun is cancelled; of one that has, the last day becomes yesterday. */
async function endSeries(session: MicrosoftSession, userId: string, seriesId: string): Promise<void> {
  const path = eventPath(userId, seriesId);
  const series = await getOrNull(session, path, { query: { $select: 'id,start,recurrence' }, right });
  if (series === null) return;
  const { pattern, range } = objectOf(series.recurrence);
  const yesterday = Temporal.PlainDate.from(session.now().toString().slice(0, 10)).subtract({ days: 1 }).toString();
  const firstDay = textOf(objectOf(range).startDate);
  if (firstDay === null || firstDay > yesterday) return cancel(session, userId, seriesId);
  const { numberOfOccurrences: _, ...rest } = objectOf(range);
  const recurrence = { pattern, range: { ...rest, type: 'endDate', endDate: yesterday } };
  await session.http.patch(path, { recurrence }, { right, repeatable: true });
}

export async function showsCalendarsReleased(session: MicrosoftSession, { externalId }: AccountTarget): Promise<Shown> {
  if (!(await isThere(session, externalId))) return gone;
  const { singles, series } = await meetingsToCome(session, externalId);
  const count = singles.length + series.length;
  if (count === 0) return { done: true, words: 'The account organises no meetings to come.' };
  return { done: false, words: `The account still organises ${count} meetings or series to come.` };
}

/** The ids of what the account organises and others are invited to: single meetings, and series with a meeting to come. */
export async function meetingsToCome(session: MicrosoftSession, userId: string): Promise<{ singles: string[]; series: string[] }> {
  const singles: string[] = [];
  const series = new Set<string>();
  const query = {
    startDateTime: session.now().toString({ smallestUnit: 'second' }),
    endDateTime: session
      .now()
      .add({ hours: daysAhead * 24 })
      .toString({ smallestUnit: 'second' }),
    $select: 'id,type,seriesMasterId,isOrganizer,isCancelled,start,attendees',
    $top: 500,
  };
  const events = await inMailbox(() => allOf(session, `${userPath(userId)}/calendarView`, { query, right }));
  for (const event of events.filter((each) => isMeeting(each, session.now()))) {
    const master = textOf(event.seriesMasterId);
    if (master === null) singles.push(idOf(event));
    else series.add(master);
  }
  return { singles, series: [...series] };
}

/** A meeting that has begun is let go on. */
const isMeeting = ({ isOrganizer, isCancelled, attendees, start }: Json, now: Temporal.Instant): boolean =>
  isOrganizer === true &&
  isCancelled !== true &&
  objectsOf(attendees).length > 0 &&
  (textOf(objectOf(start).dateTime) ?? '') >= now.toString().slice(0, 19);
