import { createPrivateKey, createPublicKey, verify } from 'node:crypto';
import type pg from 'pg';
import { auditValuesText, hashAuditValues } from './audit.ts';
import { hashLink, headText, type SealedFields } from './audit-sealer.ts';
import type { Platform } from './platform.ts';
import { sameBytes, unseal } from './secrets.ts';
import { keyFingerprint } from './signing-keys.ts';

/** What is wrong, at which place of the chain. */
export type AuditProblem = { sequence: number | null; eventId: string | null; words: string };

/** `unsealed` events are written and not numbered yet: the chain does not protect them for these moments. `erased` lost their values by law. */
export type AuditReport = {
  ok: boolean;
  events: number;
  unsealed: number;
  erased: number;
  heads: number;
  lastHead: { sequence: number; at: string } | null;
  /** At most a hundred; `problemCount` counts all. */
  problems: AuditProblem[];
  problemCount: number;
};

type Row = SealedFields & {
  sequence: number;
  previous_hash: Buffer | null;
  hash: Buffer | null;
  concealment_id: string | null;
  has_values: boolean;
  salt: Buffer | null;
  actor_name: string | null;
  subject_name: string | null;
  before: unknown;
  after: unknown;
  reason: string | null;
  person_ids: string[];
  values_concealment_id: string | null;
  erased_at: string | null;
};

const batch = 2000;
const mostProblems = 100;
const zero = Buffer.alloc(32);

/**
 * Recomputes an organization's audit chain from its first event: numbers without gaps, each link, each event's values (or that their
 * erasure is itself on record), and every signed head. `expected` are heads that were kept elsewhere (in a backup or a proof). Changes
 * nothing; reads one snapshot.
 */
export async function verifyAudit(
  platform: Platform,
  organizationId: string,
  expected: { sequence: number; hash: string }[] = [],
): Promise<AuditReport> {
  const client = await platform.appPool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(
      "select set_config('groundcrew.organization', $1, true), set_config('groundcrew.member', 'system', true), set_config('groundcrew.now', $2, true)",
      [organizationId, platform.clock.now().toString()],
    );
    await client.query('select enter_organization()');
    return await check(client, platform.secretKey, organizationId, expected);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

async function check(
  client: pg.PoolClient,
  secretKey: Buffer,
  organizationId: string,
  expected: { sequence: number; hash: string }[],
): Promise<AuditReport> {
  const report: AuditReport = { ok: true, events: 0, unsealed: 0, erased: 0, heads: 0, lastHead: null, problems: [], problemCount: 0 };
  const found = (sequence: number | null, eventId: string | null, words: string) => {
    report.ok = false;
    report.problemCount += 1;
    if (report.problems.length < mostProblems) report.problems.push({ sequence, eventId, words });
  };
  const heads = (await client.query('select sequence, hash, at, key_fingerprint, signature from platform_audit_heads order by sequence'))
    .rows;
  const told = new Map<number, string[]>();
  const tell = (sequence: number, hash: string) => told.set(sequence, [...(told.get(sequence) ?? []), hash]);
  for (const head of heads) tell(head.sequence, head.hash.toString('hex'));
  for (const head of expected) tell(head.sequence, head.hash);

  const erasure = { recorded: new Set<string>(), blanked: [] as { sequence: number | null; id: string }[] };
  let sequence = 0;
  let previous: Buffer = zero;
  for await (const row of sealedEvents(client)) {
    sequence += 1;
    if (row.sequence !== sequence) {
      found(
        sequence,
        null,
        row.sequence === sequence + 1 ? `Event ${sequence} is missing.` : `Events ${sequence} to ${row.sequence - 1} are missing.`,
      );
      sequence = row.sequence;
    }
    if (!row.previous_hash || !sameBytes(row.previous_hash, previous))
      found(sequence, row.id, `Event ${sequence} does not follow from the one before it.`);
    const hash = hashLink(row.previous_hash ?? zero, sequence, row);
    if (!row.hash || !sameBytes(row.hash, hash)) found(sequence, row.id, `Event ${sequence} was changed after it was sealed.`);
    previous = row.hash ?? zero;
    for (const hex of told.get(sequence) ?? []) {
      if (hex !== previous.toString('hex')) found(sequence, row.id, `The chain up to event ${sequence} is not the one that was signed.`);
    }
    told.delete(sequence);
    checkValues(row, erasure, found);
    report.events += 1;
  }
  for (const missing of told.keys())
    found(missing, null, `A signed head says there were ${missing} events. The chain ends at ${sequence}.`);

  const tail = await client.query<Row>(`${eventQuery} where e.sequence is null order by e.id`);
  for (const row of tail.rows) checkValues(row, erasure, found);
  report.unsealed = tail.rows.length;
  for (const { sequence: at, id } of erasure.blanked) {
    if (!erasure.recorded.has(id)) found(at, id, `The values of event ${at ?? id} were removed, and no erasure is on record for it.`);
  }
  report.erased = erasure.blanked.length;
  await checkHeads(client, secretKey, organizationId, heads, found);
  report.heads = heads.length;
  const last = heads.at(-1);
  report.lastHead = last ? { sequence: last.sequence, at: last.at } : null;
  return report;
}

const eventQuery = `
  select e.organization_id, e.id, e.at, e.action, e.subject_kind, e.subject_id, e.actor_kind, e.actor_id, e.concealment_id, e.values_hash,
    e.sequence, e.previous_hash, e.hash, v.event_id is not null as has_values, v.salt, v.actor_name, v.subject_name, v.before, v.after, v.reason,
    v.person_ids, v.concealment_id as values_concealment_id, v.erased_at
  from platform_audit_events e left join platform_audit_values v on v.organization_id = e.organization_id and v.event_id = e.id`;

async function* sealedEvents(client: pg.PoolClient): AsyncGenerator<Row> {
  for (let after = -(2 ** 53); ; ) {
    const { rows } = await client.query<Row>(`${eventQuery} where e.sequence > $1 order by e.sequence limit ${batch}`, [after]);
    yield* rows;
    if (rows.length < batch) return;
    after = rows.at(-1)!.sequence;
  }
}

type Found = (sequence: number | null, eventId: string | null, words: string) => void;
type Erasure = { recorded: Set<string>; blanked: { sequence: number | null; id: string }[] };

/** The action of an event that records which other events lost their values, in `after.eventIds`. */
export const erasureAction = 'audit.values-erased';

function checkValues(row: Row, erasure: Erasure, found: Found): void {
  const which = row.sequence ?? row.id;
  if (!row.has_values) {
    found(row.sequence, row.id, `The values of event ${which} are gone.`);
    return;
  }
  if (row.values_concealment_id !== row.concealment_id) found(row.sequence, row.id, `Who may see event ${which} was changed.`);
  if (row.erased_at !== null) {
    const rest = [row.salt, row.actor_name, row.subject_name, row.before, row.after, row.reason];
    if (rest.some((value) => value !== null)) found(row.sequence, row.id, `Event ${which} counts as erased and still has values.`);
    erasure.blanked.push({ sequence: row.sequence, id: row.id });
    return;
  }
  const text = auditValuesText({
    actorName: row.actor_name,
    subjectName: row.subject_name,
    before: row.before,
    after: row.after,
    reason: row.reason,
    people: row.person_ids,
  });
  if (!row.salt || !sameBytes(hashAuditValues(row.salt, text), row.values_hash)) {
    found(row.sequence, row.id, `The values of event ${which} were changed.`);
    return;
  }
  if (row.action === erasureAction) for (const id of (row.after as { eventIds: string[] }).eventIds) erasure.recorded.add(id);
}

// A key counts only when the secret key, which is not in the database, opens its private half: nobody can add one of their own.
async function checkHeads(
  client: pg.PoolClient,
  secretKey: Buffer,
  organizationId: string,
  heads: { sequence: number; hash: Buffer; at: string; key_fingerprint: string; signature: Buffer }[],
  found: Found,
): Promise<void> {
  const keys = new Map<string, string>();
  const { rows } = await client.query('select fingerprint, public_key, private_sealed from platform_keys');
  for (const row of rows) {
    try {
      const opened = createPrivateKey(unseal(secretKey, `signing key ${row.fingerprint}`, row.private_sealed));
      const publicKey = createPublicKey(opened).export({ type: 'spki', format: 'pem' }).toString();
      if (keyFingerprint(publicKey) === row.fingerprint) keys.set(row.fingerprint, publicKey);
    } catch {
      // Not this installation's key: what it signed is told below.
    }
  }
  for (const head of heads) {
    const key = keys.get(head.key_fingerprint);
    if (!key) found(head.sequence, null, `The head at event ${head.sequence} was signed with a key that is not this installation’s.`);
    else if (!verify(null, headText(organizationId, head), key, head.signature)) {
      found(head.sequence, null, `The signature of the head at event ${head.sequence} does not match.`);
    }
  }
}
