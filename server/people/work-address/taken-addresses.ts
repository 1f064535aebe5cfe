import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { declaredPermissions, reachOf, scopesCover } from '../../platform/http/permissions.ts';
import { usedAmong } from './used-addresses.ts';

type Holder = { address: string; kind: 'person' | 'member' | 'account'; id: string; name: string; person_id: string | null };

/** Why an address cannot be given, in words that tell the reader no more than they may know. */
export type Taken = Map<string, string>;

/**
 * Which of these addresses (small letters) cannot be given to somebody new, and why: somebody has it, it is an account's address or user name in an
 * app (also without its domain), or it was somebody's before. What is `personId`'s own does not count.
 */
export async function takenAmong(ctx: Context, addresses: string[], personId: string | null): Promise<Taken> {
  const ofUserName = new Map(addresses.map((address) => [address.slice(0, address.indexOf('@')), address]));
  const wanted = [...addresses, ...ofUserName.keys()];
  const { rows } = await sql<Holder>`select address, kind, id, name, person_id from holders_of_addresses(${wanted}::text[])`.execute(
    ctx.db,
  );
  const own = new Set(rows.filter(({ kind, id }) => kind === 'person' && id === personId).map(({ address }) => address));
  const taken: Taken = new Map();
  for (const row of rows) {
    if (personId !== null && row.person_id === personId) continue;
    const address = row.address.includes('@') ? row.address : (ofUserName.get(row.address) as string);
    const known = taken.get(address);
    if (known === undefined || known === somebodys) taken.set(address, wordsOf(ctx, row));
  }
  for (const address of await usedAmong(ctx, addresses))
    if (!taken.has(address) && !own.has(address)) taken.set(address, 'was somebody’s before, and an address is never given twice');
  return taken;
}

const somebodys = 'is taken';

function wordsOf(ctx: Context, { kind, name, address }: Holder): string {
  if (kind === 'person' && may(ctx, 'people:read')) return `is ${name}’s`;
  if (kind === 'member' && may(ctx, 'members:read')) return `is what ${name} signs in with here`;
  if (kind === 'account' && may(ctx, 'accounts:read'))
    return address.includes('@') ? `is an account’s in ${name}` : `is an account’s user name in ${name}`;
  return somebodys;
}

/** Whether who acts may read all rows of this kind. Groundcrew itself may. */
function may({ actor }: Context, permission: string): boolean {
  if (actor.kind === 'system' || (actor.kind === 'command' && actor.memberId === null)) return true;
  const declared = declaredPermissions()[permission];
  return declared !== undefined && reachOf(declared, actor.roles) === 'all' && scopesCover(actor.scopes, permission);
}
