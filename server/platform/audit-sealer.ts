import { createHash, sign } from 'node:crypto';
import type pg from 'pg';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import { loadSigningKey } from './signing-keys.ts';

/** The fields of one event that its hash covers, in this order. Changing the list would break every chain: add a version instead. */
export type SealedFields = {
  organization_id: string;
  id: string;
  at: string;
  action: string;
  subject_kind: string;
  subject_id: string | null;
  actor_kind: string;
  actor_id: string | null;
  concealment_id: string | null;
  values_hash: Uint8Array;
};

/** Hash of one link: SHA-256 over the hash before, the sequence number and the event's fields. */
export function hashLink(previous: Uint8Array, sequence: number, fields: SealedFields): Buffer {
  const text = JSON.stringify([
    1,
    sequence,
    fields.organization_id,
    fields.id,
    Temporal.Instant.from(fields.at).epochNanoseconds.toString(),
    fields.action,
    fields.subject_kind,
    fields.subject_id,
    fields.actor_kind,
    fields.actor_id,
    fields.concealment_id,
    Buffer.from(fields.values_hash).toString('hex'),
  ]);
  return createHash('sha256').update(previous).update(text).digest();
}

/** The text that a head's signature covers. */
export const headText = (organizationId: string, head: { sequence: number; hash: Uint8Array; at: string }): Buffer =>
  Buffer.from(
    `groundcrew audit head 1\n${organizationId}\n${head.sequence}\n${Buffer.from(head.hash).toString('hex')}\n${Temporal.Instant.from(head.at).epochMilliseconds}\n`,
  );

export type AuditHead = { sequence: number; hash: string; keyFingerprint: string; signature: string };

export type Sealer = {
  /** Seals what commits, every `everyMilliseconds`. */
  start(everyMilliseconds?: number): void;
  /** Numbers and chains everything that has committed and is not sealed; returns how many events. */
  sealAll(): Promise<number>;
  /** Seals, then signs the newest head of an organization and keeps it. null when nothing was ever written. */
  signHead(organizationId: string): Promise<AuditHead | null>;
  stop(): Promise<void>;
};

const batch = 500;
const zero = Buffer.alloc(32);

/**
 * The only writer of the audit chain, with a role of its own. It runs apart from the transactions it seals, because chaining
 * inside them would make all writes of a company wait for each other. An advisory lock keeps it single across nodes.
 */
export function openSealer(options: { pool: pg.Pool; appPool: pg.Pool; secretKey: Buffer; clock: Clock; log: Log }): Sealer {
  const { pool, secretKey, clock, log } = options;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<unknown> = Promise.resolve();
  let stopped = false;

  async function sealOrganization(client: pg.PoolClient, organizationId: string): Promise<number> {
    let sealed = 0;
    for (;;) {
      await client.query('begin');
      try {
        const { rows: tail } = await client.query(
          'select sequence, hash from platform_audit_events where organization_id = $1 and sequence is not null order by sequence desc limit 1',
          [organizationId],
        );
        const { rows } = await client.query<SealedFields>(
          `select organization_id, id, at, action, subject_kind, subject_id, actor_kind, actor_id, concealment_id, values_hash from platform_audit_events
           where organization_id = $1 and sequence is null order by id limit ${batch}`,
          [organizationId],
        );
        let sequence: number = tail[0]?.sequence ?? 0;
        let previous: Buffer = tail[0]?.hash ?? zero;
        const updates = rows.map((row) => {
          sequence += 1;
          const hash = hashLink(previous, sequence, row);
          const link = { id: row.id, sequence, previous: previous.toString('hex'), hash: hash.toString('hex') };
          previous = hash;
          return link;
        });
        if (updates.length > 0) {
          await client.query(
            `update platform_audit_events e set sequence = u.sequence, previous_hash = decode(u.previous, 'hex'), hash = decode(u.hash, 'hex')
             from jsonb_to_recordset($2::jsonb) as u(id uuid, sequence bigint, previous text, hash text) where e.organization_id = $1 and e.id = u.id`,
            [organizationId, JSON.stringify(updates)],
          );
        }
        await client.query('commit');
        sealed += updates.length;
        if (updates.length < batch) return sealed;
      } catch (error) {
        await client.query('rollback');
        throw error;
      }
    }
  }

  async function withLock<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    try {
      await client.query("select pg_advisory_lock(hashtext('groundcrew audit sealer'))");
      return await work(client);
    } finally {
      await client.query("select pg_advisory_unlock(hashtext('groundcrew audit sealer'))").catch(() => {});
      client.release();
    }
  }

  const sealAllWith = async (client: pg.PoolClient) => {
    const { rows } = await client.query<{ organization_id: string }>(
      'select distinct organization_id from platform_audit_events where sequence is null',
    );
    let sealed = 0;
    for (const row of rows) sealed += await sealOrganization(client, row.organization_id);
    return sealed;
  };

  const sealAll = () => {
    const next = running.then(() => withLock(sealAllWith));
    running = next.catch(() => {});
    return next;
  };

  return {
    start(everyMilliseconds = 200) {
      const turn = async () => {
        try {
          await sealAll();
        } catch (error) {
          if (!stopped) log.warn({ problem: (error as Error).message }, 'audit events wait for their seal');
        }
        if (!stopped) timer = setTimeout(turn, everyMilliseconds);
      };
      timer = setTimeout(turn, everyMilliseconds);
    },
    sealAll,
    async signHead(organizationId) {
      const key = await loadSigningKey(options.appPool, secretKey, clock);
      const next = running.then(() =>
        withLock(async (client) => {
          await sealOrganization(client, organizationId);
          const { rows } = await client.query(
            'select sequence, hash from platform_audit_events where organization_id = $1 and sequence is not null order by sequence desc limit 1',
            [organizationId],
          );
          const head = rows[0];
          if (!head) return null;
          const at = clock.now().toString();
          const signature = sign(null, headText(organizationId, { ...head, at }), key.privateKey);
          await client.query(
            `insert into platform_audit_heads (organization_id, sequence, hash, at, key_fingerprint, signature) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
            [organizationId, head.sequence, head.hash, at, key.fingerprint, signature],
          );
          return {
            sequence: head.sequence,
            hash: head.hash.toString('hex'),
            keyFingerprint: key.fingerprint,
            signature: signature.toString('base64'),
          };
        }),
      );
      running = next.catch(() => {});
      return next;
    },
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}
