import {
  type AccountRecord,
  type EntitlementRecord,
  flagOf,
  type Json,
  objectOf,
  objectsOf,
  pageByCursor,
  type ReadWish,
  textOf,
  unknownAccount,
} from '../kit/index.ts';
import { directory, type InDirectory, oneInDirectory } from './directory.ts';
import { type AtlassianSession, rights } from './settings.ts';

const api = 'rest/api/3';
const pageSize = 200;
const adminGroup = /^(site-admins|org-admins|administrators|system-administrators|jira-administrators|jira-admins-.+)$/;

/** All values of a list that says whether its page is the last (Jira's PageBean). */
async function allOf(session: AtlassianSession, path: string, query: Record<string, string>, right: string): Promise<Json[]> {
  const found: Json[] = [];
  for (let startAt = 0; ; ) {
    const page = objectOf((await session.http.get(`${api}/${path}`, { query: { ...query, startAt, maxResults: 50 }, right })).json());
    const values = objectsOf(page.values);
    found.push(...values);
    startAt += values.length;
    if (page.isLast === true || values.length === 0) return found;
  }
}

export async function groupsOf(session: AtlassianSession): Promise<EntitlementRecord[]> {
  const groups = await allOf(session, 'group/bulk', {}, rights.browse);
  return groups.map(({ groupId, name }) => ({ externalId: String(groupId), kind: 'group', name: String(name) }));
}

/** Who is in which group, from the side of the groups, once per session. */
const memberships = (session: AtlassianSession) =>
  session.remember('memberships', async () => {
    const held = new Map<string, EntitlementRecord[]>();
    for (const group of await groupsOf(session)) {
      const query = { groupId: group.externalId, includeInactiveUsers: 'true' };
      for (const { accountId } of await allOf(session, 'group/member', query, rights.administer))
        held.set(String(accountId), [...(held.get(String(accountId)) ?? []), group]);
    }
    return held;
  });

/** All users of the site, inactive ones and programs too. Jira leaves out some of a page after it is cut, so a short page is not the last: an empty one is. */
export const listAccounts = (session: AtlassianSession) =>
  pageByCursor<AccountRecord>(async (cursor) => {
    const startAt = Number(cursor ?? 0);
    const users = await usersFrom(session, startAt);
    const [held, known] = await Promise.all([memberships(session), directory(session)]);
    return {
      records: users.map((user) => toAccount(user, held.get(String(user.accountId)) ?? [], known?.get(String(user.accountId)) ?? null)),
      next: users.length === 0 ? null : String(startAt + pageSize),
    };
  });

const usersFrom = async (session: AtlassianSession, startAt: number) =>
  objectsOf((await session.http.get(`${api}/users/search`, { query: { startAt, maxResults: pageSize }, right: rights.browse })).json());

function toAccount(user: Json, entitlements: EntitlementRecord[] | null, known: InDirectory | null): AccountRecord {
  const address = textOf(user.emailAddress) ?? known?.address ?? null;
  const active = flagOf(user.active);
  const type = textOf(user.accountType);
  return {
    ...unknownAccount(String(user.accountId)),
    userName: address ?? textOf(user.displayName),
    addresses: address === null ? [] : [address],
    displayName: textOf(user.displayName),
    status: active === false || known?.suspended ? 'suspended' : active ? 'active' : null,
    // Other groups may administer too, so that none of these is held proves nothing.
    isAdmin: entitlements?.some(({ name }) => adminGroup.test(name)) ? true : null,
    isService: type === 'app' ? true : type === 'atlassian' || type === 'customer' ? false : null,
    isExternal: type === 'customer' ? true : null,
    secondFactor: known?.secondFactor ?? null,
    lastActivityAt: known?.lastActivityAt ?? null,
    entitlements,
  };
}

export async function readAccount(
  session: AtlassianSession,
  externalId: string,
  { entitlements = 'all' }: ReadWish = {},
): Promise<AccountRecord | null> {
  const response = await session.http.get(`${api}/user`, { query: { accountId: externalId }, accept: [404], right: rights.browse });
  if (response.status === 404) {
    // A wrong address answers so too: only a site that knows the token says that there is no such user.
    await session.http.get(`${api}/myself`);
    return null;
  }
  const known = await oneInDirectory(session, externalId);
  return toAccount(objectOf(response.json()), entitlements === 'none' ? null : await groupsOfOne(session, externalId), known ?? null);
}

export async function groupsOfOne(session: AtlassianSession, accountId: string): Promise<EntitlementRecord[]> {
  const response = await session.http.get(`${api}/user/groups`, { query: { accountId }, right: rights.browse });
  return objectsOf(response.json()).map(({ groupId, name }) => ({ externalId: String(groupId), kind: 'group', name: String(name) }));
}

/** By mail address or shown name. The search is quick, but leaves out inactive users and hidden addresses: what it does not find is looked for in the whole list. */
export async function findAccount(session: AtlassianSession, userName: string, wish: ReadWish = {}): Promise<AccountRecord | null> {
  const wanted = userName.toLowerCase();
  const fits = (user: Json, known: InDirectory | null = null) =>
    [user.emailAddress, known?.address, user.displayName].some((name) => textOf(name)?.toLowerCase() === wanted);
  const quick = await session.http.get(`${api}/user/search`, { query: { query: userName, maxResults: 50 }, right: rights.browse });
  let found = objectsOf(quick.json()).find((user) => fits(user));
  const known = found ? null : await directory(session);
  for (let startAt = 0; !found; startAt += pageSize) {
    const users = await usersFrom(session, startAt);
    if (users.length === 0) return null;
    found = users.find((user) => fits(user, known?.get(String(user.accountId)) ?? null));
  }
  return readAccount(session, String(found.accountId), wish);
}
