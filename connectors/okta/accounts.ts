import {
  type AccountRecord,
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
import { all, ifAllowed, type OktaSession, pageOf, rights, userOf, userPath } from './call.ts';

/** Groups that Okta itself keeps members of; those that come from an app are the app's to change, and "Everyone" says nothing. */
export const groupsOf = (session: OktaSession) =>
  session.remember('groups', async () => (await all(session, 'api/v1/groups', rights.groups, { limit: 200 })).flatMap(toGroup));

function toGroup(group: Json): EntitlementRecord[] {
  const kind = group.type === 'OKTA_GROUP' ? 'group' : group.type === 'APP_GROUP' ? 'app group' : null;
  const externalId = String(group.id);
  return kind === null ? [] : [{ externalId, kind, name: textOf(objectOf(group.profile).name) ?? externalId }];
}

/** Groups by user: a request for each group is far fewer than one for each user. null without the right. */
const groupsByUser = (session: OktaSession) =>
  session.remember('groups by user', () =>
    ifAllowed(async () => {
      const held = new Map<string, EntitlementRecord[]>();
      for (const group of await groupsOf(session))
        for (const { id } of await all(session, `api/v1/groups/${group.externalId}/users`, rights.groups, { limit: 1_000 })) {
          const groups = held.get(String(id));
          if (groups) groups.push(group);
          else held.set(String(id), [group]);
        }
      return held;
    }),
  );

/** Ids of everybody who has an administrator's role. null without the right. */
export const administrators = (session: OktaSession) =>
  session.remember('administrators', () =>
    ifAllowed(async () => {
      const ids = new Set<string>();
      let path: string | null = 'api/v1/iam/assignees/users?limit=100';
      for (let pages = 0; path !== null && pages < 1_000; pages++) {
        const body: Json = objectOf((await session.http.get(path, { right: rights.roles })).json());
        for (const { id } of objectsOf(body.value)) ids.add(String(id));
        path = textOf(objectOf(objectOf(body._links).next).href);
      }
      return ids;
    }),
  );

/** All users: Okta leaves the deactivated ones out unless they are asked for. */
export const listAccounts = (session: OktaSession) =>
  pageByCursor<AccountRecord>(async (cursor) => {
    const [part, address] = /^(\w+) (.*)$/s.exec(cursor ?? 'usual ')!.slice(1) as [string, string];
    const filter: Record<string, string> = part === 'usual' ? {} : { filter: 'status eq "DEPROVISIONED"' };
    const { rows, next } =
      address === ''
        ? await pageOf(session, 'api/v1/users', rights.users, { limit: 200, ...filter })
        : await pageOf(session, address, rights.users);
    const [held, admins] = [await groupsByUser(session), await administrators(session)];
    return {
      records: rows.map((user) => ({ ...toAccount(user, admins), entitlements: held && (held.get(String(user.id)) ?? []) })),
      next: next !== null ? `${part} ${next}` : part === 'usual' ? 'deactivated ' : null,
    };
  });

/**
 * STAGED was never let in, so it is neither; who has to set a new password, or is locked for some minutes, can come in again without anybody's help.
 */
const statusOf = (status: unknown): AccountRecord['status'] =>
  status === 'SUSPENDED' || status === 'DEPROVISIONED' ? 'suspended' : status === 'STAGED' || textOf(status) === null ? null : 'active';

function toAccount(user: Json, admins: Set<string> | null): AccountRecord {
  const profile = objectOf(user.profile);
  const [first, last] = [textOf(profile.firstName), textOf(profile.lastName)];
  const whole = [first, last].filter((part) => part !== null).join(' ');
  return {
    ...unknownAccount(String(user.id)),
    userName: textOf(profile.login),
    addresses: [...new Set([profile.email, profile.secondEmail].flatMap((address) => textOf(address) ?? []))],
    displayName: textOf(profile.displayName) ?? (whole === '' ? null : whole),
    givenName: first,
    familyName: last,
    employeeNumber: textOf(profile.employeeNumber),
    status: statusOf(user.status),
    isAdmin: admins?.has(String(user.id)) ?? null,
    lastActivityAt: instantOf(user.lastLogin),
  };
}

/** The factors that somebody has set up and can use. null without the right. */
export const factorsOf = (session: OktaSession, id: string) =>
  ifAllowed(async () => (await all(session, `${userPath(id)}/factors`, rights.users)).filter(({ status }) => status === 'ACTIVE'));

export const readAccount = async (session: OktaSession, externalId: string, wish: ReadWish = {}) =>
  withHoldings(session, await userOf(session, externalId), wish);

export async function findAccount(session: OktaSession, userName: string, wish: ReadWish = {}) {
  return withHoldings(session, await userOf(session, userName), wish);
}

async function withHoldings(session: OktaSession, user: Json | null, { entitlements = 'all' }: ReadWish): Promise<AccountRecord | null> {
  if (user === null) return null;
  const id = String(user.id);
  const account = toAccount(user, await administrators(session));
  const factors = await factorsOf(session, id);
  const groups = entitlements === 'none' ? null : await ifAllowed(() => all(session, `${userPath(id)}/groups`, rights.groups));
  return { ...account, secondFactor: factors && factors.length > 0, entitlements: groups?.flatMap(toGroup) ?? null };
}
