import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Refusal } from '../errors.ts';
import { giveTo, type Place } from './place.ts';

/** Makes an empty database cluster in a temporary folder and renames it into its place, so that a half-made one is never used. */
export async function initializeCluster(place: Place, password: string, sync: boolean): Promise<void> {
  for (const name of readdirSync(place.folder)) {
    if (name.startsWith('new-')) rmSync(path.join(place.folder, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
  const half = path.join(place.folder, `new-${randomBytes(4).toString('hex')}`);
  const passwordFile = `${half}.password`;
  try {
    mkdirSync(half, { mode: 0o700 });
    giveTo(half, place.runAs);
    writeFileSync(passwordFile, password, { mode: 0o600 });
    giveTo(passwordFile, place.runAs);
    await runInitdb(place, half, passwordFile, sync);
    renameSync(half, place.cluster);
  } finally {
    rmSync(passwordFile, { force: true });
    if (existsSync(half)) rmSync(half, { recursive: true, force: true });
  }
}

async function runInitdb(place: Place, folder: string, passwordFile: string, sync: boolean): Promise<void> {
  const options = [
    `--pgdata=${folder}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    '--no-instructions',
    ...(sync ? [] : ['--no-sync']),
  ];
  const program = path.join(place.binaries.folder, 'bin', 'initdb');
  const child = spawn(program, options, { cwd: '/', env: {}, stdio: ['ignore', 'ignore', 'pipe'], ...place.runAs });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const fault = await new Promise<string | null>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (status, signal) => resolve(status === 0 ? null : `it ended with ${signal ?? status}`));
  });
  if (!fault) return;
  const reason =
    said
      .split('\n')
      .find((line) => /error:|FATAL:/.test(line))
      ?.replace(/^.*?(error|FATAL): */, '') ?? fault;
  throw new Refusal(503, 'database_not_made', `The database could not be made in ${place.folder}: ${reason}. Nothing was kept.`, {
    internal: said,
  });
}
