import { addressesOf, bareNumber, identityOf, indexBy, nameKey, numberKey, shortName } from './identity-keys.ts';
import { findManagerLoops, loopWords } from './manager-loops.ts';
import { type ExistingPerson, nameOf, type PersonRecord } from './person-record.ts';

/** A manager who is here, or who is new in the same file. */
export type ManagerTarget = { personId: string } | { row: number };

type Entry = { record: PersonRecord; person: ExistingPerson | null };
type Node = string;

/** Everybody as they will be after the file: rows laid over the roster. */
type Everybody = { node: Node; name: string; target: ManagerTarget; entry: Entry | null; identity: ReturnType<typeof identityOf> };

/**
 * Finds the managers that rows name, in the file and the roster together, and refuses the rows whose managers would close a circle.
 * A manager who is not found, who is the person themselves, or whose own row is refused, is reported and the row is taken without.
 */
export function resolveManagers(
  entries: Entry[],
  existing: ExistingPerson[],
): {
  targets: Map<Entry, ManagerTarget>;
  unresolved: { row: number; value: string; words: string }[];
  refused: { entry: Entry; words: string }[];
} {
  const everybody = layOver(entries, existing);
  const byNode = new Map(everybody.map((somebody) => [somebody.node, somebody]));
  const asked = askedManagers(everybody);
  const edges = new Map<Node, Node>();
  for (const { id, managerId } of existing) if (managerId !== null) edges.set(id, managerId);
  const standing = new Map(edges);
  for (const [somebody, manager] of asked.found) edges.set(somebody.node, manager.node);

  const refused: { entry: Entry; words: string }[] = [];
  const out = new Set<Node>();
  for (let loops = findManagerLoops(edges); loops.length > 0; loops = findManagerLoops(edges)) {
    let moved = false;
    for (const loop of loops) {
      const circle = loop.map((node) => byNode.get(node));
      const first = circle.findIndex((somebody) => somebody !== undefined && asked.found.has(somebody));
      const members = [...circle.slice(Math.max(0, first)), ...circle.slice(0, Math.max(0, first))];
      const words = loopWords(members.map((somebody) => somebody?.name ?? 'somebody'));
      for (const somebody of members) {
        if (somebody?.entry == null || out.has(somebody.node) || !asked.found.has(somebody)) continue;
        out.add(somebody.node);
        refused.push({ entry: somebody.entry, words });
        const before = standing.get(somebody.node);
        if (before === undefined) edges.delete(somebody.node);
        else edges.set(somebody.node, before);
        moved = true;
      }
    }
    if (!moved) break;
  }

  const targets = new Map<Entry, ManagerTarget>();
  const { unresolved } = asked;
  for (const [somebody, manager] of asked.found) {
    if (somebody.entry === null || out.has(somebody.node)) continue;
    if (out.has(manager.node) && 'row' in manager.target) {
      const { record } = somebody.entry;
      unresolved.push({
        row: record.row,
        value: record.managerReference?.value ?? '',
        words: `The manager of ${somebody.name} stands in row ${manager.target.row}, which is refused.`,
      });
    } else targets.set(somebody.entry, manager.target);
  }
  unresolved.sort((a, b) => a.row - b.row);
  return { targets, unresolved, refused };
}

function layOver(entries: Entry[], existing: ExistingPerson[]): Everybody[] {
  const rows = new Map(entries.filter(({ person }) => person !== null).map((entry) => [entry.person, entry]));
  const here = existing.map((person): Everybody => {
    const entry = rows.get(person) ?? null;
    const said = entry?.record;
    const merged = {
      givenName: said?.givenName ?? person.givenName,
      familyName: said?.familyName ?? person.familyName,
      employeeNumber: said?.employeeNumber ?? person.employeeNumber,
      workAddress: said?.workAddress ?? person.workAddress,
      aliases: [...person.aliases, ...(said?.aliases ?? [])],
    };
    return { node: person.id, name: nameOf(merged), target: { personId: person.id }, entry, identity: identityOf(merged) };
  });
  const fresh = entries.flatMap((entry): Everybody[] => {
    if (entry.person !== null) return [];
    const { record } = entry;
    return [{ node: `row:${record.row}`, name: nameOf(record), target: { row: record.row }, entry, identity: identityOf(record) }];
  });
  return [...here, ...fresh];
}

function askedManagers(everybody: Everybody[]) {
  const byAddress = indexBy(everybody, ({ identity }) => addressesOf(identity));
  const byNumber = indexBy(everybody, ({ identity }) => (identity.number === null ? [] : [identity.number]));
  const byBare = indexBy(everybody, ({ identity }) => [identity.number && bareNumber(identity.number)].filter((key) => key !== null));
  const byName = indexBy(everybody, ({ identity }) => (identity.name === null ? [] : [identity.name]));
  const byShortName = indexBy(everybody, ({ identity }) => (identity.name === null ? [] : [shortName(identity.name)]));
  const byNumberOrBare = (key: string) => byNumber.get(key) ?? byBare.get(bareNumber(key) ?? '');
  const byNameOrShort = (key: string) => byName.get(key) ?? byShortName.get(shortName(key));
  const found = new Map<Everybody, Everybody>();
  const unresolved: { row: number; value: string; words: string }[] = [];
  for (const somebody of everybody) {
    const reference = somebody.entry?.record.managerReference;
    if (reference == null || somebody.entry === null) continue;
    const { by, value } = reference;
    const same =
      (by === 'address'
        ? byAddress.get(value)
        : by === 'employee-number'
          ? byNumberOrBare(numberKey(value))
          : byNameOrShort(nameKey(value))) ?? [];
    if (same.length === 1 && same[0] !== somebody) found.set(somebody, same[0] as Everybody);
    else {
      const words =
        same[0] === somebody && same.length === 1
          ? `The list names ${somebody.name} as their own manager.`
          : same.length > 1
            ? `${same.length} people fit "${value}" as manager of ${somebody.name}.`
            : `Nobody is known as "${value}", the manager of ${somebody.name}.`;
      unresolved.push({ row: somebody.entry.record.row, value, words: `${words} The manager stays as it is.` });
    }
  }
  return { found, unresolved };
}
