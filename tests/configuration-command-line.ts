import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestDatabase } from './database.ts';

type Teardown = { after(work: () => Promise<void> | void): void };
export type Ran = { status: number; out: string; problem: string };

const cli = path.join(import.meta.dirname, '..', 'server', 'cli.ts');

/** A folder that is gone after the test. */
export function folderFor(t: Teardown): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'groundcrew-cli-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The command line as a process of its own, without a terminal. */
export function runCommand(words: string[], env: Record<string, string>): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [cli, ...words],
      { env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env } as NodeJS.ProcessEnv },
      (error, out, problem) => resolve({ status: error ? Number(error.code) : 0, out, problem }),
    );
  });
}

/** The command line on a data folder of its own. */
export const commandLine =
  (database: Pick<TestDatabase, 'adminUrl' | 'secretKey'>, dataFolder: string) =>
  (words: string[], env: Record<string, string> = {}): Promise<Ran> =>
    runCommand(words, {
      DATABASE_URL: database.adminUrl,
      GROUNDCREW_SECRET_KEY: database.secretKey.toString('hex'),
      GROUNDCREW_DATA: dataFolder,
      GROUNDCREW_ALLOW_PRIVATE: '127.0.0.0/8',
      ...env,
    });

/** The words that make an organization. */
export const initOf = (name: string): string[] => [
  'init',
  '--name',
  name,
  '--time-zone',
  'UTC',
  '--owner-name',
  'Ines',
  '--owner-address',
  'ines@acme.example',
];
