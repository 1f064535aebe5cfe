import { type Permission, type Role, reachOf } from '../../../server/platform/http/permissions.ts';
import type { AnyRoute } from '../../../server/platform/http/route.ts';
import { generatedNote, table } from './table.ts';

const marks = { all: '●', own: '○' };

/** docs/reference/permissions.md: permission × role, then every route with the permission that it needs. */
export function permissionsPage(routes: AnyRoute[], permissions: Record<string, Permission>, roles: readonly Role[]): string {
  const names = Object.keys(permissions).sort();
  const standing = (access: string) => routes.filter((route) => route.access === access);
  return `# Permissions

${generatedNote}

A role gives permissions, a permission opens routes. ● all rows; ○ only their own: a manager's reports, direct and indirect; the apps that an
app owner owns or deputises; an employee's own page. Foreign rows answer 404, as if they were not there. Somebody with several roles has the
widest reach of them. An API token has the rights of the member it was made for, and of those only what its scopes name: \`*\`, \`*:read\`, \`people:*\`,
\`people:read\`. Quiet until told stands above all of this: before an exit is told no role shows it to the leaver, and a sensitive one only to
those who are named in it.

## Who may what

${table(
  ['Permission', ...roles],
  names.map((name) => [
    `\`${name}\``,
    ...roles.map((role) => {
      const reach = reachOf(permissions[name]!, [role]);
      return reach ? marks[reach] : '';
    }),
  ]),
)}

## What each permission opens

Paths are below \`/api/v1\`. \`harmless\` marks a POST that changes nothing (a dry run).

${names.map((name) => section(`\`${name}\``, standing(name))).join('\n\n')}

${section('Anybody who is signed in', standing('session'))}

${section('Nobody needs to be signed in', standing('public'))}
`;
}

function section(title: string, routes: AnyRoute[]): string {
  const sorted = routes.toSorted((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method));
  const rows = sorted.map((route) => [
    `${route.method.toUpperCase()} \`${route.path}\``,
    `${route.summary.replace(/\.$/, '')}${route.harmless ? ' (harmless)' : ''}`,
    `\`${route.id}\``,
  ]);
  return `### ${title}\n\n${rows.length === 0 ? 'No route; what it covers is decided inside other routes.' : table(['Route', 'What it does', 'Id'], rows)}`;
}
