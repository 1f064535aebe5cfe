/** A group of a list, by what its rows need. */
export type Group = { key: string; heading: string /** All of the filter, where only some rows are fetched. */; count?: number };

export type StreamItem<Row> = { kind: 'heading'; group: Group; count: number } | { kind: 'row'; row: Row /** From 1. */; number: number };

/** Rows and headings in one stream: the groups in their order, empty ones left out, rows in the order they came; unknown groups last. */
export function groupRows<Row>(rows: Row[], groups: Group[] | undefined, groupOf: ((row: Row) => string) | undefined): StreamItem<Row>[] {
  if (groups === undefined || groupOf === undefined) return rows.map((row, index) => ({ kind: 'row', row, number: index + 1 }));
  const byGroup = Map.groupBy(rows, groupOf);
  const known = new Set(groups.map(({ key }) => key));
  const others: Group[] = [...byGroup.keys()].filter((key) => !known.has(key)).map((key) => ({ key, heading: key }));
  const stream: StreamItem<Row>[] = [];
  let number = 0;
  for (const group of [...groups, ...others]) {
    const members = byGroup.get(group.key) ?? [];
    if (members.length === 0) continue;
    stream.push({ kind: 'heading', group, count: group.count ?? members.length });
    for (const row of members) stream.push({ kind: 'row', row, number: ++number });
  }
  return stream;
}
