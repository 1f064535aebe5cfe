// What other systems answer, and what our own calls to them can be led to.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOutbound } from '../../server/platform/outbound/index.ts';
import { openCompany } from '../leaving-company.ts';
import { openWorld } from '../world.ts';
import { listen } from './listening-server.ts';
import { ok, scimTest } from './request-and-answer.ts';

test('a connection reaches no private address that the operator did not list, however the address is written or resolved', async (t) => {
  const world = await openWorld(t);
  const inside = await listen(t, (_request, response) => response.end('{}'));
  const hosts = [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '0.0.0.0',
    '169.254.169.254',
    '[fd00::1]',
    '10.0.0.1',
    '[::]',
    '127.0.0.1.',
  ];
  for (const host of hosts) {
    const url = `http://${host}:${inside.port}/scim/v2`;
    const tested = ok(await world.owner('post', '/connections/test', scimTest(url)));
    assert.equal(tested.ok, false, host);
    assert.ok(
      tested.checks.some((check: { ok: boolean | null; words: string }) => check.ok === false && check.words.length > 20),
      host,
    );
  }
  // A name that is public when it is looked at and private when it is called.
  let asked = 0;
  world.platform.outbound = createOutbound({
    allowPrivate: [],
    resolve: async () => [{ address: asked++ === 0 ? '93.184.216.34' : '127.0.0.1', family: 4 }],
  });
  const rebound = ok(await world.owner('post', '/connections/test', scimTest(`https://rebound.example:${inside.port}/scim/v2`)));
  assert.equal(rebound.ok, false);
  world.platform.outbound = createOutbound({ allowPrivate: [], resolve: async () => [{ address: '127.0.0.1', family: 4 }] });
  assert.equal(ok(await world.owner('post', '/connections/test', scimTest(`https://inside.example:${inside.port}/scim/v2`))).ok, false);
  assert.deepEqual(inside.seen, []);
});

test('other protocols, names and passwords in an address are refused before anything is called', async (t) => {
  const world = await openWorld(t);
  for (const baseUrl of [
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'gopher://x',
    'http://user:pass@app.example/',
    'https://app.example/?x=1',
    'ftp://app.example/',
    '//app.example',
    '',
  ]) {
    const answer = await world.owner('post', '/connections', { appName: 'App', ...scimTest(baseUrl) });
    assert.equal(answer.status, 422, `${baseUrl}: ${JSON.stringify(answer.body)}`);
  }
  assert.equal(ok(await world.owner('get', '/apps')).total, 0);
});

test('a redirect to another host, an endless, 4 GB, deep or foreign answer and a wrong secret end a reading in words, and touch nobody', async (t) => {
  const world = await openCompany(t);
  const stranger = await listen(t, (_request, response) => response.end('{}'));
  const { appId, server } = await world.scimApp('Chat', { users: [{ userName: 'a@acme.example', address: 'a@acme.example' }] });
  const accounts = async () => JSON.stringify(ok(await world.owner('get', `/apps/${appId}/accounts`)).rows);
  const first = await accounts();
  for (const body of ['endless', 'huge', 'deep', 'page'] as const) {
    server.behave({ body });
    await world.read(appId);
    const [sync] = ok(await world.owner('get', `/apps/${appId}/syncs`)).rows;
    assert.equal(sync.status, 'failed', body);
    assert.match(sync.problem, /Nothing was changed\.$/, body);
  }
  server.behave({});
  const moved = await listen(
    t,
    (_request, response) => void response.writeHead(302, { location: `http://127.0.0.1:${stranger.port}/scim/v2/Users` }).end(),
  );
  const [connection] = ok(await world.owner('get', '/connections')).rows;
  for (const change of [
    { settings: { baseUrl: `http://127.0.0.1:${moved.port}/scim/v2` }, secrets: { token: 'test-token' } },
    { settings: { baseUrl: server.baseUrl }, secrets: { token: 'wr0ng-secret' } },
  ]) {
    ok(await world.owner('PATCH', `/connections/${connection.id}`, change));
    await world.read(appId);
    const [sync] = ok(await world.owner('get', `/apps/${appId}/syncs`)).rows;
    assert.equal(sync.status, 'failed');
    assert.doesNotMatch(JSON.stringify(sync), /wr0ng-secret/);
  }
  assert.deepEqual(stranger.seen, []);
  assert.equal(await accounts(), first);
  // Another host gets no secret that was entered for this one.
  const elsewhere = await world.owner('PATCH', `/connections/${connection.id}`, {
    settings: { baseUrl: `http://127.0.0.1:${stranger.port}/scim/v2` },
  });
  assert.deepEqual([elsewhere.status, elsewhere.body.code], [422, 'secrets_needed']);
});

test('a condition that is too costly or not allowed stops no exit half-way: it is refused in words, and nobody is changed', async (t) => {
  const world = await openCompany(t);
  const person = await world.person({ givenName: 'Ada' });
  for (const when of ['person.title.matches("(a+)+$")', '[1,2,3].all(x, [1,2,3].all(y, x < y))', 'x'.repeat(20_000)]) {
    await world.run(async (ctx) => {
      const now = ctx.now.toString();
      const made = await ctx.db
        .insertInto('playbooks_playbooks')
        .values({ organization_id: ctx.organizationId, name: when.slice(0, 30), moment: 'leaver', created_at: now })
        .returning('id')
        .executeTakeFirstOrThrow();
      const yaml = JSON.stringify({
        name: 'Costly',
        for: 'leaver',
        steps: [{ key: 'x', title: 'X', kind: 'wait', at: { anchor: 'cut-off' }, when }],
      });
      const version =
        Number(
          (
            await ctx.db
              .selectFrom('playbooks_versions')
              .select((e) => e.fn.countAll().as('n'))
              .executeTakeFirstOrThrow()
          ).n,
        ) + 1;
      await ctx.db
        .insertInto('playbooks_versions')
        .values({ organization_id: ctx.organizationId, playbook_id: made.id, version, yaml, created_at: now })
        .execute();
    });
    const answer = await world.owner('post', '/leaving', { personIds: [person], terms: { at: 'now' } });
    assert.equal(answer.status, 422, `${when.slice(0, 30)}: ${answer.status} ${JSON.stringify(answer.body)}`);
    assert.equal(ok(await world.owner('get', `/people/${person}`)).status, 'working');
  }
});
