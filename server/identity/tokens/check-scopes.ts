import { forbidden, invalid } from '../../platform/errors.ts';
import { declaredPermissions } from '../../platform/http/permissions.ts';

/**
 * Throws unless each scope is `*`, `*:read`, `<domain>:*` or a permission that exists, and lies within what the maker's own token may do:
 * a narrow token cannot make a wider one. `held` null is a member on the page.
 */
export function checkScopes(scopes: readonly string[], held: readonly string[] | null): void {
  const declared = Object.keys(declaredPermissions());
  const domains = new Set(declared.map((permission) => permission.split(':')[0]));
  const exists = (scope: string) =>
    scope === '*' || scope === '*:read' || (scope.endsWith(':*') ? domains.has(scope.slice(0, -2)) : declared.includes(scope));
  const wrong = scopes.filter((scope) => !exists(scope));
  if (scopes.length === 0 || wrong.length > 0) {
    const message =
      scopes.length === 0 ? 'A token needs at least one scope.' : `There is no scope ${wrong.map((scope) => `"${scope}"`).join(', ')}.`;
    throw invalid('bad_scope', message, [{ field: 'scopes', message: `Choose *, *:read, or among ${declared.join(', ')}.` }]);
  }
  if (held === null || held.includes('*')) return;
  const within = (scope: string) =>
    held.includes(scope) ||
    (scope !== '*' && scope !== '*:read' && held.includes(`${scope.split(':')[0]}:*`)) ||
    (/^[a-z-]+:read$/.test(scope) && held.includes('*:read'));
  if (!scopes.every(within)) throw forbidden('A token cannot make another one that may do more than itself.');
}
