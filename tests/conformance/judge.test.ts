import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Exchange } from '../fakes/vendors/start-fake.ts';
import { discoveryOperations } from './judge/discovery-operations.ts';
import { judgeExchanges } from './judge/judge-exchanges.ts';
import { openapiOperations } from './judge/openapi-operations.ts';
import { stoneOperations } from './judge/stone-operations.ts';

const data = new URL('../../../shared/data/apis/', import.meta.url);
assert.ok(existsSync(data), 'The vendors’ descriptions are missing: ../shared/data/apis is needed for this test.');
const read = (file: string) => JSON.parse(readFileSync(new URL(file, data), 'utf8'));

const exchange = (more: Partial<Exchange>): Exchange => ({
  method: 'GET',
  path: '/',
  route: null,
  query: {},
  requestBody: null,
  status: 200,
  responseBody: null,
  ...more,
});
const options = { below: '', undescribed: [] };

test('a description written as OpenAPI finds an unknown operation, parameter and property, a wrong type and a missing body', () => {
  const operations = openapiOperations(read('github/api.github.com.json'));
  const faults = (more: Partial<Exchange>) => judgeExchanges(operations, [exchange(more)], options).join('\n');
  assert.match(faults({ path: '/orgs/acme/no-such-thing' }), /knows no such operation/);
  assert.match(faults({ path: '/orgs/acme/members', query: { sise: '3' } }), /query: sise/);
  assert.match(faults({ path: '/orgs/acme/members', responseBody: [{ login: 3 }] }), /must be string/);
  assert.match(faults({ method: 'PUT', path: '/orgs/acme/memberships/ada', requestBody: { role: 'king' } }), /admin/);
  assert.match(faults({ method: 'PUT', path: '/orgs/acme/memberships/ada', requestBody: { roll: 'admin' } }), /\/roll is no property/);
  assert.match(faults({ method: 'POST', path: '/orgs/acme/teams' }), /a body is needed/);
  assert.equal(faults({ path: '/orgs/acme/members', query: { per_page: '100' }, responseBody: [] }), '');
});

test('a Google discovery document finds the same', () => {
  const operations = discoveryOperations(read('google/admin.directory_v1.json'));
  const faults = (more: Partial<Exchange>) => judgeExchanges(operations, [exchange(more)], options).join('\n');
  const path = '/admin/directory/v1/users';
  assert.match(faults({ path: `${path}s` }), /knows no such operation/);
  assert.match(faults({ path, query: { custmer: 'x' } }), /query: custmer/);
  assert.match(faults({ method: 'PUT', path: `${path}/1`, requestBody: { suspended: 'yes' } }), /must be boolean/);
  assert.match(faults({ method: 'PUT', path: `${path}/1`, requestBody: { name: { givenname: 'A' } } }), /\/name\/givenname is no property/);
  assert.match(faults({ path, responseBody: { users: [{ suspended: 1 }] } }), /must be boolean/);
  assert.equal(faults({ path, query: { customer: 'my_customer' }, responseBody: { users: [{ id: '1', suspended: false }] } }), '');
});

test('a description written in Stone finds the same', () => {
  const texts = ['async', 'common', 'team', 'team_common', 'team_policies', 'users', 'users_common'].map((name) =>
    readFileSync(new URL(`dropbox/${name}.stone`, data), 'utf8'),
  );
  const operations = stoneOperations(texts);
  const faults = (path: string, requestBody: unknown, responseBody: unknown = null) =>
    judgeExchanges(operations, [exchange({ method: 'POST', path: `/team/${path}`, requestBody, responseBody })], options).join('\n');
  const user = { '.tag': 'team_member_id', team_member_id: 'dbmid:1' };
  assert.match(faults('members/vanish', {}), /knows no such operation/);
  assert.match(faults('members/suspend', { user, wipe: true }), /\/wipe is no property/);
  assert.match(faults('members/suspend', { user: { ...user, '.tag': 'nick_name' } }), /must be one of UserSelectorArg/);
  assert.match(faults('members/suspend', { wipe_data: true }), /\/user is missing/);
  assert.match(faults('members/list_v2', { limit: 'many' }), /\/limit must be UInt32/);
  assert.match(faults('members/list_v2', {}, { members: [], cursor: 'x' }), /\/has_more is missing/);
  assert.match(faults('members/list_v2', {}, { members: [{ profile: {} }], cursor: 'x', has_more: false }), /\/profile\/email is missing/);
  assert.equal(faults('members/suspend', { user, wipe_data: false }), '');
});
