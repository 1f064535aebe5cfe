import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { z } from 'zod';
import { createToken } from '../../server/identity/index.ts';
import { exampleOf } from '../setup/example-of.ts';
import type { World } from '../world.ts';
import { all, raw } from './raw-app.ts';
import { bytes } from './request-and-answer.ts';
import { openTwoCompanies } from './two-companies.ts';

const paramsOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);

let world: World;
let own: Record<string, string>;

before(async (t) => {
  ({ world, own } = await openTwoCompanies(t));
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
