import { type FakeAnswer, type FakeRequest, type FakeRoute, startFake } from './start-fake.ts';
import { fixtureSecret, type VendorFixture } from './vendor-fixture.ts';

const configured = (address: string) => ({ settings: { baseUrl: address }, secrets: { token: fixtureSecret } });

type User = {
  id: string;
  email: string;
  firstName?: string;
  lastName?: string;
  roleId?: string;
  roleIds: string[];
  primaryTeamId?: string;
  secondaryTeamIds: string[];
  seatNames: string[];
  superAdmin: boolean;
  sendWelcomeEmail: boolean;
};

const userId = (index: number) => String(50_000_000 + index);
const fault = (status: number, category: string, message: string, more: object = {}): FakeAnswer => ({
  status,
  body: { status: 'error', category, correlationId: 'aeb5f871-7f07-4993-9211-075dc63e7cbf', message, ...more },
});

function hubspotRoutes(accounts: number) {
  let users: User[] = Array.from({ length: accounts }, (_, index) => ({
    ...{ id: userId(index), email: `person${index}@acme.example`, firstName: 'Person', lastName: String(index) },
    ...{ roleIds: index % 2 ? [] : ['901'], secondaryTeamIds: index % 4 === 0 ? ['71'] : [], seatNames: index % 3 ? [] : ['core'] },
    ...{ superAdmin: index === 0, sendWelcomeEmail: false },
  }));
  const found = ({ params, query }: FakeRequest) =>
    users.find(({ id, email }) => (query.get('idProperty') === 'EMAIL' ? email : id) === params.userId);
  const withUser = (request: FakeRequest, act: (user: User) => FakeAnswer) => {
    const user = found(request);
    return user ? act(user) : fault(404, 'OBJECT_NOT_FOUND', 'User not found.');
  };
  const routes: FakeRoute[] = [
    {
      method: 'GET',
      path: '/settings/users/v3',
      right: 'settings.users.read',
      list: true,
      answer: ({ query }) => {
        const size = Math.min(100, Number(query.get('limit') ?? 100));
        const from = query.has('after') ? Number(query.get('after')) : 0;
        const more = from + size < users.length ? { paging: { next: { after: String(from + size), link: '' } } } : {};
        return { body: { results: users.slice(from, from + size), ...more } };
      },
    },
    {
      method: 'POST',
      path: '/settings/users/v3',
      right: 'settings.users.write',
      answer: ({ body }) => {
        if (users.some(({ email }) => email === body.email)) return fault(409, 'CONFLICT', 'User already exists.');
        users.push({ ...body, id: userId(900_000 + users.length), roleIds: [], secondaryTeamIds: [], seatNames: [], superAdmin: false });
        return { status: 201, body: users.at(-1) };
      },
    },
    {
      method: 'GET',
      path: '/settings/v3/users/roles',
      right: 'settings.users.read',
      answer: () => ({ body: { results: [{ id: '901', name: 'Sales user', requiresBillingWrite: false }] } }),
    },
    {
      method: 'GET',
      path: '/settings/v3/users/teams',
      right: 'settings.users.teams.read',
      answer: () => ({
        body: {
          results: [
            { id: '71', name: 'Sales', userIds: [], secondaryUserIds: [] },
            { id: '72', name: 'Spare', userIds: [], secondaryUserIds: [] },
          ],
        },
      }),
    },
    {
      method: 'GET',
      path: '/settings/v3/users/{userId}',
      right: 'settings.users.read',
      answer: (request) => withUser(request, (user) => ({ body: user })),
    },
    {
      method: 'PUT',
      path: '/settings/v3/users/{userId}',
      right: 'settings.users.write',
      answer: (request) => withUser(request, (user) => ({ body: Object.assign(user, request.body) })),
    },
    {
      method: 'DELETE',
      path: '/settings/v3/users/{userId}',
      right: 'settings.users.write',
      answer: (request) =>
        withUser(request, (user) => {
          users = users.filter((each) => each !== user);
          return { status: 204 };
        }),
    },
  ];
  return routes;
}

/** HubSpot, as the sweep over all connectors starts it. */
export const fixture: VendorFixture = {
  description: { kind: 'openapi', files: ['hubspot/userProvisioning.v3.json'] },
  configured,
  async start({ accounts }) {
    const server = await startFake({
      routes: hubspotRoutes(accounts),
      manners: {
        authorized: ({ headers }) => headers.authorization === `Bearer ${fixtureSecret}`,
        unauthorized: () => fault(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.'),
        forbidden: (right) =>
          fault(403, 'MISSING_SCOPES', 'The scope needed for this API call isn’t available.', {
            errors: [{ message: 'One or more of the following scopes are required.', context: { requiredGranularScopes: [right] } }],
          }),
        tooMany: (seconds) => ({
          ...fault(429, 'RATE_LIMITS', 'You have reached your ten secondly limit.'),
          headers: { 'retry-after': String(seconds) },
        }),
      },
    });
    return {
      server,
      ...configured(server.address),
      account: { id: userId(1), userName: 'person1@acme.example' },
      colleague: { id: userId(2), userName: 'person2@acme.example', address: 'person2@acme.example' },
      entitlement: { kind: 'team', externalId: '72', name: 'Spare' },
      missingId: userId(77_777_777),
      appGrant: null,
    };
  },
};
