import { type FakeAnswer, type FakeRequest, type FakeRoute, startFake } from './start-fake.ts';
import { fixtureSecret, type VendorFixture } from './vendor-fixture.ts';

const configured = (address: string) => ({ settings: { domain: 'acme.okta.com', baseUrl: address }, secrets: { token: fixtureSecret } });

type User = { id: string; status: string; profile: Record<string, string | null>; groups: Set<string>; factors: number };

const userId = (index: number) => `00u${String(index).padStart(17, '0')}`;
const fault = (status: number, errorCode: string, errorSummary: string): FakeAnswer => ({
  status,
  body: { errorCode, errorSummary, errorLink: errorCode, errorId: 'oaefixture', errorCauses: [] },
});
const wrongState = fault(403, 'E0000001', 'Api validation failed: the user is in another state.');

function oktaRoutes(accounts: number) {
  let users: User[] = Array.from({ length: accounts }, (_, index) => ({
    id: userId(index),
    status: index % 20 === 19 ? 'DEPROVISIONED' : index % 20 === 18 ? 'PASSWORD_EXPIRED' : 'ACTIVE',
    profile: {
      ...{ login: `person${index}@acme.example`, email: `person${index}@acme.example`, firstName: 'Person', lastName: String(index) },
      ...{ secondEmail: null, mobilePhone: null },
    },
    groups: new Set(index % 4 === 0 ? ['00gsales'] : []),
    factors: index % 2,
  }));
  const groups = [
    { id: '00geveryone', type: 'BUILT_IN', profile: { name: 'Everyone', description: '' } },
    { id: '00gsales', type: 'OKTA_GROUP', profile: { name: 'Sales', description: '' } },
    { id: '00gspare', type: 'OKTA_GROUP', profile: { name: 'Spare', description: '' } },
  ];
  const shown = ({ id, status, profile }: User) => ({
    ...{ id, status, profile, created: '2024-01-01T00:00:00.000Z', activated: null, statusChanged: null },
    ...{ lastLogin: '2026-11-20T08:00:00.000Z', lastUpdated: '2026-11-20T08:00:00.000Z', passwordChanged: null },
    ...{ type: { id: 'oty1' }, credentials: { provider: { type: 'OKTA', name: 'OKTA' } } },
  });
  const found = (key: string | undefined) => users.find(({ id, profile }) => id === key || profile.login === key?.toLowerCase());
  const none = (key: string | undefined) => fault(404, 'E0000007', `Not found: Resource not found: ${key} (User)`);
  const withUser = (request: FakeRequest, act: (user: User) => FakeAnswer) => {
    const user = found(request.params.userId);
    return user ? act(user) : none(request.params.userId);
  };
  const page = (
    { query, origin, path }: FakeRequest,
    all: { id: string }[],
    most: number,
    body: (rows: any[]) => unknown = (rows) => rows,
  ) => {
    const size = Math.min(most, Number(query.get('limit') ?? most));
    const from = query.has('after') ? all.findIndex(({ id }) => id === query.get('after')) + 1 : 0;
    const rows = all.slice(from, from + size);
    const next = new URL(path, origin);
    for (const [name, value] of query) next.searchParams.set(name, value);
    next.searchParams.set('after', rows.at(-1)?.id ?? '');
    const headers: Record<string, string> =
      from + size < all.length ? { link: `<${origin}${path}>; rel="self", <${next}>; rel="next"` } : {};
    return { body: body(rows), headers };
  };
  const lifecycle = (step: string, right: string, act: (user: User) => FakeAnswer): FakeRoute => ({
    method: 'POST',
    path: `/api/v1/users/{userId}/lifecycle/${step}`,
    right,
    answer: (request) => withUser(request, act),
  });
  const become = (user: User, status: string): FakeAnswer => {
    user.status = status;
    return { body: {} };
  };

  const routes: FakeRoute[] = [
    { method: 'GET', path: '/api/v1/users/me', right: 'okta.users.read', answer: () => ({ body: shown(users[0]!) }) },
    {
      method: 'GET',
      path: '/api/v1/users',
      right: 'okta.users.read',
      list: true,
      answer: (request) => {
        const deactivated = request.query.get('filter') === 'status eq "DEPROVISIONED"';
        return page(
          request,
          users.filter(({ status }) => (status === 'DEPROVISIONED') === deactivated),
          200,
          (rows) => rows.map(shown),
        );
      },
    },
    {
      method: 'POST',
      path: '/api/v1/users',
      right: 'okta.users.create',
      answer: ({ body, query }) => {
        if (found(body.profile.login)) return fault(400, 'E0000001', 'Api validation failed: login');
        const status = query.get('activate') === 'false' ? 'STAGED' : 'PROVISIONED';
        users.push({ id: userId(900_000 + users.length), status, profile: body.profile, groups: new Set(), factors: 0 });
        return { body: shown(users.at(-1)!) };
      },
    },
    {
      method: 'GET',
      path: '/api/v1/users/{userId}',
      right: 'okta.users.read',
      answer: (request) => withUser(request, (user) => ({ body: shown(user) })),
    },
    {
      method: 'POST',
      path: '/api/v1/users/{userId}',
      right: 'okta.users.userprofile.manage',
      answer: (request) =>
        withUser(request, (user) => {
          Object.assign(user.profile, request.body.profile);
          if (request.body.credentials && user.status === 'PROVISIONED') user.status = 'ACTIVE';
          return { body: shown(user) };
        }),
    },
    {
      method: 'DELETE',
      path: '/api/v1/users/{userId}',
      right: 'okta.users.lifecycle.manage',
      answer: (request) =>
        withUser(request, (user) => {
          if (user.status !== 'DEPROVISIONED') user.status = 'DEPROVISIONED';
          else users = users.filter((each) => each !== user);
          return { status: 204 };
        }),
    },
    lifecycle('suspend', 'okta.users.lifecycle.manage', (user) => (user.status === 'ACTIVE' ? become(user, 'SUSPENDED') : wrongState)),
    lifecycle('unsuspend', 'okta.users.lifecycle.manage', (user) => (user.status === 'SUSPENDED' ? become(user, 'ACTIVE') : wrongState)),
    lifecycle('deactivate', 'okta.users.lifecycle.manage', (user) => become(user, 'DEPROVISIONED')),
    lifecycle('activate', 'okta.users.lifecycle.manage', (user) =>
      ['STAGED', 'DEPROVISIONED'].includes(user.status) ? become(user, 'PROVISIONED') : wrongState,
    ),
    lifecycle('expire_password_with_temp_password', 'okta.users.credentials.manage', (user) => {
      if (user.status === 'SUSPENDED' || user.status === 'DEPROVISIONED') return wrongState;
      user.status = 'PASSWORD_EXPIRED';
      return { body: { tempPassword: 'wZ4-made-up-by-okta' } };
    }),
    lifecycle('reset_factors', 'okta.users.credentials.manage', (user) => {
      user.factors = 0;
      return { body: {} };
    }),
    {
      method: 'DELETE',
      path: '/api/v1/users/{userId}/sessions',
      right: 'okta.users.lifecycle.manage',
      answer: (request) => withUser(request, () => ({ status: 204 })),
    },
    {
      method: 'GET',
      path: '/api/v1/users/{userId}/factors',
      right: 'okta.users.read',
      answer: (request) =>
        withUser(request, ({ factors }) => ({
          body: Array.from({ length: factors }, (_, index) => ({
            ...{ id: `ost${index}`, factorType: 'token:software:totp', provider: 'OKTA', vendorName: 'OKTA', status: 'ACTIVE' },
          })),
        })),
    },
    {
      method: 'GET',
      path: '/api/v1/users/{userId}/groups',
      right: 'okta.groups.read',
      answer: (request) => withUser(request, (user) => ({ body: groups.filter(({ id }) => id === '00geveryone' || user.groups.has(id)) })),
    },
    { method: 'GET', path: '/api/v1/groups', right: 'okta.groups.read', answer: (request) => page(request, groups, 200) },
    {
      method: 'GET',
      path: '/api/v1/groups/{groupId}/users',
      right: 'okta.groups.read',
      answer: (request) =>
        page(
          request,
          users.filter(({ groups: held }) => held.has(request.params.groupId!)),
          1_000,
          (rows) => rows.map(shown),
        ),
    },
    ...(['PUT', 'DELETE'] as const).map(
      (method): FakeRoute => ({
        method,
        path: '/api/v1/groups/{groupId}/users/{userId}',
        right: 'okta.groups.members.manage',
        answer: (request) =>
          withUser(request, (user) => {
            user.groups[method === 'PUT' ? 'add' : 'delete'](request.params.groupId!);
            return { status: 204 };
          }),
      }),
    ),
    {
      method: 'GET',
      path: '/api/v1/iam/assignees/users',
      right: 'okta.iam.read',
      answer: () => ({ body: { value: [{ id: userId(0), orn: 'orn:okta:directory:acme:users:0', _links: {} }], _links: {} } }),
    },
  ];
  return routes;
}

/** Okta, as the sweep over all connectors starts it. */
export const fixture: VendorFixture = {
  description: {
    kind: 'none',
    source:
      'Okta’s management description of 2026.06.3 (okta/okta-management-openapi-spec), against which every request and answer was held on 2026-12-01; it is not kept here',
  },
  configured,
  async start({ accounts }) {
    const server = await startFake({
      routes: oktaRoutes(accounts),
      manners: {
        authorized: ({ headers }) => headers.authorization === `SSWS ${fixtureSecret}`,
        unauthorized: () => fault(401, 'E0000011', 'Invalid token provided'),
        forbidden: () => fault(403, 'E0000006', 'You do not have permission to perform the requested action'),
        tooMany: (seconds) => ({
          ...fault(429, 'E0000047', 'API call exceeded rate limit due to too many requests.'),
          headers: {
            'x-rate-limit-limit': '600',
            'x-rate-limit-remaining': '0',
            'x-rate-limit-reset': String(Math.floor(Date.now() / 1_000) + seconds),
          },
        }),
      },
    });
    return {
      server,
      ...configured(server.address),
      account: { id: userId(1), userName: 'person1@acme.example' },
      colleague: { id: userId(2), userName: 'person2@acme.example', address: 'person2@acme.example' },
      entitlement: { kind: 'group', externalId: '00gspare', name: 'Spare' },
      missingId: userId(77_777_777),
      appGrant: null,
    };
  },
};
