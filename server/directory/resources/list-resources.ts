import type { RawBuilder } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { Push } from '../push.ts';
import type { AttributePath } from '../scim/attribute-path.ts';
import type { Filter } from '../scim/filter.ts';
import { filterOf, type ListQuery, pageSize, sortOf } from '../scim/list-query.ts';
import { matches, valuesAt } from '../scim/matches.ts';
import { type Resource, type ResourceKind, userKind } from '../scim/schemas.ts';
import { narrow } from './narrow.ts';
import { showResources, wholeResources } from './show-resources.ts';
import { type Stored, tables } from './stored-resource.ts';

const batch = 1_000;

/** The resources of one kind that fit a query, and how many there are in all. Order: as asked for, else as they were made. */
export async function listResources(ctx: Context, push: Push, kind: ResourceKind, query: ListQuery, strict = true) {
  const filter = filterOf(query, kind, strict);
  const sort = sortOf(query, kind);
  const { conditions, isWhole } = narrow(filter, kind);
  const from = query.startIndex - 1;
  const size = pageSize(query);
  if (isWhole && !sort) {
    const total = await countRows(ctx, push, kind, conditions);
    const rows = size === 0 || from >= total ? [] : await readRows(ctx, push, kind, conditions, sql`limit ${size} offset ${from}`);
    return { total, resources: await showResources(ctx, push, kind, rows, query) };
  }
  const found = await fitting(ctx, push, kind, conditions, filter, sort);
  if (sort) found.sort((a, b) => inOrder(a.key, b.key, query.descending) || (a.row.id < b.row.id ? -1 : 1));
  const rows = found.slice(from, from + size).map(({ row }) => row);
  return { total: found.length, resources: await showResources(ctx, push, kind, await reread(ctx, push, kind, rows), query) };
}

type Found = { row: { id: string }; key: string | number | null };

/** Reads the candidates by the thousand, so that what is kept of each is its id and the value it is sorted by. */
async function fitting(
  ctx: Context,
  push: Push,
  kind: ResourceKind,
  conditions: RawBuilder<unknown>[],
  filter: Filter | null,
  sort: AttributePath | null,
) {
  const found: Found[] = [];
  const related =
    kind === userKind ? names(filter, 'groups') || sort?.attribute === 'groups' : names(filter, 'members') || sort?.attribute === 'members';
  for (let after: string | null = null; ; ) {
    const rows: Stored[] = await readRows(
      ctx,
      push,
      kind,
      after === null ? conditions : [...conditions, sql`id > ${after}`],
      sql`limit ${batch}`,
    );
    const whole = await wholeResources(ctx, push, kind, rows, { related });
    for (const [at, resource] of whole.entries())
      if (!filter || matches(resource, filter)) found.push({ row: { id: rows[at]!.id }, key: sort ? sortKey(resource, sort) : null });
    if (rows.length < batch) return found;
    after = rows.at(-1)!.id;
  }
}

async function reread(ctx: Context, push: Push, kind: ResourceKind, rows: { id: string }[]): Promise<Stored[]> {
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const read = await readRows(ctx, push, kind, [sql`id = any (${ids}::uuid[])`], sql``);
  const byId = new Map(read.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

const where = (push: Push, conditions: RawBuilder<unknown>[]) =>
  sql.join([sql`connection_id = ${push.connectionId}`, sql`deleted_at is null`, ...conditions], sql` and `);

async function countRows(ctx: Context, push: Push, kind: ResourceKind, conditions: RawBuilder<unknown>[]): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from ${sql.table(tables[kind.name].table)} where ${where(push, conditions)}`.execute(ctx.db);
  return rows[0]!.total;
}

async function readRows(
  ctx: Context,
  push: Push,
  kind: ResourceKind,
  conditions: RawBuilder<unknown>[],
  page: RawBuilder<unknown>,
): Promise<Stored[]> {
  const { rows } = await sql<Stored>`
    select id, resource, version, created_at, modified_at, ${kind === userKind ? sql`person_id` : sql`null::uuid as person_id`}
    from ${sql.table(tables[kind.name].table)} where ${where(push, conditions)} order by id ${page}`.execute(ctx.db);
  return rows;
}

/** Whether a filter speaks of this attribute. */
function names(filter: Filter | null, attribute: string): boolean {
  if (filter === null) return false;
  switch (filter.is) {
    case 'and':
    case 'or':
      return filter.parts.some((part) => names(part, attribute));
    case 'not':
      return names(filter.part, attribute);
    default:
      return filter.path.urn === null && filter.path.attribute === attribute;
  }
}

/** The value to sort by: of many the primary one, else the first (RFC 7644 section 3.4.2.3). */
function sortKey(resource: Resource, path: AttributePath): string | number | null {
  const whole = valuesAt(resource, { ...path, sub: path.definition?.multiValued ? null : path.sub });
  const isPart = (value: unknown): value is { [key: string]: unknown } => typeof value === 'object' && value !== null;
  const chosen = whole.find((each) => isPart(each) && each.primary === true) ?? whole[0];
  const value = isPart(chosen) ? chosen[path.sub ?? 'value'] : chosen;
  if (typeof value === 'number') return value;
  if (value === undefined || value === null) return null;
  const isExact = (path.subDefinition ?? path.definition)?.caseExact === true;
  return isExact ? String(value) : String(value).toLowerCase();
}

/** Resources without the value come last in ascending order, first in descending (RFC 7644 section 3.4.2.3). */
function inOrder(a: Found['key'], b: Found['key'], descending: boolean): number {
  if (a === b) return 0;
  const ascending = a === null ? 1 : b === null ? -1 : a < b ? -1 : 1;
  return descending ? -ascending : ascending;
}
