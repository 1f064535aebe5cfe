import { type FakeAnswer, type FakeRoute, startFake } from './start-fake.ts';
import { fixtureSecret, type VendorFixture } from './vendor-fixture.ts';

const scimSecret = `${fixtureSecret}-scim`;
const configured = (address: string) => ({ settings: { baseUrl: address }, secrets: { token: fixtureSecret, scimToken: scimSecret } });

type User = { id: string; type: 'person' | 'bot'; name: string; email: string; role: string };

const extension = 'urn:ietf:params:scim:schemas:extension:notion:2.0:User';
const userId = (index: number) => `11111111-1111-4111-8111-${String(index).padStart(12, '0')}`;

function notionRoutes(accounts: number) {
  let users: User[] = Array.from({ length: accounts }, (_, index) => ({
    ...{ id: userId(index), name: `Person ${index}`, email: `person${index}@acme.example`, role: index === 0 ? 'owner' : 'member' },
    type: index % 50 === 45 ? 'bot' : 'person',
  }));
  const groups = [
    { id: 'g-sales', displayName: 'Sales', members: new Set([userId(0), userId(2)]) },
    { id: 'g-spare', displayName: 'Spare', members: new Set<string>() },
  ];
  const shown = ({ id, type, name, email }: User) => ({
    ...{ object: 'user', id, name, avatar_url: null, type },
    ...(type === 'bot' ? { bot: { owner: { type: 'workspace', workspace: true }, workspace_name: 'Acme' } } : { person: { email } }),
  });
  const scimUser = ({ id, name, email, role }: User) => ({
    ...{ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', extension], id, userName: email, active: true },
    name: { formatted: name },
    emails: [{ value: email, primary: true }],
    [extension]: { role },
    meta: { resourceType: 'User' },
  });
  const scimGroup = ({ id, displayName, members }: (typeof groups)[number]) => ({
    ...{ schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], id, displayName, meta: { resourceType: 'Group' } },
    members: [...members].map((value) => ({ value, type: 'User' })),
  });
  const fault = (status: number, detail: string): FakeAnswer => ({
    status,
    body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status), detail },
  });
  const people = () => users.filter(({ type }) => type === 'person');
  const member = (id: string | undefined) => people().find((user) => user.id === id);
  const page = (query: URLSearchParams, all: unknown[]): FakeAnswer => {
    const [from, count] = [Number(query.get('startIndex') ?? 1) - 1, Math.min(100, Number(query.get('count') ?? 100))];
    const Resources = all.slice(from, from + count);
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse'];
    return { body: { schemas, totalResults: all.length, startIndex: from + 1, itemsPerPage: Resources.length, Resources } };
  };
  const provisioning = { right: 'SCIM provisioning' };

  const routes: FakeRoute[] = [
    {
      method: 'GET',
      path: '/v1/users/me',
      answer: () => ({ body: shown({ id: userId(99_999_999), type: 'bot', name: 'Groundcrew', email: '', role: '' }) }),
    },
    {
      method: 'GET',
      path: '/v1/users',
      right: 'Read user information including email addresses',
      list: true,
      answer: ({ query }) => {
        const size = Math.min(100, Number(query.get('page_size') ?? 100));
        const cursor = query.get('start_cursor');
        const from = cursor === null ? 0 : users.findIndex(({ id }) => id === cursor);
        const next_cursor = users[from + size]?.id ?? null;
        const more = { next_cursor, has_more: next_cursor !== null, type: 'user', user: {} };
        return { body: { object: 'list', results: users.slice(from, from + size).map(shown), ...more } };
      },
    },
    { method: 'GET', path: '/scim/v2/Users', ...provisioning, answer: ({ query }) => page(query, people().map(scimUser)) },
    {
      method: 'POST',
      path: '/scim/v2/Users',
      ...provisioning,
      answer: ({ body }) => {
        if (people().some(({ email }) => email === body.userName)) return fault(409, 'User already exists in the workspace.');
        const name = [body.name?.givenName, body.name?.familyName].filter(Boolean).join(' ');
        users.push({ id: userId(90_000_000 + users.length), type: 'person', name, email: body.userName, role: 'member' });
        return { status: 201, body: scimUser(users.at(-1)!) };
      },
    },
    {
      method: 'GET',
      path: '/scim/v2/Users/{id}',
      ...provisioning,
      answer: ({ params }) => {
        const user = member(params.id);
        return user ? { body: scimUser(user) } : fault(404, 'User not found.');
      },
    },
    {
      method: 'DELETE',
      path: '/scim/v2/Users/{id}',
      ...provisioning,
      answer: ({ params }) => {
        if (!member(params.id)) return fault(404, 'User not found.');
        users = users.filter(({ id }) => id !== params.id);
        for (const { members } of groups) members.delete(params.id!);
        return { status: 204 };
      },
    },
    { method: 'GET', path: '/scim/v2/Groups', ...provisioning, answer: ({ query }) => page(query, groups.map(scimGroup)) },
    {
      method: 'GET',
      path: '/scim/v2/Groups/{id}',
      ...provisioning,
      answer: ({ params }) => {
        const group = groups.find(({ id }) => id === params.id);
        return group ? { body: scimGroup(group) } : fault(404, 'Group not found.');
      },
    },
    {
      method: 'PATCH',
      path: '/scim/v2/Groups/{id}',
      ...provisioning,
      answer: ({ params, body }) => {
        const group = groups.find(({ id }) => id === params.id);
        if (!group) return fault(404, 'Group not found.');
        for (const { op, path, value } of body.Operations) {
          if (op === 'add') for (const each of value) group.members.add(each.value);
          const [, removed] = /^members\[value eq "(.+)"\]$/.exec(path) ?? [];
          if (op === 'remove' && removed !== undefined) group.members.delete(removed);
        }
        return { body: scimGroup(group) };
      },
    },
  ];
  return routes;
}

/** Notion, as the sweep over all connectors starts it. */
export const fixture: VendorFixture = {
  description: {
    kind: 'openapi',
    files: ['notion/notion-openapi.json'],
    undescribed: [{ path: '/scim/v2', source: 'developers.notion.com and notion.com/help: SCIM API' }],
    forgiven: [
      {
        fault: '/bot/owner/workspace is no property',
        why: 'The description is made of one example, whose integration belongs to a person.',
      },
      { fault: '/bot/workspace_name is no property', why: 'Likewise: the example leaves it out, the reference names it.' },
    ],
  },
  configured,
  async start({ accounts }) {
    const server = await startFake({
      routes: notionRoutes(accounts),
      manners: {
        authorized: ({ headers, path }) => headers.authorization === `Bearer ${path.startsWith('/scim/') ? scimSecret : fixtureSecret}`,
        unauthorized: () => ({
          status: 401,
          body: { object: 'error', status: 401, code: 'unauthorized', message: 'API token is invalid.' },
        }),
        forbidden: () => ({
          status: 403,
          body: { object: 'error', status: 403, code: 'restricted_resource', message: 'Insufficient permissions for this endpoint.' },
        }),
        tooMany: (seconds) => ({
          status: 429,
          headers: { 'retry-after': String(seconds) },
          body: {
            object: 'error',
            status: 429,
            code: 'rate_limited',
            message: 'You have been rate limited. Please try again in a few minutes.',
          },
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
