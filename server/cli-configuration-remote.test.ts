import assert from 'node:assert/strict';
import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { folderFor, runCommand } from '../tests/configuration-command-line.ts';
import { company, people } from '../tests/configuration-company.ts';
import { openWorld, type World } from '../tests/world.ts';
import { createToken, findVisitor } from './identity/index.ts';
import { createApp } from './platform/http/create-app.ts';
import { listen } from './platform/http/listen.ts';
import type { AnyRoute } from './platform/http/route.ts';
import { permissions, routes } from './routes.ts';

const nobodyThere = { GROUNDCREW_TOKEN: 'gc_x', GROUNDCREW_URL: 'http://127.0.0.1:1' };

/** A running server, and the command line with a token of such a member. `lose` drops the answers of such requests after the work is done. */
async function openServer(t: TestContext, world: World, lose?: (request: Request) => boolean) {
  const app = createApp(world.platform, { routes: Object.values(routes) as AnyRoute[], permissions, findVisitor });
  const front = await listen({ port: 0, bind: '127.0.0.1' }, async (request, env) => {
    const answer = await app.fetch(request, env);
    if (!lose?.(request)) return answer;
    (env as { outgoing: { destroy(): void } }).outgoing.destroy();
    return answer;
  });
  t.after(() => front.close());
  return async (roles: string[], scopes = ['*']) => {
    const { memberId } = await world.as(roles);
    const { token } = await world.run((ctx) =>
      createToken(ctx, { memberId, name: 'cli', scopes, expiresAt: world.clock.now().add({ hours: 24 }).toString() }),
    );
    const env = { GROUNDCREW_TOKEN: token, GROUNDCREW_URL: `http://127.0.0.1:${front.port}`, DIRECTORY_TOKEN: 'very-secret' };
    return (words: string[], more: Record<string, string> = {}) => runCommand(words, { ...env, ...more });
  };
}

test('what cannot go on ends with its status and one sentence, and touches no file: no server, no file, no right, no token', async (t) => {
  const world = await openWorld(t);
  const as = await openServer(t, world);
  const folder = folderFor(t);
  const file = path.join(folder, 'company.yaml');
  writeFileSync(file, 'departments: [Sales]\napps: [{ name: Chat }]\n');
  const [owner, hr, narrow] = [await as(['owner']), await as(['hr']), await as(['owner'], ['configuration:*'])];

  for (const words of [['push', file], ['push', file, '--dry-run'], ['pull', file], ['plan'], ['apply', '--yes']]) {
    const silent = await runCommand(words, nobodyThere);
    assert.deepEqual([silent.status, silent.out], [3, ''], words.join(' '));
    assert.match(silent.problem, /^Nothing answers at http:\/\/127\.0\.0\.1:1 \(.+\)\. Nothing was changed\. .*GROUNDCREW_URL\.\n$/);
    const wrong = await owner(words, { GROUNDCREW_TOKEN: 'gc_wrong' });
    assert.equal(wrong.status, 4, words.join(' '));
    assert.match(wrong.problem, /does not accept the token in GROUNDCREW_TOKEN.*Nothing was changed\.$/m);
    assert.equal(wrong.problem.trim().split('\n').length, 1);
  }
  for (const words of [
    ['push', file],
    ['pull', file],
  ])
    assert.equal((await hr(words)).status, 4, words.join(' '));
  const without = await narrow(['push', file, '--yes']);
  assert.equal(without.status, 4);
  assert.match(without.problem, /lacks the scope .*Nothing was changed/);
  assert.equal((await narrow(['plan'])).status, 4);
  assert.equal(readFileSync(file, 'utf8'), 'departments: [Sales]\napps: [{ name: Chat }]\n');

  for (const [given, why] of [
    [path.join(folder, 'nowhere.yaml'), /there is no such file/],
    [folder, /it is a folder/],
    [path.join(file, 'below.yaml'), /a part of the path is a file/],
  ] as const) {
    const unread = await owner(['push', given]);
    assert.equal(unread.status, 2);
    assert.match(unread.problem, why);
  }
  writeFileSync(path.join(folder, 'latin.yaml'), Buffer.from('organization: Gr\xf6\xdfe\n', 'latin1'));
  for (const words of ['push', 'pull']) {
    const latin = await owner([words, path.join(folder, 'latin.yaml')]);
    assert.deepEqual([latin.status, /not UTF-8/.test(latin.problem)], [2, true], latin.problem);
  }
  writeFileSync(path.join(folder, 'large.yaml'), `# ${'x'.repeat(5_000_000)}\n`);
  const large = await owner(['push', path.join(folder, 'large.yaml')]);
  assert.deepEqual([large.status, /Line 1: .*Split it/.test(large.problem)], [2, true], large.problem);
  const nowhere = await owner(['pull', path.join(folder, 'no', 'where.yaml')]);
  assert.deepEqual([nowhere.status, /cannot be written: there is no such/.test(nowhere.problem)], [2, true], nowhere.problem);

  const torn = await owner(['plan'], { GROUNDCREW_TOKEN: 'gc_very\nsecret' });
  assert.deepEqual([torn.status, /is no token/.test(torn.problem), /secret/.test(torn.problem)], [4, true, false]);
  const other = await listen({ port: 0, bind: '127.0.0.1' }, () => new Response('<p>Hello</p>'));
  t.after(() => other.close());
  for (const words of [['plan'], ['pull'], ['push', file]]) {
    const elsewhere = await owner(words, { GROUNDCREW_URL: `http://127.0.0.1:${other.port}` });
    assert.deepEqual([elsewhere.status, /is not Groundcrew .*GROUNDCREW_URL/.test(elsewhere.problem)], [3, true], elsewhere.problem);
  }
  const told = await owner(['push', file, '--json'], { GROUNDCREW_TOKEN: 'gc_wrong' });
  assert.equal(typeof JSON.parse(told.problem).error.code, 'string', 'with --json a refusal is JSON');
  const done = await owner(['push', file, '--yes']);
  assert.deepEqual([done.status, /Applied: 2 new\./.test(done.out)], [0, true], done.problem);
  const noTerminal = await owner(['apply', '--yes']);
  assert.deepEqual([noTerminal.status, /Nothing to do/.test(noTerminal.out)], [0, true], noTerminal.problem);
});

test('when the answer to a push is lost, it does not say that nothing was changed; repeated, it changes nothing', async (t) => {
  const world = await openWorld(t);
  const [fair, lossy] = [await openServer(t, world), await openServer(t, world, ({ method }) => method === 'PUT')];
  const file = path.join(folderFor(t), 'company.yaml');
  writeFileSync(file, 'departments: [Sales]\n');
  const lost = await (await lossy(['owner']))(['push', file]);
  assert.equal(lost.status, 3, lost.out + lost.problem);
  assert.match(lost.problem, /Whether it was done is not known: look before you repeat it/);
  const again = await (await fair(['owner']))(['push', file]);
  assert.deepEqual([again.status, again.out], [0, 'Nothing to change.\n']);
});

test('pull into a file that is there keeps comments, order, rights and links; unchanged it is not written; broken it is refused and left', async (t) => {
  const world = await openWorld(t);
  await people(world);
  const owner = await (await openServer(t, world))(['owner']);
  const folder = folderFor(t);
  const file = path.join(folder, 'company.yaml');
  const written = `# Ours: ask Maya.\n${company.replace('departments: [Sales, Support]', 'departments: [Support, Sales]   # as the board says')}`;
  writeFileSync(file, written);
  chmodSync(file, 0o640);
  const link = path.join(folder, 'link.yaml');
  symlinkSync(file, link);
  assert.equal((await owner(['push', file])).status, 0);
  const [before, unchanged] = [statSync(file), await owner(['pull', file])];
  assert.deepEqual([unchanged.status, unchanged.out], [0, `${file} stays as it is: it says what is there.\n`]);
  assert.equal(readFileSync(file, 'utf8'), written);
  assert.deepEqual([statSync(file).ino, statSync(file).mtimeMs], [before.ino, before.mtimeMs]);

  await world.owner('POST', '/departments', { name: 'Legal' });
  const merged = await owner(['pull', link]);
  assert.equal(merged.status, 0, merged.problem);
  assert.equal(merged.out, `+ department Legal\nWritten to ${link}.\n`);
  assert.match(readFileSync(file, 'utf8'), /^# Ours: ask Maya\.[\s\S]*departments: \[ ?Support, Sales, Legal ?\] # as the board says/);
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.equal(statSync(file).mode & 0o777, 0o640);
  assert.deepEqual(readdirSync(folder).sort(), ['company.yaml', 'link.yaml'], 'nothing is left beside it');
  assert.equal((await owner(['push', file])).out, 'Nothing to change.\n');

  for (const broken of ['apps: [\n', 'services:\n  web: { image: nginx }\n', `${written}organization: Twice\n`]) {
    writeFileSync(file, broken);
    const refused = await owner(['pull', file]);
    assert.equal(refused.status, 2);
    assert.match(refused.problem, /cannot be read as a configuration\. Nothing was written\. .*groundcrew pull other\.yaml\n {2}Line \d+/);
    assert.equal(readFileSync(file, 'utf8'), broken);
  }
  const other = path.join(folder, 'other.yaml');
  assert.equal((await owner(['pull', other])).status, 0);
  assert.equal(readFileSync(other, 'utf8'), (await owner(['pull'])).out);
  assert.ok(existsSync(other));
});

test('the example in blueprints, pushed where nobody is on the people list yet, stays byte for byte when it is pulled', async (t) => {
  const world = await openWorld(t);
  const as = await openServer(t, world);
  const owner = await as(['owner']);
  const file = path.join(folderFor(t), 'company.yaml');
  const example = readFileSync(path.join(import.meta.dirname, '..', 'blueprints', 'company.yaml'), 'utf8');
  writeFileSync(file, example);
  assert.equal((await owner(['push', file])).status, 0);
  const pulled = await owner(['pull', file]);
  assert.equal(readFileSync(file, 'utf8'), example, pulled.out + pulled.problem);
  const narrow = await as(['owner'], ['configuration:read']);
  assert.equal((await narrow(['pull', file])).status, 0, 'also for who may not look people up');
  assert.equal(readFileSync(file, 'utf8'), example);
  await people(world);
  assert.equal((await owner(['pull', file])).status, 0);
  assert.doesNotMatch(readFileSync(file, 'utf8'), /owner: maya/, 'who is on the list and is not the owner is not kept');
});
