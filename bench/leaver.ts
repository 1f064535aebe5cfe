import { setTimeout as delay } from 'node:timers/promises';
import type { Session } from '../connectors/kit/index.ts';
import { othersAfterSeconds } from '../server/access/action-state.ts';
import { addApp, recordReading } from '../server/apps/index.ts';
import { addConnection, openConnection } from '../server/connections/index.ts';
import { addMember, createOrganization } from '../server/identity/index.ts';
import { jobs, reactions } from '../server/jobs.ts';
import { addPerson } from '../server/people/index.ts';
import { readConfig } from '../server/platform/config.ts';
import { type Context, runAsSystem } from '../server/platform/context.ts';
import { registerReactions } from '../server/platform/events.ts';
import { openPlatform, type Platform } from '../server/platform/platform.ts';
import { startLeaving } from '../server/playbooks/index.ts';
import { createRunner } from '../server/runner.ts';
import { testDatabase } from '../tests/database.ts';
import { type RunningScimServer, startScimServer } from '../tests/fakes/scim-servers/start-scim-server.ts';
import { account } from '../tests/leaving-company.ts';
import { type Figure, median, seconds } from './figure.ts';

const apps = 30;
const aloneApps = 6;
const delayMs = 200;
const pairs = 3;

type App = { appId: string; server: RunningScimServer };

/**
 * A person with 30 accounts in SCIM servers that take 200 ms for every answer leaves, with the real runner, jobs and clock; against read,
 * suspend and read-back of one account through the same connector, with nothing else going on (the slowest of six apps, one after the other).
 */
export async function bench(): Promise<Figure[]> {
  const database = await testDatabase();
  const config = readConfig({ GROUNDCREW_LOG: 'silent', GROUNDCREW_ALLOW_PRIVATE: '127.0.0.0/8' });
  const platform = openPlatform({ config, adminUrl: database.adminUrl, secretKey: database.secretKey });
  registerReactions(reactions);
  const organizationId = await createOrganization(platform, { name: 'Bench', timeZone: 'UTC' });
  const run = <T>(work: (ctx: Context) => Promise<T>) => runAsSystem(platform, organizationId, work);
  const names = Array.from({ length: pairs + 1 }, (_, index) => `leaver${index}`);
  const servers = await Promise.all(
    Array.from({ length: apps }, () => startScimServer({ users: [...names, 'solo', ...others].map(user) })),
  );
  const runner = createRunner(platform);
  try {
    const people = await run((ctx) => addPeople(ctx, names));
    const all: App[] = [];
    for (const [index, server] of servers.entries()) all.push({ appId: await run((ctx) => connect(ctx, index, server)), server });
    for (const server of servers) server.behave({ delayMs });
    platform.sealer.start();
    await platform.jobs.start(platform, jobs);
    await runner.start();
    const found: { whole: number; afterStagger: number; alone: number }[] = [];
    for (const personId of people) {
      const leaving = await letLeave(platform, organizationId, personId);
      const alone: number[] = [];
      for (const app of all.slice(0, aloneApps)) alone.push(await closeAlone(platform, organizationId, app));
      found.push({ ...leaving, alone: Math.max(...alone) });
    }
    // The first warms up: sessions, compiled code, plans.
    const counted = found.slice(1);
    const theirs = seconds(median(counted.map(({ alone }) => alone)));
    const against = 'slowest single app alone';
    const figure = (what: string, of: (each: (typeof counted)[number]) => number, goal: Figure['goal'], note: string): Figure => ({
      what,
      against,
      ours: seconds(median(counted.map(of))),
      theirs,
      value: median(counted.map((each) => of(each) / each.alone)),
      unit: '×',
      goal,
      note,
    });
    return [
      figure(
        `Leaver with ${apps} accounts, without the ${othersAfterSeconds} s head start`,
        (each) => each.afterStagger,
        { atMost: 2 },
        `From the instant at which an action may start (the cut-off for the sign-in system, ${othersAfterSeconds} s later for the ${apps - 1} others) to its read-back that verifies it, the latest of all ${apps}. The head start of the sign-in system is a rule, not work: it is left out here and counted in the next line. Every request takes ${delayMs} ms; each account needs a read, a change and a read-back. Everything else of the run (mails, tasks, audit, sealing) goes on beside it. Median of ${pairs}.`,
      ),
      figure(
        `Leaver with ${apps} accounts, with the ${othersAfterSeconds} s head start`,
        (each) => each.whole,
        null,
        `The same, from the cut-off to the last verified read-back.`,
      ),
    ];
  } finally {
    await runner.stop();
    await platform.close();
    await Promise.all(servers.map((server) => server.stop()));
    await database.drop();
  }
}

const others = Array.from({ length: 20 }, (_, index) => `colleague${index}`);
const user = (name: string) => ({ userName: `${name}@acme.example`, address: `${name}@acme.example`, givenName: name });

async function addPeople(ctx: Context, names: string[]): Promise<string[]> {
  await addMember(ctx, { name: 'Ines', address: 'ines@acme.example', roles: ['owner'] });
  const managerId = await addPerson(ctx, { givenName: 'Owen', workAddress: 'owen@acme.example', startDate: '2024-01-01' });
  const ids: string[] = [];
  for (const name of names)
    ids.push(await addPerson(ctx, { givenName: name, workAddress: `${name}@acme.example`, startDate: '2024-01-01', managerId }));
  return ids;
}

async function connect(ctx: Context, index: number, server: RunningScimServer): Promise<string> {
  const appId = await addApp(ctx, { name: `App ${index}`, signIn: index === 0 });
  await addConnection(ctx, {
    appId,
    connector: 'scim',
    settings: { baseUrl: server.baseUrl },
    secrets: { token: 'test-token' },
    syncEveryMinutes: null,
    writes: true,
  });
  const records = server.users().map(({ id, userName }) => account({ externalId: id, userName, addresses: [userName] }));
  await recordReading(ctx, { appId, source: 'sync', label: 'Sync', asOf: ctx.now.toString(), complete: true, records, confirmed: true });
  return appId;
}

/** Milliseconds from the cut-off to the last verified read-back, and the same without the head start of the sign-in system. */
async function letLeave(platform: Platform, organizationId: string, personId: string): Promise<{ whole: number; afterStagger: number }> {
  // A moment ahead of us, so that confirming the exit is not measured and the runner comes upon it as it does in life.
  const at = Temporal.Now.instant().add({ milliseconds: 2500 }).round('second');
  const local = at.toZonedDateTimeISO('UTC').toPlainDateTime().toString({ smallestUnit: 'second' });
  await runAsSystem(platform, organizationId, (ctx) => startLeaving(ctx, [personId], { at: local, sensitive: false, namedMemberIds: [] }));
  const since = () => Temporal.Now.instant().since(at).total('milliseconds');
  const open = () =>
    runAsSystem(platform, organizationId, (ctx) =>
      ctx.db
        .selectFrom('access_actions')
        .select(['position', 'status'])
        .where('person_id', '=', personId)
        .where('status', '!=', 'verified')
        .execute(),
    );
  await delay(Math.max(0, -since()));
  let signIn: number | null = null;
  for (;;) {
    const left = await open();
    const now = since();
    if (signIn === null && !left.some(({ position }) => position === 0)) signIn = now;
    if (left.length === 0) return { whole: now, afterStagger: Math.max(signIn ?? now, now - othersAfterSeconds * 1000) };
    if (now > 60_000) throw new Error(`Not verified after a minute: ${JSON.stringify(left)}`);
    await delay(20);
  }
}

/** Milliseconds for one account by itself: the same calls as an action makes. Gives the account back afterwards, unmeasured. */
async function closeAlone(platform: Platform, organizationId: string, { appId, server }: App): Promise<number> {
  const begun = performance.now();
  const connection = (await openConnection(platform, organizationId, appId))!;
  const session = connection.session as Session;
  const { readAccount, suspendAccount, restoreAccount } = connection.connector;
  const target = { externalId: server.user('solo@acme.example').id };
  try {
    await readAccount!(session, target.externalId, { entitlements: 'none' });
    await suspendAccount!.run(session, target);
    const after = await readAccount!(session, target.externalId, { entitlements: 'none' });
    const took = performance.now() - begun;
    if (after?.status !== 'suspended') throw new Error('The app did not suspend the account.');
    await restoreAccount!.run(session, target);
    return took;
  } finally {
    session.close();
  }
}
