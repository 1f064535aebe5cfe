import { ConnectorError, type CursorPage, instantOf, type Json, objectOf, objectsOf, pageByCursor, textOf } from '../kit/index.ts';
import { asAdministrator, type GoogleSession, readPage } from './call.ts';
import { scopes } from './scopes.ts';

const moments = ['accounts:last_login_time', 'gmail:last_interaction_time', 'drive:last_active_usage_time'];

/** How many days back reports are looked for: the newest are made with two to three days of delay. */
const daysBack = [2, 3, 4, 5];

/**
 * When each account was last used, by its id, as the newest report tells it (in milliseconds since 1970). A session at Google lasts for weeks, so the
 * last sign-in alone would make people look absent who work every day. null where the report may not be read or there is none.
 */
export async function lastUse(session: GoogleSession): Promise<Map<string, number> | null> {
  for (const days of daysBack) {
    try {
      return await lastUseOn(session, days);
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      if (error.kind === 'right') return null;
      // The report of that day is not made yet.
      if (error.status !== 400) throw error;
    }
  }
  return null;
}

async function lastUseOn(session: GoogleSession, days: number): Promise<Map<string, number>> {
  const uses = new Map<string, number>();
  for await (const { records } of pageByCursor((token) => usagePage(session, days, { maxResults: 1_000 }, token))) {
    for (const { entity, parameters } of records) {
      const id = textOf(objectOf(entity).profileId);
      const at = Math.max(0, ...objectsOf(parameters).map(momentOf));
      if (id !== null && at > 0) uses.set(id, at);
    }
  }
  return uses;
}

/** One page of the report of some days ago. Throws ConnectorError of status 400 where that day's is not made yet. */
export function usagePage(
  session: GoogleSession,
  days: number,
  more: Record<string, number>,
  token: string | null,
): Promise<CursorPage<Json>> {
  const day = session
    .now()
    .subtract({ hours: days * 24 })
    .toString()
    .slice(0, 10);
  const fields = 'nextPageToken,usageReports(entity(profileId),parameters(name,datetimeValue))';
  const options = asAdministrator(scopes.usage, { query: { parameters: moments.join(','), fields, ...more } });
  return readPage(session, `admin/reports/v1/usage/users/all/dates/${day}`, 'usageReports', options, token);
}

/** Google writes the beginning of 1970 for "never". */
const momentOf = ({ datetimeValue }: Json): number => instantOf(datetimeValue)?.epochMilliseconds ?? 0;
