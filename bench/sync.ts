import { fork } from 'node:child_process';
import path from 'node:path';
import { openSession } from '../connectors/kit/index.ts';
import { microsoft as microsoftConnector } from '../connectors/microsoft.ts';
import { scim } from '../connectors/scim.ts';
import { computeGap } from '../server/access/index.ts';
import { addApp } from '../server/apps/index.ts';
import { addConnection, startSync } from '../server/connections/index.ts';
import { systemClock } from '../server/platform/clock.ts';
import { createOutbound } from '../server/platform/outbound/index.ts';
import { fixture as microsoft } from '../tests/fakes/vendors/microsoft.ts';
import { atDatabase } from '../tests/setup/at-database.ts';
import { openWorld, type World } from '../tests/world.ts';
import { type Figure, median, seconds, timed } from './figure.ts';

const accounts = 10_000;
// The first is measured twice, so that the first time warms up the code.
const sizes = [1_000, 1_000, 10_000, 100_000];

/**
 * Reading all accounts of 100 apps and the gap between rules and what was read, against fetching the same pages without keeping anything; and what ten
 * changes cost in apps of several sizes.
 */
export async function bench(): Promise<Figure[]> {
  const apps = Number(process.env.GROUNDCREW_BENCH_APPS ?? 100);
  return [...(apps > 0 ? await whole(apps) : []), ...(await changes())];
}

type Measured = { milliseconds: number; peak: number };

/** Time, and the most memory that this process held meanwhile. */
async function watched(work: () => Promise<unknown>): Promise<Measured> {
  globalThis.gc?.();
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, process.memoryUsage().rss);
  };
  look();
  const timer = setInterval(look, 20);
  const milliseconds = await timed(work);
  look();
  clearInterval(timer);
  return { milliseconds, peak };
}

async function whole(apps: number): Promise<Figure[]> {
  const vendor = await startVendor();
  const floor = await watched(async () => {
    for (let app = 0; app < apps; app += 1) await fetchOnly(vendor.address);
  });
  const found = await inWorld(async (world) => {
    await fillPeople(world);
    const appIds: string[] = [];
    for (let app = 0; app < apps; app += 1)
      appIds.push(await connect(world, `App ${app}`, 'scim', { baseUrl: vendor.address, pageSize: 1_000 }, { token: 'bench' }));
    await giveEverybodyEverything(world);
    const first = await watched(() => readAll(world, appIds));
    await atDatabase(world.database.adminUrl, (client) => client.query('vacuum analyze'));
    world.clock.advance({ hours: 1 });
    const again = await watched(() => readAll(world, appIds));
    let lines = -1;
    const gap = await watched(async () => {
      lines = (await world.run((ctx) => computeGap(ctx))).lines.length;
    });
    const [{ n }] = await atDatabase(world.database.adminUrl, async (client) => {
      const { rows } = await client.query<{ n: number }>('select count(*)::int as n from apps_accounts where person_id is not null');
      return rows as [{ n: number }];
    });
    if (n !== apps * accounts || lines !== 0) throw new Error(`${n} accounts were matched, and ${lines} lines differ.`);
    return { first, again, gap };
  });
  vendor.stop();
  const total = `${apps} apps × ${accounts.toLocaleString('en')} accounts`;
  const against = 'fetching the same pages without keeping them';
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  const figure = (what: string, milliseconds: number, note?: string): Figure => ({
    what: `${what}, ${total}`,
    against,
    ours: seconds(milliseconds),
    theirs: seconds(floor.milliseconds),
    value: milliseconds / floor.milliseconds,
    unit: '×',
    goal: null,
    ...(note ? { note } : {}),
  });
  const peak = Math.max(found.first.peak, found.again.peak, found.gap.peak);
  return [
    figure(
      'Full sync and gap',
      found.again.milliseconds + found.gap.milliseconds,
      `Every app is read whole over HTTP with the SCIM connector, which asks for pages of 1,000 and is given 200, judged by the brakes, compared with what is known and written where it differs, one app after the other; then the gap over all of it (a rule gives everybody every app). Nothing differs from the reading before. The gap alone took ${seconds(found.gap.milliseconds)}. The app runs in a process of its own; its answering is in both sides.`,
    ),
    figure(
      'First reading',
      found.first.milliseconds,
      'The same into an empty database: every account is new, is matched to its person and written.',
    ),
    {
      what: `Peak memory of the server, ${total}`,
      against,
      ours: megabytes(peak),
      theirs: megabytes(floor.peak),
      value: peak / 1e6,
      unit: 'MB',
      goal: { atMost: 600 },
      note: 'The most that the process held (resident set, looked at every 20 ms) over first reading, second reading and gap; Node and all modules are in it.',
    },
  ];
}

/** What ten changes cost in an app of each size, from asking for the reading until it is taken in. */
async function changes(): Promise<Figure[]> {
  const taken: number[] = [];
  // The vendor's limit on requests is not what is measured.
  Object.assign(microsoftConnector, { rateLimit: undefined });
  for (const size of sizes) {
    taken.push(
      await inWorld(async (world) => {
        const vendor = await microsoft.start({ accounts: size });
        const appId = await connect(world, 'Directory', 'microsoft', vendor.settings, vendor.secrets);
        await readAll(world, [appId]);
        await atDatabase(world.database.adminUrl, (client) => client.query('vacuum analyze'));
        const times: number[] = [];
        for (let turn = 0; turn < 12; turn += 1) {
          world.clock.advance({ seconds: 60 });
          vendor.changeSome!(10);
          times.push(await timed(() => readAll(world, [appId], 'changes')));
          const { rows } = await world.run(async (ctx) => ({
            rows: await ctx.db
              .selectFrom('connections_syncs')
              .select(['scope', 'status', 'counts'])
              .orderBy('created_at', 'desc')
              .limit(1)
              .execute(),
          }));
          if (rows[0]?.scope !== 'changes' || rows[0].status !== 'done') throw new Error(`It was not followed: ${JSON.stringify(rows[0])}`);
        }
        await vendor.server.stop();
        return median(times.slice(3));
      }),
    );
  }
  const [base, ...others] = taken.slice(1) as [number, ...number[]];
  return sizes.slice(2).map((size, index) => ({
    what: `Ten changes in an app of ${size.toLocaleString('en')} accounts`,
    against: `ten changes in an app of ${sizes[0]!.toLocaleString('en')}`,
    ours: seconds(others[index]!),
    theirs: seconds(base),
    value: others[index]! / base,
    unit: '×',
    goal: { atMost: 1.5 },
    ...(index === 0
      ? {
          note: 'Followed by the delta queries of the Microsoft connector, from asking for the reading until it is taken in. Without the vendor’s limit on requests. Median of 9.',
        }
      : {}),
  }));
}

async function readAll(world: World, appIds: string[], scope: 'whole' | 'changes' = 'whole'): Promise<void> {
  for (const appId of appIds) {
    await world.run((ctx) => startSync(ctx, appId, scope));
    while ((await world.drain()) > 0);
  }
  const bad = await world.run((ctx) =>
    ctx.db.selectFrom('connections_syncs').select(['status', 'problem', 'held_reasons']).where('status', '<>', 'done').execute(),
  );
  if (bad.length > 0) throw new Error(`A reading was not taken in: ${JSON.stringify(bad[0])}`);
}

async function fetchOnly(address: string): Promise<void> {
  const session = openSession(scim, {
    settings: { baseUrl: address, pageSize: 1_000 },
    secrets: { token: 'bench' },
    outbound: createOutbound({ allowPrivate: ['127.0.0.0/8'] }),
    clock: systemClock,
  });
  let read = 0;
  for await (const { records } of scim.listAccounts!(session)) read += records.length;
  session.close();
  if (read !== accounts) throw new Error(`${read} accounts came.`);
}

const connect = (world: World, name: string, connector: string, settings: unknown, secrets: unknown): Promise<string> =>
  world.run(async (ctx) => {
    const appId = await addApp(ctx, { name });
    await addConnection(ctx, { appId, connector, settings, secrets, syncEveryMinutes: null, writes: true } as Parameters<
      typeof addConnection
    >[1]);
    return appId;
  });

async function inWorld<T>(work: (world: World) => Promise<T>): Promise<T> {
  const ends: (() => Promise<void>)[] = [];
  const world = await openWorld({ after: (end) => void ends.push(end) }, { env: { GROUNDCREW_ALLOW_PRIVATE: '127.0.0.0/8' } });
  try {
    return await work(world);
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

function startVendor(): Promise<{ address: string; stop(): void }> {
  const child = fork(path.join(import.meta.dirname, 'sync-vendor.ts'), [String(accounts)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (address) => resolve({ address: String(address), stop: () => void child.kill() }));
    child.once('exit', (status) => reject(new Error(`The app ended with ${status}.`)));
  });
}

const fillPeople = (world: World) =>
  atDatabase(world.database.adminUrl, async (client) => {
    await client.query(
      `with made as (insert into people_people (organization_id, id, given_name, family_name, employment_type, work_address, source, created_at)
         select $1, uuidv7(), 'Person', 'Number ' || n, 'employee', 'person' || n || '@acme.example', 'import', now() from generate_series(1, ${accounts}) n returning id)
       insert into people_employments (organization_id, person_id, start_date, created_at) select $1, id, '2024-01-01', now() from made`,
      [world.organizationId],
    );
    await client.query('vacuum analyze');
  });

const giveEverybodyEverything = (world: World) =>
  atDatabase(world.database.adminUrl, (client) =>
    client.query(
      `with made as (insert into access_rules (organization_id, name, condition_text, revision, created_at, changed_at, changed_by)
         values ($1, 'Everybody gets every app', 'true', 1, now(), now(), 'bench') returning id)
       insert into access_rule_grants (organization_id, rule_id, app_id) select $1, made.id, a.id from made, apps_apps a where a.organization_id = $1`,
      [world.organizationId],
    ),
  );
