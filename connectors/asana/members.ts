import {
  type AccountRecord,
  type AccountTarget,
  type Answer,
  ConnectorError,
  type EntitlementRecord,
  type EntitlementTarget,
  flagOf,
  type Json,
  type NewAccount,
  objectOf,
  objectsOf,
  pageByCursor,
  type ReadWish,
  type Session,
  textOf,
  unknownAccount,
} from '../kit/index.ts';

export type AsanaSettings = { workspace: string; baseUrl: string };
export type AsanaSession = Session<AsanaSettings>;

/** Roles of the account whose token it is, by Asana's names. */
export const rights = { read: 'Member', change: 'Admin' };

const fields = 'user.gid,user.name,user.email,is_active,is_admin,is_guest';
const workspaceOf = ({ settings }: AsanaSession) => `api/1.0/workspaces/${settings.workspace}`;

/** One page of a list and the mark of the next one. */
async function pageOf(session: AsanaSession, path: string, offset: string | null, query: Record<string, string> = {}) {
  const response = await session.http.get(path, {
    right: rights.read,
    query: { limit: 100, ...query, ...(offset === null ? {} : { offset }) },
  });
  const { data, next_page } = objectOf(response.json());
  return { rows: objectsOf(data), next: textOf(objectOf(next_page).offset) };
}

async function allOf(session: AsanaSession, path: string, query: Record<string, string>): Promise<Json[]> {
  const rows: Json[] = [];
  const marks = new Set<string>();
  let next: string | null = null;
  do {
    const page = await pageOf(session, path, next, query);
    rows.push(...page.rows);
    next = page.next;
    if (next !== null && marks.has(next)) throw new ConnectorError('broken', 'The list goes in a circle: the same page was named twice.');
    if (next !== null) marks.add(next);
  } while (next !== null);
  return rows;
}

/** Teams that the token's account can see, by id: all of an organization for an administrator. */
export const teamsOf = (session: AsanaSession) =>
  session.remember('teams', async () => {
    const teams = await allOf(session, `${workspaceOf(session)}/teams`, { opt_fields: 'gid,name' });
    return new Map(teams.map((team): [string, EntitlementRecord] => [String(team.gid), toTeam(team)]));
  });

const toTeam = ({ gid, name }: Json): EntitlementRecord => ({ externalId: String(gid), kind: 'team', name: textOf(name) ?? String(gid) });

const teamsByUser = (session: AsanaSession) =>
  session.remember('teams by user', async () => {
    const held = new Map<string, EntitlementRecord[]>();
    for (const team of (await teamsOf(session)).values())
      for (const { user } of await allOf(session, 'api/1.0/team_memberships', { team: team.externalId, opt_fields: 'user.gid' })) {
        const id = String(objectOf(user).gid);
        held.set(id, [...(held.get(id) ?? []), team]);
      }
    return held;
  });

export const listAccounts = (session: AsanaSession) =>
  pageByCursor<AccountRecord>(async (offset) => {
    const { rows, next } = await pageOf(session, `${workspaceOf(session)}/workspace_memberships`, offset, { opt_fields: fields });
    const held = await teamsByUser(session);
    return { records: rows.map((row) => toAccount(row, held.get(String(objectOf(row.user).gid)) ?? [])), next };
  });

function toAccount(membership: Json, entitlements: EntitlementRecord[] | null): AccountRecord {
  const user = objectOf(membership.user);
  const email = textOf(user.email);
  const active = flagOf(membership.is_active);
  return {
    ...unknownAccount(String(user.gid)),
    userName: email,
    addresses: email === null ? [] : [email],
    displayName: textOf(user.name),
    status: active === null ? null : active ? 'active' : 'suspended',
    isAdmin: flagOf(membership.is_admin),
    isExternal: flagOf(membership.is_guest),
    entitlements,
  };
}

/** The membership of one user, by id or address; null where there is none. Asana says 400 to an address that it does not know. */
async function membershipOf(session: AsanaSession, user: string): Promise<Json | null> {
  const response = await session.http.get(`${workspaceOf(session)}/workspace_memberships`, {
    right: rights.read,
    query: { limit: 1, user, opt_fields: fields },
    accept: [400, 404],
  });
  const { data } = response.status < 300 ? objectOf(response.json()) : {};
  return objectsOf(data)[0] ?? null;
}

async function accountOf(session: AsanaSession, user: string, { entitlements = 'all' }: ReadWish): Promise<AccountRecord | null> {
  const membership = await membershipOf(session, user);
  if (membership === null) return null;
  const id = String(objectOf(membership.user).gid);
  return toAccount(membership, entitlements === 'none' ? null : await teamsOfUser(session, id));
}

async function teamsOfUser(session: AsanaSession, id: string): Promise<EntitlementRecord[]> {
  const query = { organization: session.settings.workspace, opt_fields: 'gid,name' };
  return (await allOf(session, `api/1.0/users/${encodeURIComponent(id)}/teams`, query)).map(toTeam);
}

export const readAccount = (session: AsanaSession, externalId: string, wish: ReadWish = {}) => accountOf(session, externalId, wish);
export const findAccount = (session: AsanaSession, userName: string, wish: ReadWish = {}) => accountOf(session, userName, wish);

const post = (session: AsanaSession, path: string, user: string) =>
  session.http.post(path, { data: { user } }, { right: rights.change, repeatable: true });

/** Takes the user out of the organization. Tasks stay, without anybody they are assigned to; private ones go to an administrator. */
export async function removeUser(session: AsanaSession, { externalId }: AccountTarget): Promise<Answer> {
  const membership = await membershipOf(session, externalId);
  if (membership === null || membership.is_active === false)
    return { answered: 'Asana says that there is no such member any more. Nothing was sent.', changed: false };
  const { status } = await post(session, `${workspaceOf(session)}/removeUser`, externalId);
  return { answered: `Asana answered ${status}: the user is to be taken out.`, changed: true };
}

export async function addUser(session: AsanaSession, account: NewAccount): Promise<Answer & { externalId: string }> {
  const email = account.address ?? account.userName;
  const there = await membershipOf(session, email);
  if (there && there.is_active !== false)
    return { answered: 'The user was there already. Nothing was sent.', changed: false, externalId: String(objectOf(there.user).gid) };
  const response = await post(session, `${workspaceOf(session)}/addUser`, email);
  const id = textOf(objectOf(objectOf(response.json()).data).gid);
  if (id === null) throw new ConnectorError('broken', 'Asana added a user without telling its id. Read the users to see it.');
  return { answered: `Asana answered ${response.status}: the user was added and gets a mail.`, changed: true, externalId: id };
}

export async function changeTeam(session: AsanaSession, { account, entitlement }: EntitlementTarget, held: boolean): Promise<Answer> {
  const teams = await teamsOfUser(session, account.externalId);
  if (teams.some(({ externalId }) => externalId === entitlement.externalId) === held)
    return { answered: `The user was ${held ? 'in' : 'not in'} the team already. Nothing was sent.`, changed: false };
  const path = `api/1.0/teams/${encodeURIComponent(entitlement.externalId)}/${held ? 'addUser' : 'removeUser'}`;
  const { status } = await post(session, path, account.externalId);
  return { answered: `Asana answered ${status}: the user is to be ${held ? 'in' : 'out of'} the team.`, changed: true };
}
