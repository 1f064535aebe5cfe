import { ConnectorError, type Json, nextLink, objectOf, objectsOf, type Session } from '../kit/index.ts';

export type OktaSettings = { domain: string; baseUrl: string };
export type OktaSession = Session<OktaSettings>;

/** The permissions of a custom administrator role, by Okta's own names. */
export const rights = {
  users: 'okta.users.read',
  groups: 'okta.groups.read',
  roles: 'okta.iam.read',
  create: 'okta.users.create',
  change: 'okta.users.userprofile.manage',
  lifecycle: 'okta.users.lifecycle.manage',
  credentials: 'okta.users.credentials.manage',
  members: 'okta.groups.members.manage',
};

export const userPath = (idOrLogin: string) => `api/v1/users/${encodeURIComponent(idOrLogin)}`;

/** One page of a list, and the address of the next one from the Link header. */
export async function pageOf(
  session: OktaSession,
  path: string,
  right: string,
  query?: Record<string, string | number>,
): Promise<{ rows: Json[]; next: string | null }> {
  const response = await session.http.get(path, { right, query });
  return { rows: objectsOf(response.json()), next: nextLink(response.headers.link) };
}

/** All rows of a list that is small in any company: groups, members of a group. */
export async function all(session: OktaSession, path: string, right: string, query?: Record<string, string | number>): Promise<Json[]> {
  const rows: Json[] = [];
  const asked = new Set<string>();
  let page = await pageOf(session, path, right, query);
  for (;;) {
    rows.push(...page.rows);
    if (page.next === null) return rows;
    if (asked.has(page.next)) throw new ConnectorError('broken', 'The list goes in a circle: the same page was named twice.');
    asked.add(page.next);
    page = await pageOf(session, page.next, right);
  }
}

/** One user by id or login; null when Okta says by its own code that there is none. */
export async function userOf(session: OktaSession, idOrLogin: string): Promise<Json | null> {
  const response = await session.http.get(userPath(idOrLogin), { right: rights.users, accept: [404] });
  const body = objectOf(response.json());
  if (response.status !== 404) return body;
  if (body.errorCode === 'E0000007') return null;
  throw new ConnectorError('missing', 'Okta’s interface is not found at this address (404). Check the domain.', { status: 404 });
}

/** What an optional right brings; null where it is missing. */
export async function ifAllowed<T>(find: () => Promise<T>): Promise<T | null> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'right') return null;
    throw error;
  }
}

/**
 * When to ask again: Okta names the second at which its limit starts anew (X-Rate-Limit-Reset), by its own clock, which the Date header tells.
 */
export function busyUntil({ status, headers }: { status: number; headers: Record<string, string> }, now: Temporal.Instant) {
  const reset = Number(headers['x-rate-limit-reset']);
  if (status !== 429 || !Number.isFinite(reset) || reset <= 0) return null;
  const theirs = Date.parse(headers.date ?? '');
  const seconds = reset - (Number.isNaN(theirs) ? now.epochMilliseconds : theirs) / 1_000;
  return now.add({ seconds: Math.max(1, Math.ceil(seconds)) });
}
