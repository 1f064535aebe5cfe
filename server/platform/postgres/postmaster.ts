import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** What `postmaster.pid` says: PostgreSQL's own format, one value per line (src/include/utils/pidfile.h). */
export type PidFile = { pid: number; port: number; status: string };

/** Whose the process with a certain id is, seen from one data folder. */
export type Holder = 'gone' | 'zombie' | 'ours' | 'not PostgreSQL' | 'PostgreSQL elsewhere' | 'PostgreSQL of unknown folder';

/** Reads `postmaster.pid`; null when there is none. A half-written file has port 0 and status ''. */
export function readPidFile(cluster: string): PidFile | null {
  try {
    const lines = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3] ?? 0), status: (lines[7] ?? '').trim() };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Says whose process `pid` is. `cluster` is a real path. A postmaster's working folder is its data folder. */
export function holderOf(pid: number, cluster: string): Holder {
  if (!(pid > 0)) return 'gone';
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return 'gone';
  }
  return process.platform === 'linux' ? holderByProc(pid, cluster) : holderByPs(pid, cluster);
}

/** The processes of a dead postmaster that still hold its shared memory. Empty where the machine cannot tell. */
export function listOrphans(cluster: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && folderOf(pid) === cluster && argumentsOf(pid)[0]?.startsWith('postgres:'));
}

/** Whether the program file of a running postmaster has been replaced, as an upgrade does. */
export function isProgramGone(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/exe`).endsWith(' (deleted)');
  } catch {
    return false;
  }
}

function holderByProc(pid: number, cluster: string): Holder {
  let state: string | undefined;
  try {
    state = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0];
  } catch {
    return 'gone';
  }
  if (state === 'Z' || state === 'X') return 'zombie';
  return judge(argumentsOf(pid), folderOf(pid), cluster);
}

function holderByPs(pid: number, cluster: string): Holder {
  let line: string;
  try {
    line = execFileSync('/bin/ps', ['-ww', '-o', 'stat=,command=', '-p', String(pid)], { encoding: 'utf8', env: {} }).trim();
  } catch {
    return 'gone';
  }
  if (line.startsWith('Z')) return 'zombie';
  const command = line.replace(/^\S+\s+/, '');
  if (command.includes(`-D ${cluster} -p`)) return 'ours';
  return judge(command.split(' '), null, cluster);
}

function judge(commandLine: string[], folder: string | null, cluster: string): Holder {
  const program = commandLine[0] ?? '';
  if (path.basename(program) !== 'postgres' && !program.startsWith('postgres:')) return 'not PostgreSQL';
  const said = folder ?? commandLine[commandLine.indexOf('-D') + 1] ?? '';
  if (folder === null && !commandLine.includes('-D')) return 'PostgreSQL of unknown folder';
  return said === cluster ? 'ours' : 'PostgreSQL elsewhere';
}

function argumentsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** Readable for an account's own processes; for others only with the right to trace them, which containers often lack. */
function folderOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}
