import type { MoveChange } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import { factLabels } from '../rules/rule-facts.ts';

/** What changed by a move, in words: managers by their names. */
export async function nameChanges(
  ctx: Context,
  changes: readonly MoveChange[],
): Promise<{ field: MoveChange['field']; label: string; from: string; to: string }[]> {
  const ids = changes.flatMap(({ field, from, to }) => (field === 'manager' ? [from, to] : []));
  const rows = ids.length === 0 ? [] : await ctx.db.selectFrom('people_roster').select(['id', 'name']).where('id', 'in', ids).execute();
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const shown = (field: MoveChange['field'], value: string) => (field === 'manager' ? (names.get(value) ?? 'somebody') : value);
  return changes.map(({ field, from, to }) => ({ field, label: factLabels[field], from: shown(field, from), to: shown(field, to) }));
}
