import { type FakeAnswer, type FakeRequest, type FakeRoute, startFake } from './start-fake.ts';
import { fixtureSecret, type VendorFixture } from './vendor-fixture.ts';

const configured = (address: string) => ({ settings: { organization: 'acme', baseUrl: address }, secrets: { token: fixtureSecret } });

type User = { id: number; login: string; name: string; role: 'admin' | 'member' | 'outside' | null; factor: boolean; seat: boolean };
type Invitation = { id: number; email: string; role: string };

const web = 'https://api.github.com';

function simple({ id, login }: User) {
  const links = ['events', 'followers', 'following', 'gists', 'organizations', 'received_events', 'repos', 'starred', 'subscriptions'];
  return {
    id,
    login,
    node_id: `U_${id}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${id}`,
    gravatar_id: '',
    url: `${web}/users/${login}`,
    html_url: `https://github.com/${login}`,
    ...Object.fromEntries(links.map((name) => [`${name}_url`, `${web}/users/${login}/${name}`])),
    type: 'User',
    site_admin: false,
  };
}

const publicUser = (user: User) => ({
  ...simple(user),
  user_view_type: 'public',
  name: user.name,
  ...{ bio: null, blog: '', company: null, email: null, hireable: null, location: null },
  ...{
    followers: 0,
    following: 0,
    public_gists: 0,
    public_repos: 0,
    created_at: '2020-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
  },
});

const organization = {
  login: 'acme',
  id: 1,
  node_id: 'O_1',
  description: null,
  avatar_url: 'https://avatars.githubusercontent.com/u/1',
  url: `${web}/orgs/acme`,
  ...Object.fromEntries(
    ['repos', 'events', 'hooks', 'issues', 'members', 'public_members'].map((name) => [`${name}_url`, `${web}/orgs/acme/${name}`]),
  ),
};

const team = (id: number, slug: string, name: string) => ({
  id,
  slug,
  name,
  node_id: `T_${id}`,
  ...{ description: null, permission: 'pull', parent: null, type: 'organization', privacy: 'closed' },
  url: `${web}/organizations/1/team/${id}`,
  html_url: `https://github.com/orgs/acme/teams/${slug}`,
  members_url: `${web}/organizations/1/team/${id}/members{/member}`,
  repositories_url: `${web}/organizations/1/team/${id}/repos`,
});

/** An organization on github.com, as its owner sees it by a fine-grained token. */
function githubRoutes(accounts: number) {
  const users: User[] = Array.from({ length: accounts }, (_, index) => ({
    id: 1_000 + index,
    login: `person${index}`,
    name: `Person ${index}`,
    role: index === 0 ? 'admin' : index % 50 === 49 ? 'outside' : 'member',
    factor: index % 10 !== 3,
    seat: index % 7 === 0,
  }));
  const teams = [team(71, 'engineering', 'Engineering'), team(72, 'spare', 'Spare')];
  const members = new Map([
    ['engineering', new Set(users.filter(({ id, role }) => role !== 'outside' && id % 2 === 1).map(({ id }) => id))],
    ['spare', new Set<number>()],
  ]);
  let invitations: Invitation[] = [{ id: 9_001, email: 'ivy@acme.example', role: 'direct_member' }];
  const byLogin = (login: string | undefined) => users.find((user) => user.login.toLowerCase() === login?.toLowerCase());
  const notFound: FakeAnswer = {
    status: 404,
    body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' },
  };
  const none: FakeAnswer = { status: 204 };

  const paged = <T>(request: FakeRequest, all: T[], wrap: (page: T[]) => unknown = (page) => page): FakeAnswer => {
    const size = Math.min(100, Number(request.query.get('per_page') ?? 30));
    const page = Number(request.query.get('page') ?? 1);
    const next = new URLSearchParams(request.query);
    next.set('page', String(page + 1));
    const more = page * size < all.length;
    return {
      body: wrap(all.slice((page - 1) * size, page * size)),
      headers: more
        ? { link: `<${request.origin}${request.path}?${next}>; rel="next", <${request.origin}${request.path}?page=99>; rel="last"` }
        : {},
    };
  };
  const filtered = (request: FakeRequest, list: User[]) =>
    request.query.get('filter') === '2fa_disabled' ? list.filter(({ factor }) => !factor) : list;
  const membership = (user: User) => ({
    state: 'active',
    role: user.role,
    url: `${web}/orgs/acme/memberships/${user.login}`,
    organization_url: organization.url,
    organization,
    user: simple(user),
  });
  const invited = ({ id, email, role }: Invitation) => ({
    ...{ id, email, role, login: null, node_id: `I_${id}`, created_at: '2026-11-20T10:00:00Z', team_count: 0 },
    inviter: simple(users[0]!),
    invitation_teams_url: `${web}/organizations/1/invitations/${id}/teams`,
  });
  const member = (login: string | undefined) => {
    const user = byLogin(login);
    return user && (user.role === 'admin' || user.role === 'member') ? user : undefined;
  };
  const leave = (user: User) => {
    user.role = null;
    user.seat = false;
    for (const each of members.values()) each.delete(user.id);
    return none;
  };

  const Members = { right: 'Members' };
  const inTeam = '/orgs/{org}/teams/{team_slug}/memberships/{username}';
  const routes: FakeRoute[] = [
    { method: 'GET', path: '/user/memberships/orgs/{org}', ...Members, answer: () => ({ body: membership(users[0]!) }) },
    {
      method: 'GET',
      path: '/orgs/{org}/members',
      list: true,
      ...Members,
      answer: (request) => {
        const role = request.query.get('role') ?? 'all';
        return paged(
          request,
          filtered(
            request,
            users.filter(({ role: held }) => (held === 'admin' || held === 'member') && (role === 'all' || held === role)),
          ).map(simple),
        );
      },
    },
    {
      method: 'GET',
      path: '/orgs/{org}/outside_collaborators',
      ...Members,
      answer: (request) =>
        paged(
          request,
          filtered(
            request,
            users.filter(({ role }) => role === 'outside'),
          ).map(simple),
        ),
    },
    { method: 'GET', path: '/orgs/{org}/invitations', ...Members, answer: (request) => paged(request, invitations.map(invited)) },
    {
      method: 'POST',
      path: '/orgs/{org}/invitations',
      ...Members,
      answer: ({ body }) => {
        if (invitations.some(({ email }) => email === body.email)) return { status: 422, body: { message: 'Validation Failed' } };
        invitations.push({ id: 9_001 + invitations.length, email: body.email, role: body.role });
        return { status: 201, body: invited(invitations.at(-1)!) };
      },
    },
    {
      method: 'DELETE',
      path: '/orgs/{org}/invitations/{invitation_id}',
      ...Members,
      answer: ({ params }) => {
        invitations = invitations.filter(({ id }) => String(id) !== params.invitation_id);
        return none;
      },
    },
    {
      method: 'GET',
      path: '/orgs/{org}/memberships/{username}',
      ...Members,
      answer: ({ params }) => {
        const user = member(params.username);
        return user ? { body: membership(user) } : notFound;
      },
    },
    {
      method: 'PUT',
      path: '/orgs/{org}/memberships/{username}',
      ...Members,
      answer: ({ params, body }) => {
        const user = member(params.username);
        if (!user) return notFound;
        user.role = body.role;
        return { body: membership(user) };
      },
    },
    {
      method: 'DELETE',
      path: '/orgs/{org}/memberships/{username}',
      ...Members,
      answer: ({ params }) => {
        const user = member(params.username);
        return user ? leave(user) : notFound;
      },
    },
    {
      method: 'DELETE',
      path: '/orgs/{org}/outside_collaborators/{username}',
      right: 'Administration',
      answer: ({ params }) =>
        member(params.username)
          ? { status: 422, body: { message: 'You cannot specify an organization member' } }
          : leave(byLogin(params.username)!),
    },
    { method: 'GET', path: '/orgs/{org}/teams', ...Members, answer: (request) => paged(request, teams) },
    {
      method: 'GET',
      path: '/orgs/{org}/teams/{team_slug}/members',
      ...Members,
      answer: (request) => {
        const ids = members.get(request.params.team_slug ?? '');
        return ids ? paged(request, users.filter(({ id }) => ids.has(id)).map(simple)) : notFound;
      },
    },
    ...(['GET', 'PUT', 'DELETE'] as const).map((method) => ({
      method,
      path: inTeam,
      ...Members,
      answer: ({ params }: FakeRequest): FakeAnswer => {
        const [ids, user] = [members.get(params.team_slug ?? ''), member(params.username)];
        if (!ids || !user) return notFound;
        if (method === 'PUT') ids.add(user.id);
        if (method === 'DELETE') return ids.delete(user.id) ? none : notFound;
        const url = `${web}/organizations/1/team/71/memberships/${user.login}`;
        return ids.has(user.id) ? { body: { role: 'member', state: 'active', url } } : notFound;
      },
    })),
    {
      method: 'GET',
      path: '/orgs/{org}/copilot/billing/seats',
      right: 'GitHub Copilot Business',
      answer: (request) => {
        const seats = users.filter(({ seat }) => seat).map((user) => ({ created_at: '2026-01-05T09:00:00Z', assignee: simple(user) }));
        return paged(request, seats, (page) => ({ total_seats: seats.length, seats: page }));
      },
    },
    ...(['POST', 'DELETE'] as const).map((method) => ({
      method,
      path: '/orgs/{org}/copilot/billing/selected_users',
      right: 'GitHub Copilot Business',
      answer: ({ body }: FakeRequest): FakeAnswer => {
        for (const login of body.selected_usernames) byLogin(login)!.seat = method === 'POST';
        return method === 'POST' ? { status: 201, body: { seats_created: 1 } } : { body: { seats_cancelled: 1 } };
      },
    })),
    {
      method: 'GET',
      path: '/user/{account_id}',
      answer: ({ params }) => {
        const user = users.find(({ id }) => String(id) === params.account_id);
        return user ? { body: publicUser(user) } : notFound;
      },
    },
    {
      method: 'GET',
      path: '/users/{username}',
      answer: ({ params }) => {
        const user = byLogin(params.username);
        return user ? { body: publicUser(user) } : notFound;
      },
    },
    {
      method: 'POST',
      path: '/graphql',
      answer: ({ body }) => {
        const wanted = new Set<string>(body.variables.ids);
        const nodes = users
          .filter(({ id }) => wanted.has(`U_${id}`))
          .map(({ id, login, name }) => ({ databaseId: id, name, email: '', organizationVerifiedDomainEmails: [`${login}@acme.example`] }));
        return { body: { data: { nodes } } };
      },
    },
  ];
  return { routes, users };
}

/** GitHub, as the sweep over all connectors starts it. */
export const fixture: VendorFixture = {
  description: {
    kind: 'openapi',
    files: ['github/api.github.com.json'],
    undescribed: [{ path: '/graphql', source: 'GraphQL reference: User.organizationVerifiedDomainEmails, Query.nodes' }],
  },
  configured,
  async start({ accounts }) {
    const { routes } = githubRoutes(accounts);
    const server = await startFake({
      routes,
      manners: {
        authorized: ({ headers }) => headers.authorization === `Bearer ${fixtureSecret}`,
        unauthorized: () => ({
          status: 401,
          body: { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest', status: '401' },
        }),
        forbidden: () => ({ status: 403, body: { message: 'Resource not accessible by personal access token', status: '403' } }),
        tooMany: (seconds) => ({
          status: 403,
          headers: { 'retry-after': String(seconds) },
          body: { message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.' },
        }),
      },
    });
    return {
      server,
      ...configured(server.address),
      account: { id: '1001', userName: 'person1' },
      colleague: { id: '1002', userName: 'person2', address: 'person2@acme.example' },
      entitlement: { kind: 'team', externalId: '72', name: 'Spare' },
      missingId: '999999999',
      appGrant: null,
    };
  },
};
