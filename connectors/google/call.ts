import { type CallOptions, ConnectorError, type CursorPage, type Json, objectOf, objectsOf, type Session, textOf } from '../kit/index.ts';
import { credentialName } from './credential.ts';
import type { Scope } from './scopes.ts';
import type { GoogleSettings } from './settings.ts';

export type GoogleSession = Session<GoogleSettings>;

/** Options of a call in the name of the administrator, for which the key needs this scope. */
export const asAdministrator = (scope: Scope, more: CallOptions = {}): CallOptions => ({
  ...more,
  right: scope,
  credential: credentialName(scope),
});

/** Options of a call in the name of an account. */
export const inNameOf = (address: string, scope: Scope, more: CallOptions = {}): CallOptions => ({
  ...more,
  right: scope,
  credential: credentialName(scope, address),
});

/** What Google answers, or null where it clearly says that there is no such thing. A 404 without such words (a wrong address) is an error. */
export async function getOrNull(session: GoogleSession, path: string, options: CallOptions): Promise<Json | null> {
  const response = await session.http.get(path, { ...options, accept: [404] });
  const body = objectOf(response.json());
  if (response.status !== 404) return body;
  if (saysNotFound(body)) return null;
  throw new ConnectorError('missing', 'Google answered 404 without saying what is missing. The address of the interface may be wrong.', {
    status: 404,
  });
}

/** Google says in its error's reason (older interfaces) or status (newer ones) that the resource does not exist. */
function saysNotFound(body: Json): boolean {
  const error = objectOf(body.error);
  return error.status === 'NOT_FOUND' || objectsOf(error.errors).some(({ reason }) => /notFound$/i.test(textOf(reason) ?? ''));
}

/** Reads one page of a list that names the next one by `nextPageToken`. `from`: the property that holds the records. */
export async function readPage(
  session: GoogleSession,
  path: string,
  from: string,
  options: CallOptions,
  token: string | null,
): Promise<CursorPage<Json>> {
  const query = { ...options.query, pageToken: token ?? undefined };
  const body = objectOf((await session.http.get(path, { ...options, query })).json());
  return { records: objectsOf(body[from]), next: textOf(body.nextPageToken) };
}

/** When to ask again after a 403 by which Google means "too many requests". */
export function googleBusyUntil(answer: { status: number; body(): unknown }, now: Temporal.Instant): Temporal.Instant | null {
  if (answer.status !== 403) return null;
  const reasons = objectsOf(objectOf(objectOf(answer.body()).error).errors).map(({ reason }) => textOf(reason) ?? '');
  return reasons.some((reason) => /^(userRateLimitExceeded|rateLimitExceeded|quotaExceeded)$/.test(reason))
    ? now.add({ seconds: 10 })
    : null;
}
