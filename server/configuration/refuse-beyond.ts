import type { Context } from '../platform/context.ts';
import { forbidden } from '../platform/errors.ts';
import { declaredPermissions, reachOf, scopesCover } from '../platform/http/permissions.ts';
import type { Line, What } from './push.ts';

/** What each kind of change needs when it is made by itself. */
const needs: Record<What, string> = {
  organization: 'organization:manage',
  location: 'people:manage',
  department: 'people:manage',
  address: 'people:manage',
  'sign-in': 'organization:manage',
  app: 'apps:manage',
  connection: 'connections:manage',
  rule: 'access:manage',
  milestone: 'joining:manage',
  playbook: 'playbooks:manage',
};

/** Whether this actor could make such a change by itself. */
export const mayChange = (ctx: Context, what: What): boolean => may(ctx, needs[what]);

/** Whether this actor may see who would lose something by rules. */
export const maySeeLosses = (ctx: Context): boolean => may(ctx, 'access:read');

function may({ actor }: Context, permission: string): boolean {
  const declared = declaredPermissions()[permission];
  return declared !== undefined && reachOf(declared, actor.roles) === 'all' && scopesCover(actor.scopes, permission);
}

/** Refuses (403) a push with a change that this actor could not make by itself. */
export function refuseBeyond(ctx: Context, lines: Line[]): void {
  const { roles, scopes } = ctx.actor;
  for (const { what, name, change } of lines) {
    if (change === 'same' || change === 'stays' || change === 'waits') continue;
    const permission = needs[what];
    const declared = declaredPermissions()[permission];
    if (!declared || reachOf(declared, roles) !== 'all')
      throw forbidden(
        `Your role does not allow to change the ${what} ${name}. Leave it out of the file, or ask an owner. Nothing was changed.`,
      );
    if (!scopesCover(scopes, permission))
      throw forbidden(`This token lacks the scope ${permission}, which the change of the ${what} ${name} needs. Nothing was changed.`);
  }
}
