import {
  type AccountRecord,
  ConnectorError,
  type EntitlementRecord,
  flagOf,
  instantOf,
  type Json,
  objectOf,
  objectsOf,
  pageByCursor,
  type ReadWish,
  textOf,
  unknownAccount,
} from '../kit/index.ts';
import { ifAllowed, type SlackSession, slack } from './call.ts';

const mostLogPages = 20;

/** User groups with their members, in one call. */
export async function groupsOf(session: SlackSession): Promise<{ group: EntitlementRecord; users: string[] }[]> {
  const body = await slack(session, 'usergroups.list', { include_users: 'true' }, { right: 'usergroups:read' });
  return objectsOf(body.usergroups).map((group) => ({
    group: { externalId: String(group.id), kind: 'group', name: textOf(group.name) ?? String(group.handle) },
    users: Array.isArray(group.users) ? group.users.map(String) : [],
  }));
}

async function groupsByUser(session: SlackSession): Promise<Map<string, EntitlementRecord[]>> {
  const held = new Map<string, EntitlementRecord[]>();
  for (const { group, users } of await groupsOf(session)) for (const user of users) held.set(user, [...(held.get(user) ?? []), group]);
  return held;
}

/** When each user was last seen, from the access log, newest first: of whom it says nothing, nothing is known. null without the right. */
export const lastSeen = (session: SlackSession) =>
  session.remember('last seen', () =>
    ifAllowed(async () => {
      const seen = new Map<string, number>();
      for (let page = 1; page <= mostLogPages; page++) {
        const body = await slack(session, 'team.accessLogs', { count: 1000, page }, { right: 'admin', credential: 'admin' });
        for (const login of objectsOf(body.logins)) {
          const last = Number(login.date_last);
          const id = String(login.user_id);
          if (last > (seen.get(id) ?? 0)) seen.set(id, last);
        }
        if (page >= Number(objectOf(body.paging).pages ?? 0)) break;
      }
      return seen;
    }),
  );

/** All users, deactivated ones and bots too. */
export const listAccounts = (session: SlackSession) =>
  pageByCursor<AccountRecord>(async (cursor) => {
    const body = await slack(session, 'users.list', { limit: 200, cursor: cursor ?? undefined }, { right: 'users:read' });
    const [held, seen] = await Promise.all([session.remember('groups', () => ifAllowed(() => groupsByUser(session))), lastSeen(session)]);
    return {
      records: objectsOf(body.members).map((user) => {
        const account = toAccount(user);
        return {
          ...account,
          lastActivityAt: instantOf(seen?.get(account.externalId)),
          entitlements: held === null ? null : (held.get(account.externalId) ?? []),
        };
      }),
      next: textOf(objectOf(body.response_metadata).next_cursor),
    };
  });

function toAccount(user: Json): AccountRecord {
  const profile = objectOf(user.profile);
  const address = textOf(profile.email);
  const guest = [user.is_restricted, user.is_ultra_restricted, user.is_stranger].map(flagOf);
  const admin = [user.is_admin, user.is_owner, user.is_primary_owner].map(flagOf);
  const any = (flags: (boolean | null)[]) => (flags.includes(true) ? true : flags.includes(false) ? false : null);
  const deleted = flagOf(user.deleted);
  return {
    ...unknownAccount(String(user.id)),
    userName: textOf(user.name),
    addresses: address === null ? [] : [address],
    displayName: textOf(profile.real_name) ?? textOf(user.real_name),
    givenName: textOf(profile.first_name),
    familyName: textOf(profile.last_name),
    status: deleted === null ? null : deleted ? 'suspended' : 'active',
    isAdmin: any(admin),
    isExternal: any(guest),
    isService: user.id === 'USLACKBOT' ? true : any([flagOf(user.is_bot), flagOf(user.is_app_user)]),
    secondFactor: flagOf(user.has_2fa),
  };
}

/** A user as the Web API shows it now; null when Slack says that there is none. */
async function userOf(session: SlackSession, id: string): Promise<Json | null> {
  try {
    return objectOf((await slack(session, 'users.info', { user: id }, { right: 'users:read' })).user);
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'missing' && error.detail !== null && error.status === null) return null;
    throw error;
  }
}

export async function readAccount(
  session: SlackSession,
  externalId: string,
  { entitlements = 'all' }: ReadWish = {},
): Promise<AccountRecord | null> {
  const user = await userOf(session, externalId);
  if (user === null) return null;
  if (entitlements === 'none') return toAccount(user);
  if (entitlements === 'all')
    return { ...toAccount(user), entitlements: (await ifAllowed(() => groupsByUser(session)))?.get(externalId) ?? (await none(session)) };
  const members = await membersOf(session, entitlements.externalId);
  return { ...toAccount(user), entitlements: members.includes(externalId) ? [entitlements] : [] };
}

/** No groups where they can be read, unknown where not. */
const none = async (session: SlackSession) =>
  (await session.remember('groups', () => ifAllowed(() => groupsByUser(session)))) === null ? null : [];

export async function membersOf(session: SlackSession, group: string): Promise<string[]> {
  const { users } = await slack(session, 'usergroups.users.list', { usergroup: group }, { right: 'usergroups:read' });
  return Array.isArray(users) ? users.map(String) : [];
}

/** By Slack's user name or the mail address. The whole list is read: looking up by address leaves out who is deactivated. */
export async function findAccount(session: SlackSession, userName: string, wish: ReadWish = {}): Promise<AccountRecord | null> {
  const wanted = userName.toLowerCase();
  for (let cursor: string | null = null; ; ) {
    const body: Json = await slack(session, 'users.list', { limit: 200, cursor: cursor ?? undefined }, { right: 'users:read' });
    for (const user of objectsOf(body.members)) {
      const account = toAccount(user);
      if ([account.userName, ...account.addresses].some((name) => name?.toLowerCase() === wanted))
        return wish.entitlements === 'none' ? account : readAccount(session, account.externalId, wish);
    }
    cursor = textOf(objectOf(body.response_metadata).next_cursor);
    if (cursor === null) return null;
  }
}
