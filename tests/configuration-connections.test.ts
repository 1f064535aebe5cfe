import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '../server/platform/database.ts';
import { auditCount, changesOf, company, people, preview, pull, push, secrets } from './configuration-company.ts';
import { openWorld } from './world.ts';

test('a connection keeps its secrets when none are sent, never takes them to another host, and says which were replaced', async (t) => {
  const world = await openWorld(t);
  await people(world);
  await push(world.owner, company, { secrets });
  assert.equal((await push(world.owner, company)).body.changed, 0);
  const moved = company.replace('127.0.0.1:9001', '127.0.0.1:9002');
  const refused = await push(world.owner, moved);
  assert.equal(refused.status, 422);
  assert.match(refused.body.problems[0].message, /another host/);
  assert.equal(refused.body.problems[0].field, 'apps[2].connection.secrets');
  assert.equal((await push(world.owner, moved, { secrets })).body.changed, 1);
  const other = await push(world.owner, moved, { secrets: { Directory: { token: 'next-token' } } });
  const line = other.body.lines.find(({ change }: { change: string }) => change === 'changed');
  assert.equal(line.words, 'secrets: replaced (token)');
  assert.ok(!JSON.stringify(other.body).includes('next-token'));
  const guess = await preview(await world.as(['auditor']), moved, { secrets: { Directory: { token: 'a-guess' } } });
  assert.equal(guess.body.changed, 0, 'an auditor cannot try out what the secret is');
});

const removing = (more = '') => `apps:\n  - name: Directory\n    connection: { removed: true }\n${more}`;

test('a connection goes only when the file says so: with a diff that tells what it means, once, its token erased and nothing called', async (t) => {
  const world = await openWorld(t);
  await people(world);
  await push(world.owner, company, { secrets });
  assert.equal((await push(world.owner, 'apps: [{ name: Directory }]\n')).body.changed, 0, 'left out, it stays');
  const lineIn = (body: { lines: { what: string }[] }) =>
    body.lines.find(({ what }) => what === 'connection') as never as Record<string, string>;
  const seen = await preview(world.owner, removing());
  assert.equal(lineIn(seen.body).change, 'gone');
  assert.match(
    lineIn(seen.body).words!,
    /no account in Directory is touched.*secrets \(token\) are erased here.*by hand, and those of Wiki, which a group of Directory gives/s,
  );
  assert.match(await pull(world.owner), /DIRECTORY_TOKEN/, 'a preview removes nothing');
  const events = await auditCount(world);
  const done = await push(world.owner, removing());
  assert.deepEqual([done.status, changesOf(done.body).filter((line) => line.startsWith('gone'))], [200, ['gone connection Directory']]);
  assert.ok((await auditCount(world)) > events);
  const { rows } = await world.run((ctx) =>
    sql<{
      kept: number;
      erased: number;
    }>`select count(*) filter (where secrets_sealed is not null)::int as kept, count(*) filter (where removed_at is not null)::int as erased from connections_connections`.execute(
      ctx.db,
    ),
  );
  assert.deepEqual(rows, [{ kept: 0, erased: 1 }]);
  const yaml = await pull(world.owner);
  assert.doesNotMatch(yaml, /DIRECTORY_TOKEN|connector/);
  assert.match(yaml, /name: Directory[\s\S]*writer: manual/);
  const again = await push(world.owner, removing());
  assert.equal(again.body.changed, 0);
  assert.equal((await push(world.owner, yaml)).body.changed, 0);
  assert.equal((await push(world.owner, company, { secrets })).status, 200, 'it can be connected again');
  assert.match(await pull(world.owner), /DIRECTORY_TOKEN/);
});

test('a removal beside anything else, or an entry emptied by accident, is refused and removes nothing', async (t) => {
  const world = await openWorld(t);
  await people(world);
  await push(world.owner, company, { secrets });
  const before = await pull(world.owner);
  for (const [yaml, field, words] of [
    ['apps:\n  - name: Directory\n    connection:\n', 'apps[0].connection', /\{ removed: true \}.*leave 'connection' out/],
    ['apps:\n  - name: Directory\n    connection: null\n', 'apps[0].connection', /\{ removed: true \}/],
    ['apps:\n  - name: Directory\n    connection: { removed: false }\n', 'apps[0].connection.removed', /Write true/],
    ['apps:\n  - name: Directory\n    connection: { removed: true, connector: scim }\n', 'apps[0].connection.removed', /no connector/],
    [removing('    writer: connection\n'), 'apps[0].writer', /Write 'manual'/],
  ] as const) {
    const { status, body } = await push(world.owner, yaml);
    assert.equal(status, 422, yaml);
    const told = body.problems.find((each: { field: string }) => each.field === field);
    assert.match(told?.message ?? JSON.stringify(body), words, yaml);
  }
  assert.equal(await pull(world.owner), before);
  const narrow = await world.as(['owner'], { scopes: ['configuration:*', 'apps:*'] });
  assert.equal((await push(narrow, removing())).status, 403, 'a removal needs the right to change connections');
});

test('that a directory tells who works here stands in the file, and not of one that does not know it', async (t) => {
  const world = await openWorld(t);
  const file = (more: string) =>
    `apps:\n  - name: Directory\n    connection:\n      connector: microsoft\n      settings: { tenantId: 4f2b3c1e-1111-4222-8333-944455566677, clientId: 4f2b3c1e-1111-4222-8333-944455566678 }\n      secrets: { clientSecret: { env: MS_SECRET } }\n${more}`;
  const made = await push(world.owner, file('      takesPeople: true\n'), { secrets: { Directory: { clientSecret: 's' } } });
  assert.equal(made.status, 200, JSON.stringify(made.body));
  const yaml = await pull(world.owner);
  assert.match(yaml, /takesPeople: true/);
  assert.equal((await push(world.owner, yaml)).body.changed, 0);
  const off = await push(world.owner, file('      takesPeople: false\n'));
  assert.ok(changesOf(off.body).some((line) => line.startsWith('changed connection')));
  assert.doesNotMatch(await pull(world.owner), /takesPeople/);
  const wrong = await preview(
    world.owner,
    'apps:\n  - name: Chat\n    connection: { connector: slack, settings: {}, takesPeople: true }\n',
  );
  assert.ok(
    wrong.body.problems.some(({ field }: { field: string }) => field.endsWith('takesPeople')),
    JSON.stringify(wrong.body),
  );
});
