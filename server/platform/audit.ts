import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Context } from './context.ts';

/** One thing that was done. `people` are whose personal values it holds, so that they can be erased with the person. */
export type AuditEntry = {
  /** `person.changed`, `account.suspended`: what happened, in the past tense. */
  action: string;
  subject: { kind: string; id: string | null; name?: string | null };
  before?: unknown;
  after?: unknown;
  reason?: string | null;
  people?: string[];
  concealmentId?: string | null;
};

/** The text whose salted hash goes into the chain. Keys are sorted, so the same values give the same text after a round trip through jsonb. */
export function auditValuesText(values: {
  actorName: string | null;
  subjectName: string | null;
  before: unknown;
  after: unknown;
  reason: string | null;
  people: readonly string[];
}): string {
  return JSON.stringify(sorted({ ...values, people: [...values.people].sort() }));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, entry]) => entry !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, entry]) => [key, sorted(entry)]),
    );
  }
  return value ?? null;
}

/** The salted hash of an event's values (SHA-256 over salt and text): proves them while they are kept, says nothing once they are erased. */
export const hashAuditValues = (salt: Uint8Array, text: string): Buffer => createHash('sha256').update(salt).update(text).digest();

type AuditRow = ReturnType<typeof rowOf>;

const mostWaiting = 1_000;
const waiting = new WeakMap<Context, AuditRow[]>();

/**
 * Appends audit events in the transaction of the change they tell of: those of one transaction by one statement at its end, many at
 * once by one for each thousand. A sealer numbers and chains them once committed.
 */
export async function appendAudit(ctx: Context, ...entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = waiting.get(ctx) ?? [];
  if (!waiting.has(ctx)) {
    waiting.set(ctx, rows);
    ctx.beforeCommit(() => writeWaitingAudit(ctx));
  }
  for (const entry of entries) rows.push(rowOf(ctx, entry));
  if (rows.length >= mostWaiting) await writeWaitingAudit(ctx);
}

/** Writes what waits for the end of the transaction now: for who reads or empties the audit in the same transaction. */
export async function writeWaitingAudit(ctx: Context): Promise<void> {
  const rows = waiting.get(ctx) ?? [];
  waiting.delete(ctx);
  if (rows.length > 0) await writeRows(ctx, rows);
}

function rowOf(ctx: Context, entry: AuditEntry) {
  // Through JSON once, so that what is hashed is what jsonb gives back, and nothing that changes later changes it.
  const before = entry.before === undefined ? null : JSON.parse(JSON.stringify(entry.before));
  const after = entry.after === undefined ? null : JSON.parse(JSON.stringify(entry.after));
  const salt = randomBytes(16);
  const text = auditValuesText({
    actorName: ctx.actor.name,
    subjectName: entry.subject.name ?? null,
    before,
    after,
    reason: entry.reason ?? null,
    people: entry.people ?? [],
  });
  return {
    action: entry.action,
    subject_kind: entry.subject.kind,
    subject_id: entry.subject.id,
    concealment_id: entry.concealmentId ?? null,
    values_hash: hashAuditValues(salt, text).toString('hex'),
    salt: salt.toString('hex'),
    subject_name: entry.subject.name ?? null,
    before,
    after,
    reason: entry.reason ?? null,
    people: entry.people ?? [],
  };
}

async function writeRows(ctx: Context, rows: AuditRow[]): Promise<void> {
  const at = ctx.now.toString();
  await sql`
    with rows as (
      select uuidv7() as id, r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(action text, subject_kind text, subject_id uuid,
        concealment_id uuid, values_hash text, salt text, subject_name text, before jsonb, after jsonb, reason text, people uuid[])
    ), events as (
      insert into platform_audit_events (organization_id, id, at, action, subject_kind, subject_id, actor_kind, actor_id, concealment_id, values_hash)
      select ${ctx.organizationId}, id, ${at}, action, subject_kind, subject_id, ${ctx.actor.kind}, ${ctx.actor.memberId ?? ctx.actor.personId}, concealment_id, decode(values_hash, 'hex') from rows
    )
    insert into platform_audit_values (organization_id, event_id, salt, actor_name, subject_name, before, after, reason, person_ids, concealment_id)
    select ${ctx.organizationId}, id, decode(salt, 'hex'), ${ctx.actor.name}, subject_name, nullif(before, 'null'::jsonb), nullif(after, 'null'::jsonb), reason, people, concealment_id from rows`.execute(
    ctx.db,
  );
}
