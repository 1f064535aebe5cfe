import type { Context } from '../platform/context.ts';
import type { AppEntry } from './configuration-shape.ts';
import type { Entry } from './parse-configuration.ts';

/** The people that the file names, by work address in lower case; `all`: addresses that may have been meant instead. */
export type Owners = { byAddress: Map<string, { id: string; status: 'here' | 'left' }>; all: string[] };

/** Looks up every owner and deputy that the file names. */
export async function findOwners(ctx: Context, entries: Entry<AppEntry>[]): Promise<Owners> {
  const named = [...new Set(entries.flatMap(({ value }) => [value.owner, value.deputy]).filter((each) => each != null))].map((address) =>
    address.trim().toLowerCase(),
  );
  if (named.length === 0) return { byAddress: new Map(), all: [] };
  const rows = await ctx.db
    .selectFrom('people_roster')
    .select(['id', 'work_address', 'status'])
    .where((eb) => eb(eb.fn('lower', ['work_address']), 'in', named))
    .where('erased_at', 'is', null)
    .execute();
  const byAddress = new Map<string, { id: string; status: 'here' | 'left' }>();
  for (const { id, work_address, status } of rows) {
    const address = work_address!.toLowerCase();
    if (byAddress.get(address)?.status !== 'here') byAddress.set(address, { id: id!, status: status === 'left' ? 'left' : 'here' });
  }
  if (named.every((address) => byAddress.has(address))) return { byAddress, all: [] };
  const others = await ctx.db
    .selectFrom('people_roster')
    .select('work_address')
    .where('work_address', 'is not', null)
    .where('status', '<>', 'left')
    .limit(5000)
    .execute();
  return { byAddress, all: others.map((each) => each.work_address!) };
}
