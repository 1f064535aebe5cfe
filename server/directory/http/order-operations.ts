import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { Push } from '../push.ts';
import { isId } from '../resources/stored-resource.ts';
import type { BulkOperation } from './read-bulk.ts';

/**
 * The operations in an order in which what is referred to by bulkId is made first. Those that do not depend on each other keep theirs; in a
 * circle the first comes first.
 */
export function orderOperations(operations: readonly BulkOperation[]): BulkOperation[] {
  const makers = new Map(operations.flatMap((each) => (each.method === 'POST' && each.bulkId ? [[each.bulkId, each] as const] : [])));
  const ordered = new Set<BulkOperation>();
  for (const first of operations) {
    // A stack of our own, because a chain may be as long as the request.
    const stack: { operation: BulkOperation; needs: BulkOperation[] }[] = [];
    const open = new Set<BulkOperation>();
    const enter = (operation: BulkOperation) => {
      if (ordered.has(operation) || open.has(operation)) return;
      open.add(operation);
      stack.push({ operation, needs: needsOf(operation, makers) });
    };
    enter(first);
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const next = top.needs.shift();
      if (next) enter(next);
      else {
        ordered.add(top.operation);
        stack.pop();
      }
    }
  }
  return [...ordered];
}

function needsOf({ id, data }: BulkOperation, makers: ReadonlyMap<string, BulkOperation>): BulkOperation[] {
  const text = `${JSON.stringify(id ?? '')} ${JSON.stringify(data ?? null)}`;
  const names = new Set([...text.matchAll(/bulkId:([^"\\]+)/gi)].map((match) => match[1]!));
  return [...names].flatMap((name) => makers.get(name) ?? []);
}

/** Takes an id that was to be made, and was not, out of the groups of a circle that named it beforehand. */
export async function forgetFailed(ctx: Context, push: Push, id: string): Promise<void> {
  if (!isId(id)) return;
  await sql`
    delete from directory_members m using directory_groups g
    where g.organization_id = m.organization_id and g.id = m.group_id and g.connection_id = ${push.connectionId} and m.member_id = ${id}`.execute(
    ctx.db,
  );
}
