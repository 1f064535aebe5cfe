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
  type Session,
  textOf,
  unknownAccount,
} from '../kit/index.ts';

export type HubspotSettings = { baseUrl: string };
export type HubspotSession = Session<HubspotSettings>;

/** Scopes of a private app, by HubSpot's names. */
export const scopes = { read: 'settings.users.read', write: 'settings.users.write', teams: 'settings.users.teams.read' };

/** Where users are listed and added, and where one of them is: HubSpot's description has both orders. */
export const users = 'settings/users/v3';
const one = 'settings/v3/users';
const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.flatMap((each) => textOf(each) ?? []) : []);

async function ifAllowed<T>(find: () => Promise<T>): Promise<T | null> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'right') return null;
    throw error;
  }
}

/** Teams and permission sets by id. `teams`: null without the scope. */
export const catalogue = (session: HubspotSession) =>
  session.remember('catalogue', async () => {
    const rows = async (path: string, right: string) => objectsOf(objectOf((await session.http.get(path, { right })).json()).results);
    const named = (kind: string) => (row: Json) =>
      [String(row.id), { externalId: String(row.id), kind, name: textOf(row.name) ?? String(row.id) } satisfies EntitlementRecord] as const;
    return {
      teams: await ifAllowed(async () => new Map((await rows(`${one}/teams`, scopes.teams)).map(named('team')))),
      roles: new Map((await rows(`${one}/roles`, scopes.read)).map(named('permission set'))),
    };
  });

export const listAccounts = (session: HubspotSession) =>
  pageByCursor<AccountRecord>(async (after) => {
    const { results, paging } = objectOf(
      (await session.http.get(users, { right: scopes.read, query: { limit: 100, after: after ?? undefined } })).json(),
    );
    const known = await catalogue(session);
    return { records: objectsOf(results).map((user) => toAccount(user, known)), next: textOf(objectOf(objectOf(paging).next).after) };
  });

type Catalogue = Awaited<ReturnType<typeof catalogue>>;

function toAccount(user: Json, { teams, roles }: Catalogue): AccountRecord {
  const email = textOf(user.email);
  const [first, last] = [textOf(user.firstName), textOf(user.lastName)];
  const name = [first, last].filter((part) => part !== null).join(' ');
  const of = (ids: string[], known: Map<string, EntitlementRecord>, kind: string) =>
    ids.map((id) => known.get(id) ?? { externalId: id, kind, name: id });
  const seats = textsOf(user.seatNames).map((seat) => ({ externalId: seat, kind: 'seat', name: seat }));
  return {
    ...unknownAccount(String(user.id)),
    userName: email,
    addresses: email === null ? [] : [email],
    displayName: name === '' ? null : name,
    givenName: first,
    familyName: last,
    // Who is removed is not listed any more: HubSpot knows no suspended users.
    status: 'active',
    isAdmin: flagOf(user.superAdmin),
    entitlements: teams && [
      ...of(teamsOf(user), teams, 'team'),
      ...of([...new Set([...textsOf(user.roleIds), ...textsOf([user.roleId])])], roles, 'permission set'),
      ...seats,
    ],
  };
}

const teamsOf = (user: Json): string[] => [...new Set([...textsOf([user.primaryTeamId]), ...textsOf(user.secondaryTeamIds)])];

const pathOf = (id: string) => `${one}/${encodeURIComponent(id)}`;

async function userOf(session: HubspotSession, id: string, query: Record<string, string> = {}): Promise<Json | null> {
  const response = await session.http.get(pathOf(id), { right: scopes.read, query, accept: [404] });
  return response.status === 404 ? null : objectOf(response.json());
}

export async function readAccount(session: HubspotSession, externalId: string): Promise<AccountRecord | null> {
  const user = await userOf(session, externalId);
  return user && toAccount(user, await catalogue(session));
}

export async function findAccount(session: HubspotSession, userName: string): Promise<AccountRecord | null> {
  const user = await userOf(session, userName, { idProperty: 'EMAIL' });
  return user && toAccount(user, await catalogue(session));
}

const gone: Answer = { answered: 'HubSpot says that there is no such user. Nothing was sent.', changed: false };

/** Takes the user out of the account. Records, deals and notes stay; what they owned has no owner any more. */
export async function removeUser(session: HubspotSession, { externalId }: AccountTarget): Promise<Answer> {
  if ((await userOf(session, externalId)) === null) return gone;
  const { status } = await session.http.delete(pathOf(externalId), { right: scopes.write, accept: [404] });
  return { answered: `HubSpot answered ${status}: the user is to be taken out.`, changed: true };
}

export async function addUser(session: HubspotSession, account: NewAccount): Promise<Answer & { externalId: string }> {
  const email = account.address ?? account.userName;
  const there = await userOf(session, email, { idProperty: 'EMAIL' });
  if (there) return { answered: 'The user was there already. Nothing was sent.', changed: false, externalId: String(there.id) };
  const names = { ...(account.givenName && { firstName: account.givenName }), ...(account.familyName && { lastName: account.familyName }) };
  const response = await session.http.post(users, { email, sendWelcomeEmail: true, ...names }, { right: scopes.write });
  const id = textOf(objectOf(response.json()).id);
  if (id === null) throw new ConnectorError('broken', 'HubSpot added a user without telling its id. Read the users to see it.');
  return { answered: `HubSpot answered ${response.status}: the user was added and gets a mail.`, changed: true, externalId: id };
}

/** Teams and seats are lists of the user; a permission set is one, so giving it replaces the one before. */
export async function changeEntitlement(
  session: HubspotSession,
  { account, entitlement }: EntitlementTarget,
  held: boolean,
): Promise<Answer> {
  const user = await userOf(session, account.externalId);
  if (user === null) return gone;
  const { kind, externalId: id } = entitlement;
  const has =
    kind === 'team' ? teamsOf(user) : kind === 'seat' ? textsOf(user.seatNames) : textsOf([user.roleId, ...textsOf(user.roleIds)]);
  if (has.includes(id) === held)
    return { answered: `The user ${held ? 'had' : 'did not have'} the ${kind} already. Nothing was sent.`, changed: false };
  if (kind === 'permission set' && !held)
    throw new ConnectorError('refused', 'HubSpot takes no permission set away by itself: give the user another one there.');
  const { status } = await session.http.put(pathOf(account.externalId), bodyOf(user, kind, id, held), { right: scopes.write });
  return { answered: `HubSpot answered ${status}: the user is ${held ? 'to have' : 'not to have'} the ${kind}.`, changed: true };
}

function bodyOf(user: Json, kind: string, id: string, held: boolean): Json {
  const changed = (ids: string[]) => (held ? [...ids, id] : ids.filter((each) => each !== id));
  if (kind === 'seat') return { seatNames: changed(textsOf(user.seatNames)) };
  if (kind !== 'team') return { roleId: id };
  const secondaryTeamIds = changed(textsOf(user.secondaryTeamIds));
  return !held && user.primaryTeamId === id ? { primaryTeamId: '', secondaryTeamIds } : { secondaryTeamIds };
}
