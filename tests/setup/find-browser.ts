import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { cacheFolder, unpackChromium } from './unpack-chromium.ts';

// Prints the path of a Chromium that runs on this machine, as the last line; what it does meanwhile on stderr.
// Fetches one where there is none: Debian's, else Playwright's. Ends with status 1 and one line when that fails.

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const applications = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

/** A file that names itself as a browser when run; some distributions ship a stub that only points to another package. */
function isBrowser(file: string): boolean {
  if (!existsSync(file)) return false;
  const tried = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 30_000 });
  return tried.status === 0 && /Chrom/.test(tried.stdout);
}

function present(): string | undefined {
  const onPath = (process.env.PATH ?? '').split(path.delimiter).flatMap((folder) => names.map((name) => path.join(folder, name)));
  const unpacked = path.join(cacheFolder(), 'chromium');
  return [...onPath, ...applications, unpacked, chromium.executablePath()].find(isBrowser);
}

function apt(...args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
}

function fetchBrowser(): void {
  const hasApt = spawnSync('apt-get', ['--version']).status === 0;
  console.error('Groundcrew: No browser for the tests of the page was found. Fetching Chromium, once.');
  if (hasApt && process.getuid?.() === 0) {
    apt('update', '-qq');
    apt('install', '-y', '-qq', '--no-install-recommends', 'chromium');
  } else if (hasApt) {
    try {
      unpackChromium();
    } catch (error) {
      console.error(`Groundcrew: Debian's Chromium could not be unpacked: ${(error as Error).message}`);
    }
  }
  if (present() === undefined) {
    const cli = path.resolve(import.meta.dirname, '../../node_modules/playwright-core/cli.js');
    console.error('Groundcrew: Fetching the Chromium of Playwright.');
    spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'ignore' });
  }
}

const wanted = process.env.CHROMIUM_PATH;
if (wanted && !isBrowser(wanted)) {
  console.log(`CHROMIUM_PATH is ${wanted}, and no Chromium runs there. Correct it or leave it out.`);
  process.exit(1);
}
let found = wanted ?? present();
if (found === undefined) {
  fetchBrowser();
  found = present();
}
console.log(found ?? 'No browser could be fetched for the tests of the page. Install Chromium, or set CHROMIUM_PATH.');
process.exitCode = found === undefined ? 1 : 0;
