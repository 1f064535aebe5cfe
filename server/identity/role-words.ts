import { type Role, roles } from '../platform/http/permissions.ts';

const words: Record<Role, string> = {
  owner: 'Owner',
  ops: 'Operations',
  hr: 'HR',
  finance: 'Finance',
  manager: 'Manager',
  'app-owner': 'App owner',
  employee: 'Employee',
  auditor: 'Auditor',
};

/** The widest of somebody's roles, in words; '' where they have none. */
export function roleWords(held: readonly string[]): string {
  const widest = roles.find((role) => held.includes(role));
  return widest ? words[widest] : '';
}
