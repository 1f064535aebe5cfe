import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Fault, say } from './fault.mjs';
import { holdLock } from './hold-lock.mjs';
import { captureProgram } from './run-program.mjs';
import { hashOf, missingPackages } from './stamp.mjs';

/** The Node that the product runs on, whatever the machine has. */
export const pinnedNode = (root) => path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/**
 * Sees to it that `node_modules` is what `package-lock.json` says, and installs it otherwise. What an operator installed by hand counts
 * as well; without the parts for development only if `withDevelopment` is false.
 */
export async function ensureInstalled(root, { withDevelopment = false } = {}) {
  if (isInstalled(root, withDevelopment)) return;
  checkFolder(root);
  const onWait = () => say('Another start is installing here. Waiting for it.');
  await holdLock(path.join(root, '.groundcrew-install.lock'), onWait, async () => {
    if (isInstalled(root, withDevelopment)) return;
    say('Installing the parts it is made of, about 650 MB. This takes a minute or two, once.');
    await install(root);
    if (!isInstalled(root, withDevelopment)) {
      throw new Fault(`npm ended without an error, and ${whatIsMissing(root, withDevelopment)}. Delete node_modules and start again.`);
    }
  });
}

/** True when the packages and the pinned Node are there. Leaves a stamp, so that the next start only compares a hash. */
function isInstalled(root, withDevelopment) {
  if (!existsSync(pinnedNode(root))) return false;
  const stampFile = path.join(root, 'node_modules', '.groundcrew-installed');
  const stamp = `${hashOf(root, ['package-lock.json'])} ${process.platform}-${process.arch}`;
  const found = readText(stampFile);
  if (found === `${stamp} all` || (found === stamp && !withDevelopment)) return true;
  if (whatIsMissing(root, withDevelopment)) return false;
  try {
    writeFileSync(stampFile, withDevelopment ? `${stamp} all` : stamp);
  } catch {
    // A folder of another user: compared in full next time.
  }
  return true;
}

function whatIsMissing(root, withDevelopment) {
  const installed = readText(path.join(root, 'node_modules', '.package-lock.json'));
  if (installed === null) return 'node_modules is not there';
  const lock = JSON.parse(readText(path.join(root, 'package-lock.json')) ?? '{"packages":{}}');
  const missing = missingPackages(lock, JSON.parse(installed), withDevelopment);
  if (missing.length > 0) return `${missing[0]} is missing or of another version`;
  const tried = spawnSync(pinnedNode(root), ['--version'], { encoding: 'utf8' });
  return tried.stdout?.trim() === `v${lock.packages['node_modules/node']?.version}`
    ? null
    : 'the Node it runs on does not run on this machine';
}

function checkFolder(root) {
  const modules = path.join(root, 'node_modules');
  if (!existsSync(modules) || typeof process.getuid !== 'function') return;
  const owner = statSync(modules).uid;
  if (process.getuid() !== 0 && owner !== process.getuid()) {
    throw new Fault(
      `node_modules has to be brought up to date and belongs to another user (number ${owner}). Start as that user, or delete the folder.`,
    );
  }
}

async function install(root) {
  const first = await npm(root, 'ci');
  if (first.status === 0) return;
  if (!/EUSAGE/.test(first.said)) throw npmFault(first.said);
  say('npm ci does not take this package-lock.json. Using npm install, which keeps to the versions in it.');
  const second = await npm(root, 'install', '--no-save');
  if (second.status !== 0) throw npmFault(second.said);
}

/** Runs the npm that started us, else the one on the path. */
async function npm(root, ...command) {
  const args = [...command, '--include=dev', '--ignore-scripts=false', '--no-audit', '--no-fund', '--loglevel=error'];
  const script = process.env.npm_execpath;
  const isNpm = script !== undefined && /npm-cli\.c?js$/.test(script);
  const env = { ...process.env, npm_config_update_notifier: 'false' };
  // The path of an npm script begins with node_modules/.bin, whose Node goes away during an installation.
  const node = withoutOwnPath(root, env);
  try {
    if (isNpm && node) return await captureProgram(node, [script, ...args], { cwd: root, env });
    return await captureProgram(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { cwd: root, env });
  } catch (error) {
    if (error.code === 'ENOENT')
      throw new Fault('npm is not installed, and it is needed once to fetch the parts. Install Node.js with npm.');
    throw error;
  }
}

/** Takes our own `node_modules` off the path in `env` and gives a Node that stays, or null. */
function withoutOwnPath(root, env) {
  const own = path.join(root, 'node_modules');
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const folders = (env[key] ?? '').split(path.delimiter).filter((folder) => !folder.startsWith(own));
  env[key] = folders.join(path.delimiter);
  if (!process.execPath.startsWith(own)) return process.execPath;
  const name = path.basename(process.execPath);
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? null;
}

/** npm's report as one line for people. */
export function npmFault(said) {
  const code = /npm (?:error|ERR!) code (\S+)/.exec(said)?.[1] ?? '';
  if (/^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|UND_ERR.*)$/.test(code)) {
    return new Fault(
      `npm cannot reach its registry (${code}). Nothing was started. Check the network or npm's registry setting, and start again.`,
    );
  }
  if (/^(EACCES|EPERM|EROFS)$/.test(code))
    return new Fault(`npm may not write here (${code}). Give this user the folder, or start as its owner.`);
  if (code === 'ENOSPC') return new Fault('The disk is full. Nothing was started. Free about 1 GB and start again.');
  const lines = said.split('\n').filter((line) => /npm (error|ERR!)/.test(line) && !/ (code|A complete log|path|command) /.test(line));
  const reason = (lines[0] ?? said.trim().split('\n').at(-1) ?? '').replace(/^npm (error|ERR!) */, '').trim();
  return new Fault(`npm could not install the parts${code ? ` (${code})` : ''}: ${reason || 'it gave no reason'}`);
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
