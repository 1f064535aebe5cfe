import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { systemClock } from '../server/platform/clock.ts';
import { createOutbound } from '../server/platform/outbound/index.ts';
import { chatDescription, fixture } from '../tests/fakes/vendors/http.ts';
import { type FakeRoute, startFake } from '../tests/fakes/vendors/start-fake.ts';
import { parseDescription } from './http/description.ts';
import { fillBody, fillPath } from './http/fill-template.ts';
import { valueAt } from './http/value-at.ts';
import { http } from './http.ts';
import { type AccountRecord, connectorWith, openSession, readPages } from './kit/index.ts';

const open = (settings: unknown, secrets: unknown) =>
  openSession(connectorWith(http, settings), {
    settings,
    secrets,
    outbound: createOutbound({ allowPrivate: ['127.0.0.0/8'] }),
    clock: systemClock,
    wait: async () => {},
  });

const manners = {
  authorized: () => true,
  unauthorized: () => ({ status: 401 }),
  forbidden: () => ({ status: 403 }),
  tooMany: () => ({ status: 429 }),
};

test('an app that has no connector is driven from its description alone: read, found, suspended, restored, put into a team, created', async (t) => {
  const vendor = await fixture.start({ accounts: 450 });
  t.after(() => vendor.server.stop());
  const session = open(vendor.settings, vendor.secrets);
  t.after(() => session.close());
  const chat = connectorWith(http, vendor.settings);
  assert.equal(http.suspendAccount, undefined, 'the kind itself can change nothing');
  const accounts: AccountRecord[] = [];
  const reading = await readPages(chat.listAccounts!(session), {
    idOf: ({ externalId }) => externalId,
    onPage: (page) => void accounts.push(...page),
  });
  assert.deepEqual([reading.read, reading.complete, reading.pages], [450, true, 3]);
  const [first, fourth, seventh] = ['u0', 'u3', 'u6'].map((id) => accounts.find(({ externalId }) => externalId === id)!);
  assert.deepEqual(
    [first!.status, seventh!.status, first!.isAdmin, fourth!.isAdmin, first!.secondFactor, fourth!.secondFactor],
    ['active', 'suspended', false, true, true, false],
  );
  assert.equal(first!.lastActivityAt, null);
  assert.deepEqual(first!.entitlements, [{ kind: 'team', externalId: 't1', name: 'Everybody' }]);
  const target = { externalId: 'u0', userName: first!.userName };
  assert.equal((await chat.suspendAccount!.run(session, target)).changed, true);
  assert.equal((await chat.readAccount!(session, 'u0'))?.status, 'suspended');
  await chat.restoreAccount!.run(session, target);
  await chat.grantEntitlement!.run(session, { account: target, entitlement: { kind: 'team', externalId: 't2', name: 'Sales' } });
  assert.deepEqual(
    (await chat.readAccount!(session, 'u0'))?.entitlements?.map(({ name }) => name),
    ['Everybody', 'Sales'],
  );
});

test('every way of paging is read to its end, and an endless one is refused', async (t) => {
  const people = Array.from({ length: 25 }, (_, index) => ({ id: index + 1, mail: `p${index}@acme.example`, on: index % 2 === 0 }));
  const slice = (from: number) => people.slice(from, from + 10);
  const routes: FakeRoute[] = [
    {
      method: 'GET',
      path: '/cursor',
      answer: ({ query }) => ({
        body: {
          data: { rows: slice(Number(query.get('after') ?? 0)) },
          next: Number(query.get('after') ?? 0) + 10 < 25 ? Number(query.get('after') ?? 0) + 10 : null,
        },
      }),
    },
    { method: 'GET', path: '/offset', answer: ({ query }) => ({ body: { rows: slice(Number(query.get('start'))), count: 25 } }) },
    {
      method: 'GET',
      path: '/link',
      answer: ({ query, origin }) => ({
        body: slice(Number(query.get('at') ?? 0)),
        headers: Object.fromEntries(
          Number(query.get('at') ?? 0) + 10 < 25 ? [['link', `<${origin}/link?at=${Number(query.get('at') ?? 0) + 10}>; rel="next"`]] : [],
        ),
      }),
    },
    {
      method: 'GET',
      path: '/next',
      answer: ({ query, origin }) => ({
        body: {
          rows: slice(Number(query.get('at') ?? 0)),
          next: Number(query.get('at') ?? 0) + 10 < 25 ? `${origin}/next?at=${Number(query.get('at') ?? 0) + 10}` : '',
        },
      }),
    },
    { method: 'POST', path: '/endless', answer: () => ({ body: { rows: slice(0), next: 'same' } }) },
    { method: 'GET', path: '/elsewhere', answer: () => ({ body: { rows: slice(0), next: 'https://evil.example/next' } }) },
  ];
  const server = await startFake({ routes, manners });
  t.after(() => server.stop());
  const read = async (list: string) => {
    const description = `accounts:\n  list: ${list}\n  fields: { id: id, address: mail, status: on }`;
    const session = open({ baseUrl: server.address, description, perSecond: 100 }, { secret: 'the-secret' });
    t.after(() => session.close());
    const seen: AccountRecord[] = [];
    const reading = await readPages(http.listAccounts!(session), {
      idOf: ({ externalId }) => externalId,
      onPage: (page) => void seen.push(...page),
    });
    return [seen.length, reading.complete, seen[1]?.status, seen[24]?.addresses[0]];
  };
  const whole = [25, true, 'suspended', 'p24@acme.example'];
  assert.deepEqual(await read('{ get: /cursor, items: data.rows, paging: { cursor: { from: next, as: after } } }'), whole);
  assert.deepEqual(await read('{ get: /offset, items: rows, total: count, paging: { offset: { as: start } } }'), whole);
  assert.deepEqual(await read('{ get: /link, paging: { link: true } }'), whole);
  assert.deepEqual(await read('{ get: /next, items: rows, paging: { next: next } }'), whole);
  await assert.rejects(read('{ post: /endless, items: rows, paging: { cursor: { from: next, as: after } } }'), /circle/);
  await assert.rejects(read('{ get: /elsewhere, items: rows, paging: { next: next } }'), /not a host of this connection/);
  await assert.rejects(read('{ get: /offset, items: people }'), /Correct|correct "items"/);
});

test('a description with a mistake is refused with line, place and mend, before anything is saved', () => {
  const settings = (description: string) => http.settings.safeParse({ baseUrl: 'https://app.example', description });
  const words = (description: string) =>
    settings(description)
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
      .join('\n') ?? '';
  assert.equal(settings(chatDescription).success, true);
  const lines = chatDescription.split('\n');
  const broken = lines.map((line) => line.replace('suspend: { put:', 'suspend: { putt:')).join('\n');
  const at = lines.findIndex((line) => line.includes('suspend: { put:')) + 1;
  assert.match(words(broken), new RegExp(`description: .*line ${at}`));
  assert.match(words('accounts: ['), /cannot be read as YAML, line 1/);
  assert.match(words(chatDescription.replace('get: /api/v4/users\n', 'get: https://evil.example/users\n')), /begins with one/);
  assert.match(words(chatDescription.replace('get: /api/v4/users\n', 'get: //evil.example/users\n')), /begins with one/);
  assert.match(words('a: &a [1]\nb: *a'), /alias/);
  assert.match(
    words(`accounts: { list: { get: /u, headers: { Authorization: x } }, fields: { id: id } }`),
    /credential is not written here/,
  );
});

test('no value leads to another path or host, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (id) => {
      const path = fillPath('/users/{id}/active', { id });
      if (id === '') return assert.equal(path, null);
      if (!id.isWellFormed()) return;
      const url = new URL(`https://app.example/v1${path}`);
      assert.equal(url.origin, 'https://app.example');
      assert.match(url.pathname, /^\/v1\/users\/[^/]+\/active$/);
    }),
  );
});

test('paths of values and bodies with places', () => {
  const answer = {
    data: {
      users: [
        {
          emails: [
            { type: 'home', value: 'h' },
            { type: 'work', value: 'w' },
          ],
          n: 0,
        },
      ],
    },
  };
  assert.equal(valueAt(answer, 'data.users[0].emails[type=work].value'), 'w');
  assert.equal(valueAt(answer, 'data.users[0].n'), 0);
  assert.equal(valueAt(answer, 'data.users[1].n'), undefined);
  assert.equal(valueAt(answer, '__proto__.polluted'), undefined);
  assert.equal(valueAt(answer, 'constructor'), undefined);
  assert.equal(valueAt(answer, '.'), answer);
  assert.deepEqual(
    fillBody(
      { mail: '{address}', full: 'Dr {familyName}', on: true, none: '{employeeNumber}', list: ['{id}', '{nothing}'] },
      { address: 'a@b', familyName: 'B', id: 7, employeeNumber: null },
    ),
    {
      mail: 'a@b',
      full: 'Dr B',
      on: true,
      none: null,
      list: [7],
    },
  );
  assert.equal(parseDescription(chatDescription).entitlements[0]?.kind, 'team');
});

test('client credentials: a token is given for id and secret, used, and the secret is sent nowhere else', async (t) => {
  const seen: string[] = [];
  const routes: FakeRoute[] = [
    {
      method: 'POST',
      path: '/oauth/token',
      open: true,
      answer: ({ body }) => ({ body: body.client_secret === 'the-secret' ? { access_token: 'handed-out', expires_in: 3600 } : {} }),
    },
    {
      method: 'GET',
      path: '/users',
      answer: ({ headers }) => {
        seen.push(String(headers.authorization));
        return { body: [{ id: 1 }] };
      },
    },
  ];
  const server = await startFake({ routes, manners });
  t.after(() => server.stop());
  const settings = {
    baseUrl: server.address,
    authentication: 'client-credentials',
    clientId: 'us',
    tokenUrl: `${server.address}/oauth/token`,
    description: 'accounts: { list: { get: /users }, fields: { id: id } }',
  };
  const session = open(settings, { secret: 'the-secret' });
  t.after(() => session.close());
  await readPages(http.listAccounts!(session), { idOf: ({ externalId }) => externalId, onPage: () => {} });
  assert.deepEqual(seen, ['Bearer handed-out']);
});
