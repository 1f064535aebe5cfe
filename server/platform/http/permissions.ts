/** The roles of an organization. What each may do stands in the domains' permissions.ts. */
export const roles = ['owner', 'ops', 'hr', 'finance', 'manager', 'app-owner', 'employee', 'auditor'] as const;
export type Role = (typeof roles)[number];

/** Who may: `all` rows, or only their `own` (a manager's reports, an app owner's apps, an employee's self). */
export type Permission = { all: readonly Role[]; own?: readonly Role[] };
export type Permissions = Record<string, Permission>;

/** The widest reach that these roles give for a permission, or null when none does. */
export function reachOf(permission: Permission, held: readonly string[]): 'all' | 'own' | null {
  if (permission.all.some((role) => held.includes(role))) return 'all';
  if (permission.own?.some((role) => held.includes(role))) return 'own';
  return null;
}

/** Whether a token's scopes cover a permission: `*`, `*:read`, a domain (`people:*`), or the permission itself. null covers all. */
export function scopesCover(scopes: readonly string[] | null, permission: string): boolean {
  if (scopes === null) return true;
  const [domain, verb] = permission.split(':');
  return scopes.some(
    (scope) => scope === '*' || scope === permission || scope === `${domain}:*` || (scope === '*:read' && verb === 'read'),
  );
}

let declared: Permissions = {};

/** Called once at start with the permissions of all domains. */
export function registerPermissions(all: Permissions): void {
  declared = all;
}

/** Every permission that a domain declares, by name. */
export const declaredPermissions = (): Permissions => declared;
