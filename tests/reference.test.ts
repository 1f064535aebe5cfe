import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Command } from 'commander';
import { commands } from '../server/cli/commands.ts';
import { readConfig } from '../server/platform/config.ts';
import { describedVariables } from './setup/reference/configuration-page.ts';
import { linesOfJson } from './setup/reference/lines-of-json.ts';
import { referencePages } from './setup/reference-pages.ts';

const root = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const written = globSync('docs/**/*.md', { cwd: root }).concat('README.md');

for (const [name, text] of Object.entries(referencePages())) {
  test(`docs/reference/${name} says what the code says now`, () => {
    const file = `docs/reference/${name}`;
    const isFresh = existsSync(path.join(root, file)) && read(file) === text;
    assert.ok(isFresh, `${file} is stale. Write it with: npm run reference`);
  });
}

test('JSON that is laid out for people is the same JSON', () => {
  const value = { a: [1, null, { b: 'x"y' }], wide: Array.from({ length: 60 }, (_, index) => ({ index, text: 'some text' })), empty: {} };
  assert.deepEqual(JSON.parse(linesOfJson(value)), value);
});

test('every environment variable that the product reads is described, and no other', () => {
  const source = [read('server/platform/config.ts'), ...globSync('server/cli/*.ts', { cwd: root }).map(read)].join('\n');
  const used = [...source.matchAll(/\benv\.([A-Z][A-Z_]+)|readVariable\('([A-Z_]+)'\)/g)].map((match) => match[1] ?? match[2]!);
  assert.deepEqual([...new Set(used)].sort(), describedVariables(readConfig({})).sort());
});

test('the README names every command, and no other', () => {
  const program = new Command();
  for (const add of commands) add(program);
  const listed = read('README.md').match(/--help` in the checkout: ([^.]+)\./)?.[1] ?? '';
  const named = [...listed.matchAll(/`([a-z-]+)`/g)].map((match) => match[1]!);
  assert.deepEqual(named.sort(), program.commands.map((command) => command.name()).sort());
});

test('every link in the documents leads to a file that is there', () => {
  const broken = written.flatMap((file) =>
    [...read(file).matchAll(/\]\(([^)\s]+)\)/g)]
      .map((match) => match[1]!.split('#')[0]!)
      .filter((link) => link !== '' && !/^[a-z]+:/.test(link))
      .filter((link) => !existsSync(path.join(root, path.dirname(file), link)))
      .map((link) => `${file}: ${link}`),
  );
  assert.deepEqual(broken, []);
});

test('every page of the documents can be reached from the README', () => {
  const reached = new Set<string>();
  const follow = (file: string) => {
    if (reached.has(file) || !file.endsWith('.md') || !existsSync(path.join(root, file))) return;
    reached.add(file);
    for (const [, link] of read(file).matchAll(/\]\(([^)\s#]+)/g)) follow(path.posix.join(path.posix.dirname(file), link!));
  };
  follow('README.md');
  assert.deepEqual(
    written.filter((file) => !reached.has(file)),
    [],
  );
});

test('the map in the README names every folder of the house, and none that is not there', () => {
  const map =
    read('README.md')
      .split('```')
      .find((part) => part.includes('server/main.ts') || part.includes('server/\n')) ?? '';
  const lines = map.split('\n').filter((line) => /^\s*[a-z]/.test(line));
  const named: string[] = [];
  let top = '';
  for (const line of lines) {
    const [names] = line.split(/\s{2,}(?=\S)/).filter((part) => part !== '');
    for (const name of names!.trim().split(/\s+/)) {
      const isInner = line.startsWith('  ');
      if (!isInner) top = name;
      named.push(isInner ? `${top}${name}` : name);
    }
  }
  const missing = named.filter((name) => !existsSync(path.join(root, name)));
  const isOurs = (name: string) => !name.startsWith('.') && !['node_modules', 'test-results'].includes(name);
  const folders = (folder: string) =>
    readdirSync(path.join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && isOurs(entry.name))
      .map((entry) => path.posix.join(folder, `${entry.name}/`));
  const unnamed = [...folders('.'), ...folders('server')].filter((folder) => !named.includes(folder));
  assert.deepEqual({ missing, unnamed }, { missing: [], unnamed: [] });
});
