import { createHmac } from 'node:crypto';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { deriveKey } from '../../platform/secrets.ts';

/** HMAC-SHA256 of each address in small letters, as hexadecimal digits, under a key of the installation: nobody can tell it without the key. */
function hashesOf(ctx: Context, addresses: string[]): Map<string, string> {
  const key = deriveKey(ctx.platform.secretKey, 'used addresses');
  const hash = (address: string) => createHmac('sha256', key).update(`${ctx.organizationId} ${address}`).digest('hex');
  return new Map([...new Set(addresses.map((address) => address.toLowerCase()))].map((address) => [hash(address), address]));
}

/**
 * Writes down that these addresses have been somebody's, for good: none is given again, also when its person is erased. Waits while another
 * transaction is giving out one of them. Meant for batches of some thousands.
 */
export async function recordUsedAddresses(ctx: Context, addresses: Iterable<string | null | undefined>): Promise<void> {
  const given = [...addresses].filter((address) => typeof address === 'string' && address !== '') as string[];
  if (given.length > 0) await insert(ctx, hashesOf(ctx, given));
}

/** Takes an address for good. False when it has been somebody's before, also in a transaction that has just committed. */
export async function reserveAddress(ctx: Context, address: string): Promise<boolean> {
  return (await insert(ctx, hashesOf(ctx, [address]))) === 1;
}

/** Those of the addresses that have been somebody's, in small letters. */
export async function usedAmong(ctx: Context, addresses: string[]): Promise<Set<string>> {
  const hashes = hashesOf(ctx, addresses);
  const { rows } = await sql<{ hash: string }>`
    select encode(address_hash, 'hex') as hash from people_used_addresses
    where address_hash = any (array(select decode(each, 'hex') from unnest(${[...hashes.keys()]}::text[]) as each))`.execute(ctx.db);
  return new Set(rows.map(({ hash }) => hashes.get(hash) as string));
}

// In the order of the hashes, so that two transactions never wait for each other.
async function insert(ctx: Context, hashes: Map<string, string>): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into people_used_addresses (organization_id, address_hash, used_at)
    select ${ctx.organizationId}, decode(each, 'hex'), ${ctx.now.toString()} from unnest(${[...hashes.keys()].sort()}::text[]) as each
    on conflict do nothing`.execute(ctx.db);
  return Number(numAffectedRows ?? 0);
}
