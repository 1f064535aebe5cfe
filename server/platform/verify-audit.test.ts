import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import pg from 'pg';
import { openWorld, type World } from '../../tests/world.ts';
import { eraseAuditValues } from '../audit/erase-audit-values.ts';
import { appendAudit } from './audit.ts';
import { hashLink, headText } from './audit-sealer.ts';
import { keyFingerprint } from './signing-keys.ts';
import { verifyAudit } from './verify-audit.ts';

const anna = '0198a000-0000-7000-8000-000000000001';

async function written(t: { after(work: () => Promise<void>): void }, count = 8): Promise<{ world: World; admin: pg.Client }> {
  const world = await openWorld(t);
  for (let number = 1; number <= count; number += 1) {
    await world.run((ctx) =>
      appendAudit(ctx, {
        action: 'person.changed',
        subject: { kind: 'person', id: number === 4 ? anna : null, name: `Person ${number}` },
        before: { title: 'Clerk', number },
        after: { title: 'Lead', number },
        reason: 'because',
        people: number % 4 === 0 ? [anna] : [],
      }),
    );
  }
  await world.platform.sealer.sealAll();
  await world.platform.sealer.signHead(world.organizationId);
  const admin = new pg.Client({ connectionString: world.database.adminUrl });
  await admin.connect();
  t.after(() => admin.end());
  return { world, admin };
}

/** Runs `tamper` as the database's superuser and undoes it after `look`. */
async function tampering(admin: pg.Client, statements: string[], look: () => Promise<void>): Promise<void> {
  const tables = ['platform_audit_events', 'platform_audit_values', 'platform_audit_heads', 'platform_keys'];
  await admin.query('set session_replication_role = replica');
  for (const table of tables) await admin.query(`create temp table kept_${table} as table ${table}`);
  for (const statement of statements) await admin.query(statement);
  try {
    await look();
  } finally {
    for (const table of tables) {
      await admin.query(`delete from ${table}`);
      await admin.query(`insert into ${table} select * from kept_${table}`);
      await admin.query(`drop table kept_${table}`);
    }
  }
}

test('an untouched chain verifies, and the events that wait for their seal are counted', async (t) => {
  const { world } = await written(t);
  const before = await verifyAudit(world.platform, world.organizationId);
  assert.deepEqual(before.problems, []);
  assert.equal(before.ok, true);
  assert.equal(before.unsealed, 0);
  assert.equal(before.lastHead?.sequence, before.events);
  await world.run((ctx) => appendAudit(ctx, { action: 'person.changed', subject: { kind: 'person', id: null, name: 'Late' } }));
  const after = await verifyAudit(world.platform, world.organizationId);
  assert.equal(after.ok, true);
  assert.equal(after.unsealed, 1);
});

test('a change of any column of an event, of its values, or of a signed head is found', async (t) => {
  const { world, admin } = await written(t);
  const id = 'e0000000-0000-4000-8000-000000000000';
  const events: Record<string, string> = {
    organization_id: `'${id}'`,
    id: `'${id}'`,
    at: "at + interval '1 microsecond'",
    action: "'person.praised'",
    subject_kind: "'app'",
    subject_id: `'${id}'`,
    actor_kind: "'member'",
    actor_id: `'${id}'`,
    concealment_id: `'${id}'`,
    values_hash: "'\\x00'",
    sequence: 'sequence + 1000',
    previous_hash: "'\\x00'",
    hash: "'\\x00'",
  };
  const values: Record<string, string> = {
    organization_id: `'${id}'`,
    event_id: `'${id}'`,
    salt: "'\\x00'",
    actor_name: "'Nobody'",
    subject_name: "'Nobody'",
    before: `'{"title":"Chief"}'`,
    after: `'{"title":"Chief"}'`,
    reason: "'other'",
    person_ids: `array['${id}'::uuid]`,
    concealment_id: `'${id}'`,
    erased_at: 'now()',
  };
  const heads: Record<string, string> = {
    sequence: 'sequence - 1',
    hash: "'\\x00'",
    key_fingerprint: "'00'",
    signature: "'\\x00'",
    at: "at + interval '1 second'",
  };
  const event = 'where sequence = 5';
  const value = 'where event_id = (select id from platform_audit_events where sequence = 5)';
  for (const [table, columns, where] of [
    ['platform_audit_events', events, event],
    ['platform_audit_values', values, value],
    ['platform_audit_heads', heads, ''],
  ] as const) {
    for (const [column, changed] of Object.entries(columns)) {
      await tampering(admin, [`update ${table} set ${column} = ${changed} ${where}`], async () => {
        const report = await verifyAudit(world.platform, world.organizationId);
        assert.equal(report.ok, false, `${table}.${column} was changed and nothing was found`);
      });
    }
  }
  assert.equal((await verifyAudit(world.platform, world.organizationId)).ok, true);
});

test('an event that is taken out of the middle, two that are swapped, and a cut-off tail are found', async (t) => {
  const { world, admin } = await written(t);
  const cases: [string, string[], RegExp][] = [
    ['middle', ['delete from platform_audit_events where sequence = 4'], /Event 4 is missing/],
    [
      'swap',
      [
        'update platform_audit_events set sequence = -1 where sequence = 3',
        'update platform_audit_events set sequence = 3 where sequence = 6',
        'update platform_audit_events set sequence = 6 where sequence = -1',
      ],
      /Event 3 (does not follow|was changed)/,
    ],
    ['tail', ['delete from platform_audit_events where sequence > 5'], /A signed head says there were \d+ events\. The chain ends at 5\./],
    [
      'values',
      ['delete from platform_audit_values where event_id = (select id from platform_audit_events where sequence = 4)'],
      /The values of event 4 are gone/,
    ],
  ];
  for (const [name, statements, words] of cases) {
    await tampering(admin, statements, async () => {
      const report = await verifyAudit(world.platform, world.organizationId);
      assert.ok(
        report.problems.some((problem) => words.test(problem.words)),
        `${name}: ${JSON.stringify(report.problems)}`,
      );
    });
  }
});

test('a whole chain that was rewritten is found by the head that was signed before, also when a key of the forger is added', async (t) => {
  const { world, admin } = await written(t);
  const kept = (await admin.query('select sequence, hash, at from platform_audit_heads')).rows[0];
  const forged: string[] = ["update platform_audit_events set action = 'person.praised' where sequence = 4"];
  const { rows } = await admin.query('select * from platform_audit_events where organization_id = $1 order by sequence', [
    world.organizationId,
  ]);
  let previous: Buffer = Buffer.alloc(32);
  for (const row of rows) {
    const fields = {
      ...row,
      at: Temporal.Instant.fromEpochMilliseconds(row.at.getTime()).toString(),
      action: Number(row.sequence) === 4 ? 'person.praised' : row.action,
    };
    const hash = hashLink(previous, Number(row.sequence), fields);
    forged.push(
      `update platform_audit_events set previous_hash = '\\x${previous.toString('hex')}', hash = '\\x${hash.toString('hex')}' where id = '${row.id}'`,
    );
    previous = hash;
  }
  await tampering(admin, forged, async () => {
    const report = await verifyAudit(world.platform, world.organizationId);
    assert.deepEqual(
      report.problems.map((problem) => problem.words),
      [`The chain up to event ${rows.length} is not the one that was signed.`],
    );
  });

  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const fingerprint = keyFingerprint(pem);
  const signature = sign(
    null,
    headText(world.organizationId, { sequence: rows.length, hash: previous, at: kept.at.toISOString() }),
    privateKey,
  ).toString('hex');
  const withKey = [
    ...forged,
    `insert into platform_keys select '${fingerprint}', '${pem}', private_sealed, created_at from platform_keys limit 1`,
    `update platform_audit_heads set hash = '\\x${previous.toString('hex')}', key_fingerprint = '${fingerprint}', signature = '\\x${signature}'`,
  ];
  await tampering(admin, withKey, async () => {
    const report = await verifyAudit(world.platform, world.organizationId);
    assert.match(report.problems[0]?.words ?? '', /signed with a key that is not this installation’s/);
  });
  // Even when every head is gone from the database, one that was kept in a backup or proof tells.
  await tampering(admin, [...forged, 'delete from platform_audit_heads'], async () => {
    assert.equal((await verifyAudit(world.platform, world.organizationId)).ok, true);
    const report = await verifyAudit(world.platform, world.organizationId, [
      { sequence: Number(kept.sequence), hash: kept.hash.toString('hex') },
    ]);
    assert.equal(report.ok, false);
  });
});

test('erasing a person removes every value that names them, and the chain still verifies; values that were removed without record are found', async (t) => {
  const { world, admin } = await written(t);
  const erased = await world.run((ctx) => eraseAuditValues(ctx, anna));
  assert.deepEqual(erased, { events: 2, messages: 0 });
  await world.platform.sealer.sealAll();
  const report = await verifyAudit(world.platform, world.organizationId);
  assert.deepEqual(report.problems, []);
  assert.equal(report.erased, 2);
  const { rows } = await admin.query("select 1 from platform_audit_values where subject_name in ('Person 4', 'Person 8')");
  assert.equal(rows.length, 0);
  const blank =
    "update platform_audit_values set salt = null, actor_name = null, subject_name = null, before = null, after = null, reason = null, erased_at = now() where subject_name = 'Person 5'";
  await tampering(admin, [blank], async () => {
    const found = await verifyAudit(world.platform, world.organizationId);
    assert.match(found.problems[0]?.words ?? '', /were removed, and no erasure is on record/);
  });
});
