import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

type Unpacking = {
  packages: string[];
  /** The folder to make; below it, `root` holds what the packages hold. */
  to: string;
  /** A file below `root` without which it is no use. */
  needed: string;
  /** Works on the folder before it gets its name. */
  finish?(folder: string): void;
};

/**
 * Debian packages for a user who may not install any: fetched with what they need and this machine lacks, from the machine's own package
 * sources with their signatures checked, and unpacked. The folder appears only when it is whole. Throws with apt's reason.
 */
export function unpackDebian({ packages, to, needed, finish }: Unpacking): void {
  const folder = `${to}.${process.pid}`;
  const state = path.join(folder, 'apt');
  const root = path.join(folder, 'root');
  for (const name of ['lists/partial', 'cache/archives/partial', 'debs']) mkdirSync(path.join(state, name), { recursive: true });
  mkdirSync(root);
  const options = [`Dir::State::Lists=${state}/lists`, `Dir::Cache=${state}/cache`, 'Debug::NoLocking=1', 'APT::Sandbox::User='];
  const apt = (...args: string[]) => run('apt-get', [...options.flatMap((option) => ['-o', option]), ...args], path.join(state, 'debs'));
  try {
    apt('update', '-qq');
    const plan = apt('--simulate', '--no-install-recommends', 'install', ...packages);
    const missing = plan.split('\n').flatMap((line) => /^Inst (\S+)/.exec(line)?.[1] ?? []);
    apt('download', '-qq', ...missing);
    const debs = readdirSync(path.join(state, 'debs')).map((name) => path.join(state, 'debs', name));
    for (const deb of debs) run('dpkg', ['-x', deb, root], folder);
    if (!existsSync(path.join(root, needed))) throw new Error(`the packages hold no ${needed}`);
    rmSync(state, { recursive: true, force: true });
    finish?.(folder);
    rmSync(to, { recursive: true, force: true });
    renameSync(folder, to);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(program: string, args: string[], cwd: string): string {
  const ran = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { ...process.env, LC_ALL: 'C' } });
  if (ran.status === 0) return ran.stdout;
  const reason = ran.error?.message ?? ran.stderr.split('\n').find((line) => /^(E:|dpkg)/.test(line)) ?? ran.stderr.trim();
  throw new Error(`${path.basename(program)}: ${reason}`);
}
