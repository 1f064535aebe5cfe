import {
  type AccountRecord,
  ConnectorError,
  type EntitlementRecord,
  type Json,
  type Page,
  type PersonRecord,
  pageByCursor,
  type ReadWish,
} from '../kit/index.ts';
import { asAdministrator, type GoogleSession, getOrNull, readPage } from './call.ts';
import { companyHoldings, groupOf, groupPages, heldBy, rolesOf } from './holdings.ts';
import { holdingsOf, holds } from './holdings-of-one.ts';
import { licencesInUse } from './licences.ts';
import { scopes } from './scopes.ts';
import { lastUse } from './usage.ts';
import { accountOf, idOf, personOf, userFields } from './user.ts';

const fields = `nextPageToken,users(${userFields})`;

function userPages(session: GoogleSession): AsyncGenerator<Page<Json>> {
  const query = { customer: session.settings.customer, maxResults: 500, projection: 'full', orderBy: 'email', fields };
  return pageByCursor((token) => readPage(session, 'admin/directory/v1/users', 'users', asAdministrator(scopes.users, { query }), token));
}

/** All accounts, suspended and archived ones too; those that were deleted and can still be restored are not among them. */
export async function* listAccounts(session: GoogleSession): AsyncGenerator<Page<AccountRecord>> {
  const holdings = await companyHoldings(session);
  const uses = await lastUse(session);
  for await (const page of userPages(session))
    yield {
      ...page,
      records: page.records.map((user) => accountOf(user, holdings === null ? null : heldBy(holdings, user), uses?.get(idOf(user)))),
    };
}

export async function* listPeople(session: GoogleSession): AsyncGenerator<Page<PersonRecord>> {
  for await (const page of userPages(session)) yield { ...page, records: page.records.map(personOf) };
}

/** Groups, roles, and the licences that somebody holds. */
export async function* listEntitlements(session: GoogleSession): AsyncGenerator<Page<EntitlementRecord>> {
  const { holdings } = session.settings;
  if (holdings.includes('group')) for await (const { records } of groupPages(session)) yield { records: records.map(groupOf), total: null };
  if (holdings.includes('role')) yield { records: [...(await rolesOf(session)).values()], total: null };
  if (holdings.includes('licence')) yield { records: await licencesInUse(session), total: null };
}

/** One user by id or address, or null. */
export const readUser = (session: GoogleSession, key: string): Promise<Json | null> =>
  getOrNull(
    session,
    `admin/directory/v1/users/${encodeURIComponent(key)}`,
    asAdministrator(scopes.users, { query: { projection: 'full', fields: userFields } }),
  );

export async function readAccount(session: GoogleSession, externalId: string, wish: ReadWish = {}): Promise<AccountRecord | null> {
  const user = await readUser(session, externalId);
  return user === null ? null : accountOf(user, await wished(session, user, wish));
}

async function wished(session: GoogleSession, user: Json, { entitlements = 'all' }: ReadWish): Promise<EntitlementRecord[] | null> {
  if (entitlements === 'none') return null;
  if (entitlements === 'all') return holdingsOf(session, user);
  return (await holds(session, user, entitlements)) ? [entitlements] : [];
}

/** Looks an account up by any of its addresses. */
export async function findAccount(session: GoogleSession, userName: string, wish: ReadWish = {}): Promise<AccountRecord | null> {
  const user = await findUser(session, userName);
  return user === null ? null : accountOf(user, await wished(session, user, wish));
}

export async function findUser(session: GoogleSession, address: string): Promise<Json | null> {
  try {
    return await readUser(session, address);
  } catch (error) {
    if (!(error instanceof ConnectorError) || (error.status !== 403 && error.status !== 400)) throw error;
    // Of an address in a domain that is not the company's, Google says that it may not be seen. A search among the company's own tells the two apart.
    const query = { customer: session.settings.customer, query: `email='${address.replaceAll(/['\\]/g, '')}'`, projection: 'full', fields };
    const { records } = await readPage(session, 'admin/directory/v1/users', 'users', asAdministrator(scopes.users, { query }), null);
    return records[0] ?? null;
  }
}
