import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { before, type TestContext, test } from 'node:test';
import { Client } from 'pg';
import { pino } from 'pino';
import type { z } from 'zod';
import { createOrganization, createToken, findVisitor } from '../server/identity/index.ts';
import { checkHost } from '../server/platform/http/check-host.ts';
import { createApp } from '../server/platform/http/create-app.ts';
import type { AnyRoute } from '../server/platform/http/route.ts';
import { migrate } from '../server/platform/migrate.ts';
import { createOutbound } from '../server/platform/outbound/index.ts';
import { openPage as openBuiltPage } from '../server/platform/serve-page.ts';
import { permissions, routes } from '../server/routes.ts';
import { type LeavingCompany, openCompany } from './leaving-company.ts';
import { bodyWith, idPlaces } from './setup/body-ids.ts';
import { exampleOf } from './setup/example-of.ts';
import { openMailSink } from './setup/mail-sink.ts';
import { openPage } from './setup/page-caller.ts';
import { rowsByParam } from './setup/rows-by-param.ts';
import { type Answer, type Caller, openWorld, type World } from './world.ts';

const all = Object.values(routes) as AnyRoute[];
const paramsOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, `${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};
const bytes = (text: string) => new TextEncoder().encode(text);
const raw = (world: World) => createApp(world.platform, { routes: all, permissions, findVisitor });

async function listen(t: TestContext, handler: RequestListener): Promise<{ port: number; seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, seen };
}

// What other systems answer.

const scimTest = (baseUrl: string, token = 'test-token') => ({ connector: 'scim', settings: { baseUrl }, secrets: { token } });

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

test('a secret that is wrong stands in no log, no answer, no audit and no table, also when the app repeats it', async (t) => {
  const lines: string[] = [];
  const world = await openCompany(t);
  world.platform.log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const { appId, server } = await world.scimApp('Chat', { users: 3 });
  server.behave({ echoesSecret: true });
  const secret = 'S3cret-0f-nobody-else';
  const [connection] = ok(await world.owner('get', '/connections')).rows;
  const answers = [
    await world.owner('post', '/connections/test', scimTest(server.baseUrl, secret)),
    await world.owner('PATCH', `/connections/${connection.id}`, { secrets: { token: secret } }),
    await world.owner('post', `/connections/${connection.id}/test`, {}),
    await world.owner('post', `/connections/${connection.id}/test`, { secrets: { token: `${secret}\r\nX-Evil: 1` } }),
    await world.owner('post', '/connections', {
      appName: 'Other',
      connector: 'scim',
      settings: { baseUrl: server.baseUrl, userName: 'sync', authentication: 'basic' },
      secrets: { password: secret, unknown: secret },
    }),
    await world.owner('PATCH', `/connections/${connection.id}`, { settings: { baseUrl: 'nowhere' }, secrets: { token: secret } }),
    await world.anybody('post', '/sign-in/password', { address: 'ines@fernhill.example', password: secret }),
    await world.anybody('post', '/task-link', { secret }),
    await world.anybody('post', '/invitation/check', { secret: `${secret}${secret}` }),
  ];
  await world.read(appId);
  answers.push(
    await world.owner('get', '/connections'),
    await world.owner('get', '/syncs'),
    await world.owner('get', '/audit?limit=200'),
    await world.owner('get', '/today'),
  );
  const told = answers.map((answer) => new TextDecoder().decode(answer.bytes)).filter((text) => text.includes(secret));
  assert.deepEqual(told, []);
  assert.deepEqual(
    lines.filter((line) => line.includes(secret)),
    [],
  );
  const dump = await tablesOf(world);
  assert.deepEqual(
    Object.keys(dump).filter((name) => dump[name]!.includes(secret)),
    [],
  );
});

/** Everything that all tables hold, as text. */
async function tablesOf(world: World): Promise<Record<string, string>> {
  const client = new Client({ connectionString: world.database.adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      "select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('public', 'auth', 'pgboss')",
    );
    const found: Record<string, string> = {};
    for (const { name } of rows)
      found[name] = (
        await client.query(`select coalesce(string_agg(t::text, E'\\n' order by t::text), '') as text from ${name} t`)
      ).rows[0].text;
    return found;
  } finally {
    await client.end();
  }
}

// What somebody sends to us.

let world: World;
let own: Record<string, string>;
let foreign: Record<string, string>;
let foreignOrganization: string;

before(async (t) => {
  world = await openWorld(t as unknown as Parameters<typeof openWorld>[0]);
  foreignOrganization = await createOrganization(world.platform, { name: 'Other company', timeZone: 'UTC' });
  own = await world.run(rowsByParam);
  foreign = await world.run(rowsByParam, foreignOrganization);
});

const kindOf: Record<string, string> = {
  personId: 'personId',
  personIds: 'personId',
  ownerPersonId: 'personId',
  deputyPersonId: 'personId',
  managerId: 'personId',
  appId: 'appId',
  writerAppId: 'appId',
  memberId: 'memberId',
  namedMemberIds: 'memberId',
  departmentId: 'departmentId',
  locationId: 'locationId',
  mailId: 'mailId',
  taskId: 'taskId',
  acceptedUnknownLines: 'actionId',
};

/** What a body must say too, so that it is refused for the id and nothing else. */
const alongside: Record<string, object> = {
  addToken: { scopes: ['*'], expiresAt: '2026-12-24T00:00:00Z' },
  createConnection: { connector: 'scim', settings: { baseUrl: 'https://app.example/scim' }, secrets: { token: 'x' }, appName: undefined },
};

test('an id of another organization in a body is refused by every route, and nothing of either company changes by it', async () => {
  const wrong: string[] = [];
  const tried: string[] = [];
  for (const route of all.filter((each) => each.method !== 'get' && each.body && each.access !== 'public' && each.access !== 'session')) {
    for (const place of idPlaces(route.body as z.ZodType)) {
      const name = place.filter((step) => step !== '*').at(-1)!;
      const kind = kindOf[name];
      if (!kind) wrong.push(`${route.id}: say in kindOf what ${name} is an id of`);
      const id = foreign[kind ?? 'personId']!;
      const address = route.path.replaceAll(/\{(\w+)\}/g, (_, param: string) => own[param] ?? crypto.randomUUID());
      const answer = await world.owner(route.method.toUpperCase(), address, {
        ...(bodyWith(route.body as z.ZodType, place, id, own.personId!) as object),
        ...alongside[route.id],
      });
      tried.push(`${route.id}.${name}`);
      if (answer.status < 400 || answer.status >= 500)
        wrong.push(`${route.id}, ${place.join('.')}: ${answer.status} ${JSON.stringify(answer.body)?.slice(0, 200)}`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(tried.length >= 20, tried.join());
  const dump = await tablesOf(world);
  const crossing = Object.entries(dump).flatMap(([table, text]) =>
    text
      .split('\n')
      .filter((line) => line.includes(world.organizationId) && Object.values(foreign).some((id) => id.length === 36 && line.includes(id)))
      .map((line) => `${table}: ${line.slice(0, 200)}`),
  );
  assert.deepEqual(crossing, []);
});

test('another organization in the header is not found, whoever asks', async () => {
  const app = raw(world);
  const { token } = await world.run((ctx) =>
    createToken(ctx, {
      memberId: world.ownerMemberId,
      name: 'x',
      scopes: ['*'],
      expiresAt: world.clock.now().add({ hours: 48 }).toString(),
    }),
  );
  for (const organization of [foreignOrganization, crypto.randomUUID(), 'x', "' or 1=1"]) {
    const answer = await app.request('/api/v1/people', { headers: { authorization: `Bearer ${token}`, 'x-organization': organization } });
    assert.equal(answer.status, 404, organization);
  }
  assert.equal(
    (
      await app.request('/api/v1/people', {
        headers: { authorization: `Bearer ${token}`, 'x-organization': world.organizationId.toUpperCase() },
      })
    ).status,
    200,
  );
});

test('a token that has ended, was revoked or cut, or whose member was disabled opens nothing', async (t) => {
  const mine = await openWorld(t);
  const app = raw(mine);
  const ask = async (token: string) => (await app.request('/api/v1/organization', { headers: { authorization: token } })).status;
  const make = (memberId: string) =>
    mine.run((ctx) => createToken(ctx, { memberId, name: 'x', scopes: ['*'], expiresAt: mine.clock.now().add({ hours: 2 }).toString() }));
  const other = await mine.as(['ops']);
  const [a, b, c] = [await make(other.memberId), await make(other.memberId), await make(other.memberId)];
  assert.equal(await ask(`Bearer ${a.token}`), 200);
  assert.equal(await ask(`bearer ${a.token}`), 200);
  for (const bad of [
    a.token,
    `Bearer ${a.token.slice(0, -1)}`,
    `Bearer ${a.token}x`,
    `Bearer ${a.token} `,
    `Basic ${a.token}`,
    'Bearer gc_',
    `Bearer ${a.token.toUpperCase()}`,
    `Bearer ${a.token}, Bearer ${b.token}`,
  ])
    assert.ok([401, 200].includes(await ask(bad)) && (bad.trim() === `Bearer ${a.token}` || (await ask(bad)) === 401), bad.slice(0, 12));
  ok(await mine.owner('delete', `/tokens/${b.id}`));
  assert.equal(await ask(`Bearer ${b.token}`), 401);
  mine.clock.advance({ hours: 2 });
  assert.equal(await ask(`Bearer ${a.token}`), 401);
  ok(await mine.owner('post', `/members/${other.memberId}/disable`, {}));
  assert.equal(await ask(`Bearer ${c.token}`), 401);
});

test('a token never makes one that may more than itself', async () => {
  const narrow = await world.as(['owner'], { scopes: ['tokens:*', 'people:read'] });
  const expiresAt = world.clock.now().add({ hours: 2 }).toString();
  for (const scopes of [['*'], ['*:read'], ['people:manage'], ['leaving:read']])
    assert.ok((await narrow('post', '/tokens', { name: 'x', scopes, expiresAt })).status >= 400, scopes.join());
  assert.equal((await narrow('post', '/tokens', { name: 'x', scopes: ['people:read'], expiresAt })).status, 200);
});

test('bombs of JSON, keys of prototypes, NUL, and bodies that are too large are refused and harm nothing', async () => {
  const app = raw(world);
  const { token } = await world.run((ctx) =>
    createToken(ctx, {
      memberId: world.ownerMemberId,
      name: 'x',
      scopes: ['*'],
      expiresAt: world.clock.now().add({ hours: 48 }).toString(),
    }),
  );
  const send = async (address: string, body: string | Uint8Array<ArrayBuffer>, type = 'application/json') => {
    const answer = await app.request(`/api/v1${address}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body,
    });
    return { status: answer.status, text: await answer.text() };
  };
  const many = JSON.stringify({ personIds: Array.from({ length: 20_000 }, () => own.personId), terms: { at: 'now' } });
  for (const [address, body, expected] of [
    ['/leaving/preview', `${'['.repeat(400_000)}`, 400],
    ['/leaving/preview', `{"personIds":${'['.repeat(200_000)}${']'.repeat(200_000)},"terms":{"at":"now"}}`, 400],
    ['/connections/test', `{"connector":"scim","settings":{"baseUrl":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}}`, 400],
    ['/leaving/preview', many, 422],
    ['/leaving/preview', `{"personIds":["${'x'.repeat(1_100_000)}"]}`, 413],
    ['/leaving/preview', 'null', 422],
    ['/leaving/preview', '[]', 422],
    ['/leaving/preview', '"x"', 422],
    ['/leaving/preview', '{"personIds":["a",]}', 400],
    ['/leaving/preview', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 400],
    ['/people', '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}', 422],
    [
      '/connections',
      '{"appName":"P","connector":"scim","settings":{"__proto__":{"polluted":true},"baseUrl":"https://x.example"},"secrets":{"__proto__":{"token":"x"}}}',
      422,
    ],
    ['/connections/test', '{"connector":"__proto__"}', 422],
    ['/connections/test', '{"connector":"constructor"}', 422],
    ['/people', '{"givenName":"a\\u0000b"}', 422],
    ['/people', '{"givenName":"\\ud800"}', 422],
    ['/people', `{"givenName":"${'n'.repeat(10_000)}"}`, 422],
    ['/apps', '{"name":"a\\u0000b"}', 422],
  ] as [string, string, number][]) {
    const answer = await send(address, body);
    // A test of a connection answers what is wrong with it.
    if (address === '/connections/test' && answer.status === 200) assert.equal((JSON.parse(answer.text) as { ok: boolean }).ok, false);
    else if (expected !== answer.status)
      assert.ok([400, 413, 422].includes(answer.status), `${address} ${String(body).slice(0, 60)}: ${answer.status}`);
  }
  assert.equal(({} as { polluted?: boolean }).polluted, undefined);
  for (const givenName of ['\u202eevil', 'Zoë 李 🛰️', "O'Brien; drop table people_people; --", '<script>alert(1)</script>', '{{7*7}}']) {
    const made = await send('/people', JSON.stringify({ givenName }));
    assert.equal(made.status, 200, givenName);
    assert.equal((JSON.parse(made.text) as { givenName: string }).givenName, givenName);
  }
});

test('no id, limit or offset, however strange, fails by a fault of ours', async () => {
  const wrong: string[] = [];
  const strange = [
    'not-a-uuid',
    "' or 1=1 --",
    '%00',
    '..%2f..%2fetc',
    '0',
    '-1',
    'null',
    '00000000-0000-0000-0000-000000000000',
    'a'.repeat(3000),
    '%F0%9F%92%A9',
    '{}',
  ];
  for (const route of all) {
    for (const id of paramsOf(route.path).length > 0 ? strange : []) {
      const address = route.path.replaceAll(/\{\w+\}/g, id);
      const body = route.body ? exampleOf(route.body as z.ZodType, own.personId!) : route.upload ? bytes('x') : undefined;
      const answer = await world.owner(route.method.toUpperCase(), address, body);
      if (answer.status >= 500 || answer.status < 400) wrong.push(`${route.id} ${id.slice(0, 20)}: ${answer.status}`);
    }
    if (route.method !== 'get' || !route.query) continue;
    const address = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => own[name] ?? crypto.randomUUID());
    const required = new URLSearchParams(
      Object.entries(exampleOf(route.query as z.ZodType) as object).map(([n, v]) => [n, String(v)]),
    ).toString();
    for (const odd of [
      'limit=-1',
      'limit=0',
      'limit=1e9',
      'limit=abc',
      'offset=-1',
      'offset=1e300',
      'offset=9007199254740991',
      'limit=1.5',
      'before=x',
      'sort=;drop',
      'status=__proto__',
      'search=%25%25%25%5c',
      'words=%00',
      'q=%00',
      'search=%00',
      `search=${'a'.repeat(5000)}`,
      'find=%00',
    ]) {
      const answer = await world.owner('get', `${address}?${[required, odd].filter(Boolean).join('&')}`);
      if (answer.status >= 500) wrong.push(`${route.id}?${odd.slice(0, 30)}: ${answer.status}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('the page gives out its own files alone, and the loopback answers to no stranger’s name', async (t) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'page-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(path.join(folder, 'index.html'), '<p>the page</p>');
  await writeFile(`${folder}.secret`, 'kept');
  t.after(() => rm(`${folder}.secret`));
  const app = raw(world);
  (await openBuiltPage(folder)).mount(app);
  for (const address of [
    '/../secret',
    '/..%2f..%2fetc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    `/..%5c${path.basename(folder)}.secret`,
    '/assets/../../package.json',
    '//etc/passwd',
    '/%00',
    `/../${path.basename(folder)}.secret`,
    '/index.html%00.js',
  ]) {
    const answer = await app.request(`http://localhost${address}`);
    const text = await answer.text();
    assert.doesNotMatch(text, /root:|kept|"groundcrew"/, address);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff', address);
    assert.match(answer.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/, address);
  }
  const guarded = checkHost({ bind: '127.0.0.1', publicUrl: 'https://ops.acme.example' }, (request) => app.fetch(request));
  for (const [host, status] of [
    ['evil.example', 421],
    ['127.0.0.1.evil.example', 421],
    ['localhost:4600', 200],
    ['ops.acme.example', 200],
    ['localhost.evil.example', 421],
    ['', 421],
    ['[::1]:4600', 200],
    ['OPS.ACME.EXAMPLE', 200],
  ] as const) {
    const answer = await guarded(new Request('http://localhost/', { headers: { host } }));
    assert.equal(answer.status, status, host);
  }
});

test('a session’s cookie alone changes nothing: a stranger’s page cannot set the header', async (t) => {
  const mine = await openWorld(t);
  const page = openPage(mine.platform);
  // A browser that is signed in, as the library keeps it; only the header is missing.
  for (const route of all.filter((each) => each.method !== 'get' && each.access === 'public')) {
    const body = route.body ? (exampleOf(route.body as z.ZodType, crypto.randomUUID()) as object) : undefined;
    const answer = await raw(mine).request(`/api/v1${route.path}`, {
      method: route.method.toUpperCase(),
      headers: { 'content-type': 'text/plain', origin: 'https://evil.example', cookie: 'better-auth.session_token=x.y' },
      body: body ? JSON.stringify(body) : undefined,
    });
    assert.ok(answer.status >= 400 && answer.status < 500, `${route.id} answered ${answer.status}`);
    assert.deepEqual(answer.headers.getSetCookie(), [], route.id);
  }
  assert.equal(page.cookies.size, 0);
});

test('evidence of any kind leaves as an attachment that no browser runs, and a link is http or https', async () => {
  for (const [fileName, contentType] of [
    ['x.html', 'text/html'],
    ['x.svg', 'image/svg+xml'],
    ['x.xhtml', 'application/xhtml+xml'],
    ['x.pdf"; filename="y.html', 'application/pdf'],
    ['a\r\nSet-Cookie: x=1.html', 'text/plain\r\nX-Evil: 1'],
    ['../../x.js', 'text/javascript'],
  ] as const) {
    const query = new URLSearchParams({ fileName, contentType });
    const { id } = ok(await world.owner('post', `/tasks/${own.taskId}/evidence/file?${query}`, bytes('<script>alert(1)</script>')));
    const served = await world.owner('get', `/tasks/${own.taskId}/evidence/${id}`);
    assert.equal(served.status, 200);
    assert.match(
      served.headers.get('content-disposition') ?? '',
      /^attachment; filename="[\w.-]+"; filename\*=UTF-8''[^\s"';\\/]+$/,
      fileName,
    );
    assert.doesNotMatch(served.headers.get('content-type') ?? '', /html|svg|xml|javascript/);
    assert.equal(served.headers.get('x-content-type-options'), 'nosniff');
    assert.match(served.headers.get('content-security-policy') ?? '', /default-src 'none'; sandbox/);
    assert.equal(served.headers.get('x-evil') ?? served.headers.get('set-cookie'), null);
  }
  for (const url of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,<script>',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'vbscript:x',
    'file:///etc/passwd',
    'http:javascript:alert(1)',
    '//evil.example',
    'https://',
    'blob:https://x',
  ]) {
    assert.equal((await world.owner('post', `/tasks/${own.taskId}/evidence`, { url })).status, 422, url);
    assert.ok(
      (await world.owner('PATCH', `/apps/${own.appId}`, { deepLink: url })).status === 422 || url === 'http:javascript:alert(1)',
      url,
    );
  }
  const app = ok(await world.owner('get', `/apps/${own.appId}`));
  assert.ok(app.deepLink === null || /^https?:\/\//.test(app.deepLink), app.deepLink);
});

test('no file that we write holds a formula', async (t) => {
  const company = await openCompany(t);
  const evil = ['=cmd|calc!A0', '+1+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '＝1'];
  const rows = evil.map((text, at) => `"${text}",not-a-date,"x${at}@acme.example"`);
  const people = ok(await company.owner('post', '/people/imports?fileName=evil.csv', bytes(`Name,Start,Work email\n${rows.join('\n')}\n`)));
  const appId = await company.manualApp('=HYPERLINK("https://evil.example")', {
    accounts: evil.map((text, at) => ({ addresses: [`z${at}@acme.example`], userName: text, displayName: text, externalId: text })),
  });
  const list = ok(
    await company.owner(
      'post',
      `/apps/${appId}/lists?fileName=${encodeURIComponent('=x.csv')}`,
      bytes(`Email,Name\n${evil.map((text) => `,"${text}"`).join('\n')}\n`),
    ),
  );
  const files = ['/finding/file', `/people/imports/${people.id}/refused.csv`, `/syncs/${list.id}/refused`];
  for (const file of files) {
    const { bytes: written, status } = await company.owner('get', file);
    assert.equal(status, 200, file);
    const text = new TextDecoder().decode(written);
    const cells = text
      .replace(/^\ufeff/, '')
      .split(/\r\n|,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
      .map((cell) => cell.replace(/^"|"$/g, ''));
    assert.ok(cells.length > 5, file);
    assert.deepEqual(
      cells.filter((cell) => /^[=+@\t\r＝]|^-[^\d]|^-\d.*[^\d.,%]/.test(cell)),
      [],
      file,
    );
  }
});

test('a name with line breaks adds no header, no recipient and no second message to a mail', async (t) => {
  const sink = await openMailSink(t);
  const company = await openCompany(t, { env: { SMTP_URL: sink.url } });
  const evil = 'Ada\r\nBcc: victim@evil.example\r\nSubject: Hacked\r\n\r\nBody';
  const named = await company.owner('post', '/people', { givenName: evil, workAddress: 'ada@acme.example' });
  assert.ok(named.status === 200 || named.status === 422, String(named.status));
  const invited = await company.owner('post', '/members', { name: evil, address: 'ada@acme.example', roles: ['employee'] });
  assert.ok(invited.status < 500);
  for (const address of [
    'a@acme.example\r\nBcc: victim@evil.example',
    'a@acme.example, victim@evil.example',
    '<a@acme.example> victim@evil.example',
    'a@acme.example;victim@evil.example',
  ])
    assert.equal((await company.owner('post', '/members', { name: 'B', address, roles: ['employee'] })).status, 422, address);
  const leaver = await company.person({
    givenName: 'Leaver',
    familyName: 'X\r\nBcc: victim@evil.example\r\n',
    managerId: await company.person({ givenName: 'Boss' }),
  });
  ok(await company.owner('post', '/leaving', { personIds: [leaver], terms: { at: '2026-12-10T17:00' } }));
  await company.settle();
  company.clock.advance({ minutes: 1 });
  await company.settle();
  assert.ok(sink.letters.length > 0);
  for (const { to, text } of sink.letters) {
    assert.deepEqual(
      to.filter((address) => address.includes('victim')),
      [],
    );
    assert.doesNotMatch(text.split('\r\n\r\n')[0]!, /^Bcc:/im);
    assert.equal(text.split('\r\n\r\n')[0]!.match(/^Subject:/gm)?.length, 1);
  }
});

// Two at once.

const twice = async (send: () => Promise<Answer>) => (await Promise.all([send(), send(), send()])).sort((a, b) => a.status - b.status);

/** One was done, the others were refused in words that say so. */
function oneWins(answers: Answer[], code?: RegExp): void {
  const [first, ...rest] = answers;
  assert.ok(first!.status < 300, `${first!.status} ${JSON.stringify(first!.body)}`);
  for (const answer of rest) {
    assert.ok([404, 409, 422].includes(answer.status), `${answer.status} ${JSON.stringify(answer.body)}`);
    assert.ok(answer.body.detail.length > 15);
    if (code) assert.match(answer.body.code, code);
  }
}

async function leavingWorld(t: TestContext): Promise<{ company: LeavingCompany; owner: Caller; ada: string; noor: string }> {
  const company = await openCompany(t);
  const noor = await company.person({ givenName: 'Noor' });
  const ada = await company.person({ givenName: 'Ada', managerId: noor });
  await company.manualApp('Badges', { ownerPersonId: ada, deputyPersonId: noor, accounts: [{ addresses: ['ada@acme.example'] }] });
  return { company, owner: company.owner, ada, noor };
}

test('two who press at once have one effect: an exit is started once, a task finished once, a section signed once, an heir chosen, an exit called off once', async (t) => {
  const { company, owner, ada, noor } = await leavingWorld(t);
  const started = await twice(() => owner('post', '/leaving', { personIds: [ada], terms: { at: 'now' } }));
  oneWins(started, /already_leaving/);
  const runId = started[0]!.body.runIds[0];
  await company.settle();
  company.clock.advance({ seconds: 5 });
  await company.settle();
  let run = ok(await owner('get', `/runs/${runId}`));
  assert.equal(run.actions.length, 1);
  oneWins(await twice(() => owner('post', `/tasks/${run.actions[0].task_id}/finish`, { note: 'Disabled.' })), /already_done/);
  await company.settle();
  run = ok(await owner('get', `/runs/${runId}`));
  for (const handover of run.handovers) {
    const chosen = await Promise.all([1, 2, 3].map(() => owner('put', `/handovers/${handover.id}/heir`, { personId: noor })));
    assert.ok(
      chosen.every((answer) => answer.status < 300 || answer.status === 409),
      JSON.stringify(chosen.map((each) => each.body)),
    );
  }
  oneWins(await twice(() => owner('post', `/runs/${runId}/proof/signatures`, { section: 'access' })), /already_signed/);
  oneWins(await twice(() => owner('post', `/runs/${runId}/proof/signatures`, { section: 'ownership' })), /already_signed/);
  run = ok(await owner('get', `/runs/${runId}`));
  assert.equal(run.proofStatus, 'closed');
  oneWins(await twice(() => owner('post', `/runs/${runId}/rescind`, { reason: 'She stays.' })), /run_is_over/);
  const events = ok(await owner('get', '/audit?limit=200')).rows.map((event: { action: string }) => event.action);
  for (const action of ['leaving.confirmed', 'task.done', 'proof.closed', 'leaving.rescinded'])
    assert.equal(events.filter((each: string) => each === action).length, 1, action);
  assert.equal(events.filter((each: string) => each === 'proof.section-signed').length, 2);
  const plans = await company.run((ctx) => ctx.db.selectFrom('access_plans').select('purpose').execute());
  assert.deepEqual(plans.map((plan) => plan.purpose).sort(), ['leave', 'restore']);
});

test('a list of people and a list of an app are taken in once, whoever confirms at the same moment', async (t) => {
  const company = await openCompany(t);
  const people = ok(
    await company.owner(
      'post',
      '/people/imports?fileName=p.csv',
      bytes('Name,Work email\nAda Test,ada@acme.example\nBo Test,bo@acme.example\n'),
    ),
  );
  oneWins(
    await twice(() => company.owner('post', `/people/imports/${people.id}/confirm`, { evenThough: true })),
    /import_not_open|people_changed_since/,
  );
  assert.equal(ok(await company.owner('get', '/people')).total, 2);
  const app = ok(await company.owner('post', '/apps', { name: 'Wiki' }));
  const list = ok(await company.owner('post', `/apps/${app.appId}/lists?fileName=w.csv`, bytes('Email,Name\nada@acme.example,Ada\n')));
  oneWins(await twice(() => company.owner('post', `/syncs/${list.id}/confirm`, { declaredComplete: true })), /nothing_to_confirm/);
  assert.equal(ok(await company.owner('get', `/apps/${app.appId}/readings`)).total, 1);
  const same = await Promise.all(
    [1, 2, 3].map(() => company.owner('post', '/people', { givenName: 'Cy', workAddress: 'cy@acme.example' })),
  );
  oneWins(same.sort((a, b) => a.status - b.status));
  assert.ok(same.every((answer) => !/violates|constraint|people_people/.test(JSON.stringify(answer.body))));
});

// By SQL, as the application's own role.

test('the application’s role cannot leave its organization by definer functions, statistics, temporary tables, jobs, large objects or files', async () => {
  // Rights on the database itself are not copied with it: the start of an installation sets them anew.
  await migrate(world.database.adminUrl, world.database.secretKey);
  const client = new Client({ connectionString: world.database.url('groundcrew_app') });
  await client.connect();
  const refused = async (text: string, values: unknown[] = []) => {
    await client.query('savepoint s');
    const result = await client.query(text, values).catch((error: { code: string }) => error.code);
    await client.query('rollback to savepoint s');
    assert.equal(typeof result, 'string', `${text} was carried out`);
  };
  const rows = async (text: string, values: unknown[] = []) => (await client.query(text, values)).rows;
  try {
    await client.query('begin');
    await client.query("select set_config('groundcrew.organization', $1, true), set_config('groundcrew.member', 'system', true)", [
      world.organizationId,
    ]);
    await client.query('select enter_organization()');
    for (const text of [
      'create temp table people_people (organization_id uuid, id uuid)',
      'create temp view people_roster as select 1',
      'create function pg_temp.leak(text) returns boolean language plpgsql as $$ begin return true; end $$',
      'create schema stolen',
      'set role groundcrew_lookup',
      'set role groundcrew_jobs',
      'set role groundcrew_sealer',
      'set role groundcrew_remover',
      'set session authorization postgres',
      'reset role; select from auth."user"',
      'select list_organizations()',
      'select due_organizations(now())',
      'select next_due()',
      'select from identity_setup_links',
      "select pg_read_file('/etc/passwd')",
      "copy people_people to program 'cat'",
      "copy people_people from program 'id'",
      "select lo_import('/etc/passwd')",
      "select lo_export(0, '/tmp/x')",
      'select from pg_authid',
      'alter table people_people disable row level security',
      'drop policy own_organization on people_people',
      'select from groundcrew_migrations',
      'update platform_audit_events set action = action',
      'delete from platform_audit_values',
      'insert into platform_audit_heads (organization_id, sequence, hash, at, key_fingerprint, signature) select current_organization(), 1, null, now(), null, null',
      'update pgboss.job set data = data',
      'delete from pgboss.job',
      'alter system set log_statement = all',
      'create extension dblink',
      'select remove_sample_audit()',
    ])
      await refused(text);
    const others = Object.values(foreign).filter((id) => id.length === 36);
    const everything = JSON.stringify([
      await rows("select * from search_people('', 100000)"),
      await rows("select * from search_people('%', 100000)"),
      await rows("select * from search_people('zoe', 100000)"),
      await rows('select * from people_roster'),
      await rows("select tablename, most_common_vals::text, histogram_bounds::text from pg_stats where schemaname in ('public', 'pgboss')"),
      await rows('select * from pgboss.job'),
      await rows('select query from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'),
      await rows("select * from lookup_task_link(''::bytea)"),
      await rows("select * from lookup_invitation(''::bytea)"),
      await rows("select * from visitor_of_token(''::bytea)"),
      await rows("select * from memberships_of_user('')"),
    ]);
    assert.deepEqual(
      others.filter((id) => everything.includes(id)),
      [],
    );
    assert.ok(!everything.includes(foreignOrganization));
    assert.ok(everything.includes(own.personId!), 'what is its own it sees');
    // A row of the one cannot be hung onto a row of the other, and whether that row exists is not told apart.
    const codes = new Set<string>();
    for (const id of [foreign.personId!, crypto.randomUUID()]) {
      await client.query('savepoint s');
      const error = await client
        .query('update people_people set manager_id = $1 where id = $2', [id, own.personId])
        .catch((failure: { code: string }) => failure);
      await client.query('rollback to savepoint s');
      codes.add((error as { code: string }).code);
    }
    assert.deepEqual([...codes], ['23503']);
  } finally {
    await client.query('rollback').catch(() => {});
    await client.end();
  }
});
