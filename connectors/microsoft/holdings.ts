import { type EntitlementRecord, type Json, textOf } from '../kit/index.ts';
import { allOf, type MicrosoftSession, orUnknown, pagesOf } from './call.ts';
import { rights } from './rights.ts';
import { idOf, licencesOf } from './user.ts';

type Held = Map<string, EntitlementRecord[]>;

/** Who holds what. Each part is null where a right for it is missing, and empty where it is not to be read. */
export type Holdings = { groups: Held | null; roles: Held | null; names: Map<string, string> | null };

const groupsAtOnce = 4;
export const groupFields = 'id,displayName,groupTypes,mailEnabled,onPremisesSyncEnabled';
const assignments = 'roleManagement/directory/roleAssignments';

/** Groups and roles of all accounts, in requests that grow with what is held and not with the accounts. */
export async function companyHoldings(session: MicrosoftSession): Promise<Holdings> {
  return {
    groups: await wanted(session, 'group', collectGroups),
    roles: await wanted(session, 'role', rolesByHolder),
    names: await wanted(session, 'licence', licenceNames),
  };
}

/** A part of what is held: null where the right is missing, empty where it is left out of what is read. */
export const wanted = async <T>(
  session: MicrosoftSession,
  kind: 'group' | 'role' | 'licence',
  read: (session: MicrosoftSession) => Promise<Map<string, T>>,
): Promise<Map<string, T> | null> => (session.settings.holdings.includes(kind) ? orUnknown(() => read(session)) : new Map());

/** What one user holds. Known in part would look as if the rest had been taken away, so it is null where a part is not known. */
export function heldBy({ groups, roles, names }: Holdings, user: Json, kinds: string[]): EntitlementRecord[] | null {
  if (groups === null || roles === null || names === null) return null;
  const licences = kinds.includes('licence') ? licencesOf(user).map((licence) => licenceEntitlement(licence, names)) : [];
  return [...(groups.get(idOf(user)) ?? []), ...(roles.get(idOf(user)) ?? []), ...licences];
}

/** Whether a user has any role of an administrator, itself or by a group; null where that is not known. */
export function isAdminBy({ groups, roles }: Holdings, user: Json, kinds: string[]): boolean | null {
  if (roles === null || !kinds.includes('role')) return null;
  if (roles.has(idOf(user))) return true;
  if (groups === null || !kinds.includes('group')) return null;
  return (groups.get(idOf(user)) ?? []).some(({ externalId }) => roles.has(externalId));
}

export const licenceEntitlement = (licence: { skuId: string; byGroupOnly: boolean }, names: Map<string, string>): EntitlementRecord => ({
  externalId: licence.skuId,
  kind: licence.byGroupOnly ? 'licence by group' : 'licence',
  name: names.get(licence.skuId) ?? licence.skuId,
});

export const groupPages = (session: MicrosoftSession) =>
  pagesOf(session, 'groups', { query: { $select: groupFields, $top: 999 }, right: rights.groups });

/** A group under the kind that says whether Graph lets its members be changed. */
export function groupOf(group: Json): EntitlementRecord {
  const types = Array.isArray(group.groupTypes) ? group.groupTypes : [];
  const kind = types.includes('DynamicMembership')
    ? 'dynamic group'
    : group.onPremisesSyncEnabled === true
      ? 'synced group'
      : group.mailEnabled === true && !types.includes('Unified')
        ? 'mail group'
        : 'group';
  return { externalId: idOf(group), kind, name: textOf(group.displayName) ?? idOf(group) };
}

async function collectGroups(session: MicrosoftSession): Promise<Held> {
  const held: Held = new Map();
  for await (const { records } of groupPages(session)) {
    const groups = records.map(groupOf);
    for (let from = 0; from < groups.length; from += groupsAtOnce)
      await Promise.all(groups.slice(from, from + groupsAtOnce).map((group) => collectMembers(session, group, held)));
  }
  return held;
}

/** Direct members only: who is in through another group is taken out there. */
async function collectMembers(session: MicrosoftSession, group: EntitlementRecord, held: Held): Promise<void> {
  const options = { query: { $select: 'id', $top: 999 }, right: rights.groups };
  for await (const { records } of pagesOf(session, `groups/${encodeURIComponent(group.externalId)}/members`, options))
    for (const member of records) add(held, idOf(member), group);
}

/** The roles of administrators by who holds them: users, and groups whose members have them. */
export async function rolesByHolder(session: MicrosoftSession): Promise<Held> {
  const names = await roleNames(session);
  const held: Held = new Map();
  for (const assignment of await allOf(session, assignments, { right: rights.directory })) {
    const holder = textOf(assignment.principalId);
    if (holder !== null) add(held, holder, roleOf(assignment, names));
  }
  return held;
}

/** Role, and where it counts: `/` is everywhere; an administrative unit or an app is part of the id. */
function roleOf(assignment: Json, names: Map<string, string>): EntitlementRecord {
  const definition = textOf(assignment.roleDefinitionId) ?? '';
  const scope = textOf(assignment.directoryScopeId) ?? '/';
  const name = names.get(definition) ?? definition;
  return scope === '/'
    ? { externalId: definition, kind: 'role', name }
    : { externalId: `${definition}${scope}`, kind: 'role', name: `${name} (in a part of the company)` };
}

function add(to: Held, key: string, held: EntitlementRecord): void {
  const known = to.get(key);
  if (known === undefined) to.set(key, [held]);
  else known.push(held);
}

/** The names of roles by the ids of their definitions; read once in a session. */
export const roleNames = (session: MicrosoftSession): Promise<Map<string, string>> =>
  session.remember('role names', async () => {
    const options = { query: { $select: 'id,displayName' }, right: rights.directory };
    const definitions = await allOf(session, 'roleManagement/directory/roleDefinitions', options);
    return new Map(definitions.map((role) => [idOf(role), textOf(role.displayName) ?? idOf(role)]));
  });

/** The names of the licences that the company bought, by their SKU ids; read once in a session. */
export const licenceNames = (session: MicrosoftSession): Promise<Map<string, string>> =>
  session.remember('licence names', async () => {
    const skus = await allOf(session, 'subscribedSkus', { right: rights.directory });
    const ofUsers = skus.filter(({ appliesTo }) => appliesTo !== 'Company');
    return new Map(ofUsers.map(({ skuId, skuPartNumber }) => [textOf(skuId) ?? '', nameOfProduct(textOf(skuPartNumber) ?? '')]));
  });

/** What Microsoft sells the commonest ones as; Graph tells only the part number (https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference). */
const products: Record<string, string> = {
  O365_BUSINESS_ESSENTIALS: 'Microsoft 365 Business Basic',
  O365_BUSINESS: 'Microsoft 365 Apps for business',
  O365_BUSINESS_PREMIUM: 'Microsoft 365 Business Standard',
  SPB: 'Microsoft 365 Business Premium',
  SPE_E3: 'Microsoft 365 E3',
  SPE_E5: 'Microsoft 365 E5',
  SPE_F1: 'Microsoft 365 F3',
  STANDARDPACK: 'Office 365 E1',
  ENTERPRISEPACK: 'Office 365 E3',
  ENTERPRISEPREMIUM: 'Office 365 E5',
  EXCHANGESTANDARD: 'Exchange Online (Plan 1)',
  EXCHANGEENTERPRISE: 'Exchange Online (Plan 2)',
  AAD_PREMIUM: 'Microsoft Entra ID P1',
  AAD_PREMIUM_P2: 'Microsoft Entra ID P2',
  EMS: 'Enterprise Mobility + Security E3',
  INTUNE_A: 'Microsoft Intune Plan 1',
  FLOW_FREE: 'Microsoft Power Automate Free',
  POWER_BI_STANDARD: 'Microsoft Fabric (Free)',
  POWER_BI_PRO: 'Power BI Pro',
  Microsoft_365_Copilot: 'Microsoft 365 Copilot',
};

const nameOfProduct = (partNumber: string): string => products[partNumber] ?? partNumber;
