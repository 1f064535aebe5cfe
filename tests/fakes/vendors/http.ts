import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type FakeManners, type FakeRoute, startFake } from './start-fake.ts';
import { fixtureSecret, type VendorFixture } from './vendor-fixture.ts';

/** The description of a chat server's interface, as somebody technical writes it in an afternoon. It is the example of the guide. */
export const chatDescription = readFileSync(path.join(import.meta.dirname, '../../../blueprints/http-app.yaml'), 'utf8');

const configured = (address: string) => ({
  settings: { baseUrl: address, description: chatDescription, perSecond: 100 },
  secrets: { secret: fixtureSecret },
});

type User = {
  id: string;
  username: string;
  email: string;
  first_name: string;
  last_name: string;
  delete_at: number;
  roles: string;
  mfa_active: boolean;
};

const manners: FakeManners = {
  authorized: ({ headers }) => headers.authorization === `Bearer ${fixtureSecret}`,
  unauthorized: () => ({
    status: 401,
    body: { id: 'api.context.session_expired', message: 'Invalid or expired session, please login again.', status_code: 401 },
  }),
  forbidden: (right) => ({
    status: 403,
    body: { id: 'api.context.permissions', message: `You do not have the permission: ${right}`, status_code: 403 },
  }),
  tooMany: (seconds) => ({ status: 429, body: { message: 'limit exceeded' }, headers: { 'retry-after': String(seconds) } }),
};

const notFound = (what: string) => ({ status: 404, body: { id: 'app.missing', message: `Unable to find the ${what}.`, status_code: 404 } });

/** A server that speaks as Mattermost's API description 4 says: pages by number, `delete_at` for who is deactivated, roles in one text. */
export const fixture: VendorFixture = {
  description: { kind: 'none', source: 'mattermost-api-reference, v4/source of 2023-06-29' },
  configured,
  async start({ accounts }) {
    const users = new Map<string, User>(
      Array.from({ length: accounts }, (_, index) => [
        `u${index}`,
        {
          id: `u${index}`,
          username: `person${index}`,
          email: `person${index}@acme.example`,
          first_name: 'Person',
          last_name: `Number ${index}`,
          delete_at: index % 7 === 6 ? 1_700_000_000_000 : 0,
          roles: index === 3 ? 'system_user system_admin' : 'system_user',
          mfa_active: index % 2 === 0,
        },
      ]),
    );
    const teams = [
      { id: 't1', display_name: 'Everybody', members: new Set([...users.keys()].slice(0, 20)) },
      { id: 't2', display_name: 'Sales', members: new Set(['u1']) },
    ];
    const page = <T>(all: T[], query: URLSearchParams) => {
      const size = Math.min(Number(query.get('per_page') ?? 60), 200);
      const number = Number(query.get('page') ?? 0);
      return { body: all.slice(number * size, (number + 1) * size) };
    };
    const right = 'reading users';
    const user = (id: string, answer: (found: User) => object) => {
      const found = users.get(id);
      return found ? { body: answer(found) } : notFound('user');
    };
    const ok = { status: 'OK' };
    const routes: FakeRoute[] = [
      { method: 'GET', path: '/api/v4/users', right, list: true, answer: ({ query }) => page([...users.values()], query) },
      {
        method: 'GET',
        path: '/api/v4/users/email/{email}',
        right,
        answer: ({ params }) => {
          const found = [...users.values()].find(({ email }) => email.toLowerCase() === params.email?.toLowerCase());
          return found ? { body: found } : notFound('user');
        },
      },
      { method: 'GET', path: '/api/v4/users/{id}', right, answer: ({ params }) => user(params.id!, (found) => found) },
      {
        method: 'PUT',
        path: '/api/v4/users/{id}/active',
        answer: ({ params, body }) =>
          user(params.id!, (found) => {
            found.delete_at = body.active ? 0 : 1_700_000_000_000;
            return ok;
          }),
      },
      {
        method: 'POST',
        path: '/api/v4/users',
        answer: ({ body }) => {
          const made = { ...body, id: `u${users.size}`, delete_at: 0, roles: 'system_user', mfa_active: false };
          users.set(made.id, made);
          return { status: 201, body: made };
        },
      },
      { method: 'POST', path: '/api/v4/users/{id}/sessions/revoke/all', answer: ({ params }) => user(params.id!, () => ok) },
      {
        method: 'GET',
        path: '/api/v4/teams',
        list: true,
        answer: ({ query }) =>
          page(
            teams.map(({ id, display_name }) => ({ id, display_name })),
            query,
          ),
      },
      {
        method: 'GET',
        path: '/api/v4/teams/{id}/members',
        answer: ({ params, query }) => {
          const team = teams.find(({ id }) => id === params.id);
          return team
            ? page(
                [...team.members].map((user_id) => ({ team_id: team.id, user_id })),
                query,
              )
            : notFound('team');
        },
      },
      {
        method: 'POST',
        path: '/api/v4/teams/{id}/members',
        answer: ({ params, body }) => {
          teams.find(({ id }) => id === params.id)?.members.add(body.user_id);
          return { status: 201, body: { team_id: params.id, user_id: body.user_id } };
        },
      },
      {
        method: 'DELETE',
        path: '/api/v4/teams/{id}/members/{user}',
        answer: ({ params }) => {
          teams.find(({ id }) => id === params.id)?.members.delete(params.user!);
          return { body: ok };
        },
      },
    ];
    const server = await startFake({ routes, manners });
    return {
      server,
      ...configured(server.address),
      account: { id: 'u0', userName: 'person0@acme.example' },
      colleague: { id: 'u1', userName: 'person1@acme.example', address: 'person1@acme.example' },
      entitlement: { kind: 'team', externalId: 't2', name: 'Sales' },
      missingId: 'u999999',
      appGrant: null,
    };
  },
};
