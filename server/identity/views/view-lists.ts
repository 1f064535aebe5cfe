import type { Actor } from '../../platform/context.ts';
import { declaredPermissions, reachOf, scopesCover } from '../../platform/http/permissions.ts';

/** The lists of which views are kept, each with the permission to read it: who cannot read a list does not see how others keep it. */
export const viewLists = {
  people: 'people:read',
  apps: 'apps:read',
  accounts: 'apps:read',
  connections: 'connections:read',
  leaving: 'leaving:read',
  joining: 'joining:read',
  runs: 'leaving:read',
  'access-rules': 'access:read',
  plan: 'access:read',
  plans: 'access:read',
  audit: 'audit:read',
  outbox: 'outbox:read',
  tasks: 'tasks:read',
} as const;

export type ViewList = keyof typeof viewLists;

/** Whether who acts may read a list, or do what another permission names. */
export const mayReadList = (actor: Actor, list: ViewList): boolean => mayDo(actor, viewLists[list]);

/** Whether a permission is given to who acts, by roles and scopes. */
export function mayDo({ roles, scopes }: Actor, permission: string): boolean {
  const declared = declaredPermissions()[permission];
  return declared !== undefined && reachOf(declared, roles) !== null && scopesCover(scopes, permission);
}
