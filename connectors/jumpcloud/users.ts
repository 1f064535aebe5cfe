import {
  type AccountRecord,
  ConnectorError,
  type EntitlementRecord,
  flagOf,
  type Json,
  objectOf,
  objectsOf,
  pageByIndex,
  type ReadWish,
  type Session,
  textOf,
  unknownAccount,
} from '../kit/index.ts';

export type JumpcloudSettings = { organizationId: string; baseUrl: string };
export type JumpcloudSession = Session<JumpcloudSettings>;

/** Roles of the administrator whose key it is, by JumpCloud's names. */
export const rights = { read: 'Read Only', change: 'Manager' };

const pageSize = 100;
export const userPath = (id: string) => `api/systemusers/${encodeURIComponent(id)}`;

/** Every row of a list of the second interface, which tells no total: it ends with a page that is not full. */
export async function rowsOf(session: JumpcloudSession, path: string): Promise<Json[]> {
  const rows: Json[] = [];
  for (;;) {
    const page = objectsOf((await session.http.get(path, { right: rights.read, query: { limit: pageSize, skip: rows.length } })).json());
    rows.push(...page);
    if (page.length < pageSize) return rows;
  }
}

/** The user groups, by id. */
export const groupsOf = (session: JumpcloudSession) =>
  session.remember('groups', async () => {
    const groups = await rowsOf(session, 'api/v2/usergroups');
    return new Map(groups.map((group): [string, EntitlementRecord] => [String(group.id), toGroup(group)]));
  });

const toGroup = ({ id, name }: Json): EntitlementRecord => ({ externalId: String(id), kind: 'group', name: textOf(name) ?? String(id) });

/** Groups by user: a request for each group is far fewer than one for each user. */
const groupsByUser = (session: JumpcloudSession) =>
  session.remember('groups by user', async () => {
    const held = new Map<string, EntitlementRecord[]>();
    for (const group of (await groupsOf(session)).values())
      for (const { to } of await rowsOf(session, `api/v2/usergroups/${group.externalId}/members`)) {
        const { id, type } = objectOf(to);
        if (type === 'user') held.set(String(id), [...(held.get(String(id)) ?? []), group]);
      }
    return held;
  });

export const listAccounts = (session: JumpcloudSession) =>
  pageByIndex<AccountRecord>(
    async (skip) => {
      const query = { limit: pageSize, skip, sort: '_id' };
      const { results, totalCount } = objectOf((await session.http.get('api/systemusers', { right: rights.read, query })).json());
      const held = await groupsByUser(session);
      return {
        records: objectsOf(results).map((user) => ({ ...toAccount(user), entitlements: held.get(String(user._id ?? user.id)) ?? [] })),
        total: typeof totalCount === 'number' ? totalCount : null,
      };
    },
    { idOf: ({ externalId }) => externalId, firstIndex: 0 },
  );

/** A user who is staged was never let in: neither active nor suspended. */
function statusOf({ state, suspended }: Json): AccountRecord['status'] {
  if (suspended === true || state === 'SUSPENDED') return 'suspended';
  return state === 'ACTIVATED' || (state === undefined && suspended === false) ? 'active' : null;
}

function toAccount(user: Json): AccountRecord {
  const [first, last] = [textOf(user.firstname), textOf(user.lastname)];
  const name = [first, last].filter((part) => part !== null).join(' ');
  const addresses = [user.email, user.alternateEmail].flatMap((address) => textOf(address) ?? []);
  return {
    ...unknownAccount(String(user._id ?? user.id)),
    userName: textOf(user.username),
    addresses,
    displayName: textOf(user.displayname) ?? (name === '' ? null : name),
    givenName: first,
    familyName: last,
    employeeNumber: textOf(user.employeeIdentifier),
    status: statusOf(user),
    secondFactor: flagOf(objectOf(user.mfa).configured) ?? flagOf(user.totp_enabled),
  };
}

/** One user as it stands; null when JumpCloud says that there is none. */
export async function userOf(session: JumpcloudSession, id: string): Promise<Json | null> {
  const response = await session.http.get(userPath(id), { right: rights.read, accept: [404] });
  const body = objectOf(response.json());
  return response.status === 404 || (body._id ?? body.id) === undefined ? null : body;
}

const groupsOfUser = async (session: JumpcloudSession, id: string) => {
  const groups = await groupsOf(session);
  return (await rowsOf(session, `api/v2/users/${encodeURIComponent(id)}/memberof`)).flatMap(
    ({ id: group }) => groups.get(String(group)) ?? [],
  );
};

export async function readAccount(session: JumpcloudSession, externalId: string, { entitlements = 'all' }: ReadWish = {}) {
  const user = await userOf(session, externalId);
  return user && { ...toAccount(user), entitlements: entitlements === 'none' ? null : await groupsOfUser(session, externalId) };
}

/** By user name or mail address. */
export async function findAccount(session: JumpcloudSession, name: string, wish: ReadWish = {}): Promise<AccountRecord | null> {
  if (name.includes(':')) throw new ConnectorError('refused', 'JumpCloud cannot be asked for a name with a colon.');
  for (const field of name.includes('@') ? ['email', 'username'] : ['username']) {
    const query = { limit: 2, skip: 0, filter: `${field}:$eq:${name}` };
    const { results } = objectOf((await session.http.get('api/systemusers', { right: rights.read, query })).json());
    const found = objectsOf(results).find((user) => textOf(user[field])?.toLowerCase() === name.toLowerCase());
    if (found) return readAccount(session, String(found._id ?? found.id), wish);
  }
  return null;
}
