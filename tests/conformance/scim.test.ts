import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { z } from 'zod';
import { listOf } from '../../connectors/scim/read-list.ts';
import type { Resource } from '../../connectors/scim/resource.ts';
import { toAccount } from '../../connectors/scim/to-account.ts';
import { scim } from '../../connectors/scim.ts';
import { scimSession } from '../fakes/scim-servers/scim-session.ts';
import { startScimmyServer } from '../fakes/scim-servers/scimmy-server.ts';
import { startScimServer } from '../fakes/scim-servers/start-scim-server.ts';

const data = new URL('../../../shared/data/scim/', import.meta.url);
assert.ok(existsSync(data), 'The published SCIM examples are missing: ../shared/data/scim is needed for this test.');

const sample = (name: string) => JSON.parse(readFileSync(new URL(`scim2-models-samples/${name}.json`, data), 'utf8')) as Resource;
const schema = (name: string) =>
  z.fromJSONSchema(JSON.parse(readFileSync(new URL(`suvera-json-schemas/${name}.schema.json`, data), 'utf8')), {
    defaultTarget: 'draft-4',
  });

test('the minimal, full and enterprise users of RFC 7643 are read, and what they leave out stays unknown', () => {
  const minimal = toAccount(sample('rfc7643-8.1-user-minimal'), null, []);
  assert.deepEqual([minimal.externalId, minimal.userName], ['2819c223-7f76-453a-919d-413861904646', 'bjensen@example.com']);
  for (const unknown of [
    'displayName',
    'givenName',
    'familyName',
    'employeeNumber',
    'status',
    'isAdmin',
    'isService',
    'lastActivityAt',
    'entitlements',
  ] as const) {
    assert.equal(minimal[unknown], null, unknown);
  }
  assert.deepEqual(minimal.addresses, []);
  const full = toAccount(sample('rfc7643-8.2-user-full'), null, []);
  assert.deepEqual([full.status, full.displayName, full.givenName, full.familyName], ['active', 'Babs Jensen', 'Barbara', 'Jensen']);
  assert.deepEqual(full.addresses, ['bjensen@example.com', 'babs@jensen.org']);
  assert.deepEqual(
    full.entitlements?.map(({ kind, name }) => `${kind} ${name}`),
    ['group Tour Guides', 'group Employees', 'group US Employees'],
  );
  assert.equal(toAccount(sample('rfc7643-8.3-enterprise_user'), null, []).employeeNumber, '701984');
});

test('the lists of RFC 7644 are read', () => {
  const list = listOf(sample('rfc7644-3.4.3-list_response-post_query'), 'Users');
  assert.ok(list.records.length > 0 && list.total !== null);
  assert.equal(listOf(sample('rfc7644-4-list_response-resource_types'), 'ResourceTypes').records.length, 2);
  assert.throws(() => listOf(sample('rfc7644-3.12-error-not_found'), 'Users'), /not a SCIM list/);
});

test('a member is removed exactly as in the example of RFC 7644, section 3.5.2.2', async (t) => {
  const server = await startScimServer({ users: [{ id: '2819c223-7f76-...413861904646', userName: 'b', groups: ['Tour Guides'] }] });
  t.after(() => server.stop());
  const session = scimSession(server.baseUrl);
  t.after(() => session.close());
  const group = server.groups()[0]!;
  await scim.revokeEntitlement?.run(session, {
    account: { externalId: '2819c223-7f76-...413861904646' },
    entitlement: { externalId: group.id, kind: 'group', name: 'Tour Guides' },
  });
  assert.deepEqual(server.changes()[0]?.body, sample('rfc7644-3.5.2.2-patch_op-remove_one_member'));
});

test('discovery answers of the servers we test against fit the published schemas', async (t) => {
  for (const server of [
    await startScimServer({ users: 1 }),
    await startScimServer({ users: 1, behaviour: { patch: false, etag: 'required' } }),
    await startScimmyServer({ users: 1 }),
  ]) {
    t.after(() => server.stop());
    const session = scimSession(server.baseUrl);
    t.after(() => session.close());
    for (const [path, name] of [
      ['ServiceProviderConfig', 'ServiceProviderConfig'],
      ['ResourceTypes', 'ResourceTypes'],
    ] as const) {
      const result = schema(name).safeParse((await session.http.get(path)).json());
      assert.ok(result.success, `${server.baseUrl}/${path}: ${result.error?.message}`);
    }
  }
});

test('the published discovery example is understood', async (t) => {
  const server = await startScimServer({ users: 1 });
  t.after(() => server.stop());
  const session = scimSession(server.baseUrl);
  t.after(() => session.close());
  const get = session.http.get;
  session.http.get = async (path, options) => {
    const response = await get(path, options);
    if (path === 'ServiceProviderConfig') return { ...response, json: () => sample('rfc7643-8.5-service_provider_configuration') };
    return path === 'ResourceTypes' ? { ...response, json: () => sample('rfc7644-4-list_response-resource_types') } : response;
  };
  const checks = await scim.test?.(session);
  const support = checks?.find(({ name }) => name === 'What it supports');
  assert.deepEqual(support, {
    name: 'What it supports',
    ok: true,
    words: 'It takes single changes (PATCH). It guards against changes crossing each other (ETag).',
  });
});
