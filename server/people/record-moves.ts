import type { Context } from '../platform/context.ts';
import { emit } from '../platform/events.ts';
import { personMoved } from './events.ts';

export const moveFields = ['department', 'title', 'manager', 'location', 'employmentType'] as const;
export type MoveField = (typeof moveFields)[number];
/** What of somebody changed: names as they were, a manager by their id. */
export type MoveChange = { field: MoveField; from: string; to: string };
/** Somebody as they stood, and as they are: ids of department, location and manager. */
export type Standing = {
  title: string | null;
  employmentType: string | null;
  departmentId: string | null;
  locationId: string | null;
  managerId: string | null;
};
export type Moved = { personId: string; before: Standing; after: Standing };

const columns: Record<MoveField, keyof Standing> = {
  department: 'departmentId',
  title: 'title',
  manager: 'managerId',
  location: 'locationId',
  employmentType: 'employmentType',
};

/**
 * Keeps on record who of these people, all of whom work here, has moved: to another department, title, manager, location or employment. What was not
 * known before, or is not known any more, is no move. Tells of each.
 */
export async function recordMoves(ctx: Context, people: readonly Moved[]): Promise<void> {
  const moved = people.flatMap(({ personId, before, after }) => {
    const fields = moveFields.filter((field) => {
      const [from, to] = [before[columns[field]], after[columns[field]]];
      return from !== null && to !== null && from.trim().toLowerCase() !== to.trim().toLowerCase();
    });
    return fields.length === 0 ? [] : [{ personId, before, after, fields }];
  });
  if (moved.length === 0) return;
  const departments = new Map((await ctx.db.selectFrom('people_departments').select(['id', 'name']).execute()).map(named));
  const locations = new Map((await ctx.db.selectFrom('people_locations').select(['id', 'name']).execute()).map(named));
  const shown = (field: MoveField, value: string): string =>
    (field === 'department' ? departments.get(value) : field === 'location' ? locations.get(value) : value) ?? value;
  for (let at = 0; at < moved.length; at += 1_000) {
    const made = await ctx.db
      .insertInto('people_moves')
      .values(
        moved.slice(at, at + 1_000).map(({ personId, before, after, fields }) => ({
          organization_id: ctx.organizationId,
          person_id: personId,
          at: ctx.now.toString(),
          // Another place may be in another country.
          fields: fields.flatMap((field) => (field === 'location' ? [field, 'country'] : [field])),
          changes: JSON.stringify(
            fields.map((field) => ({
              field,
              from: shown(field, before[columns[field]]!),
              to: shown(field, after[columns[field]]!),
            })),
          ),
          made_by: ctx.actor.name,
        })),
      )
      .returning(['id', 'person_id'])
      .execute();
    for (const { id, person_id: personId } of made) await emit(ctx, personMoved, { moveId: id, personId });
  }
}

const named = ({ id, name }: { id: string; name: string }): [string, string] => [id, name];
