import type { Context } from '../../platform/context.ts';
import type { Push } from '../push.ts';
import { type Projection, project, wants } from '../scim/project.ts';
import { type Resource, type ResourceKind, userKind } from '../scim/schemas.ts';
import { groupsOf, membersOf } from './members.ts';
import type { Stored } from './stored-resource.ts';

export const baseOf = (push: Push): string => `${push.platform.config.publicUrl.replace(/\/$/, '')}/scim/v2`;
export const locationOf = (push: Push, kind: ResourceKind, id: string): string => `${baseOf(push)}${kind.endpoint}/${id}`;
/** A weak validator (RFC 7644 section 3.14): it stands for the version, not for the bytes. */
export const etagOf = ({ version }: { version: number }): string => `W/"${version}"`;

/** Whole resources: what was written, with id, meta, and the members or groups. `with` says whether those are needed. */
export async function wholeResources(
  ctx: Context,
  push: Push,
  kind: ResourceKind,
  rows: Stored[],
  more: { related: boolean },
): Promise<Resource[]> {
  const ids = more.related ? rows.map(({ id }) => id) : [];
  const members = kind === userKind ? new Map() : await membersOf(ctx, ids);
  const groups = kind === userKind ? await groupsOf(ctx, ids) : new Map();
  return rows.map((row) => {
    const { schemas, externalId, ...rest } = row.resource;
    const shown: Resource = {
      schemas: schemas ?? [kind.schema.id],
      id: row.id,
      ...(externalId === undefined ? {} : { externalId }),
      ...rest,
      meta: {
        resourceType: kind.name,
        created: instant(row.created_at),
        lastModified: instant(row.modified_at),
        location: locationOf(push, kind, row.id),
        version: etagOf(row),
      },
    };
    const inGroups = groups.get(row.id) as { value: string; display: string }[] | undefined;
    if (inGroups)
      shown.groups = inGroups.map(({ value, display }) => ({ value, display, $ref: `${baseOf(push)}/Groups/${value}`, type: 'direct' }));
    const has = members.get(row.id) as { value: string; kind: 'User' | 'Group'; display: string | null }[] | undefined;
    if (has)
      shown.members = has.map(({ value, kind: type, display }) => ({
        value,
        ...(display === null ? {} : { display }),
        $ref: `${baseOf(push)}/${type}s/${value}`,
        type,
      }));
    return shown;
  });
}

const instant = (at: string): string => Temporal.Instant.from(at).toString({ smallestUnit: 'millisecond' });

/** The resources as an answer shows them. */
export async function showResources(
  ctx: Context,
  push: Push,
  kind: ResourceKind,
  rows: Stored[],
  projection: Projection,
): Promise<Resource[]> {
  const related = wants(projection, kind === userKind ? 'groups' : 'members', kind);
  const whole = await wholeResources(ctx, push, kind, rows, { related });
  return whole.map((resource) => project(resource, projection, kind));
}
