// `npm test [part of a file name …]`, and with --conformance the tests that need `../shared`.
const major = Number(process.versions.node.split('.')[0]);
if (major < 18) {
  console.error(`Groundcrew: this is Node ${process.versions.node}, and Node 18 or later is needed. Nothing was tested.`);
  process.exit(1);
}

const { existsSync, mkdtempSync, readFileSync, rmSync } = await import('node:fs');
const os = await import('node:os');
const path = await import('node:path');
const { fileURLToPath } = await import('node:url');
const { Fault, runCommand, say } = await import('./fault.mjs');
const { ensureInstalled, pinnedNode } = await import('./ensure-installed.mjs');
const { ensurePage } = await import('./ensure-page.mjs');
const { captureProgram, runProgram } = await import('./run-program.mjs');
const { listFiles } = await import('./stamp.mjs');

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
const TEST_LIMIT_SECONDS = 900;

/** The test files of this run, those whose path contains one of `filters`. */
function testFiles(conformance, filters) {
  const folders = conformance ? ['tests/conformance'] : ['server', 'connectors', 'web', 'sample', 'start', 'tests'];
  const keep = (name) => !/(^|\/)(node_modules|dist(\.\w+)?)$/.test(name) && (conformance || name !== 'tests/conformance');
  return folders
    .flatMap((folder) => listFiles(root, folder, keep))
    .filter((file) => /\.test\.(tsx?|mjs)$/.test(file))
    .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter.replace(/^\.\//, ''))))
    .sort();
}

/** The path of a browser for the page's tests; it is fetched when the machine has none. */
async function findBrowser() {
  const found = await captureProgram(pinnedNode(root), ['tests/setup/find-browser.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const last = found.said.trim().split('\n').at(-1);
  if (found.status !== 0) throw new Fault(last);
  return last;
}

async function runTests(files, env) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'groundcrew-figures-'));
  const figuresFile = path.join(folder, 'figures.json');
  const args = [
    '--test',
    `--test-concurrency=${Math.min(4, Math.max(2, os.cpus().length))}`,
    `--test-timeout=${TEST_LIMIT_SECONDS * 1000}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${path.join(root, 'start', 'figures-reporter.mjs')}`,
    `--test-reporter-destination=${figuresFile}`,
    ...files,
  ];
  try {
    const status = await runProgram(pinnedNode(root), args, { cwd: root, env });
    const figures = existsSync(figuresFile) ? readFileSync(figuresFile, 'utf8') : '';
    return { status, figures: figures ? JSON.parse(figures) : { passed: 0, failed: 1, skipped: 0, todo: 0 } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await runCommand(async () => {
  const args = process.argv.slice(2);
  const conformance = args.includes('--conformance');
  const filters = args.filter((arg) => !arg.startsWith('-'));
  await ensureInstalled(root, { withDevelopment: true });
  const files = testFiles(conformance, filters);
  if (files.length === 0)
    throw new Fault(`No test file ${filters.length > 0 ? `has ${filters.join(' or ')} in its path` : 'was found'}. Nothing was tested.`);
  // Compiled once for all test files and the commands they start; each is a process that loads the whole server.
  const env = { NODE_COMPILE_CACHE: path.join(root, 'node_modules', '.cache', 'compiled'), ...process.env };
  if (conformance) {
    if (!existsSync(path.join(root, '..', 'shared', 'data'))) {
      if (process.env.CI === 'true') throw new Fault('../shared/data is not there, and the conformance tests need it. Nothing was tested.');
      say('../shared/data is not there: the conformance tests that need it were left out.');
      console.log('0 passed, 0 failed');
      return 0;
    }
  } else {
    await ensurePage(root);
    if (files.some((file) => file.startsWith('tests/') || file.startsWith('web/'))) env.GROUNDCREW_TEST_BROWSER = await findBrowser();
  }
  const { status, figures } = await runTests(files, env);
  await captureProgram(pinnedNode(root), ['tests/setup/stop-test-cluster.ts'], { cwd: root });
  if (figures.skipped + figures.todo > 0) console.log(`${figures.skipped + figures.todo} left out, each with its reason above`);
  console.log(`${figures.passed} passed, ${figures.failed} failed`);
  return status !== 0 || figures.failed > 0 || figures.passed === 0 ? status || 1 : 0;
});
