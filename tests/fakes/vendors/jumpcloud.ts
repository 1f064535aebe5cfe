import { type FakeAnswer, type FakeRequest, type FakeRoute, startFake } from './start-fake.ts';
import { fixtureSecret, type VendorFixture } from './vendor-fixture.ts';

const configured = (address: string) => ({ settings: { baseUrl: address }, secrets: { apiKey: fixtureSecret } });

type User = Record<string, unknown> & { _id: string; username: string; email: string; state: string; mfa: object };

const userId = (index: number) => `5${String(index).padStart(23, '0')}`;

function jumpcloudRoutes(accounts: number) {
  let users: User[] = Array.from({ length: accounts }, (_, index) => ({
    ...{ _id: userId(index), id: userId(index), username: `person${index}`, email: `person${index}@acme.example` },
    ...{ firstname: 'Person', lastname: String(index), displayname: '', employeeIdentifier: null, activated: true },
    ...{ state: index % 20 === 19 ? 'SUSPENDED' : 'ACTIVATED', mfa: { configured: index % 2 === 1, exclusion: false } },
  }));
  const groups = [
    { id: '6'.repeat(24), name: 'Sales', type: 'user_group', members: new Set([userId(0), userId(2)]) },
    { id: '7'.repeat(24), name: 'Spare', type: 'user_group', members: new Set<string>() },
  ];
  const shown = (user: User) => ({ ...user, suspended: user.state === 'SUSPENDED', totp_enabled: (user.mfa as any).configured });
  const none: FakeAnswer = { status: 404, body: { message: 'Not Found' } };
  const withUser = (request: FakeRequest, act: (user: User) => FakeAnswer) => {
    const user = users.find(({ _id }) => _id === request.params.id);
    return user ? act(user) : none;
  };
  const page = (query: URLSearchParams, all: unknown[]) => {
    const [from, size] = [Number(query.get('skip') ?? 0), Math.min(100, Number(query.get('limit') ?? 10))];
    return all.slice(from, from + size);
  };
  const read = { right: 'Read Only' };
  const change = { right: 'Manager' };

  const routes: FakeRoute[] = [
    {
      method: 'GET',
      path: '/api/systemusers',
      ...read,
      list: true,
      answer: ({ query }) => {
        const [field, , value] = (query.get('filter') ?? '').split(':');
        const all = field ? users.filter((user) => String(user[field]).toLowerCase() === value?.toLowerCase()) : users;
        return { body: { totalCount: all.length, results: page(query, all).map((user) => shown(user as User)) } };
      },
    },
    {
      method: 'POST',
      path: '/api/systemusers',
      ...change,
      answer: ({ body }) => {
        if (users.some(({ email, username }) => email === body.email || username === body.username))
          return { status: 409, body: { message: 'Conflict', error: 'User already exists' } };
        const _id = userId(900_000 + users.length);
        users.push({ ...body, _id, id: _id, mfa: { configured: false, exclusion: false } });
        return { body: shown(users.at(-1)!) };
      },
    },
    { method: 'GET', path: '/api/systemusers/{id}', ...read, answer: (request) => withUser(request, (user) => ({ body: shown(user) })) },
    {
      method: 'PUT',
      path: '/api/systemusers/{id}',
      ...change,
      answer: (request) => withUser(request, (user) => ({ body: shown(Object.assign(user, request.body, { password: undefined })) })),
    },
    {
      method: 'DELETE',
      path: '/api/systemusers/{id}',
      ...change,
      answer: (request) =>
        withUser(request, (user) => {
          users = users.filter((each) => each !== user);
          return { body: shown(user) };
        }),
    },
    {
      method: 'POST',
      path: '/api/systemusers/{id}/resetmfa',
      ...change,
      answer: (request) =>
        withUser(request, (user) => {
          user.mfa = { configured: false, exclusion: false };
          return { body: {} };
        }),
    },
    {
      method: 'GET',
      path: '/api/v2/usergroups',
      ...read,
      answer: ({ query }) => ({
        body: page(
          query,
          groups.map(({ members, ...group }) => group),
        ),
      }),
    },
    {
      method: 'GET',
      path: '/api/v2/usergroups/{id}/members',
      ...read,
      answer: ({ params, query }) => {
        const group = groups.find(({ id }) => id === params.id);
        const members = [...(group?.members ?? [])].map((id) => ({ attributes: null, to: { id, type: 'user', attributes: null } }));
        return group ? { body: page(query, members) } : none;
      },
    },
    {
      method: 'POST',
      path: '/api/v2/usergroups/{id}/members',
      ...change,
      answer: ({ params, body }) => {
        const group = groups.find(({ id }) => id === params.id);
        if (!group) return none;
        if (group.members.has(body.id) === (body.op === 'add')) return { status: 409, body: { message: 'Already exists' } };
        group.members[body.op === 'add' ? 'add' : 'delete'](body.id);
        return { status: 204 };
      },
    },
    {
      method: 'GET',
      path: '/api/v2/users/{id}/memberof',
      ...read,
      answer: ({ params, query }) => {
        const held = groups.filter(({ members }) => members.has(params.id!));
        return {
          body: page(
            query,
            held.map(({ id }) => ({ id, type: 'user_group', compiledAttributes: {}, paths: [] })),
          ),
        };
      },
    },
  ];
  return routes;
}

/** JumpCloud, as the sweep over all connectors starts it. */
export const fixture: VendorFixture = {
  description: {
    kind: 'none',
    source:
      'JumpCloud’s descriptions of the interfaces v1 and v2 (TheJumpCloud/jcapi-go), against which every request and answer was held on 2026-12-01; they are of 2019 and do not know state, and are not kept here',
  },
  configured,
  async start({ accounts }) {
    const server = await startFake({
      routes: jumpcloudRoutes(accounts),
      manners: {
        authorized: ({ headers }) => headers['x-api-key'] === fixtureSecret,
        unauthorized: () => ({ status: 401, body: { message: 'Unauthorized: api key not found' } }),
        forbidden: () => ({ status: 403, body: { message: 'Forbidden' } }),
        tooMany: (seconds) => ({ status: 429, headers: { 'retry-after': String(seconds) }, body: { message: 'Too Many Requests' } }),
      },
    });
    return {
      server,
      ...configured(server.address),
      account: { id: userId(1), userName: 'person1' },
      colleague: { id: userId(2), userName: 'person2', address: 'person2@acme.example' },
      entitlement: { kind: 'group', externalId: '7'.repeat(24), name: 'Spare' },
      missingId: userId(77_777_777),
      appGrant: null,
    };
  },
};
