import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';

/** By what a directory knows somebody: addresses in any capitals (work addresses, user names), and the employee number. */
export type PushedIdentity = { addresses: string[]; employeeNumber: string | null };

/** Who of the roster is meant; null for nobody yet. `problem` says in words why it cannot be told. */
export type FoundPushed = { personId: string | null; problem: string | null };

/**
 * Finds whom a directory means, by employee number, work address or alias. Where they name different people nobody is taken: the problem names
 * them, for the lead and nobody else.
 */
export async function findPushed(ctx: Context, { addresses, employeeNumber }: PushedIdentity): Promise<FoundPushed> {
  const wanted = addresses.map((address) => address.toLowerCase());
  const { rows } = await sql<{ id: string; by_number: boolean }>`
    select distinct id, by_number from people_by_identity(${wanted}::text[], ${employeeNumber})`.execute(ctx.db);
  const ids = [...new Set(rows.map(({ id }) => id))];
  if (ids.length <= 1) return { personId: ids[0] ?? null, problem: null };
  const people = await ctx.db.selectFrom('people_roster').select(['id', 'name']).where('id', 'in', ids).orderBy('name').execute();
  const names = people.map(({ name }) => name).join(' and ');
  return { personId: null, problem: `Its addresses and employee number belong to different people: ${names}. Choose whose it is.` };
}
