import { invalid } from '../platform/errors.ts';
import { type Role, roles } from '../platform/http/permissions.ts';

/** Throws unless these are roles of an organization, at least one. */
export function checkRoles(wanted: readonly string[]): void {
  if (wanted.length > 0 && wanted.every((role) => roles.includes(role as Role))) return;
  throw invalid('unknown_role', 'A member needs at least one of the known roles.', [
    { field: 'roles', message: `Choose among ${roles.join(', ')}.` },
  ]);
}
