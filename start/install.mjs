// What `./groundcrew` runs when the parts are not there yet.
const major = Number(process.versions.node.split('.')[0]);
if (major < 18) {
  console.error(`Groundcrew: this is Node ${process.versions.node}, and Node 18 or later is needed. Nothing was done.`);
  process.exit(1);
}

const { fileURLToPath } = await import('node:url');
const { runCommand } = await import('./fault.mjs');
const { ensureInstalled } = await import('./ensure-installed.mjs');

await runCommand(async () => {
  await ensureInstalled(fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, ''));
  return 0;
});
