import { enableCompileCache, flushCompileCache } from 'node:module';
import path from 'node:path';
import { type Config, readConfig } from './platform/config.ts';
import { Refusal } from './platform/errors.ts';
import { answerWhileStarting, healthy, readiness } from './platform/health.ts';
import { holdDataFolder } from './platform/hold-data-folder.ts';
import { checkHost } from './platform/http/check-host.ts';
import { type Front, listen } from './platform/http/listen.ts';
import { createLog, type Log } from './platform/log.ts';
import type { Platform } from './platform/platform.ts';
import type { Database } from './platform/postgres/start-database.ts';

/** Starts the server on one data folder and returns when it has been told to stop and everything has ended. */
async function serve(configured: Config, toStop: Promise<string>): Promise<void> {
  const log = createLog(configured.logLevel);
  await holdDataFolder(configured.dataFolder, async (announce) => {
    const front = await listen(configured, answerWhileStarting(log));
    const config = configured.port === 0 ? { ...configured, publicUrl: configured.publicUrl.replace(/:0$/, `:${front.port}`) } : configured;
    announce(config.publicUrl);
    // Compiled programs are kept for the next start; in the data folder, where nobody else can put something in their place.
    enableCompileCache(path.join(config.dataFolder, 'compiled'));
    const stop = await startAll(config, front, log);
    flushCompileCache();
    await toStop;
    await front.close();
    await stop();
  });
}

/** Starts everything behind the open port. What was started of it ends again when something fails. Returns what stops it. */
async function startAll(config: Config, front: Front, log: Log): Promise<() => Promise<void>> {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const { startDatabase } = await import('./platform/postgres/start-database.ts');
  const starting = startDatabase(config, say);
  try {
    return await startOn(starting, config, front, log);
  } catch (error) {
    const { postgres } = await starting.catch(() => ({ postgres: null }));
    if (postgres && !postgres.adopted) await postgres.stop().catch(() => {});
    throw error;
  }
}

async function startOn(starting: Promise<Database>, config: Config, front: Front, log: Log): Promise<() => Promise<void>> {
  // What the wiring imports is heavy: it loads while PostgreSQL starts, after a second start has failed already.
  const [
    { openInstallation },
    { startBackgroundWork },
    { createApp },
    { openMetrics },
    paused,
    { openPage },
    { mounts, permissions, routes },
    identity,
    { watchDatabase },
  ] = await Promise.all([
    import('./installation.ts'),
    import('./background-work.ts'),
    import('./platform/http/create-app.ts'),
    import('./platform/metrics.ts'),
    import('./platform/paused.ts'),
    import('./platform/serve-page.ts'),
    import('./routes.ts'),
    import('./identity/index.ts'),
    import('./platform/watch-database.ts'),
    starting,
  ]);
  const page = openPage(path.join(import.meta.dirname, '..', 'web', 'dist'));
  const { platform, postgres } = await openInstallation(config, await starting, log);
  if (postgres?.adopted) process.stdout.write('The database was still running and is used on.\n');
  const app = createApp(platform, { routes: Object.values(routes), permissions, findVisitor: identity.findVisitor, mounts });
  const metrics = openMetrics({
    pools: { app: platform.appPool, 'sign-in': platform.authPool, jobs: platform.jobsPool },
    isPaused: () => paused.isPaused(platform),
  });
  app.get('/healthz', healthy);
  app.get('/readyz', () => readiness(platform.appPool));
  app.get('/metrics', () => metrics.answer());
  (await page).mount(app);
  platform.sealer.start();
  let endWork = async () => {};
  const stopWaiting = await paused.beginUnlessPaused(platform, async () => {
    endWork = await startBackgroundWork(platform);
  });
  const database = watchDatabase(config, platform, postgres);
  front.answerWith(
    checkHost(
      config,
      metrics.count((request, env) => app.fetch(request, env)),
    ),
  );
  await greet(config, platform, await identity.makeSetupLink(platform));
  return async () => {
    stopWaiting();
    await endWork();
    await platform.close();
    await database.stop();
  };
}

async function greet(config: Config, platform: Platform, setupLink: string | null): Promise<void> {
  const { findPause } = await import('./platform/paused.ts');
  const pause = await findPause(platform);
  const lines = ['', 'Groundcrew is ready.', '', `  Open   ${setupLink ?? config.publicUrl}`];
  if (setupLink) lines.push('         This link works once and for 24 hours: it makes the first owner.');
  if (pause) lines.push('', `  It is paused: ${pause.reason} Open the page to see what became due, and go on there.`);
  if (config.clockIsHeld) lines.push('', '  Its clock is read from a file (GROUNDCREW_CLOCK_FILE). Nothing happens on real time.');
  lines.push(`  Data   ${config.databaseUrl ? 'the PostgreSQL of DATABASE_URL' : config.dataFolder}`, '  Stop   Ctrl+C', '');
  process.stdout.write(`${lines.join('\n')}\n`);
}

const toStop = new Promise<string>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => resolve(signal));
  }
});

try {
  await serve(readConfig(), toStop);
  process.exit(0);
} catch (error) {
  const words = error instanceof Refusal ? error.message : `Groundcrew could not start: ${(error as Error).message}`;
  process.stderr.write(`${words.replaceAll(/\s*\n\s*/g, ' ')}\n`);
  process.exit(1);
}
