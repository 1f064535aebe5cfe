import { ConnectorError, type EntitlementRecord, type Json, pageByCursor, textOf } from '../kit/index.ts';
import { asAdministrator, type GoogleSession, readPage } from './call.ts';
import { licencePages } from './licences.ts';
import { scopes } from './scopes.ts';
import { addressesOf, idOf } from './user.ts';

/** Who holds what, from the side of what is held. `everyone`: groups that all accounts of the company are in. */
type Holdings = { byId: Map<string, EntitlementRecord[]>; byAddress: Map<string, EntitlementRecord[]>; everyone: EntitlementRecord[] };

const groupsAtOnce = 5;

/**
 * Groups, roles and licences of all accounts, in requests that grow with what is held and not with the accounts. null where a right for one of them
 * is missing: what is known in part would look as if the rest had been taken away.
 */
export async function companyHoldings(session: GoogleSession): Promise<Holdings | null> {
  const holdings: Holdings = { byId: new Map(), byAddress: new Map(), everyone: [] };
  try {
    for (const kind of session.settings.holdings) await collectors[kind](session, holdings);
    return holdings;
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'right') return null;
    throw error;
  }
}

/** What one user holds. */
export function heldBy({ byId, byAddress, everyone }: Holdings, user: Json): EntitlementRecord[] {
  const byAnyAddress = addressesOf(user).flatMap((address) => byAddress.get(address.toLowerCase()) ?? []);
  const all = [...(byId.get(idOf(user)) ?? []), ...everyone, ...byAnyAddress];
  return [...new Map(all.map((entitlement) => [`${entitlement.kind} ${entitlement.externalId}`, entitlement])).values()];
}

const collectors = { group: collectGroups, role: collectRoles, licence: collectLicences };

async function collectGroups(session: GoogleSession, holdings: Holdings): Promise<void> {
  for await (const { records } of groupPages(session)) {
    for (let from = 0; from < records.length; from += groupsAtOnce)
      await Promise.all(records.slice(from, from + groupsAtOnce).map((group) => collectMembers(session, group, holdings)));
  }
}

/** Direct members only: who is in through another group is taken out there. */
async function collectMembers(session: GoogleSession, group: Json, holdings: Holdings): Promise<void> {
  if (group.directMembersCount === '0') return;
  const held = groupOf(group);
  const options = asAdministrator(scopes.groups, { query: { maxResults: 200, fields: 'nextPageToken,members(id,type)' } });
  const path = `admin/directory/v1/groups/${encodeURIComponent(held.externalId)}/members`;
  try {
    for await (const { records } of pageByCursor((token) => readPage(session, path, 'members', options, token))) {
      for (const { id, type } of records) {
        if (type === 'CUSTOMER') holdings.everyone.push(held);
        else if (type === 'USER') add(holdings.byId, textOf(id), held);
      }
    }
  } catch (error) {
    // It was deleted since the groups were listed.
    if (!(error instanceof ConnectorError) || error.status !== 404) throw error;
  }
}

async function collectRoles(session: GoogleSession, holdings: Holdings): Promise<void> {
  const roles = await rolesOf(session);
  const options = asAdministrator(scopes.roles, { query: { maxResults: 200 } });
  const path = `admin/directory/v1/customer/${session.settings.customer}/roleassignments`;
  for await (const { records } of pageByCursor((token) => readPage(session, path, 'items', options, token))) {
    for (const { roleId, assignedTo } of records) {
      const role = roles.get(textOf(roleId) ?? '');
      if (role !== undefined) add(holdings.byId, textOf(assignedTo), role);
    }
  }
}

async function collectLicences(session: GoogleSession, holdings: Holdings): Promise<void> {
  for await (const page of licencePages(session))
    for (const { licence, address } of page) add(holdings.byAddress, address.toLowerCase(), licence);
}

function add(to: Map<string, EntitlementRecord[]>, key: string | null, held: EntitlementRecord): void {
  if (key === null) return;
  const known = to.get(key);
  if (known === undefined) to.set(key, [held]);
  else known.push(held);
}

export const groupPages = (session: GoogleSession) => {
  const query = { customer: session.settings.customer, maxResults: 200, fields: 'nextPageToken,groups(id,email,name,directMembersCount)' };
  return pageByCursor((token) =>
    readPage(session, 'admin/directory/v1/groups', 'groups', asAdministrator(scopes.groups, { query }), token),
  );
};

export const groupOf = (group: Json): EntitlementRecord => ({
  externalId: textOf(group.id) ?? '',
  kind: 'group',
  name: textOf(group.name) ?? textOf(group.email) ?? textOf(group.id) ?? '',
});

/** The roles of administrators by their ids; read once in a session. */
export const rolesOf = (session: GoogleSession): Promise<Map<string, EntitlementRecord>> =>
  session.remember('roles', async () => {
    const roles = new Map<string, EntitlementRecord>();
    const options = asAdministrator(scopes.roles, { query: { maxResults: 100 } });
    const path = `admin/directory/v1/customer/${session.settings.customer}/roles`;
    for await (const { records } of pageByCursor((token) => readPage(session, path, 'items', options, token))) {
      for (const role of records) {
        const externalId = textOf(role.roleId);
        if (externalId !== null) roles.set(externalId, { externalId, kind: 'role', name: roleName(role) });
      }
    }
    return roles;
  });

/** Google's own roles are named like `_USER_MANAGEMENT_ADMIN_ROLE`. */
function roleName(role: Json): string {
  if (role.isSuperAdminRole === true) return 'Super Admin';
  const name = textOf(role.roleName) ?? 'A role without a name';
  if (!/^_[A-Z0-9_]+_ROLE$/.test(name)) return name;
  const words = name.slice(1, -'_ROLE'.length).toLowerCase().replaceAll('_', ' ');
  return words[0]!.toUpperCase() + words.slice(1);
}
