import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { atDatabase } from '../tests/setup/at-database.ts';
import { testCluster } from '../tests/setup/test-cluster.ts';
import { type Bench, type Figure, goalWords, lineOf, valueWords, verdict } from './figure.ts';

/** The comparisons in their order. Each runs in a process of its own, so that none leaves another a full heap. */
const benches: Record<string, () => Promise<{ bench: Bench }>> = {
  leaver: () => import('./leaver.ts'),
  steps: () => import('./steps.ts'),
  import: () => import('./import.ts'),
  restart: () => import('./restart.ts'),
  list: () => import('./people-list.ts'),
  gap: () => import('./gap.ts'),
  sync: () => import('./sync.ts'),
  page: () => import('./page.ts'),
};
const reference = path.join(import.meta.dirname, '..', 'docs', 'reference', 'bench.md');

const args = process.argv.slice(2);
const full = args.includes('--full');
const asked = args.filter((arg) => !arg.startsWith('-'));

if (process.send) await runOne(asked[0] ?? '');
else await runAll();

async function runOne(name: string): Promise<void> {
  // Nobody waits for the figures any more: what was started (a database of its own) ends with this process.
  process.on('disconnect', () => process.exit(1));
  const { bench } = await benches[name]!();
  const figures = await bench({ full });
  process.send?.(figures, () => process.exit(0));
}

async function runAll(): Promise<void> {
  const unknown = asked.filter((name) => !benches[name]);
  if (unknown.length > 0) {
    console.error(`There is no bench named ${unknown.join(' or ')}. There are: ${Object.keys(benches).join(', ')}.`);
    process.exit(1);
  }
  const names = asked.length > 0 ? asked : Object.keys(benches);
  const results: { name: string; figures: Figure[]; problem: string | null }[] = [];
  for (const name of names) {
    const result = await inOwnProcess(name);
    results.push({ name, ...result });
    for (const figure of result.figures) console.log(lineOf(figure));
    if (result.problem) console.log(`${name}: ${result.problem}`);
  }
  if (asked.length === 0 || args.includes('--write')) {
    const figures = results.flatMap((result) => result.figures);
    const old = asked.length === 0 ? null : readFileSync(reference, 'utf8');
    writeFileSync(
      reference,
      old === null ? await page(results) : withLines(old, asked.join(' '), figures.map(rowOf), figures.flatMap(noteOf)),
    );
    console.log(`Written to ${path.relative(process.cwd(), reference)}.`);
  }
  process.exitCode = results.some(({ problem }) => problem) ? 1 : 0;
}

function inOwnProcess(name: string): Promise<{ figures: Figure[]; problem: string | null }> {
  const child = fork(import.meta.filename, [name, ...(full ? ['--full'] : [])], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  let figures: Figure[] | null = null;
  child.on('message', (message) => {
    figures = message as Figure[];
  });
  return new Promise((resolve) => {
    child.on('exit', (status) =>
      resolve({ figures: figures ?? [], problem: figures ? null : `it ended with ${status} and gave no figure.` }),
    );
  });
}

/** A line of the table. */
function rowOf(figure: Figure): string {
  const cells = [
    figure.what,
    figure.ours,
    `${figure.theirs} (${figure.against})`,
    `**${valueWords(figure)}**`,
    goalWords(figure) || '–',
    verdict(figure) ?? '–',
  ];
  return `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** What stands below the table about a line, where it has a note. */
function noteOf(figure: Figure): string[] {
  return figure.note ? [`- **${figure.what}.** ${figure.note}`] : [];
}

/** The page with the lines and notes of a bench that ran alone in place of its older ones, and with its command and day. */
function withLines(old: string, name: string, rows: string[], notes: string[]): string {
  const headOf = (line: string) => /^(?:\| .*? \||- \*\*.*?\*\*)/.exec(line)?.[0] ?? line;
  const fresh = new Set([...rows, ...notes].map(headOf));
  const alone = `- alone: \`npm run bench -- ${name} --write\` on ${new Date().toISOString().slice(0, 10)}`;
  const lines = old.split('\n').filter((line) => !fresh.has(headOf(line)) && !line.startsWith(alone.slice(0, alone.indexOf(' on '))));
  const after = (isOne: (line: string) => boolean, more: string[]) => void lines.splice(lines.findLastIndex(isOne) + 1, 0, ...more);
  after((line) => line.startsWith('- **'), notes);
  after((line) => line.startsWith('| '), rows);
  after((line) => line.startsWith('Written by') || line.startsWith('- alone: '), [alone]);
  return lines.join('\n');
}

async function page(results: { name: string; figures: Figure[]; problem: string | null }[]): Promise<string> {
  const { url } = await testCluster();
  const version = await atDatabase(
    url,
    async (client) => (await client.query<{ server_version: string }>('show server_version')).rows[0]!.server_version,
  );
  const figures = results.flatMap((result) => result.figures);
  const problems = results.filter(({ problem }) => problem).map(({ name, problem }) => `- ${name}: ${problem}`);
  return [
    '# Measured',
    '',
    `Written by \`npm run bench${full ? ' -- --full' : ''}\` on ${new Date().toISOString().slice(0, 10)}; all figures are from one run.`,
    '',
    `Machine: ${os.cpus().length} cores (${os.cpus()[0]?.model.trim()}), ${Math.round(os.totalmem() / 2 ** 30)} GB memory, ${os.type()}. Node ${process.versions.node}, PostgreSQL ${version}.`,
    'Load on the machine moves both sides of a pair: pairs are measured in turn, and the ratio is the median over the pairs.',
    '',
    '| what | Groundcrew | against | ratio | goal | |',
    '|---|---|---|---|---|---|',
    ...figures.map(rowOf),
    '',
    ...(problems.length > 0 ? ['Without a figure:', '', ...problems, ''] : []),
    '## How each is measured',
    '',
    ...figures.flatMap(noteOf),
    '',
    'One alone: `npm run bench -- leaver` (or `steps`, `import`, `restart`, `list`, `gap`, `sync`, `page`); with `--write` its lines take the place of those here. `--full` takes 100,000 people for the import.',
    '',
  ].join('\n');
}
