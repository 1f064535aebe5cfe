import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Client } from 'pg';
import type { z } from 'zod';
import { createOrganization } from '../server/identity/index.ts';
import { type Permissions, type Role, reachOf, roles } from '../server/platform/http/permissions.ts';
import type { AnyRoute } from '../server/platform/http/route.ts';
import { permissions, routes } from '../server/routes.ts';
import { exampleOf } from './setup/example-of.ts';
import { rowsByParam } from './setup/rows-by-param.ts';
import { type Caller, openWorld, type World } from './world.ts';

// Every route × who asks. A new route is tried without a line here, unless its path names a new kind of thing (rows-by-param.ts)
// or no example of its body can be derived (`bodies`).
const all = Object.entries(routes) as [string, AnyRoute][];
const guarded = all.map(([, route]) => route).filter((route) => route.access !== 'public' && route.access !== 'session');
const paramsOf = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
const named = guarded.filter((route) => paramsOf(route.path).length > 0);

/** Bodies whose rules no schema states. */
const bodies: Record<string, unknown> = {};

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

/** Sends a route what it accepts, with these ids in its path. */
async function send(caller: Caller, route: AnyRoute, ids: Record<string, string>): Promise<{ status: number; text: string }> {
  // The runs of hires and those of exits are reached by different ways.
  const named: Record<string, string | undefined> = route.path.startsWith('/joining/') ? { ...ids, runId: ids.joiningId } : ids;
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(named[name] ?? crypto.randomUUID()));
  const query = route.query ? (exampleOf(route.query as z.ZodType) as Record<string, unknown>) : {};
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
  const body = route.upload
    ? new TextEncoder().encode('Name;Mail\nYara Other;yara@other.example\n')
    : route.body
      ? (bodies[route.id] ?? exampleOf(route.body as z.ZodType))
      : undefined;
  const answer = await caller(route.method.toUpperCase(), search ? `${path}?${search}` : path, body);
  return { status: answer.status, text: new TextDecoder().decode(answer.bytes) };
}

/** Tries each route and names those that answered otherwise. */
async function expectEach(
  tried: AnyRoute[],
  expected: number,
  attempt: (route: AnyRoute) => Promise<{ status: number; text: string }>,
): Promise<void> {
  const wrong: string[] = [];
  for (const route of tried) {
    const answer = await attempt(route);
    if (answer.status !== expected)
      wrong.push(`${route.id} (${route.method} ${route.path}) answered ${answer.status}: ${answer.text.slice(0, 200)}`);
  }
  assert.deepEqual(wrong, [], `each should have answered ${expected}`);
}

test('every route is declared whole: id, summary, permission, parameters, and no two at one address', () => {
  const wrong: string[] = [];
  const addresses = new Set<string>();
  for (const [key, route] of all) {
    if (route.id !== key) wrong.push(`${key} has the id ${route.id}`);
    if (!/^[a-z][A-Za-z]+$/.test(key)) wrong.push(`${key} is no name`);
    if (route.summary.trim().length < 5) wrong.push(`${key}: say in the summary what it does`);
    if (!/^\/[a-z{]/.test(route.path) || route.path.endsWith('/')) wrong.push(`${key} has the path ${route.path}`);
    if (!['public', 'session'].includes(route.access) && !Object.hasOwn(permissions, route.access))
      wrong.push(`${key} names the permission ${route.access}, which no domain declares`);
    const address = `${route.method} ${route.path.replaceAll(/\{\w+\}/g, '{}')}`;
    if (addresses.has(address)) wrong.push(`${key}: there is another ${address}`);
    addresses.add(address);
    const declared = Object.keys((route.params as { shape?: Record<string, unknown> } | undefined)?.shape ?? {});
    if (declared.sort().join() !== paramsOf(route.path).sort().join()) wrong.push(`${key}: params and path differ`);
    if (route.method === 'get' && route.body) wrong.push(`${key}: a GET takes no body`);
    if (route.body && route.upload) wrong.push(`${key}: body or upload, not both`);
    if (route.harmless && route.method === 'get') wrong.push(`${key}: a GET is harmless anyway`);
  }
  assert.deepEqual(wrong, []);
});

test('every permission belongs to somebody', () => {
  const nobody = Object.entries(permissions as Permissions).filter(
    ([, permission]) => permission.all.length === 0 && !permission.own?.length,
  );
  assert.deepEqual(
    nobody.map(([name]) => name),
    [],
  );
});

test('every kind of parameter has a row to be tried with', () => {
  const kinds = new Set(all.flatMap(([, route]) => paramsOf(route.path)));
  const missing = [...kinds].filter(
    (kind) => foreign[kind] === undefined && !all.every(([, route]) => !paramsOf(route.path).includes(kind) || route.access === 'public'),
  );
  assert.deepEqual(missing, [], 'add a line for each in tests/setup/rows-by-param.ts');
});

test('an example of every body and query can be derived', () => {
  const wrong: string[] = [];
  for (const [, route] of all) {
    for (const part of ['params', 'query', 'body'] as const) {
      if (!route[part] || bodies[route.id]) continue;
      try {
        exampleOf(route[part] as z.ZodType);
      } catch (error) {
        wrong.push(`${route.id}, ${part}: ${(error as Error).message}`);
      }
    }
  }
  assert.deepEqual(wrong, [], 'name an example in `bodies`');
});

test('without a session every route answers 401, unless it is meant for anybody', async () => {
  const meant = all.map(([, route]) => route).filter((route) => route.access !== 'public');
  await expectEach(meant, 401, (route) => send(world.anybody, route, own));
});

test('a role without the permission gets 403, and so does a token without the scope', async () => {
  const wrong: string[] = [];
  const callers = new Map<Role, Caller>();
  for (const role of roles) callers.set(role, await world.as([role]));
  for (const route of guarded) {
    for (const role of roles) {
      if (reachOf(permissions[route.access as keyof typeof permissions], [role])) continue;
      const { status } = await send(callers.get(role)!, route, own);
      if (status !== 403) wrong.push(`${route.id} answered ${status} to ${role}`);
    }
  }
  const narrow = await world.as(['owner'], { scopes: ['members:read'] });
  for (const route of guarded.filter((each) => each.access !== 'members:read')) {
    const { status } = await send(narrow, route, own);
    if (status !== 403) wrong.push(`${route.id} answered ${status} to a token with the scope members:read`);
  }
  assert.deepEqual(wrong, []);
});

test('an auditor changes nothing', async () => {
  const auditor = await world.as(['auditor']);
  const changing = guarded.filter((route) => route.method !== 'get' && !route.harmless);
  await expectEach(changing, 403, (route) => send(auditor, route, own));
});

test('ids of another organization answer 404 to its owner’s equal elsewhere, and nothing of the other changes', async () => {
  const client = new Client({ connectionString: world.database.adminUrl });
  await client.connect();
  try {
    const earlier = await fingerprint(client);
    await expectEach(named, 404, (route) => send(world.owner, route, foreign));
    assert.deepEqual(await fingerprint(client), earlier, 'rows of the other organization were changed');
  } finally {
    await client.end();
  }
});

test('the same ids in their own organization are found, so that a 404 above means what it says', async () => {
  const wrong: string[] = [];
  for (const route of named.filter((each) => each.method === 'get')) {
    const { status, text } = await send(world.owner, route, own);
    if (status === 404 || status >= 500) wrong.push(`${route.id} (${route.path}) answered ${status}: ${text.slice(0, 200)}`);
  }
  assert.deepEqual(wrong, []);
});

test('whoever reaches only their own finds nothing by the ids of others', async () => {
  const wrong: string[] = [];
  for (const route of named) {
    const permission = permissions[route.access as keyof typeof permissions] as { all: readonly string[]; own?: readonly Role[] };
    for (const role of permission.own ?? []) {
      if (permission.all.includes(role)) continue;
      const { status } = await send(await stranger(role), route, own);
      if (status !== 404) wrong.push(`${route.id} answered ${status} to ${role}`);
    }
  }
  assert.deepEqual(wrong, [], 'each should have answered 404');
});

const strangers = new Map<Role, Caller>();
async function stranger(role: Role): Promise<Caller> {
  if (!strangers.has(role)) strangers.set(role, await world.as([role]));
  return strangers.get(role)!;
}

test('no list or search tells an id of another organization', async () => {
  const ids = Object.entries(foreign).filter(([name]) => name !== 'passkeyId');
  const wrong: string[] = [];
  for (const route of all.map(([, each]) => each).filter((each) => each.method === 'get' && paramsOf(each.path).length === 0)) {
    const { text } = await send(world.owner, route, own);
    for (const [name, id] of [...ids, ['organizationId', foreignOrganization]])
      if (text.includes(id!)) wrong.push(`${route.id} tells ${name}`);
  }
  assert.deepEqual(wrong, []);
});

/** What all tenant tables hold of the other organization, as one hash each. */
async function fingerprint(client: Client): Promise<Record<string, string>> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`,
  );
  const hashes: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await client.query(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from ${name} t where organization_id = $1`,
      [foreignOrganization],
    );
    hashes[name] = rows[0].hash;
  }
  return hashes;
}

test('no route fails by a fault of ours on what its own description accepts', async (t) => {
  const other = await openWorld(t);
  const ids = await other.run(rowsByParam);
  const wrong: string[] = [];
  for (const [, route] of all) {
    const { status, text } = await send(other.owner, route, ids);
    if (status === 500) wrong.push(`${route.id} (${route.method} ${route.path}): ${text.slice(0, 200)}`);
  }
  assert.deepEqual(wrong, []);
});
