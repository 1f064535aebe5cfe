import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Client } from 'pg';
import { SMTPServer } from 'smtp-server';
import { openWorld, type World } from '../../tests/world.ts';
import { createOrganization } from '../identity/index.ts';
import { sql } from '../platform/database.ts';
import { verifyAudit } from '../platform/verify-audit.ts';
import { createRunner } from '../runner.ts';
import { removeSample } from './remove-sample.ts';

type Count = { n: number };

let world: World;
let sampleId: string;
let mails = 0;
let tookMilliseconds = 0;

before(
  async (t) => {
    const smtp = new SMTPServer({
      authOptional: true,
      hideSTARTTLS: true,
      onData: (stream, _session, done) => {
        mails += 1;
        stream.resume();
        stream.on('end', () => done());
      },
    });
    await new Promise<void>((resolve) => {
      smtp.listen(0, '127.0.0.1', resolve);
    });
    const { port } = smtp.server.address() as { port: number };
    const teardown = t as unknown as Parameters<typeof openWorld>[0];
    world = await openWorld(teardown, { at: '2026-11-21T10:40:00Z', env: { SMTP_URL: `smtp://127.0.0.1:${port}` } });
    teardown.after(() => new Promise<void>((resolve) => void smtp.close(() => resolve())));
    const made = await world.owner('post', '/sample');
    assert.equal(made.status, 200, JSON.stringify(made.body));
    sampleId = made.body.organizationId;
    assert.equal((await world.owner('get', '/sample')).body.sample.status, 'making');
    const began = performance.now();
    await world.drain();
    tookMilliseconds = performance.now() - began;
  },
  { timeout: 300_000 },
);

const inSample = <T extends object>(text: string): Promise<T[]> =>
  world.run(async (ctx) => (await sql.raw<T>(text).execute(ctx.db)).rows, sampleId);
const count = async (text: string) => (await inSample<Count>(`select count(*)::int as n from ${text}`))[0]!.n;

test('the sample is ready, labelled, and belongs to who made it', async (t) => {
  t.diagnostic(`filled in ${Math.round(tookMilliseconds)} ms`);
  const { sample } = (await world.owner('get', '/sample')).body;
  assert.equal(sample.status, 'ready');
  const [organization] = await inSample<{ sample: boolean; name: string }>('select sample, name from identity_organizations');
  assert.equal(organization!.sample, true);
  assert.match(organization!.name, /sample/);
  assert.equal(await count(`identity_members where 'owner' = any (roles) and name = 'Ines Halvorsen'`), 1);
  assert.equal((await world.owner('post', '/sample')).status, 409);
});

test('every page has something to show', async () => {
  const people = await count('people_roster');
  assert.ok(people >= 175 && people <= 195, `${people} people`);
  assert.equal(await count('apps_apps'), 25);
  assert.equal(await count('people_locations'), 6);
  assert.equal((await inSample<Count>('select count(distinct time_zone)::int as n from people_roster'))[0]!.n, 4);
  for (const status of ['left', 'leaving', 'joining', 'away', 'working'])
    assert.ok((await count(`people_roster where status = '${status}'`)) > 0, status);
  for (const status of ['running', 'paused', 'cancelled', 'rescinded'])
    assert.ok((await count(`playbooks_runs where status = '${status}'`)) > 0, status);
  assert.ok((await count(`playbooks_proofs where status = 'closed'`)) >= 4);
  assert.ok((await count(`playbooks_runs where moment = 'joiner' and status = 'running'`)) >= 3);
  assert.equal(await count(`playbooks_runs where moment = 'contractor'`), 1);
  assert.ok((await count('playbooks_lost_days')) > 0);
  assert.equal(await count('access_rules where archived_at is null'), 2);
  assert.equal(await count('playbooks_proofs where reopened_at is not null'), 1);
  for (const status of ['verified', 'evidenced', 'did-not-obey', 'asked', 'retrying', 'unknown', 'planned', 'withdrawn']) {
    assert.ok((await count(`access_actions where status = '${status}'`)) > 0, status);
  }
  for (const status of ['open', 'done', 'cancelled']) assert.ok((await count(`tasks_tasks where status = '${status}'`)) > 0, status);
  assert.ok((await count(`tasks_tasks where status = 'open' and escalated_at is not null`)) > 0);
  assert.ok((await count(`connections_connections where status = 'failing'`)) === 1);
  assert.ok((await count(`connections_syncs where status = 'held'`)) === 1);
  assert.ok((await count(`people_imports where status = 'held'`)) === 1);
  assert.ok((await count(`people_concealments where sensitive and cardinality(named_member_ids) = 1`)) === 1);
  assert.ok((await count(`apps_accounts where kind = 'service' and service_owner_id is not null`)) > 0);
  const zones = await inSample<Count>(
    `select count(distinct zone)::int as n from playbooks_runs where status in ('running', 'paused') and cut_off_at > groundcrew_now()`,
  );
  assert.ok(zones[0]!.n >= 3);
  assert.equal(await count('playbooks_runs where cut_off_note is not null'), 1);
});

test('the pages of who made it answer with rows: Today, people, finding, runs, outbox', async () => {
  const visitor = await world.as(['owner'], { organizationId: sampleId, name: 'Visitor' });
  const get = async (path: string) => {
    const answer = await visitor('get', path);
    assert.equal(answer.status, 200, `${path} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const today = await get('/today');
  assert.ok(today.needs.length > 0);
  assert.ok(today.next.length > 0);
  assert.ok(today.wentWell.length > 0);
  const finding = await get('/finding?limit=200');
  const group = (name: string) => finding.groups.find((each: { group: string }) => each.group === name).accounts;
  assert.ok(group('left') >= 3 && group('left') <= 8, `${group('left')} zombies`);
  assert.ok(group('missing') > 0);
  assert.ok(group('nobody') > 0);
  assert.ok((await get('/people?limit=200')).total >= 175);
  assert.ok((await get('/runs')).total >= 12);
  // What only the owner who made it was named for is not there for another owner.
  assert.equal((await get('/runs')).rows.filter((run: { sensitive: boolean }) => run.sensitive).length, 0);
});

test('histories are real: the audit chain verifies, and reaches back a hundred days', async () => {
  await world.platform.sealer.sealAll();
  const report = await verifyAudit(world.platform, sampleId);
  assert.equal(report.ok, true, JSON.stringify(report.problems));
  assert.ok(report.events > 1000);
  const [span] = await inSample<{ days: number }>('select extract(day from max(at) - min(at))::int as days from platform_audit_events');
  assert.ok(span!.days >= 99);
});

test('mail of a sample is kept and never sent, while that of a real organization goes out', async () => {
  const put = (organizationId: string) =>
    world.run(async (ctx) => {
      const { queueMail } = await import('../platform/mail.ts');
      await queueMail(ctx, { toPersonId: null, toAddress: 'somebody@example.com', subject: 'Hello', body: 'Hello.', dedupeKey: 'test' });
    }, organizationId);
  await put(sampleId);
  await put(world.organizationId);
  const runner = createRunner(world.platform);
  await runner.settle();
  await runner.stop();
  assert.equal(mails, 1);
  assert.equal(await count(`platform_mail where status in ('sent', 'sending', 'queued')`), 0);
  assert.ok((await count(`platform_mail where status = 'kept'`)) > 50);
});

async function asAdmin<T extends object>(text: string, values: unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: world.database.adminUrl });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as T[];
  } finally {
    await client.end();
  }
}

/** How many rows each table with organizations has, of one organization or of all others. */
async function rowsOf(organizationId: string, which: '=' | '<>'): Promise<Record<string, string>> {
  const tables = await asAdmin<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`,
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await asAdmin<{ n: number; hash: string }>(
      `select count(*)::int as n, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from ${name} t where organization_id ${which} $1`,
      [organizationId],
    );
    if (row!.n > 0) found[name] = `${row!.n} ${row!.hash}`;
  }
  return found;
}

test('no real organization can be removed, neither by the operation nor by the function of the database', async () => {
  await assert.rejects(removeSample(world.platform, world.organizationId), /no sample/);
  await assert.rejects(
    world.run(async (ctx) => void (await sql`select remove_sample_audit()`.execute(ctx.db))),
    /only a sample organization/,
  );
  assert.ok(Object.keys(await rowsOf(world.organizationId, '=')).length > 0);
});

test('one click removes the sample: no row of it is left in any table, and every other organization is untouched', async () => {
  assert.equal((await (await world.as(['ops']))('delete', '/sample')).status, 403);
  await createOrganization(world.platform, { name: 'Bystander', timeZone: 'UTC' });
  await world.owner('get', '/sample');
  const before = await rowsOf(sampleId, '<>');
  const removed = await world.owner('delete', '/sample');
  assert.equal(removed.status, 204, JSON.stringify(removed.body));
  assert.deepEqual(await rowsOf(sampleId, '='), {});
  const after = await rowsOf(sampleId, '<>');
  // Only that it was removed is new elsewhere.
  for (const table of ['platform_audit_events', 'platform_audit_values']) {
    assert.equal(Number.parseInt(after[table]!, 10), Number.parseInt(before[table]!, 10) + 1);
    delete after[table];
    delete before[table];
  }
  assert.deepEqual(after, before);
  assert.equal((await asAdmin<Count>(`select count(*)::int as n from pgboss.job where data->>'organizationId' = $1`, [sampleId]))[0]!.n, 0);
  assert.equal((await world.owner('get', '/sample')).body.sample, null);
  assert.equal((await world.owner('delete', '/sample')).status, 404);
  // And it can be made anew.
  assert.equal((await world.owner('post', '/sample')).status, 200);
});
