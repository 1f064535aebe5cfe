import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A whole installation in a process of its own: its own PostgreSQL, its data folder, its clock in a file. */
export type Installation = {
  url: string;
  /** What it printed, with the link that makes the first owner. */
  printed(): string;
  setupLink: string;
  folder: string;
  /** Sets the clock of the server and of everything that reads the same file. */
  at(instant: string): void;
  clockFile: string;
  stop(signal?: NodeJS.Signals): Promise<void>;
};

const main = path.join(import.meta.dirname, '..', '..', 'server', 'main.ts');

/** Starts `server/main.ts` as `npm start` does, on a free port. */
export async function startInstallation(options: { at: string; env?: Record<string, string> }): Promise<Installation> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gc-journey-'));
  chmodSync(folder, 0o755);
  const clockFile = path.join(folder, 'clock');
  writeFileSync(clockFile, options.at);
  let printed = '';
  const child: ChildProcess = spawn(process.execPath, [main], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      HOME: process.env.HOME,
      GROUNDCREW_DATA: path.join(folder, 'data'),
      GROUNDCREW_CLOCK_FILE: clockFile,
      GROUNDCREW_DURABILITY: 'test',
      GROUNDCREW_ALLOW_PRIVATE: '127.0.0.0/8',
      GROUNDCREW_LOG: 'error',
      PORT: '0',
      ...options.env,
    },
  });
  child.stdout!.on('data', (part) => {
    printed += part;
  });
  child.stderr!.on('data', (part) => {
    printed += part;
  });
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill(signal);
      await ended;
    }
    if (signal === 'SIGTERM') rmSync(folder, { recursive: true, force: true });
  };
  for (let turn = 0; turn < 600; turn += 1) {
    const link = printed.match(/http:\/\/\S+\/setup#\S+/)?.[0];
    if (link) {
      const { origin } = new URL(link);
      return {
        url: origin,
        printed: () => printed,
        setupLink: link,
        folder,
        clockFile,
        at: (instant) => writeFileSync(clockFile, instant),
        stop,
      };
    }
    if (child.exitCode !== null) throw new Error(`The server ended: ${printed}`);
    await delay(50);
  }
  await stop('SIGKILL');
  throw new Error(`The server did not get ready: ${printed}`);
}
