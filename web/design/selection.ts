/** What is chosen in a list: the `ids`, or with `all` everything that the filter finds except the `ids`. */
export type Selection = { all: boolean; ids: ReadonlySet<string> };

export const nothingSelected: Selection = { all: false, ids: new Set() };
export const everythingSelected: Selection = { all: true, ids: new Set() };

export const isSelected = ({ all, ids }: Selection, id: string): boolean => ids.has(id) !== all;

/** How many are chosen, where the filter finds `total`. */
export const countSelected = ({ all, ids }: Selection, total: number): number => (all ? Math.max(0, total - ids.size) : ids.size);

/** The selection after some rows were chosen or left. */
export function select({ all, ids }: Selection, rows: Iterable<string>, chosen: boolean): Selection {
  const next = new Set(ids);
  for (const row of rows) {
    if (chosen === all) next.delete(row);
    else next.add(row);
  }
  return { all, ids: next };
}

/** The rows from one to another in the order shown, both included; only `to` where `from` is not shown. */
export function rowsBetween(shown: string[], from: string | null, to: string): string[] {
  const start = from === null ? -1 : shown.indexOf(from);
  const end = shown.indexOf(to);
  if (start < 0 || end < 0) return [to];
  return shown.slice(Math.min(start, end), Math.max(start, end) + 1);
}
