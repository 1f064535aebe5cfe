import {
  type AccountRecord,
  ConnectorError,
  type EntitlementRecord,
  type Page,
  type ReadWish,
  readPages,
  type Session,
} from '../kit/index.ts';
import { isMember, membershipsOf } from './memberships.ts';
import { readList, readPage, scimHeaders } from './read-list.ts';
import { attribute, idOf, isResource, quoted, type Resource, resourcePath, text, values } from './resource.ts';
import { isSearchProved } from './search-proof.ts';
import type { ScimSettings } from './settings.ts';
import { toAccount } from './to-account.ts';

/** A resource freshly read, with the version to send back. */
export type Fresh = { resource: Resource; etag: string | null };

/**
 * Reads one resource by its id; null when there is none. A 404 counts as "gone" only if the list of users still answers: else the address
 * may be wrong, and that proves nothing.
 */
export async function readResource(session: Session<ScimSettings>, endpoint: 'Users' | 'Groups', id: string): Promise<Fresh | null> {
  const response = await session.http.get(resourcePath(endpoint, id), { accept: [404, 410], headers: { accept: scimHeaders.accept } });
  if (response.status >= 400) {
    await readPage(session, endpoint, { startIndex: 1, count: 1 });
    return null;
  }
  const body = response.json();
  if (!isResource(body) || idOf(body).toLowerCase() !== id.toLowerCase()) {
    throw new ConnectorError('broken', `The app was asked for one record of /${endpoint} and answered with something else.`);
  }
  const meta = attribute(body, 'meta');
  return { resource: body, etag: response.headers.etag ?? (isResource(meta) ? text(attribute(meta, 'version')) : null) };
}

/** Reads a user. Its groups are looked up from the groups' side when the user does not name them, as far as they are wanted. */
export async function readAccount(session: Session<ScimSettings>, externalId: string, wish: ReadWish = {}): Promise<AccountRecord | null> {
  const fresh = await readResource(session, 'Users', externalId);
  if (fresh === null) return null;
  const groups = values(fresh.resource, 'groups') === undefined ? await wantedGroups(session, externalId, wish) : null;
  return toAccount(fresh.resource, groups, adminNames(session.settings), fresh.etag);
}

async function wantedGroups(
  session: Session<ScimSettings>,
  userId: string,
  { entitlements = 'all' }: ReadWish,
): Promise<EntitlementRecord[] | null> {
  if (entitlements === 'none') return null;
  if (entitlements === 'all') return membershipsOf(session, userId);
  // Roles and entitlements stand on the account itself: that it holds one can be known without its groups.
  if (['role', 'entitlement'].includes(entitlements.kind)) return [];
  if (entitlements.kind !== 'group') return null;
  const group = await readResource(session, 'Groups', entitlements.externalId);
  const member = group === null ? false : isMember(group.resource, userId);
  if (member === null) return membershipsOf(session, userId);
  return member ? [entitlements] : [];
}

/**
 * Finds an account by user name (case-insensitive, RFC 7643, section 4.1.1): by search, else through the whole list, because
 * servers differ in whether a search minds the case. A quick look believes a search that finds nobody once it is proved that the server searches
 * rightly. Throws ConnectorError `broken` when the list did not come to its end.
 */
export async function findAccount(session: Session<ScimSettings>, userName: string, wish: ReadWish = {}): Promise<AccountRecord | null> {
  const wanted = userName.toLowerCase();
  const fits = (user: Resource) => text(attribute(user, 'userName'))?.toLowerCase() === wanted;
  const search = await searchUsers(session, userName);
  let found = search?.records.find(fits);
  if (found === undefined) {
    const findsNobody = search !== null && search.records.length === 0 && (search.total ?? 0) === 0;
    if (wish.quick && findsNobody && (await isSearchProved(session, userName))) return null;
    found = await findInList(session, fits);
    if (found === undefined) noteAbsence(session, wanted);
  }
  return found === undefined ? null : readAccount(session, idOf(found), wish);
}

const absences = new WeakMap<Session<ScimSettings>, Set<string>>();

function noteAbsence(session: Session<ScimSettings>, name: string): void {
  absences.set(session, (absences.get(session) ?? new Set()).add(name));
}

/** Whether this session has just read the whole list and found no such user name. Told once: what was read before a change says nothing after it. */
export function takeAbsence(session: Session<ScimSettings>, userName: string): boolean {
  return absences.get(session)?.delete(userName.toLowerCase()) ?? false;
}

export function adminNames(settings: ScimSettings): string[] {
  return settings.adminRoles.map((name) => name.toLowerCase());
}

async function searchUsers(session: Session<ScimSettings>, userName: string): Promise<Page<Resource> | null> {
  try {
    return await readPage(session, 'Users', { filter: `userName eq ${quoted(userName)}` });
  } catch (error) {
    if (error instanceof ConnectorError && ['refused', 'unsupported'].includes(error.kind)) return null;
    throw error;
  }
}

async function findInList(session: Session<ScimSettings>, fits: (user: Resource) => boolean): Promise<Resource | undefined> {
  let found: Resource | undefined;
  const reading = await readPages(readList(session, 'Users'), {
    idOf,
    onPage: (users) => {
      found = users.find(fits);
      return found === undefined ? undefined : 'enough';
    },
  });
  if (found === undefined && reading.complete === false)
    throw new ConnectorError('broken', `${reading.words} So it cannot be said whether there is such an account.`);
  return found;
}
