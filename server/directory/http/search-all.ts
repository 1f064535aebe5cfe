import type { Context } from '../../platform/context.ts';
import type { Push } from '../push.ts';
import { listResources } from '../resources/list-resources.ts';
import { type ListQuery, pageSize } from '../scim/list-query.ts';
import { groupKind, type Resource, userKind } from '../scim/schemas.ts';

/** Users and groups that fit a query (RFC 7644 section 3.4.3): users first, each kind in its own order. An attribute that a kind lacks has no value. */
export async function searchAll(ctx: Context, push: Push, query: ListQuery): Promise<{ total: number; resources: Resource[] }> {
  const size = pageSize(query);
  const users = await listResources(ctx, push, userKind, { ...query, count: size }, false);
  const from = Math.max(0, query.startIndex - 1 - users.total);
  const groups = await listResources(ctx, push, groupKind, { ...query, startIndex: from + 1, count: size - users.resources.length }, false);
  return { total: users.total + groups.total, resources: [...users.resources, ...groups.resources] };
}
