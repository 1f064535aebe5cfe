/** All circles among "reports to" edges; each node has at most one. Each circle is a list in which one reports to the next, the last to the first. */
export function findManagerLoops<Node>(next: ReadonlyMap<Node, Node>): Node[][] {
  const done = new Set<Node>();
  const loops: Node[][] = [];
  for (const start of next.keys()) {
    if (done.has(start)) continue;
    const path = new Map<Node, number>();
    let node: Node | undefined = start;
    while (node !== undefined && !done.has(node) && !path.has(node)) {
      path.set(node, path.size);
      node = next.get(node);
    }
    if (node !== undefined && path.has(node)) loops.push([...path.keys()].slice(path.get(node)));
    for (const seen of path.keys()) done.add(seen);
  }
  return loops;
}

/** "Ann Roe reports to Bob Low, Bob Low to Ann Roe: a circle. …" */
export function loopWords(names: string[]): string {
  if (names.length === 1) return `${names[0]} reports to themselves. Leave the manager blank where there is none.`;
  const shown = names.length > 12 ? [...names.slice(0, 11), '…'] : names;
  const chain = shown.map((name, i) => `${name}${i === 0 ? ' reports' : ''} to ${shown[i + 1] ?? shown[0]}`).join(', ');
  return `${chain}: a circle. Change the manager of one of them.`;
}
