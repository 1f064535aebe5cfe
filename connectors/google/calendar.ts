import {
  type AccountTarget,
  type Answer,
  ConnectorError,
  type Json,
  objectOf,
  objectsOf,
  pageByCursor,
  type Shown,
  textOf,
} from '../kit/index.ts';
import { type GoogleSession, inNameOf, readPage } from './call.ts';
import { existing } from './change-status.ts';
import { scopes } from './scopes.ts';
import { endedRules, isRunningSeries, isToCome } from './series.ts';
import { placesOf } from './settings.ts';

const fields =
  'nextPageToken,items(id,status,eventType,start,end,recurrence,recurringEventId,organizer(self),attendees(self,resource),attendeesOmitted)';

/** Cancels the meetings to come that the account organises, tells the guests, and so frees the rooms. A series that began before ends now; what was stays. */
export async function releaseCalendars(session: GoogleSession, { externalId }: AccountTarget): Promise<Answer> {
  const address = await addressOf(session, externalId);
  const meetings = await meetingsToCome(session, address);
  if (meetings.length === 0) return { answered: 'The account organises no meetings to come. Nothing was sent.', changed: false };
  const now = session.now();
  for (const meeting of meetings) {
    const path = eventsPath(session, `/${encodeURIComponent(textOf(meeting.id) ?? '')}`);
    const options = inNameOf(address, scopes.events, { query: { sendUpdates: 'all' }, accept: [404, 410], repeatable: true });
    if (isRunningSeries(meeting, now)) await session.http.patch(path, { recurrence: endedRules(meeting, now) }, options);
    else await session.http.delete(path, options);
  }
  return { answered: `Google cancelled ${meetings.length} meetings and series to come, and told the guests.`, changed: true };
}

export async function showsCalendarsReleased(session: GoogleSession, { externalId }: AccountTarget): Promise<Shown> {
  const meetings = await meetingsToCome(session, await addressOf(session, externalId));
  if (meetings.length === 0) return { done: true, words: 'The account organises no meetings to come.' };
  return { done: false, words: `The account still organises ${meetings.length} meetings and series to come.` };
}

const eventsPath = (session: GoogleSession, rest = '') =>
  `${placesOf(session.settings).calendar}/calendar/v3/calendars/primary/events${rest}`;

async function addressOf(session: GoogleSession, externalId: string): Promise<string> {
  const address = textOf((await existing(session, externalId)).primaryEmail);
  if (address === null) throw new ConnectorError('broken', 'Google shows the account without an address. Nothing was sent.');
  return address;
}

/** Meetings and series with others in them, of which something is still to come. What changed within a series goes with it. */
export async function meetingsToCome(session: GoogleSession, address: string): Promise<Json[]> {
  const query = { timeMin: session.now().toString(), singleEvents: 'false', showDeleted: 'false', maxResults: 250, fields };
  const all: Json[] = [];
  const read = (token: string | null) =>
    readPage(session, eventsPath(session), 'items', inNameOf(address, scopes.events, { query }), token);
  for await (const { records } of pageByCursor(read)) all.push(...records.filter(isOwnMeeting));
  const series = new Set(all.map(({ id }) => id));
  return all.filter((meeting) => !series.has(meeting.recurringEventId) && isToCome(meeting, session.now()));
}

function isOwnMeeting(event: Json): boolean {
  const others = objectsOf(event.attendees).some(({ self }) => self !== true) || event.attendeesOmitted === true;
  return event.status !== 'cancelled' && objectOf(event.organizer).self === true && others;
}
