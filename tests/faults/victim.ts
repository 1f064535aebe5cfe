import { appendFileSync } from 'node:fs';
import { startBackgroundWork } from '../../server/background-work.ts';
import { reactions } from '../../server/jobs.ts';
import { readConfig } from '../../server/platform/config.ts';
import { registerReactions } from '../../server/platform/events.ts';
import { openPlatform } from '../../server/platform/platform.ts';

/**
 * The server's background work in a process of its own, which is killed at the boundary that FAULT_AT counts. FAULT_KILL: `server` kills this
 * process, or the process id of the postmaster kills PostgreSQL. FAULT_LOG: where each boundary passed is written.
 */
const at = Number(process.env.FAULT_AT ?? '0');
const kill = process.env.FAULT_KILL ?? 'server';
const log = process.env.FAULT_LOG!;
let passed = 0;

const atBoundary = (name: string) => {
  passed += 1;
  appendFileSync(log, `${passed} ${name}\n`);
  if (passed !== at) return;
  process.kill(kill === 'server' ? process.pid : Number(kill), 'SIGKILL');
};

registerReactions(reactions);
const platform = openPlatform({
  config: readConfig(),
  adminUrl: process.env.FAULT_ADMIN_URL!,
  secretKey: Buffer.alloc(32, 7),
  atBoundary,
});
platform.sealer.start(50);
await startBackgroundWork(platform);
process.stdout.write('working\n');
