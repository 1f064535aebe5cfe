import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Where this user's unpacked browser lives; `chromium` in it starts it. */
export const cacheFolder = (): string =>
  path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'groundcrew', 'browser');

/**
 * Debian's Chromium for a user who may not install packages: fetched with what it needs and this machine lacks, from the machine's own
 * package sources with their signatures checked, and unpacked into the user's cache. Throws with apt's reason.
 */
export function unpackChromium(): void {
  const folder = `${cacheFolder()}.${process.pid}`;
  const state = path.join(folder, 'apt');
  const root = path.join(folder, 'root');
  for (const name of ['lists/partial', 'cache/archives/partial', 'debs']) mkdirSync(path.join(state, name), { recursive: true });
  mkdirSync(root);
  const options = [`Dir::State::Lists=${state}/lists`, `Dir::Cache=${state}/cache`, 'Debug::NoLocking=1', 'APT::Sandbox::User='];
  const apt = (...args: string[]) => run('apt-get', [...options.flatMap((option) => ['-o', option]), ...args], path.join(state, 'debs'));
  try {
    apt('update', '-qq');
    const plan = apt('--simulate', '--no-install-recommends', 'install', 'chromium', 'fonts-dejavu-core');
    const packages = plan.split('\n').flatMap((line) => /^Inst (\S+)/.exec(line)?.[1] ?? []);
    apt('download', '-qq', ...packages);
    const debs = readdirSync(path.join(state, 'debs')).map((name) => path.join(state, 'debs', name));
    for (const deb of debs) run('dpkg', ['-x', deb, root], folder);
    if (!existsSync(path.join(root, 'usr/lib/chromium/chromium'))) throw new Error('the package has no usr/lib/chromium/chromium');
    rmSync(state, { recursive: true, force: true });
    writeStarter(folder);
    rmSync(cacheFolder(), { recursive: true, force: true });
    renameSync(folder, cacheFolder());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeStarter(folder: string): void {
  const fonts = '<dir prefix="relative">root/usr/share/fonts</dir><dir>/usr/share/fonts</dir><cachedir prefix="xdg">fontconfig</cachedir>';
  writeFileSync(
    path.join(folder, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${fonts}</fontconfig>\n`,
  );
  const script = `#!/bin/sh
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
libraries=$here/root/usr/lib/chromium
for folder in "$here"/root/usr/lib/*-linux-gnu* "$here"/root/lib/*-linux-gnu*; do
  for inner in "$folder" "$folder"/*; do
    if [ -d "$inner" ]; then libraries=$libraries:$inner; fi
  done
done
export LD_LIBRARY_PATH="$libraries"
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/root/usr/lib/chromium/chromium" "$@"
`;
  writeFileSync(path.join(folder, 'chromium'), script);
  chmodSync(path.join(folder, 'chromium'), 0o755);
}

function run(program: string, args: string[], cwd: string): string {
  const ran = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { ...process.env, LC_ALL: 'C' } });
  if (ran.status === 0) return ran.stdout;
  const reason = ran.error?.message ?? ran.stderr.split('\n').find((line) => /^(E:|dpkg)/.test(line)) ?? ran.stderr.trim();
  throw new Error(`${path.basename(program)}: ${reason}`);
}
