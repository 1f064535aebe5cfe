import type { AccountRecord, EntitlementRecord } from '../kit/index.ts';
import { attribute, enterpriseUser, flag, idOf, isResource, type Resource, text, values } from './resource.ts';

const adminName = /(^|[^a-z])(admin|admins|administrator|administrators|owner|owners|superuser|root)($|[^a-z])/i;
const serviceType = /^(service|bot|machine|system|application|integration)/i;

/**
 * Reads a SCIM user (RFC 7643, sections 4.1 and 4.3). `groups`: its memberships as found from the groups' side; null when they are not known,
 * then the user's own `groups` attribute decides. `adminRoles`: names that mean administrator here, in lower case.
 */
export function toAccount(
  user: Resource,
  groups: EntitlementRecord[] | null,
  adminRoles: string[],
  etag: string | null = null,
): AccountRecord {
  const named = attribute(user, 'name');
  const name = isResource(named) ? named : {};
  const meta = attribute(user, 'meta');
  const active = flag(attribute(user, 'active'));
  const entitlements = entitlementsOf(user, groups);
  const userType = text(attribute(user, 'userType'));
  return {
    externalId: idOf(user),
    userName: text(attribute(user, 'userName')),
    addresses: addressesOf(user),
    displayName: text(attribute(user, 'displayName')) ?? text(attribute(name, 'formatted')),
    givenName: text(attribute(name, 'givenName')),
    familyName: text(attribute(name, 'familyName')),
    employeeNumber: employeeNumberOf(user),
    status: active === null ? null : active ? 'active' : 'suspended',
    isAdmin: isAdmin(user, entitlements, adminRoles),
    isService: userType !== null && serviceType.test(userType) ? true : null,
    secondFactor: null,
    isExternal: null,
    lastActivityAt: null,
    entitlements,
    etag: etag ?? (isResource(meta) ? text(attribute(meta, 'version')) : null),
  };
}

/** Mail addresses, the primary one first, each once. */
function addressesOf(user: Resource): string[] {
  const emails = values(user, 'emails') ?? [];
  const ordered = [...emails].sort(
    (left, right) => Number(flag(attribute(right, 'primary')) ?? false) - Number(flag(attribute(left, 'primary')) ?? false),
  );
  return [...new Set(ordered.flatMap((email) => text(attribute(email, 'value')) ?? []))];
}

/** From the enterprise extension, nested or flattened into the attribute's full name. */
function employeeNumberOf(user: Resource): string | null {
  const extension = attribute(user, enterpriseUser);
  const nested = isResource(extension) ? text(attribute(extension, 'employeeNumber')) : null;
  return nested ?? text(attribute(user, `${enterpriseUser}:employeeNumber`));
}

function entitlementsOf(user: Resource, groups: EntitlementRecord[] | null): EntitlementRecord[] | null {
  const own = values(user, 'groups');
  if (own === undefined && groups === null) return null;
  const all = [
    ...(groups ?? []),
    ...(own ?? []).flatMap(ownGroup),
    ...valuesAs(user, 'roles', 'role'),
    ...valuesAs(user, 'entitlements', 'entitlement'),
  ];
  const unique = new Map<string, EntitlementRecord>();
  for (const entitlement of all) {
    const key = `${entitlement.kind === 'indirect group' ? 'group' : entitlement.kind} ${entitlement.externalId}`;
    if (!unique.has(key)) unique.set(key, entitlement);
  }
  return [...unique.values()];
}

/** A membership through another group cannot be taken away by itself, so it is another kind. */
function ownGroup(group: Resource): EntitlementRecord[] {
  const externalId = text(attribute(group, 'value'));
  if (externalId === null) return [];
  const kind = text(attribute(group, 'type'))?.toLowerCase() === 'indirect' ? 'indirect group' : 'group';
  return [{ externalId, kind, name: text(attribute(group, 'display')) ?? externalId }];
}

function valuesAs(user: Resource, name: string, kind: string): EntitlementRecord[] {
  return (values(user, name) ?? []).flatMap((entry) => {
    const externalId = text(attribute(entry, 'value'));
    return externalId === null ? [] : [{ externalId, kind, name: text(attribute(entry, 'display')) ?? externalId }];
  });
}

/** true when a role or named group says so; false only where the names that mean administrator were given and memberships are known. */
function isAdmin(user: Resource, entitlements: EntitlementRecord[] | null, adminRoles: string[]): boolean | null {
  if (adminRoles.length > 0) {
    if (entitlements === null) return null;
    return entitlements.some(
      ({ name, externalId }) => adminRoles.includes(name.toLowerCase()) || adminRoles.includes(externalId.toLowerCase()),
    );
  }
  return valuesAs(user, 'roles', 'role').some(({ name, externalId }) => adminName.test(name) || adminName.test(externalId)) ? true : null;
}
