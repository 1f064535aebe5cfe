import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pinnedNode } from './ensure-installed.mjs';
import { Fault, fileFault, say } from './fault.mjs';
import { holdLock } from './hold-lock.mjs';
import { captureProgram } from './run-program.mjs';
import { hashOf } from './stamp.mjs';

/** Builds the page when `web/dist` is missing or was built from other sources. The old page stays in use until the new one is whole. */
export async function ensurePage(root) {
  if (isBuilt(root)) return;
  const onWait = () => say('Another start is building the page. Waiting for it.');
  await holdLock(path.join(root, '.groundcrew-page.lock'), onWait, async () => {
    if (isBuilt(root)) return;
    say('Building the page.');
    const stamp = sourceHash(root);
    const folder = path.join(root, 'web', 'dist.new');
    const old = path.join(root, 'web', 'dist.old');
    try {
      for (const left of [folder, old]) rmSync(left, { recursive: true, force: true });
      await build(root, folder);
      writeFileSync(path.join(folder, '.stamp'), stamp);
      if (existsSync(distFolder(root))) renameSync(distFolder(root), old);
      renameSync(folder, distFolder(root));
      rmSync(old, { recursive: true, force: true });
    } catch (error) {
      throw fileFault(error, 'The page could not be built');
    }
  });
}

const distFolder = (root) => path.join(root, 'web', 'dist');

function isBuilt(root) {
  const stamp = path.join(distFolder(root), '.stamp');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash(root);
}

function sourceHash(root) {
  return hashOf(root, ['web', 'package-lock.json'], (name) => !/^web\/dist|\.test\.tsx?$/.test(name));
}

async function build(root, folder) {
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', 'web', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn', '--configLoader', 'native'];
  const built = await captureProgram(pinnedNode(root), args, { cwd: root });
  if (built.status === 0) return;
  const said = built.said.split('\n').filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  throw new Fault(`The page could not be built.\n${said.join('\n')}`);
}
