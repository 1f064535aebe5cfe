import {
  type AccountRecord,
  ConnectorError,
  type EntitlementRecord,
  instantOf,
  type Json,
  objectOf,
  objectsOf,
  pageByCursor,
  type ReadWish,
  textOf,
  unknownAccount,
} from '../kit/index.ts';
import { scopes, type ZoomSession, zoom } from './call.ts';

const states = ['active', 'inactive', 'pending'] as const;
export const licence: EntitlementRecord = { externalId: 'licensed', kind: 'licence', name: 'Licensed' };

/** Names of groups by id, once per session; null where the scope is missing or the plan has none. */
export const groupNames = (session: ZoomSession) =>
  session.remember('groups', async () => {
    try {
      const { body } = await zoom(session, 'get', 'groups', { right: scopes.groups });
      return new Map(objectsOf(body.groups).map(({ id, name }) => [String(id), textOf(name) ?? String(id)]));
    } catch (error) {
      if (error instanceof ConnectorError && error.kind === 'right') return null;
      throw error;
    }
  });

/** All users: Zoom lists active, deactivated and invited ones apart. */
export const listAccounts = (session: ZoomSession) =>
  pageByCursor<AccountRecord>(async (cursor) => {
    const [status, token] = (cursor ?? 'active ').split(' ') as [(typeof states)[number], string];
    const query = { status, page_size: 300, next_page_token: token === '' ? undefined : token };
    const { body } = await zoom(session, 'get', 'users', { right: scopes.list, query });
    const groups = await groupNames(session);
    const next = textOf(body.next_page_token);
    const after = states[states.indexOf(status) + 1];
    return {
      records: objectsOf(body.users).map((user) => toAccount({ ...user, status: user.status ?? status }, groups)),
      next: next !== null ? `${status} ${next}` : after ? `${after} ` : null,
    };
  });

/** An invited user may have no id yet: then the address stands for it, as in all of Zoom's calls. */
function toAccount(user: Json, groups: Map<string, string> | null): AccountRecord {
  const email = textOf(user.email);
  const role = textOf(user.role_id);
  const name = [user.first_name, user.last_name].flatMap((part) => textOf(part) ?? []).join(' ');
  return {
    ...unknownAccount(textOf(user.id) ?? email ?? ''),
    userName: email,
    addresses: email === null ? [] : [email],
    displayName: textOf(user.display_name) ?? (name === '' ? null : name),
    givenName: textOf(user.first_name),
    familyName: textOf(user.last_name),
    employeeNumber: textOf(user.employee_unique_id),
    // Who is only invited is neither active nor suspended.
    status: user.status === 'active' ? 'active' : user.status === 'inactive' ? 'suspended' : null,
    // 0 is the owner, 1 an administrator, 2 a member; what another role may do is not known.
    isAdmin: role === '0' || role === '1' ? true : role === '2' ? false : null,
    lastActivityAt: instantOf(user.last_login_time),
    entitlements: groups === null ? null : entitlementsOf(user, groups),
  };
}

function entitlementsOf(user: Json, groups: Map<string, string>): EntitlementRecord[] {
  const ids = Array.isArray(user.group_ids) ? user.group_ids.map(String) : [];
  return [
    ...(Number(user.type) > 1 && Number(user.type) !== 99 ? [licence] : []),
    ...ids.map((externalId) => ({ externalId, kind: 'group', name: groups.get(externalId) ?? externalId })),
  ];
}

/** One user as Zoom shows it now, by id or address; null when Zoom says by its own code that there is none. */
export async function userOf(session: ZoomSession, idOrAddress: string): Promise<Json | null> {
  const { status, body } = await zoom(session, 'get', `users/${encodeURIComponent(idOrAddress)}`, { right: scopes.read, accept: [404] });
  if (status !== 404) return body;
  if (objectOf(body).code === 1001) return null;
  throw new ConnectorError('missing', 'Zoom’s interface is not found at this address (404).', { status });
}

export async function readAccount(
  session: ZoomSession,
  externalId: string,
  { entitlements = 'all' }: ReadWish = {},
): Promise<AccountRecord | null> {
  const user = await userOf(session, externalId);
  if (user === null) return null;
  // What somebody holds stands in the user itself; groups only need their names.
  return toAccount(user, entitlements === 'none' ? null : ((await groupNames(session)) ?? (entitlements === 'all' ? null : new Map())));
}

export const findAccount = (session: ZoomSession, userName: string, wish: ReadWish = {}) => readAccount(session, userName, wish);
