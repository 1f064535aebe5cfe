import assert from 'node:assert/strict';
import { test } from 'node:test';
import { computeGap, personAccess } from '../server/access/index.ts';
import type { Context } from '../server/platform/context.ts';
import { sql } from '../server/platform/database.ts';
import { address, ok, openAccessCompany } from './access-company.ts';
import { atDatabase } from './setup/at-database.ts';

const names = Array.from({ length: 40 }, (_, at) => `P${at}`);

test('the gap of one person reads only their own rows, in a company so small that reading everybody would be cheaper', async (t) => {
  const world = await openAccessCompany(t);
  const ids: string[] = [];
  for (const [at, name] of names.entries()) ids.push(await world.member(name, at % 2 ? 'Sales' : 'Support', { managerId: ids[0] ?? null }));
  const users = names.map((name) => ({ userName: address(name), address: address(name) }));
  const { appId } = await world.scimmyApp('Chat', { users });
  for (const department of ['Sales', 'Support'])
    await world.rule({ name: department, when: `person.department == "${department}"`, grants: [{ appId }] });
  await world.gap();
  // As the database does by itself within a minute.
  await atDatabase(world.database.adminUrl, (client) => client.query('analyze'));
  const one = ids[7]!;
  ok(await world.owner('PATCH', `/people/${one}`, { title: 'Lead' }));
  for (const read of [computeGap, personAccess]) {
    const rows = await world.run(async (ctx) => {
      const before = await rowsRead(ctx);
      await (read === computeGap ? computeGap(ctx, { personId: one }) : personAccess(ctx, one));
      return difference(await rowsRead(ctx), before);
    });
    // They have one row or two in each; a statement that goes by anything else than the person reads 20 or 40.
    for (const table of ['apps_accounts', 'access_matches', 'access_evaluated', 'access_given', 'people_people', 'people_employments'])
      assert.ok((rows[table] ?? 0) < 15, `${read.name} read ${rows[table]} rows of ${table}`);
  }
});

const difference = (after: Record<string, number>, before: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(after).map(([table, rows]) => [table, rows - (before[table] ?? 0)]));

async function rowsRead(ctx: Context): Promise<Record<string, number>> {
  const { rows } = await sql<{ name: string; n: number }>`
    select relname as name, (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as n from pg_stat_xact_user_tables`.execute(
    ctx.db,
  );
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
}
