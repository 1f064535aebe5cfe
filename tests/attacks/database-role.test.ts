// By SQL, as the application's own role.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Client } from 'pg';
import { migrate } from '../../server/platform/migrate.ts';
import type { World } from '../world.ts';
import { openTwoCompanies } from './two-companies.ts';

let world: World;
let own: Record<string, string>;
let foreign: Record<string, string>;
let foreignOrganization: string;

before(async (t) => {
  ({ world, own, foreign, foreignOrganization } = await openTwoCompanies(t));
});

test('the application’s role cannot leave its organization by definer functions, statistics, temporary tables, jobs, large objects or files', async () => {
  // Rights on the database itself are not copied with it: the start of an installation sets them anew.
  await migrate(world.database.adminUrl, world.database.secretKey);
  const client = new Client({ connectionString: world.database.url('groundcrew_app') });
  await client.connect();
  const refused = async (text: string, values: unknown[] = []) => {
    await client.query('savepoint s');
    const result = await client.query(text, values).catch((error: { code: string }) => error.code);
    await client.query('rollback to savepoint s');
    assert.equal(typeof result, 'string', `${text} was carried out`);
  };
  const rows = async (text: string, values: unknown[] = []) => (await client.query(text, values)).rows;
  try {
    await client.query('begin');
    await client.query("select set_config('groundcrew.organization', $1, true), set_config('groundcrew.member', 'system', true)", [
      world.organizationId,
    ]);
    await client.query('select enter_organization()');
    for (const text of [
      'create temp table people_people (organization_id uuid, id uuid)',
      'create temp view people_roster as select 1',
      'create function pg_temp.leak(text) returns boolean language plpgsql as $$ begin return true; end $$',
      'create schema stolen',
      'set role groundcrew_lookup',
      'set role groundcrew_jobs',
      'set role groundcrew_sealer',
      'set role groundcrew_remover',
      'set session authorization postgres',
      'reset role; select from auth."user"',
      'select list_organizations()',
      'select due_organizations(now())',
      'select next_due()',
      'select from identity_setup_links',
      "select pg_read_file('/etc/passwd')",
      "copy people_people to program 'cat'",
      "copy people_people from program 'id'",
      "select lo_import('/etc/passwd')",
      "select lo_export(0, '/tmp/x')",
      'select from pg_authid',
      'alter table people_people disable row level security',
      'drop policy own_organization on people_people',
      'select from groundcrew_migrations',
      'update platform_audit_events set action = action',
      'delete from platform_audit_values',
      'insert into platform_audit_heads (organization_id, sequence, hash, at, key_fingerprint, signature) select current_organization(), 1, null, now(), null, null',
      'update pgboss.job set data = data',
      'delete from pgboss.job',
      'alter system set log_statement = all',
      'create extension dblink',
      'select remove_sample_audit()',
    ])
      await refused(text);
    const others = Object.values(foreign).filter((id) => id.length === 36);
    const everything = JSON.stringify([
      await rows("select * from search_people('', 100000)"),
      await rows("select * from search_people('%', 100000)"),
      await rows("select * from search_people('zoe', 100000)"),
      await rows('select * from people_roster'),
      await rows("select tablename, most_common_vals::text, histogram_bounds::text from pg_stats where schemaname in ('public', 'pgboss')"),
      await rows('select * from pgboss.job'),
      await rows('select query from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'),
      await rows("select * from lookup_task_link(''::bytea)"),
      await rows("select * from lookup_invitation(''::bytea)"),
      await rows("select * from visitor_of_token(''::bytea)"),
      await rows("select * from memberships_of_user('')"),
    ]);
    assert.deepEqual(
      others.filter((id) => everything.includes(id)),
      [],
    );
    assert.ok(!everything.includes(foreignOrganization));
    assert.ok(everything.includes(own.personId!), 'what is its own it sees');
    // A row of the one cannot be hung onto a row of the other, and whether that row exists is not told apart.
    const codes = new Set<string>();
    for (const id of [foreign.personId!, crypto.randomUUID()]) {
      await client.query('savepoint s');
      const error = await client
        .query('update people_people set manager_id = $1 where id = $2', [id, own.personId])
        .catch((failure: { code: string }) => failure);
      await client.query('rollback to savepoint s');
      codes.add((error as { code: string }).code);
    }
    assert.deepEqual([...codes], ['23503']);
  } finally {
    await client.query('rollback').catch(() => {});
    await client.end();
  }
});
