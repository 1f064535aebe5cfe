import { createHash, randomBytes } from 'node:crypto';
import { DBOS } from '@dbos-inc/dbos-sdk';
import { Pool } from 'pg';

/** What one step of a run left behind: what the same step writes as a DBOS step. */
export type StepEffect = { kind: 'message' | 'task' | 'none'; status: string; title: string; words: string; text: string };

/** What a DBOS step does, given what it is about and an id of its own. */
export type StepWork<Step> = (step: Step, id: string) => Promise<void>;

export type DbosSteps = {
  /** Runs one workflow per run, `atOnce` at the same time, each with its steps one after the other. Returns milliseconds. */
  perform<Step>(runs: Step[][], atOnce: number, work: StepWork<Step>): Promise<number>;
  /** The least that a step can be: writes what ours wrote in one statement, into the same tables with the same keys and indexes, as a superuser. */
  write: StepWork<StepEffect>;
  close(): Promise<void>;
};

const connections = 20;

// Each effect is one statement with a key of its own, so that a step that is repeated after a crash changes nothing: the least that can be asked of it.
const audit = (rows: string) => `
  , rows as materialized (${rows}), events as (
    insert into platform_audit_events (organization_id, id, at, action, subject_kind, subject_id, actor_kind, values_hash)
    select $1::uuid, id, now(), action, kind, $2::uuid, 'system', decode($5, 'hex') from rows)
  insert into platform_audit_values (organization_id, event_id, salt, actor_name, subject_name, after, person_ids)
  select $1::uuid, id, decode($6, 'hex'), 'Groundcrew', $3, $4::jsonb, '{}' from rows`;
const one = (action: string) => `select uuidv7() as id, '${action}' as action, 'step' as kind`;
const mail = `mail as (insert into platform_mail (organization_id, message_id, dedupe_key, to_address, subject, body, created_at, due_at)
  values ($1::uuid, '<' || $2::text || '@example.com>', $2::text, 'ines@example.com', $3, $7, now(), now()) on conflict do nothing)`;
const statements: Record<StepEffect['kind'], string> = {
  none: `with nothing as (select $7::text)${audit(one('step.skipped'))}`,
  message: `with ${mail}${audit(one('step.done'))}`,
  task: `with ${mail}, task as (insert into tasks_tasks (organization_id, id, kind, title, instructions, about_kind, about_id, due_at, created_at)
    values ($1::uuid, $2::uuid, 'task', $3, $7, 'step', $2::uuid, now(), now()) on conflict do nothing)${audit(`${one('step.waiting')} union all select uuidv7(), 'task.opened', 'task'`)}`,
};

/** DBOS Transact on a migrated database of its own. One at a time in a process. */
export async function openDbosSteps(databaseUrl: string, organizationId: string): Promise<DbosSteps> {
  const pool = new Pool({ connectionString: databaseUrl, max: connections });
  let current: StepWork<unknown> = async () => {};
  const leave = DBOS.registerWorkflow(
    async (steps: unknown[], ids: string[]) => {
      for (const [index, step] of steps.entries()) await DBOS.runStep(() => current(step, ids[index]!), { name: 'step' });
    },
    { name: 'leave' },
  );
  DBOS.setConfig({ name: 'bench', systemDatabaseUrl: databaseUrl, systemDatabasePoolSize: connections, logLevel: 'error' });
  await DBOS.launch();
  return {
    async perform<Step>(runs: Step[][], atOnce: number, work: StepWork<Step>) {
      current = work as StepWork<unknown>;
      const begun = performance.now();
      const waiting = runs.values();
      const one = async () => {
        for (const steps of waiting) {
          const ids = steps.map(() => crypto.randomUUID());
          await (await DBOS.startWorkflow(leave)(steps, ids)).getResult();
        }
      };
      await Promise.all(Array.from({ length: atOnce }, one));
      return performance.now() - begun;
    },
    async write({ kind, title, words, text }, id) {
      const after = JSON.stringify({ words, run: id });
      const salt = randomBytes(16);
      const hash = createHash('sha256').update(salt).update(after).digest('hex');
      await pool.query({
        name: kind,
        text: statements[kind],
        values: [organizationId, id, title, after, hash, salt.toString('hex'), text],
      });
    },
    async close() {
      await DBOS.shutdown();
      await pool.end();
    },
  };
}
