import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { z } from 'zod';
import { createToken } from '../../server/identity/index.ts';
import { bodyWith, idPlaces } from '../setup/body-ids.ts';
import type { World } from '../world.ts';
import { tablesOf } from './every-table.ts';
import { all, raw } from './raw-app.ts';
import { openTwoCompanies } from './two-companies.ts';

let world: World;
let own: Record<string, string>;
let foreign: Record<string, string>;
let foreignOrganization: string;

before(async (t) => {
  ({ world, own, foreign, foreignOrganization } = await openTwoCompanies(t));
});

const kindOf: Record<string, string> = {
  personId: 'personId',
  personIds: 'personId',
  ownerPersonId: 'personId',
  deputyPersonId: 'personId',
  managerId: 'personId',
  appId: 'appId',
  connectionId: 'connectionId',
  accountId: 'accountId',
  accountIds: 'accountId',
  writerAppId: 'appId',
  keepAppIds: 'appId',
  memberId: 'memberId',
  namedMemberIds: 'memberId',
  breakGlass: 'memberId',
  departmentId: 'departmentId',
  locationId: 'locationId',
  mailId: 'mailId',
  taskId: 'taskId',
  acceptedUnknownLines: 'actionId',
  viewId: 'viewId',
  sourceId: 'sourceId',
  ruleId: 'ruleId',
  entitlementId: 'entitlementId',
  likePersonId: 'personId',
  playbookId: 'playbookId',
  id: 'milestoneId',
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
