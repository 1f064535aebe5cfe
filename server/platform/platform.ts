import type pg from 'pg';
import { openSealer, type Sealer } from './audit-sealer.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { type Database, openPool, overPool, roleUrl } from './database.ts';
import { type Jobs, openJobs } from './jobs.ts';
import { createLog, type Log } from './log.ts';
import { createOutbound, type Outbound } from './outbound/index.ts';

/** The installation's parts, made once at start and handed to every context. */
export type Platform = {
  config: Config;
  clock: Clock;
  log: Log;
  secretKey: Buffer;
  /** As groundcrew_app, under row-level security. */
  database: Database;
  appPool: pg.Pool;
  /** As groundcrew_auth, for the sign-in library's own tables. */
  authPool: pg.Pool;
  /** As groundcrew_jobs: what is due, in which organization. */
  jobsPool: pg.Pool;
  jobs: Jobs;
  sealer: Sealer;
  outbound: Outbound;
  /** Marks a place between two effects, where a crash must be harmless. Fault tests stop the process here. */
  boundary(name: string): void;
  /** Says that something may be due now; the runner looks at once. */
  wake(): void;
  onWake(listener: () => void): void;
  close(): Promise<void>;
};

/** Opens all parts on a migrated database. Nothing runs yet: jobs and sealer begin when they are started. */
export function openPlatform(options: {
  config: Config;
  adminUrl: string;
  secretKey: Buffer;
  log?: Log;
  atBoundary?: (name: string) => void;
}): Platform {
  const { config, adminUrl, secretKey } = options;
  const log = options.log ?? createLog(config.logLevel);
  const appPool = openPool(roleUrl(adminUrl, 'groundcrew_app', secretKey), { max: 20, name: 'groundcrew app' });
  const authPool = openPool(roleUrl(adminUrl, 'groundcrew_auth', secretKey), { max: 5, name: 'groundcrew sign-in' });
  const jobsPool = openPool(roleUrl(adminUrl, 'groundcrew_jobs', secretKey), { max: 3, name: 'groundcrew due' });
  const sealerPool = openPool(roleUrl(adminUrl, 'groundcrew_sealer', secretKey), { max: 1, name: 'groundcrew sealer' });
  const listeners: (() => void)[] = [];
  const platform: Platform = {
    config,
    clock: config.clock,
    log,
    secretKey,
    database: overPool(appPool),
    appPool,
    authPool,
    jobsPool,
    jobs: openJobs({ url: roleUrl(adminUrl, 'groundcrew_jobs', secretKey), log, supervisionSeconds: config.supervisionSeconds }),
    sealer: openSealer({ pool: sealerPool, appPool, secretKey, clock: config.clock, log }),
    outbound: createOutbound({ allowPrivate: config.allowPrivate }),
    boundary: options.atBoundary ?? (() => {}),
    wake: () => {
      for (const listener of listeners) listener();
    },
    onWake: (listener) => listeners.push(listener),
    close: async () => {
      await platform.sealer.stop();
      await platform.jobs.stop();
      await Promise.all([appPool.end(), authPool.end(), jobsPool.end(), sealerPool.end()]);
    },
  };
  return platform;
}
