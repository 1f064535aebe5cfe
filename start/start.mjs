// `npm start`. Any Node from 18 on reads this; what is imported below it may assume that version.
const major = Number(process.versions.node.split('.')[0]);
if (major < 18) {
  console.error(`Groundcrew: this is Node ${process.versions.node}, and Node 18 or later is needed. Nothing was started.`);
  process.exit(1);
}

const { fileURLToPath } = await import('node:url');
const { runCommand } = await import('./fault.mjs');
const { ensureInstalled, pinnedNode } = await import('./ensure-installed.mjs');
const { ensurePage } = await import('./ensure-page.mjs');
const { runProgram } = await import('./run-program.mjs');

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
await runCommand(async () => {
  await ensureInstalled(root);
  await ensurePage(root);
  return runProgram(pinnedNode(root), ['server/main.ts', ...process.argv.slice(2)], { cwd: root });
});
