import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { SMTPServer } from 'smtp-server';
import { createOrganization } from '../../server/identity/index.ts';
import { fileClock } from '../../server/platform/clock.ts';
import { readConfig } from '../../server/platform/config.ts';
import { runAsSystem } from '../../server/platform/context.ts';
import { migrate } from '../../server/platform/migrate.ts';
import { openPlatform } from '../../server/platform/platform.ts';
import { startPostgres } from '../../server/platform/postgres/start-postgres.ts';
import { verifyAudit } from '../../server/platform/verify-audit.ts';
import { testDatabase } from '../database.ts';
import { startScimServer } from '../fakes/scim-servers/start-scim-server.ts';
import type { FaultStory } from './fault-story.ts';

const start = Temporal.Instant.from('2026-11-26T16:00:00Z');
const secretKey = Buffer.alloc(32, 7);
const victim = path.join(import.meta.dirname, 'victim.ts');

/** What the outside and our own tables show at the end of a run: equal for every way of being interrupted. */
export type EndState = {
  users: Record<string, boolean>;
  created: number;
  actions: string[];
  steps: string[];
  tasks: string[];
  handovers: string[];
  /** Who was written to. How many tasks one mail gathers depends on when a server came back. */
  receivers: string[];
  /** Those that arrived more than once. */
  mailsTwice: string[];
  auditIsWhole: boolean;
};

/** Plays a story while processes die at one boundary, and returns what there is to see at the end. `at` 0: nothing dies. */
export async function playWithFault(
  story: FaultStory,
  fault: { at: number; kill: 'server' | 'postgres' },
): Promise<{ end: EndState; boundaries: string[]; died: boolean }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gc-fault-'));
  // The database's own user must be able to enter.
  chmodSync(folder, 0o755);
  const clockFile = path.join(folder, 'clock');
  const boundaryLog = path.join(folder, 'boundaries');
  writeFileSync(clockFile, start.toString());
  const own =
    fault.kill === 'postgres'
      ? await startPostgres({ dataFolder: path.join(folder, 'data'), durability: 'test', rootBases: [path.join(folder, 'root')] })
      : null;
  const database = own ? { adminUrl: own.url, secretKey, drop: () => own.stop() } : await testDatabase();
  if (own) await migrate(own.url, secretKey);
  const received: string[] = [];
  const smtp = await mailServer(received);
  const clock = fileClock(clockFile);
  const directory = await startScimServer({ clock, users: story.seeds, behaviour: {} });
  const chat = await startScimServer({ clock, users: story.seeds, behaviour: { etag: 'required', patch: false } });
  const env = {
    PATH: process.env.PATH,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    GROUNDCREW_LOG: 'silent',
    GROUNDCREW_CLOCK_FILE: clockFile,
    GROUNDCREW_ALLOW_PRIVATE: '127.0.0.0/8',
    GROUNDCREW_SUPERVISION_SECONDS: '1',
    SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
  };
  const platform = openPlatform({ config: readConfig(env), adminUrl: database.adminUrl, secretKey: database.secretKey });
  const children: ChildProcess[] = [];
  let died = false;
  const launch = (faultAt: number) => {
    const child = spawn(process.execPath, [victim], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...env,
        FAULT_AT: String(faultAt),
        FAULT_KILL: own ? String(own.postmasterPid) : 'server',
        FAULT_LOG: boundaryLog,
        FAULT_ADMIN_URL: database.adminUrl,
      },
    });
    children.push(child);
    return child;
  };
  try {
    const organizationId = await createOrganization(platform, { name: 'Acme', timeZone: 'Europe/Berlin' });
    await runAsSystem(platform, organizationId, (ctx) => story.make(ctx, { directoryUrl: directory.baseUrl, chatUrl: chat.baseUrl }));
    let child = launch(fault.at);
    const revive = async () => {
      if (own && !died && existsSync(boundaryLog) && fault.at > 0 && lines(boundaryLog).length >= fault.at) {
        died = true;
        await startPostgres({ dataFolder: path.join(folder, 'data'), durability: 'test', rootBases: [path.join(folder, 'root')] });
      }
      if (child.exitCode !== null || child.signalCode !== null) {
        died = true;
        child = launch(0);
      }
    };
    for (const hours of story.hours) {
      writeFileSync(clockFile, start.add({ seconds: Math.round(hours * 3600) }).toString());
      await untilQuiet(database.adminUrl, clockFile, revive);
    }
    const end = await endState(platform, organizationId, database.adminUrl, { directory, chat }, received);
    return { end, boundaries: existsSync(boundaryLog) ? lines(boundaryLog) : [], died };
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await platform.close().catch(() => {});
    await Promise.all([directory.stop(), chat.stop(), smtp.close()]);
    await database.drop().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  }
}

const lines = (file: string) => readFileSync(file, 'utf8').trim().split('\n').filter(Boolean);

async function mailServer(received: string[]): Promise<{ port: number; close(): Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, callback) {
      let text = '';
      stream.on('data', (part) => {
        text += part;
      });
      stream.on('end', () => {
        received.push(
          [/^To: (.*)$/im, /^Subject: (.*)$/im, /^Message-ID: (.*)$/im].map((field) => text.match(field)?.[1]?.trim()).join(' | '),
        );
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return { port: (server.server.address() as { port: number }).port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Waits until nothing is due and nothing is under way, as our own tables show it. A mail under way when its server died is left to a later turn of the
 * clock, when its lease is over. Fails after a minute. */
async function untilQuiet(adminUrl: string, clockFile: string, revive: () => Promise<void>): Promise<void> {
  let quiet = 0;
  let lastProblem: unknown = null;
  for (let turn = 0; turn < 1_200; turn += 1) {
    await revive();
    const busy = await pending(adminUrl, readFileSync(clockFile, 'utf8')).catch((error: Error) => {
      lastProblem = error;
      return 1;
    });
    quiet = busy === 0 ? quiet + 1 : 0;
    if (quiet >= 3) return;
    await delay(50);
  }
  throw new Error('The run never came to rest.', { cause: lastProblem });
}

async function pending(adminUrl: string, now: string): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ n: number }>(
      `select (select count(*) from due_organizations($1))::int + (select count(*)::int from access_actions where lease_until is not null)
        + (select count(*)::int from pgboss.job where state in ('created', 'retry', 'active') and name not like '\\_\\_%')
        + (select count(*)::int from playbooks_steps where lease_until is not null)
        + (select count(*)::int from platform_audit_events where sequence is null) as n`,
      [now],
    );
    return rows[0]!.n;
  } finally {
    await client.end();
  }
}

type Servers = { directory: Awaited<ReturnType<typeof startScimServer>>; chat: Awaited<ReturnType<typeof startScimServer>> };

async function endState(
  platform: ReturnType<typeof openPlatform>,
  organizationId: string,
  adminUrl: string,
  servers: Servers,
  received: string[],
): Promise<EndState> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const list = async (text: string) => (await client.query<{ line: string }>(text)).rows.map((row) => row.line);
  try {
    const users = Object.fromEntries(
      Object.entries(servers).flatMap(([name, server]) => server.users().map((user) => [`${name} ${user.userName}`, user.active])),
    );
    const verdict = await verifyAudit(platform, organizationId);
    const perMail = [...received].sort();
    return {
      users,
      created: Object.values(servers)
        .flatMap((server) => server.changes())
        .filter((request) => request.method === 'POST' || request.method === 'DELETE').length,
      actions: await list(
        `select p.name || ' ' || a.kind || ' ' || a.status as line from access_actions a join apps_apps p on p.id = a.app_id order by 1`,
      ),
      steps: await list(`select key || ' ' || status as line from playbooks_steps order by 1`),
      tasks: await list(`select title || ' ' || status as line from tasks_tasks order by 1`),
      handovers: await list(`select label || ' ' || status as line from playbooks_handovers order by 1`),
      receivers: [...new Set(perMail.map((line) => line.split(' | ')[0]!))].sort(),
      mailsTwice: perMail.filter((line, index) => perMail.indexOf(line) !== index),
      auditIsWhole: verdict.ok,
    };
  } finally {
    await client.end();
  }
}
