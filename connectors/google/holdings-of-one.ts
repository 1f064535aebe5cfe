import { ConnectorError, type EntitlementRecord, type Json, pageByCursor, textOf } from '../kit/index.ts';
import { asAdministrator, type GoogleSession, getOrNull, readPage } from './call.ts';
import { groupOf, rolesOf } from './holdings.ts';
import { licenceParts, licencesInUse, productPath } from './licences.ts';
import { scopes } from './scopes.ts';
import { idOf } from './user.ts';

/** What one user holds, read afresh. null where a right for it is missing. */
export async function holdingsOf(session: GoogleSession, user: Json): Promise<EntitlementRecord[] | null> {
  try {
    const lists = session.settings.holdings.map((kind) => readers[kind](session, user));
    return (await Promise.all(lists)).flat();
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'right') return null;
    throw error;
  }
}

const readers = { group: groupsOf, role: rolesHeldBy, licence: licencesOf };

async function groupsOf(session: GoogleSession, user: Json): Promise<EntitlementRecord[]> {
  const options = asAdministrator(scopes.groups, { query: { userKey: idOf(user), maxResults: 200 } });
  const groups: EntitlementRecord[] = [];
  for await (const { records } of pageByCursor((token) => readPage(session, 'admin/directory/v1/groups', 'groups', options, token)))
    groups.push(...records.map(groupOf));
  return groups;
}

async function rolesHeldBy(session: GoogleSession, user: Json): Promise<EntitlementRecord[]> {
  const [roles, assignments] = await Promise.all([rolesOf(session), roleAssignments(session, idOf(user))]);
  const held = assignments.flatMap(({ roleId }) => roles.get(textOf(roleId) ?? '') ?? []);
  return [...new Set(held)];
}

/** The assignments of roles to one user, without those through a group. */
export async function roleAssignments(session: GoogleSession, userId: string): Promise<Json[]> {
  const options = asAdministrator(scopes.roles, { query: { userKey: userId, maxResults: 200 } });
  const path = `admin/directory/v1/customer/${session.settings.customer}/roleassignments`;
  const all: Json[] = [];
  for await (const { records } of pageByCursor((token) => readPage(session, path, 'items', options, token))) all.push(...records);
  return all.filter(({ assignedTo }) => assignedTo === userId);
}

/** Google lists no licences of one user: each that anybody holds is asked for. */
async function licencesOf(session: GoogleSession, user: Json): Promise<EntitlementRecord[]> {
  const inUse = await licencesInUse(session);
  const held = await Promise.all(inUse.map((licence) => holds(session, user, licence)));
  return inUse.filter((_, index) => held[index]);
}

/** Whether a user holds one thing, read afresh. Throws ConnectorError `refused` for a kind that Google does not have. */
export async function holds(session: GoogleSession, user: Json, { kind, externalId }: EntitlementRecord): Promise<boolean> {
  switch (kind) {
    case 'group':
      return (await memberOf(session, externalId, idOf(user))) !== null || (await isForEveryone(session, externalId, user));
    case 'role':
      return (await roleAssignments(session, idOf(user))).some(({ roleId }) => roleId === externalId);
    case 'licence': {
      const { productId, skuId } = licenceParts(externalId);
      const path = `${productPath(session, productId)}/sku/${encodeURIComponent(skuId)}/user/${encodeURIComponent(textOf(user.primaryEmail) ?? '')}`;
      return (await getOrNull(session, path, asAdministrator(scopes.licences))) !== null;
    }
    default:
      throw new ConnectorError('refused', `Google knows groups, roles and licences, and no ${kind}. Nothing was sent.`);
  }
}

/** The direct membership of a user in a group, or null. */
export const memberOf = (session: GoogleSession, groupId: string, memberId: string): Promise<Json | null> =>
  getOrNull(
    session,
    `admin/directory/v1/groups/${encodeURIComponent(groupId)}/members/${encodeURIComponent(memberId)}`,
    asAdministrator(scopes.groups),
  );

/** Whether the whole company is a member of the group, as Google writes it: the customer's id as the member's. A group that takes no such id has none. */
export async function isForEveryone(session: GoogleSession, groupId: string, user: Json): Promise<boolean> {
  const customerId = textOf(user.customerId);
  try {
    return customerId !== null && (await memberOf(session, groupId, customerId)) !== null;
  } catch (error) {
    if (error instanceof ConnectorError && error.status === 400) return false;
    throw error;
  }
}
