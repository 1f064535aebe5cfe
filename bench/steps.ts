import { addMember, createOrganization } from '../server/identity/index.ts';
import { reactions } from '../server/jobs.ts';
import { addPerson } from '../server/people/index.ts';
import { appendAudit } from '../server/platform/audit.ts';
import { handClock } from '../server/platform/clock.ts';
import { readConfig } from '../server/platform/config.ts';
import { type Context, runAsSystem } from '../server/platform/context.ts';
import { sql } from '../server/platform/database.ts';
import { registerReactions } from '../server/platform/events.ts';
import { migrate } from '../server/platform/migrate.ts';
import { openPlatform, type Platform } from '../server/platform/platform.ts';
import { rememberReads } from '../server/platform/read-once.ts';
import { beginStep } from '../server/playbooks/begin-step.ts';
import { performDueSteps, startLeaving } from '../server/playbooks/index.ts';
import { getRun } from '../server/playbooks/run-row.ts';
import type { PlaybookStep } from '../server/playbooks/schedule/playbook-definition.ts';
import { atDatabase, withDatabase } from '../tests/setup/at-database.ts';
import { type DbosSteps, openDbosSteps, type StepEffect } from './dbos-steps.ts';
import { type Figure, median } from './figure.ts';
import { ownCluster } from './own-cluster.ts';

const secretKey = Buffer.alloc(32, 7);
const pairs = 3;
const leavers = 40;
const atOnce = 8;
const confirmedAt = '2026-11-02T08:00:00Z';
const cutOff = '2026-11-27T17:00';

/** Ten messages at once: the steps that do the least beside being durable. */
const messages = `name: Messages
for: leaver
steps:
${Array.from(
  { length: 10 },
  (_, index) => `  - key: message_${index}
    title: Message number ${index}
    kind: message
    at: { anchor: confirmed }
    message:
      to: manager
      subject: "{{person.name}} leaves"
      text: "{{person.name}} ({{person.title}}, {{person.department}}) leaves {{organization.name}}. Last working day: {{dates.lastWorkingDay}}. All access closes: {{dates.cutOff}}."`,
).join('\n')}
`;

type HandClock = ReturnType<typeof handClock>;
type Play = { what: string; yaml: string | null; instants: string[] };

/** Plays of the comparison: which playbook, and the instants at which the clock is looked at. */
const plays: Play[] = [
  {
    what: 'the leaver blueprint',
    yaml: null,
    instants: [confirmedAt, '2026-11-20T12:00:00Z', '2026-11-27T12:00:00Z', '2026-11-27T18:10:00Z'],
  },
  { what: 'ten messages per run', yaml: messages, instants: [confirmedAt] },
];

/**
 * Durable steps per second: steps of leaver runs, each with its effect, its state and its audit event in one transaction, under row-level security,
 * while the sealer works; against DBOS Transact on the same PostgreSQL. Every commit is flushed to disk.
 */
export async function bench(): Promise<Figure[]> {
  const cluster = await ownCluster();
  try {
    const oursUrl = await migratedDatabase(cluster.url, 'bench_groundcrew');
    const theirsUrl = await migratedDatabase(cluster.url, 'bench_dbos');
    const clock = handClock(confirmedAt);
    const config = { ...readConfig({ GROUNDCREW_LOG: 'silent' }), clock };
    const platform = openPlatform({ config, adminUrl: oursUrl, secretKey });
    const dbos = await openDbosSteps(theirsUrl, await bareOrganization(theirsUrl));
    registerReactions(reactions);
    platform.sealer.start();
    try {
      const figures: Figure[] = [];
      for (const play of plays) {
        const found: Rates[] = [];
        for (let pair = -1; pair < pairs; pair += 1) {
          const rates = await measure(platform, clock, dbos, play);
          if (pair >= 0) found.push(rates);
        }
        figures.push(...figuresOf(play.what, found));
      }
      return figures;
    } finally {
      await dbos.close();
      await platform.close();
    }
  } finally {
    await cluster.close();
  }
}

/** Steps per second: ours; as DBOS steps that write the same rows by one statement; as DBOS steps that do the same work as ours. */
type Rates = { ours: number; writing: number; working: number };

async function measure(platform: Platform, clock: HandClock, dbos: DbosSteps, play: Play): Promise<Rates> {
  const left = await prepare(platform, clock, play);
  let milliseconds = 0;
  for (const instant of play.instants) {
    clock.set(instant);
    const begun = performance.now();
    while ((await performDueSteps(platform, left)) > 0);
    milliseconds += performance.now() - begun;
  }
  const runs = await runAsSystem(platform, left, effects);
  const perSecond = (took: number) => (runs.flat().length / took) * 1000;
  const writing = await dbos.perform(runs, atOnce, dbos.write);
  const again = await prepare(platform, clock, play);
  clock.set(play.instants.at(-1)!);
  const statuses = new Map(runs[0]!.map(({ key, status }) => [key, status]));
  const same = await runAsSystem(platform, again, (ctx) => begunSteps(ctx, statuses));
  const working = await dbos.perform(same, atOnce, (step) => doStep(platform, again, step));
  return { ours: perSecond(milliseconds), writing: perSecond(writing), working: perSecond(working) };
}

type BegunStep = { runId: string; stepId: string; title: string; definition: PlaybookStep; skipped: boolean };

/** The same steps of another company's runs, in their order. All exits of a play begin and skip the same ones. */
async function begunSteps(ctx: Context, statuses: Map<string, string>): Promise<BegunStep[][]> {
  const rows = await ctx.db
    .selectFrom('playbooks_steps')
    .select(['id', 'run_id', 'key', 'title', 'definition'])
    .orderBy('run_id')
    .orderBy('position')
    .execute();
  const steps = rows
    .filter(({ key }) => statuses.has(key))
    .map((row) => ({
      runId: row.run_id,
      stepId: row.id,
      title: row.title,
      definition: row.definition as PlaybookStep,
      skipped: statuses.get(row.key) === 'skipped',
    }));
  return Map.groupBy(steps, (step) => step.runId)
    .values()
    .toArray();
}

/** One of our steps as the body of a DBOS step: its effect and its audit event in a transaction; DBOS keeps that it was done. */
async function doStep(platform: Platform, organizationId: string, step: BegunStep): Promise<void> {
  await runAsSystem(platform, organizationId, async (ctx) => {
    rememberReads(ctx);
    const run = await getRun(ctx, step.runId);
    const begun = step.skipped ? { status: 'skipped', words: '' } : await beginStep(ctx, run, step.definition, step.stepId);
    await appendAudit(ctx, {
      action: `step.${begun.status}`,
      subject: { kind: 'step', id: step.stepId, name: step.title },
      after: { words: begun.words, run: run.id },
      people: [run.person_id],
      concealmentId: run.concealment_id,
    });
  });
}

function figuresOf(what: string, found: Rates[]): Figure[] {
  const figure = (against: string, theirs: 'writing' | 'working', note: string): Figure => ({
    what: `Durable steps per second, ${what}`,
    against,
    ours: `${median(found.map(({ ours }) => ours)).toFixed(0)} /s`,
    theirs: `${median(found.map((rates) => rates[theirs])).toFixed(0)} /s`,
    value: median(found.map((rates) => rates.ours / rates[theirs])),
    unit: '×',
    goal: { atLeast: 2 },
    note,
  });
  return [
    figure(
      'DBOS steps of the same work',
      'working',
      `${leavers} exits. Ours: performing what is due until nothing is. Theirs: one workflow per exit with the same steps, ${atOnce} at once as ours; each step reads the run, does what ours does through the same code (who is asked, task, mail, link, audit, row-level security) in a transaction of its own, and DBOS keeps that it was done. PostgreSQL flushes every commit to disk. Median of ${pairs} pairs.`,
    ),
    figure(
      'DBOS steps of one insert',
      'writing',
      `The same against the least that a DBOS step can be: one prepared statement that inserts the same mail, task and audit events as a superuser, without any of the reads that say who is asked and what is written, and without row-level security.`,
    ),
  ];
}

async function migratedDatabase(clusterUrl: string, name: string): Promise<string> {
  await atDatabase(clusterUrl, (client) => client.query(`create database ${name}`));
  const url = withDatabase(clusterUrl, name);
  await migrate(url, secretKey);
  return url;
}

async function bareOrganization(url: string): Promise<string> {
  const insert = `insert into identity_organizations (organization_id, name, time_zone, created_at) values (uuidv7(), 'Bench', 'UTC', now()) returning organization_id as id`;
  return atDatabase(url, async (client) => (await client.query<{ id: string }>(insert)).rows[0]!.id);
}

/** A company of its own in which many leave. */
async function prepare(platform: Platform, clock: HandClock, play: Play): Promise<string> {
  clock.set(confirmedAt);
  const organizationId = await createOrganization(platform, { name: 'Bench', timeZone: 'Europe/Berlin' });
  await runAsSystem(platform, organizationId, async (ctx) => {
    if (play.yaml) await writePlaybook(ctx, play.yaml);
    await startLeaving(ctx, await addPeople(ctx), { at: cutOff, sensitive: false, namedMemberIds: [] });
  });
  return organizationId;
}

async function addPeople(ctx: Context): Promise<string[]> {
  const boss = await addPerson(ctx, { givenName: 'Ines', workAddress: 'ines@example.com', startDate: '2024-01-01' });
  const memberId = await addMember(ctx, { name: 'Ines', address: 'ines@example.com', roles: ['owner', 'ops', 'hr', 'finance'] });
  await ctx.db.updateTable('people_people').set({ member_id: memberId }).where('id', '=', boss).execute();
  const managers: string[] = [];
  for (let index = 0; index < 20; index += 1) {
    managers.push(
      await addPerson(ctx, {
        givenName: `Manager ${index}`,
        workAddress: `manager${index}@example.com`,
        startDate: '2024-01-01',
        managerId: boss,
      }),
    );
  }
  const people: string[] = [];
  for (let index = 0; index < leavers; index += 1) {
    people.push(
      await addPerson(ctx, {
        givenName: `Person ${index}`,
        workAddress: `person${index}@example.com`,
        personalAddress: `person${index}@home.example`,
        startDate: '2024-01-01',
        managerId: managers[index % managers.length]!,
      }),
    );
  }
  return people;
}

async function writePlaybook(ctx: Context, yaml: string): Promise<void> {
  const created = { organization_id: ctx.organizationId, created_at: ctx.now.toString() };
  const { id } = await ctx.db
    .insertInto('playbooks_playbooks')
    .values({ ...created, name: 'Messages', moment: 'leaver' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await ctx.db
    .insertInto('playbooks_versions')
    .values({ ...created, playbook_id: id, version: 1, yaml })
    .execute();
}

type KeyedEffect = StepEffect & { key: string };

/** What the steps of each run left behind. */
async function effects(ctx: Context): Promise<KeyedEffect[][]> {
  const { rows } = await sql<KeyedEffect & { run: string }>`
    select s.run_id as run, s.key, s.status, s.title, s.words, coalesce(t.instructions, m.body, '') as text,
      case when s.task_id is not null then 'task' when s.kind = 'message' and s.status = 'done' then 'message' else 'none' end as kind
    from playbooks_steps s left join tasks_tasks t on t.id = s.task_id left join platform_mail m on m.dedupe_key like 'step ' || s.id || ' %'
    where s.status not in ('planned', 'asks') order by s.run_id, s.position`.execute(ctx.db);
  const broken = rows.find(({ status }) => status === 'failed');
  if (broken) throw new Error(`A step failed: ${broken.title}: ${broken.words}`);
  return Map.groupBy(rows, (row) => row.run)
    .values()
    .toArray();
}
