import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Client } from 'pg';
import { createOrganization } from '../server/identity/index.ts';
import { reactionJob } from '../server/platform/events.ts';
import { rowsByParam } from './setup/rows-by-param.ts';
import { openWorld, type World } from './world.ts';

// By SQL, logged in as the application's own role, with the one organization set: nothing of the other is there.
let world: World;
let other: string;

before(async (t) => {
  world = await openWorld(t as unknown as Parameters<typeof openWorld>[0]);
  other = await createOrganization(world.platform, { name: 'Other company', timeZone: 'UTC' });
  for (const organizationId of [world.organizationId, other]) {
    await world.run(async (ctx) => {
      await rowsByParam(ctx);
      await ctx.platform.jobs.enqueue(ctx, reactionJob, { reaction: 'none', data: {} });
    }, organizationId);
  }
  await as(world.database.adminUrl, async (client) => {
    await client.query(
      "insert into platform_audit_heads (organization_id, sequence, hash, at, key_fingerprint, signature) select o.organization_id, 1, ''::bytea, now(), 'x', ''::bytea from identity_organizations o",
    );
  });
});

async function as<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Runs as groundcrew_app in a transaction of one organization, seen by the system; rolled back at the end. */
const asApp = <T>(organizationId: string | null, work: (client: Client) => Promise<T>): Promise<T> =>
  as(world.database.url('groundcrew_app'), async (client) => {
    await client.query('begin');
    if (organizationId) {
      await client.query(
        "select set_config('groundcrew.organization', $1, true), set_config('groundcrew.member', 'system', true), set_config('groundcrew.now', now()::text, true)",
        [organizationId],
      );
      await client.query('select enter_organization()');
    }
    const result = await work(client);
    await client.query('rollback');
    return result;
  });

const asAdmin = <T>(text: string, values: unknown[] = []): Promise<T[]> =>
  as(world.database.adminUrl, async (client) => (await client.query(text, values)).rows as T[]);

const tenantTables = async (): Promise<string[]> =>
  (
    await asAdmin<{ name: string }>(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
       where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`,
    )
  ).map((row) => row.name);

/** Whether a statement is refused, in a savepoint so that the transaction goes on. */
async function outcome(client: Client, text: string, values: unknown[] = []): Promise<{ count: number } | 'refused'> {
  await client.query('savepoint attempt');
  try {
    const { rowCount } = await client.query(text, values);
    await client.query('rollback to savepoint attempt');
    return { count: rowCount ?? 0 };
  } catch (error) {
    await client.query('rollback to savepoint attempt');
    // 42501: no privilege, or against a policy.
    if ((error as { code?: string }).code === '42501') return 'refused';
    throw error;
  }
}

test('each tenant table holds a row of both organizations, so that what follows proves something', async () => {
  const empty: string[] = [];
  for (const table of await tenantTables()) {
    const [row] = await asAdmin<{ both: boolean }>(`select count(distinct organization_id) >= 2 as both from ${table}`);
    if (!row!.both) empty.push(table);
  }
  assert.deepEqual(empty, [], 'add a row for each in tests/setup/rows-by-param.ts');
});

test('with one organization set nothing of the other can be selected, updated, deleted or inserted', async () => {
  const wrong: string[] = [];
  const tables = await tenantTables();
  await asApp(world.organizationId, async (client) => {
    for (const table of tables) {
      const seen = await outcome(client, `select from ${table} where organization_id = $1`, [other]);
      if (seen !== 'refused' && seen.count > 0) wrong.push(`${table} shows ${seen.count} rows`);
      const { rows } = await client.query<{ name: string }>(
        `select a.attname as name from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and has_column_privilege(a.attrelid, a.attnum, 'update') order by a.attnum limit 1`,
        [table],
      );
      if (rows[0]) {
        const updated = await outcome(client, `update ${table} set "${rows[0].name}" = "${rows[0].name}" where organization_id = $1`, [
          other,
        ]);
        if (updated !== 'refused' && updated.count > 0) wrong.push(`${table} lets ${updated.count} rows be changed`);
      }
      const deleted = await outcome(client, `delete from ${table} where organization_id = $1`, [other]);
      if (deleted !== 'refused' && deleted.count > 0) wrong.push(`${table} lets ${deleted.count} rows be deleted`);
    }
  });
  assert.deepEqual(wrong, []);
});

test('no row can be inserted for the other organization, nor moved to it', async () => {
  const wrong: string[] = [];
  for (const table of await tenantTables()) {
    const [row] = await asAdmin<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) as row from ${table} t where organization_id = $1 limit 1`,
      [other],
    );
    assert.ok(row, `${table} has no row to try with: add one in tests/setup/rows-by-param.ts`);
    await asApp(world.organizationId, async (client) => {
      // A copy of a row that is right in every other respect: the only thing wrong is whose it is.
      const inserted = await outcome(client, `insert into ${table} select * from jsonb_populate_record(null::${table}, $1)`, [
        JSON.stringify(row.row),
      ]);
      if (inserted !== 'refused') wrong.push(`${table} took a row of the other organization`);
      const mayMove = await client.query(`select has_column_privilege($1::regclass, 'organization_id', 'update') as may`, [table]);
      if (!mayMove.rows[0].may) return;
      const moved = await outcome(client, `update ${table} set organization_id = $1`, [other]).catch((error) => error as Error);
      if (moved !== 'refused' && !(moved instanceof Error)) wrong.push(`${table} let a row move to the other organization`);
    });
  }
  assert.deepEqual(wrong, []);
});

test('with no organization set there is nothing at all', async () => {
  const wrong: string[] = [];
  for (const setting of [false, true]) {
    for (const table of await tenantTables()) {
      await asApp(null, async (client) => {
        // After a transaction of some organization the setting is '' and not absent: both must show nothing.
        if (setting) await client.query("select set_config('groundcrew.organization', '', true)");
        const seen = await outcome(client, `select from ${table}`);
        if (seen !== 'refused' && seen.count > 0) wrong.push(`${table} shows ${seen.count} rows`);
      });
    }
  }
  assert.deepEqual(wrong, []);
});

test('jobs of the other organization cannot be seen, added, changed or taken', async () => {
  const tables = (await asAdmin<{ name: string }>("select tablename as name from pg_tables where schemaname = 'pgboss'")).map(
    (row) => row.name,
  );
  const [jobs] = await asAdmin<{ count: number }>("select count(*)::int as count from pgboss.job where data->>'organizationId' = $1", [
    other,
  ]);
  assert.ok(jobs!.count > 0);
  await asApp(world.organizationId, async (client) => {
    const { rows } = await client.query(
      "select count(*)::int as mine, (count(*) filter (where data->>'organizationId' is distinct from $1))::int as others from pgboss.job",
      [world.organizationId],
    );
    assert.ok(rows[0].mine > 0);
    assert.equal(rows[0].others, 0);
    const data = JSON.stringify({ organizationId: other, data: {} });
    assert.equal(await outcome(client, 'insert into pgboss.job (name, data) values ($1, $2)', [reactionJob.name, data]), 'refused');
    for (const table of tables.filter((name) => name !== 'queue')) {
      for (const text of [`update pgboss.${table} set name = name`, `delete from pgboss.${table}`]) {
        const done = await outcome(client, text).catch((error) => {
          // A table without a column "name": the attempt is refused for want of privilege where there is one.
          if ((error as { code?: string }).code === '42703') return 'refused' as const;
          throw error;
        });
        assert.equal(done, 'refused', text);
      }
    }
  });
});

test('the application’s role owns nothing, is no superuser, passes no row-level security and belongs to no other role', async () => {
  const roles = await asAdmin<{ rolname: string; ok: boolean }>(
    "select rolname, not (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication) as ok from pg_roles where rolname like 'groundcrew%' order by 1",
  );
  assert.deepEqual(
    roles.filter((role) => !role.ok),
    [],
  );
  assert.ok(roles.length >= 5);
  const owned = await asAdmin(
    `select c.relname as name from pg_class c where pg_get_userbyid(c.relowner) = 'groundcrew_app'
     union all select p.proname from pg_proc p where pg_get_userbyid(p.proowner) = 'groundcrew_app'
     union all select n.nspname from pg_namespace n where pg_get_userbyid(n.nspowner) = 'groundcrew_app'`,
  );
  assert.deepEqual(owned, []);
  assert.deepEqual(
    await asAdmin(
      "select from pg_auth_members m where pg_get_userbyid(m.member) in ('groundcrew_app', 'groundcrew_auth', 'groundcrew_sealer')",
    ),
    [],
  );
  await asApp(world.organizationId, async (client) => {
    for (const text of [
      'create table stolen ()',
      'create table public.stolen ()',
      'set role groundcrew_lookup',
      'set row_security = off; select from identity_members',
      'select from auth."user"',
    ]) {
      await client.query('savepoint attempt');
      await assert.rejects(client.query(text), text);
      await client.query('rollback to savepoint attempt');
    }
  });
});

test('every table with an organization forces row-level security by a policy on the organization that is set', async () => {
  const wrong = await asAdmin(
    `select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not (
       c.relrowsecurity and c.relforcerowsecurity and exists (
         select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd = '*' and 'groundcrew_app'::regrole = any (p.polroles)
           and pg_get_expr(p.polqual, c.oid) like '%organization_id = ( SELECT current_organization()%'
           and pg_get_expr(p.polwithcheck, c.oid) like '%organization_id = ( SELECT current_organization()%'))`,
  );
  assert.deepEqual(wrong, []);
  const loose = await asAdmin(
    `select c.relname as name, p.polname from pg_policy p join pg_class c on c.oid = p.polrelid
     where p.polpermissive and p.polname <> 'own_organization' and (p.polroles = '{0}' or 'groundcrew_app'::regrole = any (p.polroles)) and c.relnamespace = 'public'::regnamespace`,
  );
  assert.deepEqual(loose, [], 'a second permissive policy for the application would open the first');
});

test('tables without an organization that the application may read are a known few', async () => {
  const tables = await asAdmin<{ name: string }>(
    `select c.relname as name from pg_class c where c.relkind in ('r', 'p', 'm') and c.relnamespace = 'public'::regnamespace
       and has_any_column_privilege('groundcrew_app', c.oid, 'select')
       and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped) order by 1`,
  );
  assert.deepEqual(
    tables.map((row) => row.name),
    ['platform_installation', 'platform_keys'],
  );
});

test('foreign keys between tenant tables carry the organization, so that a row cannot point across', async () => {
  const wrong = await asAdmin(
    `select k.conrelid::regclass::text as "table", k.conname from pg_constraint k
     where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.confrelid <> 'identity_organizations'::regclass
       and not exists (select from pg_attribute a where a.attrelid = k.conrelid and a.attnum = k.conkey[1] and a.attname = 'organization_id')`,
  );
  assert.deepEqual(wrong, []);
});

test('functions that run with more rights take no organization, and fix their search path', async () => {
  const functions = await asAdmin<{ name: string; arguments: string; types: string; config: string[] | null; owner: string }>(
    `select p.proname as name, pg_get_function_identity_arguments(p.oid) as arguments, (select coalesce(string_agg(t::regtype::text, ','), '') from unnest(p.proargtypes) t) as types,
       p.proconfig as config, pg_get_userbyid(p.proowner) as owner
     from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace order by 1`,
  );
  assert.ok(functions.length >= 8);
  for (const each of functions) {
    assert.doesNotMatch(each.types, /uuid/, `${each.name}(${each.arguments}) could be asked for an organization`);
    assert.doesNotMatch(each.arguments, /organi[sz]ation|tenant/i, each.name);
    assert.ok(
      each.config?.some((one) => one.startsWith('search_path=pg_catalog, public')),
      `${each.name} has no fixed search path`,
    );
    assert.ok(['groundcrew_lookup', 'groundcrew_remover'].includes(each.owner), `${each.name} belongs to ${each.owner}`);
  }
});

test('a secret or a user of the other organization is unknown while one is set, to every function that looks them up', async () => {
  const anyOf = async (column: string, table: string) =>
    (
      await asAdmin<{ value: unknown }>(
        `select ${column} as value from ${table} where organization_id = $1 and ${column} is not null limit 1`,
        [other],
      )
    )[0]?.value;
  await asAdmin("update identity_members set user_id = 'user ' || id where organization_id = $1", [other]);
  const asked = {
    lookup_invitation: await anyOf('hash', 'identity_invitations'),
    visitor_of_token: await anyOf('hash', 'identity_tokens'),
    lookup_task_link: await anyOf('hash', 'tasks_links'),
    lookup_welcome_link: await anyOf('welcome_link_hash', 'playbooks_runs'),
    memberships_of_user: await anyOf('user_id', 'identity_members'),
    connection_of_hook: await anyOf('key', 'connections_hooks'),
    connection_of_push_token: await anyOf('hash', 'directory_tokens'),
    company_of_domain: await anyOf('domains[1]', 'identity_company_sign_in'),
  };
  const named = await asAdmin<{ name: string }>(
    "select p.proname as name from pg_proc p where p.prosecdef and p.proretset and p.pronargs = 1 and has_function_privilege('groundcrew_app', p.oid, 'execute') and p.pronamespace = 'public'::regnamespace",
  );
  // Answers for the organization that is set alone, also when there is none.
  const within = 'holders_of_addresses';
  assert.deepEqual(named.map(({ name }) => name).sort(), [...Object.keys(asked), within].sort());
  const held = (organizationId: string | null) =>
    asApp(organizationId, async (client) => (await client.query(`select from ${within}($1)`, [['only.there@other.example']])).rowCount);
  await asAdmin("update people_people set personal_address = 'Only.there@other.example' where organization_id = $1", [other]);
  assert.deepEqual([await held(null), await held(other), await held(world.organizationId)], [0, 1, 0]);
  for (const [name, secret] of Object.entries(asked)) {
    const found = (organizationId: string | null) =>
      asApp(organizationId, async (client) => (await client.query(`select * from ${name}($1)`, [secret])).rowCount);
    assert.deepEqual([name, await found(null), await found(other), await found(world.organizationId)], [name, 1, 1, 0]);
  }
});

test('views are read with the rights of who asks', async () => {
  const wrong = await asAdmin(
    `select c.relname as name from pg_class c where c.relkind = 'v' and c.relnamespace = 'public'::regnamespace
       and not coalesce(c.reloptions, '{}') && array['security_invoker=true', 'security_invoker=on']`,
  );
  assert.deepEqual(wrong, []);
});
