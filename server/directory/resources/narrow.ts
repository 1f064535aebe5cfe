import type { RawBuilder } from 'kysely';
import { sql } from '../../platform/database.ts';
import type { Filter } from '../scim/filter.ts';
import { type ResourceKind, userKind } from '../scim/schemas.ts';
import { isId, nameKey } from './stored-resource.ts';

type Narrowed = { conditions: RawBuilder<unknown>[] /** The conditions say all that the filter says. */; isWhole: boolean };

/**
 * What of a filter the database's indexes can answer: equality of id, externalId, user name, display name and member, and the time of the last
 * change. Every resource that fits the filter fits the conditions; the rest of the filter is judged row by row.
 */
export function narrow(filter: Filter | null, kind: ResourceKind): Narrowed {
  if (!filter) return { conditions: [], isWhole: true };
  if (filter.is === 'and') {
    const parts = filter.parts.map((part) => narrow(part, kind));
    return { conditions: parts.flatMap(({ conditions }) => conditions), isWhole: parts.every(({ isWhole }) => isWhole) };
  }
  if (filter.is === 'has' && filter.part.is === 'compare' && filter.part.path.attribute === 'value') {
    const { part, path } = filter;
    return narrow({ ...part, path: { ...path, sub: 'value' } }, kind);
  }
  const condition = filter.is === 'compare' ? conditionOf(filter, kind) : null;
  return condition ? { conditions: [condition], isWhole: true } : { conditions: [], isWhole: false };
}

function conditionOf({ path, operator, value }: Extract<Filter, { is: 'compare' }>, kind: ResourceKind): RawBuilder<unknown> | null {
  if (path.urn !== null || typeof value !== 'string') return null;
  const name = path.sub === null ? path.attribute : `${path.attribute}.${path.sub}`;
  if (name === 'meta.lastModified') return changed(operator, value);
  if (operator !== 'eq') return null;
  switch (name) {
    case 'id':
      return isId(value) ? sql`id = ${value}` : sql`false`;
    case 'externalId':
      return sql`external_id = ${value}`;
    case 'userName':
      return kind === userKind ? sql`user_name_key = ${nameKey(value)}` : null;
    case 'displayName':
      return kind === userKind ? null : sql`display_name_key = ${nameKey(value)}`;
    case 'members':
    case 'members.value':
      if (kind === userKind) return null;
      return isId(value)
        ? sql`exists (select from directory_members m where m.organization_id = directory_groups.organization_id and m.group_id = directory_groups.id and m.member_id = ${value})`
        : sql`false`;
    case 'groups':
    case 'groups.value':
      if (kind !== userKind) return null;
      return isId(value)
        ? sql`exists (select from directory_members m where m.organization_id = directory_users.organization_id and m.group_id = ${value} and m.member_id = directory_users.id)`
        : sql`false`;
    default:
      return null;
  }
}

// An answer gives milliseconds: they are what a client compares with.
function changed(operator: string, value: string): RawBuilder<unknown> | null {
  const sign = { gt: sql`>`, ge: sql`>=`, lt: sql`<`, le: sql`<=` }[operator];
  const at = Date.parse(value);
  return sign && !Number.isNaN(at) ? sql`date_trunc('milliseconds', modified_at) ${sign} ${new Date(at).toISOString()}::timestamptz` : null;
}
