import { addMember, createOrganization } from '../server/identity/index.ts';
import { reactions } from '../server/jobs.ts';
import { addPerson } from '../server/people/index.ts';
import { handClock } from '../server/platform/clock.ts';
import { readConfig } from '../server/platform/config.ts';
import { type Context, runAsSystem } from '../server/platform/context.ts';
import { sql } from '../server/platform/database.ts';
import { registerReactions } from '../server/platform/events.ts';
import { migrate } from '../server/platform/migrate.ts';
import { openPlatform, type Platform } from '../server/platform/platform.ts';
import { performDueSteps, startLeaving } from '../server/playbooks/index.ts';
import { atDatabase, withDatabase } from './at-database.ts';
import { openDbosSteps, type StepEffect } from './dbos-steps.ts';
import { type Figure, median } from './figure.ts';
import { ownCluster } from './own-cluster.ts';

const secretKey = Buffer.alloc(32, 7);
const pairs = 3;
const leavers = 100;
const atOnce = 20;
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

/** Plays of the comparison: which playbook, and the instants at which the clock is looked at. */
const plays = [
  {
    what: 'the leaver blueprint',
    yaml: null,
    instants: [confirmedAt, '2026-11-20T12:00:00Z', '2026-11-27T12:00:00Z', '2026-11-27T18:10:00Z'],
  },
  { what: 'ten messages per run', yaml: messages, instants: [confirmedAt] },
];

/**
 * Durable steps per second: steps of leaver runs, each with its effect, its state and its audit event in one transaction, under row-level security,
 * while the sealer works; against DBOS Transact on the same PostgreSQL with steps that write the same rows. Every commit is flushed to disk.
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
        const found: { ours: number; theirs: number }[] = [];
        for (let pair = -1; pair < pairs; pair += 1) {
          const { milliseconds, runs } = await leave(platform, clock, play);
          const steps = runs.flat().length;
          const other = await dbos.perform(runs, atOnce);
          if (pair >= 0) found.push({ ours: (steps / milliseconds) * 1000, theirs: (steps / other) * 1000 });
        }
        figures.push(figureOf(play.what, found));
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

function figureOf(what: string, found: { ours: number; theirs: number }[]): Figure {
  return {
    what: `Durable steps per second, ${what}`,
    against: 'DBOS Transact',
    ours: `${median(found.map(({ ours }) => ours)).toFixed(0)} /s`,
    theirs: `${median(found.map(({ theirs }) => theirs)).toFixed(0)} /s`,
    value: median(found.map(({ ours, theirs }) => ours / theirs)),
    unit: '×',
    goal: { atLeast: 2 },
    note: `${leavers} exits. Our side: performing what is due, until nothing is. Their side: one workflow per exit with the same steps, ${atOnce} at once (more were not faster), each step one prepared statement with a key of its own that inserts the same mail, task and audit events into the same tables as their owner, without row-level security; none of the reads that choose who is asked and what is written. PostgreSQL flushes every commit to disk. Median of ${pairs} pairs.`,
  };
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

/** A company of its own in which many leave. Returns what performing their due steps took, and what each run's steps left behind. */
async function leave(
  platform: Platform,
  clock: ReturnType<typeof handClock>,
  play: (typeof plays)[number],
): Promise<{ milliseconds: number; runs: StepEffect[][] }> {
  clock.set(confirmedAt);
  const organizationId = await createOrganization(platform, { name: 'Bench', timeZone: 'Europe/Berlin' });
  await runAsSystem(platform, organizationId, async (ctx) => {
    if (play.yaml) await writePlaybook(ctx, play.yaml);
    const people = await addPeople(ctx);
    await startLeaving(ctx, people, { at: cutOff, sensitive: false, namedMemberIds: [] });
  });
  let milliseconds = 0;
  for (const instant of play.instants) {
    clock.set(instant);
    const begun = performance.now();
    while ((await performDueSteps(platform, organizationId)) > 0);
    milliseconds += performance.now() - begun;
  }
  return { milliseconds, runs: await runAsSystem(platform, organizationId, effects) };
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

async function effects(ctx: Context): Promise<StepEffect[][]> {
  const { rows } = await sql<StepEffect & { run: string }>`
    select s.run_id as run, s.status, s.title, s.words, coalesce(t.instructions, m.body, '') as text,
      case when s.task_id is not null then 'task' when s.kind = 'message' and s.status = 'done' then 'message' else 'none' end as kind
    from playbooks_steps s left join tasks_tasks t on t.id = s.task_id left join platform_mail m on m.dedupe_key like 'step ' || s.id || ' %'
    where s.status not in ('planned', 'asks') order by s.run_id, s.position`.execute(ctx.db);
  const broken = rows.find(({ status }) => status === 'failed');
  if (broken) throw new Error(`A step failed: ${broken.title}: ${broken.words}`);
  return Map.groupBy(rows, (row) => row.run)
    .values()
    .toArray();
}
