import { type FakeAnswer, type FakeRequest, type FakeRoute, startFake } from './start-fake.ts';
import { fixtureSecret, type VendorFixture } from './vendor-fixture.ts';

const workspace = '12000000000001';
const configured = (address: string) => ({ settings: { workspace, baseUrl: address }, secrets: { token: fixtureSecret } });

type User = { gid: string; name: string; email: string; active: boolean; admin: boolean; guest: boolean; teams: Set<string> };

const userId = (index: number) => String(12_100_000_000_000 + index);
const fault = (status: number, message: string): FakeAnswer => ({ status, body: { errors: [{ message }] } });

function asanaRoutes(accounts: number) {
  const users: User[] = Array.from({ length: accounts }, (_, index) => ({
    ...{ gid: userId(index), name: `Person ${index}`, email: `person${index}@acme.example`, active: index % 20 !== 19 },
    ...{ admin: index === 0, guest: index % 10 === 9, teams: new Set(index % 4 === 0 ? ['7001'] : []) },
  }));
  const teams = [
    { gid: '7001', resource_type: 'team', name: 'Sales' },
    { gid: '7002', resource_type: 'team', name: 'Spare' },
  ];
  const found = (key: string | null | undefined) => users.find(({ gid, email }) => gid === key || email === key?.toLowerCase());
  const compact = ({ gid, name, email }: User) => ({ gid, resource_type: 'user', name, email });
  const membership = (user: User) => ({
    ...{ gid: `9${user.gid}`, resource_type: 'workspace_membership', user: compact(user) },
    ...{ is_active: user.active, is_admin: user.admin, is_guest: user.guest },
  });
  const page = ({ query }: FakeRequest, all: unknown[]): FakeAnswer => {
    const [from, size] = [Number(query.get('offset') ?? 0), Math.min(100, Number(query.get('limit') ?? 100))];
    const more = from + size < all.length;
    return { body: { data: all.slice(from, from + size), next_page: more ? { offset: String(from + size), path: '', uri: '' } : null } };
  };
  const read = { right: 'Member' };
  const change = { right: 'Admin' };
  const teamChange = (name: string, act: (user: User, team: string) => void): FakeRoute => ({
    method: 'POST',
    path: `/api/1.0/teams/{team}/${name}`,
    ...change,
    answer: ({ params, body }) => {
      const user = found(body.data.user);
      if (!user) return fault(404, 'user: Not a recognized ID');
      act(user, params.team!);
      return { body: { data: {} } };
    },
  });
  const routes: FakeRoute[] = [
    { method: 'GET', path: '/api/1.0/users/me', ...read, answer: () => ({ body: { data: compact(users[0]!) } }) },
    {
      method: 'GET',
      path: '/api/1.0/workspaces/{workspace}',
      ...read,
      answer: () => ({ body: { data: { gid: workspace, resource_type: 'workspace', name: 'Acme', is_organization: true } } }),
    },
    {
      method: 'GET',
      path: '/api/1.0/workspaces/{workspace}/workspace_memberships',
      ...read,
      list: true,
      answer: (request) => {
        const wanted = request.query.get('user');
        if (wanted === null) return page(request, users.map(membership));
        const user = found(wanted);
        if (!user) return wanted.includes('@') ? fault(400, 'user: Not an email, gid or "me"') : fault(404, 'user: Not a recognized ID');
        return page(request, [membership(user)]);
      },
    },
    {
      method: 'POST',
      path: '/api/1.0/workspaces/{workspace}/addUser',
      ...change,
      answer: ({ body }) => {
        const there = found(body.data.user);
        if (there) there.active = true;
        else
          users.push({
            ...{
              gid: userId(900_000 + users.length),
              name: body.data.user,
              email: body.data.user,
              active: true,
              admin: false,
              guest: false,
            },
            teams: new Set(),
          });
        return { body: { data: compact(there ?? users.at(-1)!) } };
      },
    },
    {
      method: 'POST',
      path: '/api/1.0/workspaces/{workspace}/removeUser',
      ...change,
      answer: ({ body }) => {
        const user = found(body.data.user);
        if (!user?.active) return fault(404, 'user: Not a member');
        Object.assign(user, { active: false, teams: new Set() });
        return { body: { data: {} } };
      },
    },
    { method: 'GET', path: '/api/1.0/workspaces/{workspace}/teams', ...read, answer: (request) => page(request, teams) },
    {
      method: 'GET',
      path: '/api/1.0/team_memberships',
      ...read,
      answer: (request) => {
        const team = request.query.get('team') ?? '';
        const members = users.filter(({ teams: held }) => held.has(team));
        return page(
          request,
          members.map((user) => ({
            gid: `8${user.gid}`,
            resource_type: 'team_membership',
            user: compact(user),
            team: teams.find(({ gid }) => gid === team) ?? null,
          })),
        );
      },
    },
    {
      method: 'GET',
      path: '/api/1.0/users/{user}/teams',
      ...read,
      answer: (request) =>
        page(
          request,
          teams.filter(({ gid }) => found(request.params.user)?.teams.has(gid)),
        ),
    },
    teamChange('addUser', (user, team) => user.teams.add(team)),
    teamChange('removeUser', (user, team) => user.teams.delete(team)),
  ];
  return routes;
}

/** Asana, as the sweep over all connectors starts it. */
export const fixture: VendorFixture = {
  description: {
    kind: 'none',
    source:
      'Asana’s OpenAPI description (Asana/openapi), against which every request and answer was held on 2026-12-01; it is not kept here. It shows only what comes unasked, and not what opt_fields asks for',
  },
  configured,
  async start({ accounts }) {
    const server = await startFake({
      routes: asanaRoutes(accounts),
      manners: {
        authorized: ({ headers }) => headers.authorization === `Bearer ${fixtureSecret}`,
        unauthorized: () => fault(401, 'Not Authorized'),
        forbidden: () => fault(403, 'Forbidden'),
        tooMany: (seconds) => ({ ...fault(429, 'You have made too many requests recently.'), headers: { 'retry-after': String(seconds) } }),
      },
    });
    return {
      server,
      ...configured(server.address),
      account: { id: userId(1), userName: 'person1@acme.example' },
      colleague: { id: userId(2), userName: 'person2@acme.example', address: 'person2@acme.example' },
      entitlement: { kind: 'team', externalId: '7002', name: 'Spare' },
      missingId: userId(77_777_777),
      appGrant: null,
    };
  },
};
