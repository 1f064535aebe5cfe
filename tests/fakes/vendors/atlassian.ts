import { type FakeAnswer, type FakeRequest, type FakeRoute, startFake } from './start-fake.ts';
import { fixtureSecret, type VendorFixture } from './vendor-fixture.ts';

const organizationKey = `${fixtureSecret}-organization`;
const configured = (address: string) => ({
  settings: { site: address, email: 'ops@acme.example', organization: 'org-1', baseUrl: address },
  secrets: { token: fixtureSecret, organizationKey },
});

type User = {
  accountId: string;
  emailAddress: string;
  displayName: string;
  type: 'atlassian' | 'app';
  active: boolean;
  suspended: boolean;
};

const site = 'https://acme.atlassian.net';
const accountId = (index: number) => `5b10ac8d82e05b22${String(index).padStart(8, '0')}`;

function atlassianRoutes(accounts: number) {
  const users: User[] = Array.from({ length: accounts }, (_, index) => ({
    accountId: accountId(index),
    emailAddress: `person${index}@acme.example`,
    displayName: `Person ${index}`,
    type: index % 50 === 40 ? 'app' : 'atlassian',
    active: index % 25 !== 24,
    suspended: false,
  }));
  const groups = [
    {
      groupId: 'g-users',
      name: 'jira-users-acme',
      members: new Set(
        users
          .filter((_, index) => index % 2 === 1)
          .slice(0, 200)
          .map((user) => user.accountId),
      ),
    },
    { groupId: 'g-admins', name: 'site-admins', members: new Set([accountId(0)]) },
    { groupId: 'g-spare', name: 'Spare', members: new Set<string>() },
  ];
  const byId = (id: string | null) => users.find((user) => user.accountId === id);
  const group = (id: string | null) => groups.find(({ groupId }) => groupId === id);
  const shown = ({ accountId: id, emailAddress, displayName, type, active }: User) => ({
    ...{
      self: `${site}/rest/api/3/user?accountId=${id}`,
      accountId: id,
      accountType: type,
      displayName,
      active,
      timeZone: 'Europe/Berlin',
    },
    avatarUrls: { '48x48': `https://avatar.acme.example/${id}.png` },
    ...(type === 'app' ? {} : { emailAddress }),
  });
  const fault = (status: number, message: string): FakeAnswer => ({ status, body: { errorMessages: [message], errors: {} } });
  const none = fault(404, 'Specified user does not exist or you do not have required permissions');
  const bean = ({ query, path }: FakeRequest, all: unknown[]): FakeAnswer => {
    const [startAt, size] = [Number(query.get('startAt') ?? 0), Math.min(50, Number(query.get('maxResults') ?? 50))];
    const values = all.slice(startAt, startAt + size);
    return { body: { self: `${site}${path}`, maxResults: size, startAt, total: all.length, isLast: startAt + size >= all.length, values } };
  };
  const [browse, administer, manage] = [
    { right: 'Browse users and groups' },
    { right: 'Administer Jira' },
    { right: 'Site administration' },
  ];
  const organization = { right: 'Organization admin' };
  const inOrganization = '/admin/v2/orgs/{orgId}/directories';

  const routes: FakeRoute[] = [
    { method: 'GET', path: '/rest/api/3/myself', answer: () => ({ body: shown(users[0]!) }) },
    {
      method: 'GET',
      path: '/rest/api/3/users/search',
      list: true,
      ...browse,
      answer: ({ query }) => {
        const startAt = Number(query.get('startAt') ?? 0);
        return { body: users.slice(startAt, startAt + Math.min(1_000, Number(query.get('maxResults') ?? 50))).map(shown) };
      },
    },
    {
      method: 'GET',
      path: '/rest/api/3/user/search',
      ...browse,
      answer: ({ query }) => {
        const wanted = (query.get('query') ?? '').toLowerCase();
        return {
          body: users
            .filter((user) => user.active && [user.emailAddress, user.displayName].some((name) => name.toLowerCase().startsWith(wanted)))
            .slice(0, 50)
            .map(shown),
        };
      },
    },
    {
      method: 'GET',
      path: '/rest/api/3/user',
      ...browse,
      answer: ({ query }) => {
        const user = byId(query.get('accountId'));
        return user ? { body: shown(user) } : none;
      },
    },
    {
      method: 'POST',
      path: '/rest/api/3/user',
      ...manage,
      answer: ({ body }) => {
        if (!Array.isArray(body.products)) return fault(400, 'products is required');
        const user = { accountId: accountId(90_000_000 + users.length), emailAddress: body.emailAddress, displayName: body.emailAddress };
        users.push({ ...user, type: 'atlassian', active: true, suspended: false });
        return { status: 201, body: shown(users.at(-1)!) };
      },
    },
    {
      method: 'DELETE',
      path: '/rest/api/3/user',
      ...manage,
      answer: ({ query }) => {
        const index = users.findIndex((user) => user.accountId === query.get('accountId'));
        if (index < 0) return none;
        users.splice(index, 1);
        return { status: 204 };
      },
    },
    {
      method: 'GET',
      path: '/rest/api/3/user/groups',
      ...browse,
      answer: ({ query }) => ({
        body: groups
          .filter(({ members }) => members.has(query.get('accountId') ?? ''))
          .map(({ groupId, name }) => ({ groupId, name, self: `${site}/rest/api/3/group?groupId=${groupId}` })),
      }),
    },
    {
      method: 'GET',
      path: '/rest/api/3/group/bulk',
      ...browse,
      answer: (request) =>
        bean(
          request,
          groups.map(({ groupId, name }) => ({ groupId, name })),
        ),
    },
    {
      method: 'GET',
      path: '/rest/api/3/group/member',
      ...administer,
      answer: (request) => {
        const found = group(request.query.get('groupId'));
        return found
          ? bean(request, users.filter((user) => found.members.has(user.accountId)).map(shown))
          : fault(404, 'The group does not exist');
      },
    },
    {
      method: 'POST',
      path: '/rest/api/3/group/user',
      ...manage,
      answer: ({ query, body }) => {
        const found = group(query.get('groupId'));
        if (!found || !byId(body.accountId)) return none;
        if (found.members.has(body.accountId)) return fault(400, 'Cannot add user. User is already a member of the group');
        found.members.add(body.accountId);
        return {
          status: 201,
          body: { name: found.name, groupId: found.groupId, self: `${site}/rest/api/3/group?groupId=${found.groupId}` },
        };
      },
    },
    {
      method: 'DELETE',
      path: '/rest/api/3/group/user',
      ...manage,
      answer: ({ query }) =>
        group(query.get('groupId'))?.members.delete(query.get('accountId') ?? '')
          ? { status: 200 }
          : fault(400, 'User is not a member of the group'),
    },
    {
      method: 'POST',
      path: `${inOrganization}/-/users/search`,
      ...organization,
      answer: ({ body }) => {
        const all = body.accountIds ? users.filter((user) => body.accountIds.includes(user.accountId)) : users;
        const from = Number(body.cursor ?? 0);
        const data = all.slice(from, from + body.limit).map((user) => ({
          ...{
            accountId: user.accountId,
            accountType: user.type,
            name: user.displayName,
            email: user.emailAddress,
            mfaEnabled: user.accountId === accountId(0),
          },
          ...{ accountStatus: user.active ? 'active' : 'inactive', membershipStatus: user.suspended ? 'suspended' : 'active' },
          productAccess: [{ key: 'jira', id: 'p-1', lastActiveTimestamp: '2026-11-20T08:00:00Z' }],
        }));
        return { body: { data, links: from + body.limit < all.length ? { next: String(from + body.limit) } : {} } };
      },
    },
    {
      method: 'GET',
      path: inOrganization,
      ...organization,
      answer: () => ({ body: { data: [{ directoryId: 'd-1', name: 'Acme' }], links: {} } }),
    },
    ...(['suspend', 'restore'] as const).map((action) => ({
      method: 'POST',
      path: `${inOrganization}/{directoryId}/users/{accountId}/${action}`,
      ...organization,
      answer: ({ params }: FakeRequest): FakeAnswer => {
        const user = byId(params.accountId ?? null);
        if (!user) return { status: 404, body: { errors: [{ status: '404', title: 'Not Found' }] } };
        user.suspended = action === 'suspend';
        return { status: 204 };
      },
    })),
  ];
  return routes;
}

const basic = `Basic ${Buffer.from(`ops@acme.example:${fixtureSecret}`).toString('base64')}`;

/** An Atlassian Cloud site and its organization, as the sweep over all connectors starts them. */
export const fixture: VendorFixture = {
  description: {
    kind: 'openapi',
    files: ['jira/jira-platform-v3.2022-07.json'],
    undescribed: [{ path: '/admin/v2', source: 'developer.atlassian.com: Organizations REST API v2, directories and users' }],
  },
  configured,
  async start({ accounts }) {
    const server = await startFake({
      routes: atlassianRoutes(accounts),
      manners: {
        authorized: ({ headers, path }) => headers.authorization === (path.startsWith('/admin/') ? `Bearer ${organizationKey}` : basic),
        unauthorized: () => ({
          status: 401,
          body: { errorMessages: ['You are not authenticated. Authentication required to perform this operation.'], errors: {} },
        }),
        forbidden: () => ({ status: 403, body: { errorMessages: ['You do not have permission to do this.'], errors: {} } }),
        tooMany: (seconds) => ({
          status: 429,
          headers: { 'retry-after': String(seconds) },
          body: { errorMessages: ['Rate limit exceeded.'], errors: {} },
        }),
      },
    });
    return {
      server,
      ...configured(server.address),
      account: { id: accountId(1), userName: 'person1@acme.example' },
      colleague: { id: accountId(2), userName: 'person2@acme.example', address: 'person2@acme.example' },
      entitlement: { kind: 'group', externalId: 'g-spare', name: 'Spare' },
      missingId: accountId(77_777_777),
      appGrant: null,
    };
  },
};
