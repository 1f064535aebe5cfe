import {
  type AccountRecord,
  ConnectorError,
  type EntitlementRecord,
  flagOf,
  type Json,
  type Page,
  type PersonRecord,
  pageByCursor,
  type ReadWish,
  textOf,
} from '../kit/index.ts';
import { getOrNull, type MicrosoftSession, orUnknown, pagesOf, quoted, readPage, userPath } from './call.ts';
import { companyHoldings, groupOf, groupPages, heldBy, isAdminBy, licenceNames, roleNames } from './holdings.ts';
import { holdingsOf, holds } from './holdings-of-one.ts';
import { rights } from './rights.ts';
import { accountOf, activityField, idOf, personFields, personOf, userFields } from './user.ts';

/** Graph gives at most 500 users at once where their sign-ins are asked for. */
const usersAtOnce = 500;
const registrations = 'reports/authenticationMethods/userRegistrationDetails';

/** Reads users with their sign-ins; where the right or the plan for these is missing, without them. */
async function withActivity<T>(session: MicrosoftSession, read: (fields: string) => Promise<T>): Promise<T> {
  const refused = await session.remember('sign-ins may not be read', async () => ({ known: false }));
  if (!refused.known) {
    try {
      return await read([...userFields, activityField].join(','));
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.kind !== 'right') throw error;
    }
  }
  const found = await read(userFields.join(','));
  refused.known = true;
  return found;
}

/** All accounts, guests and suspended ones too; those that were deleted and can still be restored are not among them. */
export async function* listAccounts(session: MicrosoftSession): AsyncGenerator<Page<AccountRecord>> {
  const { holdings: kinds } = session.settings;
  const holdings = await companyHoldings(session);
  const secondFactors = await orUnknown(() => secondFactorsOf(session));
  const pages = pageByCursor((next) =>
    withActivity(session, (fields) =>
      readPage(session, next ?? 'users', { query: { $select: fields, $top: usersAtOnce }, right: rights.users }),
    ),
  );
  for await (const page of pages) {
    const records = page.records.map((user) =>
      accountOf(user, {
        entitlements: heldBy(holdings, user, kinds),
        isAdmin: isAdminBy(holdings, user, kinds),
        secondFactor: secondFactors?.get(idOf(user)) ?? null,
      }),
    );
    yield { ...page, records };
  }
}

/** Who registered a second factor, from the report over all accounts. It lags behind by some hours. */
async function secondFactorsOf(session: MicrosoftSession): Promise<Map<string, boolean>> {
  const known = new Map<string, boolean>();
  for await (const { records } of pagesOf(session, registrations, { right: rights.activity })) {
    for (const { id, isMfaRegistered } of records) {
      const registered = flagOf(isMfaRegistered);
      if (textOf(id) !== null && registered !== null) known.set(textOf(id)!, registered);
    }
  }
  return known;
}

/** The people of the company with their managers; guests are none of it. */
export async function* listPeople(session: MicrosoftSession): AsyncGenerator<Page<PersonRecord>> {
  const query = { $select: personFields.join(','), $expand: 'manager($select=id,mail,userPrincipalName)', $top: usersAtOnce };
  for await (const page of pagesOf(session, 'users', { query, right: rights.users }))
    yield { ...page, records: page.records.filter(({ userType }) => userType !== 'Guest').map(personOf) };
}

/** Groups, roles, and the licences that the company bought. */
export async function* listEntitlements(session: MicrosoftSession): AsyncGenerator<Page<EntitlementRecord>> {
  const { holdings } = session.settings;
  const named = (kind: string, names: Map<string, string>) => [...names].map(([externalId, name]) => ({ externalId, kind, name }));
  if (holdings.includes('group')) for await (const { records } of groupPages(session)) yield { records: records.map(groupOf), total: null };
  if (holdings.includes('role')) yield { records: named('role', await roleNames(session)), total: null };
  if (holdings.includes('licence')) yield { records: named('licence', await licenceNames(session)), total: null };
}

/** One user by id or sign-in name, or null. */
export const readUser = (session: MicrosoftSession, key: string, fields = userFields.join(',')): Promise<Json | null> =>
  getOrNull(session, userPath(key), { query: { $select: fields }, right: rights.users });

export async function readAccount(session: MicrosoftSession, externalId: string, wish: ReadWish = {}): Promise<AccountRecord | null> {
  if (wish.entitlements !== undefined && wish.entitlements !== 'all') {
    const user = await readUser(session, externalId);
    return user === null ? null : wished(session, user, wish.entitlements);
  }
  const user = await readUserWithActivity(session, externalId);
  return user === null ? null : wholeAccount(session, user);
}

export const readUserWithActivity = (session: MicrosoftSession, externalId: string): Promise<Json | null> =>
  withActivity(session, (fields) => readUser(session, externalId, fields));

async function wholeAccount(session: MicrosoftSession, user: Json): Promise<AccountRecord> {
  const { holdings: kinds } = session.settings;
  const holdings = await holdingsOf(session, user);
  const options = { right: rights.activity };
  const registration = await orUnknown(() => getOrNull(session, `${registrations}/${encodeURIComponent(idOf(user))}`, options));
  return accountOf(user, {
    entitlements: heldBy(holdings, user, kinds),
    isAdmin: isAdminBy(holdings, user, kinds),
    secondFactor: flagOf(registration?.isMfaRegistered),
  });
}

async function wished(session: MicrosoftSession, user: Json, wish: 'none' | EntitlementRecord): Promise<AccountRecord> {
  const entitlements = wish === 'none' ? null : (await holds(session, user, wish)) ? [wish] : [];
  return accountOf(user, { entitlements, isAdmin: null, secondFactor: null });
}

/** Looks an account up by its sign-in name or its mail address. */
export async function findAccount(session: MicrosoftSession, userName: string, wish: ReadWish = {}): Promise<AccountRecord | null> {
  const user = await findUser(session, userName);
  if (user === null) return null;
  const { entitlements = 'all' } = wish;
  return entitlements === 'all' ? wholeAccount(session, user) : wished(session, user, entitlements);
}

/** By the sign-in name Graph reads what stands there; the search for an address may lag behind by some seconds. */
export async function findUser(session: MicrosoftSession, userName: string): Promise<Json | null> {
  const named = await readUser(session, userName);
  if (named !== null) return named;
  const query = { $filter: `mail eq ${quoted(userName)}`, $select: userFields.join(',') };
  const { records } = await readPage(session, 'users', { query, right: rights.users });
  return records[0] ?? null;
}
