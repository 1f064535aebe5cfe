import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.join(import.meta.dirname, '..');
/** Dependency order: a domain imports only platform and the doors of those before it. */
const order = ['platform', 'identity', 'people', 'tasks', 'apps', 'connections', 'access', 'playbooks', 'directory', 'hygiene', 'today'];
/** Small read-only edges beside the domains: they may use any door, and nobody imports them. */
const edges = ['audit', 'outbox', 'paused', 'cli', 'sample', 'configuration'];
/** The wiring at the top of server/. */
const wiring = /^server\/[a-z-]+\.ts$/;

type Import = { from: string; to: string; typeOnly: boolean };

const sources = (pattern: string) =>
  globSync(pattern, { cwd: root }).filter((file) => !file.includes('node_modules') && !/(^|\/)dist\//.test(file));
const isTest = (file: string) => /\.test\.tsx?$/.test(file) || file.startsWith('tests/') || /for-tests|-example\.ts$/.test(file);

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const found: Import[] = [];
  for (const match of text.matchAll(/(?:import|export)\s+(type\s+)?[^'";]*?from\s+'(\.[^']+)'|import\(\s*'(\.[^']+)'\s*\)/g)) {
    const to = match[2] ?? match[3]!;
    found.push({ from: file, to: path.posix.normalize(path.posix.join(path.posix.dirname(file), to)), typeOnly: Boolean(match[1]) });
  }
  return found;
}

const domainOf = (file: string) => file.match(/^server\/([a-z-]+)\//)?.[1] ?? null;
const server = sources('server/**/*.ts');

/** Imports that break a rule for a stated reason. */
const exceptions: Record<string, string> = {
  'server/platform/http/write-route-paths.ts': 'a script that derives from all routes',
};

test('a domain imports only platform and the doors of the domains above it', () => {
  const wrong: string[] = [];
  for (const file of server.filter((each) => !isTest(each) && domainOf(each) !== null && !(each in exceptions))) {
    const domain = domainOf(file)!;
    if (edges.includes(domain)) continue;
    assert.ok(order.includes(domain), `${domain} is not in the order of the domains. Add it to tests/architecture.test.ts.`);
    for (const { to } of importsOf(file)) {
      const other = domainOf(to);
      if (other === null || other === domain) {
        if (wiring.test(to)) wrong.push(`${file} imports the wiring ${to}`);
        continue;
      }
      if (edges.includes(other) || order.indexOf(other) > order.indexOf(domain)) wrong.push(`${file} imports ${to}, which is below it`);
      else if (other !== 'platform' && !to.endsWith('/index.ts')) wrong.push(`${file} imports ${to} past the door of ${other}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('connectors import only the kit, and the kit only platform types', () => {
  const wrong = sources('connectors/**/*.ts')
    .filter((file) => !isTest(file) && !file.startsWith('connectors/kit/') && file !== 'connectors/index.ts')
    .flatMap(importsOf)
    .filter(
      ({ from, to }) =>
        !to.startsWith('connectors/kit/index.ts') &&
        path.posix.dirname(to) !== path.posix.dirname(from) &&
        !to.startsWith(from.replace(/\.ts$/, '/')),
    )
    .filter(({ from, to }) => !(from.split('/').length > 2 && to.startsWith(from.split('/').slice(0, 2).join('/'))));
  assert.deepEqual(wrong, []);
});

test('the page imports of the server only types', () => {
  const wrong = sources('web/**/*.{ts,tsx}')
    .filter((file) => !isTest(file) && !file.includes('generate'))
    .flatMap(importsOf)
    .filter(({ to, typeOnly }) => to.startsWith('server/') && !typeOnly);
  assert.deepEqual(wrong, []);
});

test('a page of one domain imports design, shell and itself', () => {
  const wrong = sources('web/**/*.{ts,tsx}')
    .filter((file) => !isTest(file))
    .flatMap(importsOf)
    .filter(({ from, to }) => {
      const [mine, theirs] = [from.split('/')[1]!, to.split('/')[1]!];
      if (!to.startsWith('web/') || mine === 'shell' || mine === theirs || theirs === 'design' || theirs === 'shell') return false;
      return !(theirs === 'leaving' && to.endsWith('leave-dialog.tsx'));
    });
  assert.deepEqual(wrong, []);
});

test('every domain has a door with a head comment of at most eight lines, and its routes, permissions, jobs and reactions are wired', () => {
  const wired = ['server/routes.ts', 'server/jobs.ts', 'server/runner.ts', 'server/main.ts', 'server/installation.ts', 'server/erasure.ts']
    .filter((file) => existsSync(path.join(root, file)))
    .map((file) => readFileSync(path.join(root, file), 'utf8'))
    .join('\n');
  for (const domain of order.slice(1)) {
    const door = path.join(root, 'server', domain, 'index.ts');
    assert.ok(existsSync(door), `server/${domain} has no door`);
    const comment = readFileSync(door, 'utf8')
      .split('\n')
      .findIndex((line) => !line.startsWith('//') && !line.startsWith(' *') && !line.startsWith('/*'));
    assert.ok(comment >= 1 && comment <= 8, `the door of ${domain} needs a head comment of 1 to 8 lines`);
    for (const part of ['routes', 'reactions', 'permissions', 'jobs']) {
      if (!existsSync(path.join(root, 'server', domain, `${part}.ts`))) continue;
      assert.ok(
        wired.includes(`./${domain}/${part}.ts`) || wired.includes(`./${domain}/index.ts`),
        `server/${domain}/${part}.ts is not wired`,
      );
    }
  }
  for (const folder of readdirSync(path.join(root, 'server'), { withFileTypes: true })) {
    if (folder.isDirectory()) assert.ok([...order, ...edges].includes(folder.name), `server/${folder.name} is no room of the house`);
  }
});

test('a table is written only by its owner', () => {
  const wrong: string[] = [];
  const owner = (table: string) => (table.startsWith('platform_') ? 'platform' : table.split('_')[0]!);
  for (const file of server.filter((each) => !isTest(each) && domainOf(each) !== null)) {
    const text = readFileSync(path.join(root, file), 'utf8');
    const tables = [
      ...text.matchAll(/\.(?:insertInto|updateTable|deleteFrom)\('([a-z_]+)/g),
      ...text.matchAll(/(?:insert into|\bupdate|delete from)\s+([a-z]+_[a-z_]+)/g),
    ].map((match) => match[1]!);
    for (const table of tables) {
      const domain = domainOf(file)!;
      if (order.includes(owner(table)) && owner(table) !== domain && !edges.includes(domain)) wrong.push(`${file} writes ${table}`);
    }
  }
  assert.deepEqual(wrong, []);
});

/** Files that read a table below their domain, and why. */
const readsBelow: Record<string, string> = {
  'server/platform/backup/restore-backup.ts': 'counts what it restored',
  'server/platform/backup/write-backup.ts': 'signs the audit head of every organization',
  'server/identity/find-visitor.ts': 'a member’s own record in the roster decides what is hidden from them',
  'server/identity/memberships-of.ts': 'a member’s own record in the roster decides what is hidden from them',
  'server/identity/routes/session-routes.ts': 'tells the page which person of the roster the reader is',
  'server/identity/members/list-members.ts': 'shows which person of the roster a member is',
};

test('SQL reads only tables of its own domain and of those above it', () => {
  const wrong: string[] = [];
  for (const file of server.filter((each) => !isTest(each) && order.includes(domainOf(each) ?? '') && !(each in readsBelow))) {
    const text = readFileSync(path.join(root, file), 'utf8');
    for (const match of text.matchAll(
      /(?:from|join|selectFrom\('|Join\(')\s*((?:platform|identity|people|tasks|apps|connections|access|playbooks|directory|hygiene)_[a-z_]+)/g,
    )) {
      const owner = match[1]!.split('_')[0]!;
      if (order.indexOf(owner) > order.indexOf(domainOf(file)!)) wrong.push(`${file} reads ${match[1]}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('the environment is read only in config, time only through the clock, the network only through outbound', () => {
  const wrong: string[] = [];
  const mayReadTime = ['server/platform/clock.ts'];
  const mayCallOut = /^server\/(platform\/(outbound|postgres|mail|http)|cli)\//;
  for (const file of [...server, ...sources('connectors/**/*.ts')].filter((each) => !isTest(each))) {
    const text = readFileSync(path.join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    if (/process\.env\b/.test(text) && file !== 'server/platform/config.ts') wrong.push(`${file} reads process.env`);
    if (/Date\.now\(|new Date\(\)|Temporal\.Now\.(?!zonedDateTimeISO\(zone\))/.test(text) && !mayReadTime.includes(file))
      wrong.push(`${file} asks the machine for the time`);
    if (/\bfetch\(|from 'node:(http|https|net|tls|http2)'/.test(text) && !mayCallOut.test(file) && !/\.fetch\(/.test(text))
      wrong.push(`${file} opens the network`);
  }
  assert.deepEqual(wrong, []);
});

test('no file has more than 300 lines without a stated reason, and names say what is inside', () => {
  const long: Record<string, string> = {
    'server/platform/database-types.gen.ts': 'generated',
    'web/shell/route-paths.gen.ts': 'generated',
  };
  const wrong: string[] = [];
  for (const file of [...server, ...sources('connectors/**/*.ts'), ...sources('web/**/*.{ts,tsx}'), ...sources('sample/**/*.ts')]) {
    const lines = readFileSync(path.join(root, file), 'utf8').split('\n').length - 1;
    if (lines > 300 && !isTest(file) && !(file in long)) wrong.push(`${file} has ${lines} lines`);
    if (/(^|\/)(utils|helpers|common|manager|service|base)(\.|\/)/.test(file)) wrong.push(`${file} has a name that says nothing`);
    if (!/^[a-z0-9.-]+$/.test(path.posix.basename(file))) wrong.push(`${file} is not in kebab case`);
  }
  assert.deepEqual(wrong, []);
});
