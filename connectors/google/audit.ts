import { ConnectorError, type CursorPage, instantOf, type Json, objectOf, objectsOf, type Shown, textOf } from '../kit/index.ts';
import { asAdministrator, type GoogleSession, readPage } from './call.ts';
import { scopes } from './scopes.ts';
import { lastLoginOf } from './user.ts';

/** One page of what the company's audit log says of an application of Google; the newest first. */
export const activityPage = (
  session: GoogleSession,
  application: 'admin' | 'token',
  query: Record<string, string | number | undefined>,
  token: string | null,
): Promise<CursorPage<Json>> => {
  const options = asAdministrator(scopes.audit, { query: { customerId: customerOf(session), ...query } });
  return readPage(session, `admin/reports/v1/activity/users/all/applications/${application}`, 'items', options, token);
};

const customerOf = ({ settings: { customer } }: GoogleSession) => (customer === 'my_customer' ? undefined : customer);

export const activityTime = (activity: Json): Temporal.Instant | null => instantOf(objectOf(activity.id).time);

/** The value of an event's parameter; several are joined by spaces. */
export function parameterOf(event: Json, name: string): string | null {
  const found = objectsOf(event.parameters).find((parameter) => parameter.name === name);
  if (found === undefined) return null;
  return Array.isArray(found.multiValue) ? found.multiValue.map(String).join(' ') : textOf(found.value);
}

/**
 * Whether the audit log says that an administrator did something to a user, and the user has not signed in since. null: it does not say so, or may
 * not be read; some minutes may pass until it does.
 */
export async function doneSinceLastLogin(session: GoogleSession, user: Json, eventName: string, what: string): Promise<Shown> {
  const unknown = { done: null, words: `Google does not show ${what}, and its audit log says nothing of it yet.` };
  const address = textOf(user.primaryEmail);
  if (address === null) return unknown;
  try {
    const { records } = await activityPage(session, 'admin', { eventName, filters: `USER_EMAIL==${address}`, maxResults: 1 }, null);
    const at = records[0] ? activityTime(records[0]) : null;
    const login = lastLoginOf(user);
    if (at === null) return unknown;
    if (login !== null && Temporal.Instant.compare(login, at) >= 0)
      return { done: null, words: `The audit log shows it on ${dayAndTime(at)}; the account has signed in again since.` };
    return { done: true, words: `The audit log shows it on ${dayAndTime(at)}, and the account has not signed in since.` };
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'right')
      return { done: null, words: `Google does not show ${what}, and the key lacks the right ${scopes.audit} to look into the audit log.` };
    throw error;
  }
}

const dayAndTime = (at: Temporal.Instant) => `${at.toString({ smallestUnit: 'minute' }).replace('T', ' at ').replace('Z', '')} (UTC)`;
