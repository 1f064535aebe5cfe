import { type FakeAnswer, type FakeRequest, type FakeRoute, startFake } from './start-fake.ts';
import { fixtureSecret, type VendorFixture } from './vendor-fixture.ts';

const configured = (address: string) => ({
  settings: { accountId: 'acme_account', clientId: 'groundcrew_app', baseUrl: address },
  secrets: { clientSecret: fixtureSecret },
});

const accessToken = 'handed-out-by-the-fake';
const basic = `Basic ${Buffer.from(`groundcrew_app:${fixtureSecret}`).toString('base64')}`;

type User = {
  id: string;
  email: string;
  first_name: string;
  last_name: string;
  type: number;
  status: 'active' | 'inactive' | 'pending';
  role_id: string;
  group_ids: string[];
};

const userId = (index: number) => `z8${String(index).padStart(20, 'A')}`;

function zoomRoutes(accounts: number) {
  let users: User[] = Array.from({ length: accounts }, (_, index) => ({
    ...{ id: userId(index), email: `person${index}@acme.example`, first_name: 'Person', last_name: String(index) },
    ...{ type: index % 3 === 0 ? 2 : 1, status: index % 20 === 19 ? 'inactive' : index % 20 === 18 ? 'pending' : 'active' },
    ...{ role_id: index === 0 ? '0' : '2', group_ids: index % 4 === 0 ? ['g-sales'] : [] },
  }));
  const groups = [
    { id: 'g-sales', name: 'Sales', total_members: 1 },
    { id: 'g-spare', name: 'Spare', total_members: 0 },
  ];
  const shown = (user: User) => ({
    ...user,
    dept: '',
    timezone: 'Europe/Berlin',
    created_at: '2024-01-01T00:00:00Z',
    last_login_time: '2026-11-20T08:00:00Z',
  });
  const found = (key: string | undefined) => users.find(({ id, email }) => id === key || email === key?.toLowerCase());
  const none = (key: string | undefined): FakeAnswer => ({ status: 404, body: { code: 1001, message: `User does not exist: ${key}.` } });
  const withUser = (request: FakeRequest, act: (user: User) => FakeAnswer) => {
    const user = found(request.params.userId);
    return user ? act(user) : none(request.params.userId);
  };

  const routes: FakeRoute[] = [
    {
      method: 'POST',
      path: '/oauth/token',
      open: true,
      answer: ({ headers, body }) =>
        headers.authorization === basic && body.grant_type === 'account_credentials' && body.account_id === 'acme_account'
          ? { body: { access_token: accessToken, token_type: 'bearer', expires_in: 3_599, scope: '', api_url: 'https://api.zoom.us' } }
          : { status: 400, body: { reason: 'Invalid client_id or client_secret', error: 'invalid_client' } },
    },
    {
      method: 'GET',
      path: '/v2/users',
      right: 'user:read:list_users:admin',
      list: true,
      answer: ({ query }) => {
        const all = users.filter(({ status }) => status === (query.get('status') ?? 'active'));
        const size = Math.min(300, Number(query.get('page_size') ?? 30));
        const from = query.get('next_page_token') ? Number(atob(query.get('next_page_token')!)) : 0;
        const next_page_token = from + size < all.length ? btoa(String(from + size)) : '';
        const page = { page_count: Math.ceil(all.length / size), page_number: 1, page_size: size, total_records: all.length };
        return { body: { ...page, next_page_token, users: all.slice(from, from + size).map(shown) } };
      },
    },
    {
      method: 'POST',
      path: '/v2/users',
      right: 'user:write:user:admin',
      answer: ({ body }) => {
        const { email, type, first_name = '', last_name = '' } = body.user_info;
        if (found(email)) return { status: 409, body: { code: 1005, message: `User already in the account: ${email}` } };
        users.push({
          id: userId(900_000 + users.length),
          email,
          type,
          first_name,
          last_name,
          status: 'pending',
          role_id: '2',
          group_ids: [],
        });
        return { status: 201, body: { id: users.at(-1)!.id, email, type, first_name, last_name } };
      },
    },
    {
      method: 'GET',
      path: '/v2/users/{userId}',
      right: 'user:read:user:admin',
      answer: (request) => withUser(request, (user) => ({ body: shown(user) })),
    },
    {
      method: 'PATCH',
      path: '/v2/users/{userId}',
      right: 'user:update:user:admin',
      answer: (request) =>
        withUser(request, (user) => {
          user.type = request.body.type;
          return { status: 204 };
        }),
    },
    {
      method: 'DELETE',
      path: '/v2/users/{userId}',
      right: 'user:delete:user:admin',
      answer: (request) =>
        withUser(request, (user) => {
          users = users.filter((each) => each !== user);
          return { status: 204 };
        }),
    },
    {
      method: 'PUT',
      path: '/v2/users/{userId}/status',
      right: 'user:update:status:admin',
      answer: (request) =>
        withUser(request, (user) => {
          user.status = request.body.action === 'activate' ? 'active' : 'inactive';
          return { status: 204 };
        }),
    },
    {
      method: 'DELETE',
      path: '/v2/users/{userId}/token',
      right: 'user:delete:token:admin',
      answer: (request) => withUser(request, () => ({ status: 204 })),
    },
    {
      method: 'GET',
      path: '/v2/groups',
      right: 'group:read:list_groups:admin',
      answer: () => ({ body: { total_records: groups.length, groups } }),
    },
    {
      method: 'POST',
      path: '/v2/groups/{groupId}/members',
      right: 'group:write:member:admin',
      answer: ({ params, body }) => {
        const user = found(body.members[0].id);
        if (!user) return none(body.members[0].id);
        user.group_ids = [...user.group_ids, params.groupId!];
        return { status: 201, body: { ids: user.id, added_at: '2026-12-01T09:00:00Z' } };
      },
    },
    {
      method: 'DELETE',
      path: '/v2/groups/{groupId}/members/{memberId}',
      right: 'group:delete:member:admin',
      answer: ({ params }) => {
        const user = found(params.memberId);
        if (!user?.group_ids.includes(params.groupId!))
          return { status: 404, body: { code: 4131, message: 'Group member does not exist.' } };
        user.group_ids = user.group_ids.filter((id) => id !== params.groupId);
        return { status: 204 };
      },
    },
  ];
  return routes;
}

/** Zoom, as the sweep over all connectors starts it. */
export const fixture: VendorFixture = {
  description: {
    kind: 'openapi',
    files: ['zoom/zoom-openapi.v2.2021.json'],
    undescribed: [{ path: '/oauth/token', source: 'developers.zoom.us: Server-to-Server OAuth' }],
    forgiven: [
      { fault: '/next_page_token is no property', why: 'Zoom replaced page numbers by tokens after the description was written.' },
      { fault: '/status is no property', why: 'Zoom shows the status of a user since; its current reference has it.' },
      { fault: '/role_id is no property', why: 'Zoom shows the role of a user since; its current reference has it.' },
    ],
  },
  configured,
  async start({ accounts }) {
    const server = await startFake({
      routes: zoomRoutes(accounts),
      manners: {
        authorized: ({ headers }) => headers.authorization === `Bearer ${accessToken}`,
        unauthorized: () => ({ status: 401, body: { code: 124, message: 'Invalid access token.' } }),
        forbidden: (right) => ({ status: 400, body: { code: 4711, message: `Invalid access token, does not contain scopes:[${right}].` } }),
        tooMany: (seconds) => ({
          status: 429,
          headers: { 'retry-after': String(seconds) },
          body: { code: 429, message: 'You have reached the maximum per-second rate limit for this API. Try again later.' },
        }),
      },
    });
    return {
      server,
      ...configured(server.address),
      account: { id: userId(1), userName: 'person1@acme.example' },
      colleague: { id: userId(2), userName: 'person2@acme.example', address: 'person2@acme.example' },
      entitlement: { kind: 'group', externalId: 'g-spare', name: 'Spare' },
      missingId: userId(77_777_777),
      appGrant: null,
    };
  },
};
