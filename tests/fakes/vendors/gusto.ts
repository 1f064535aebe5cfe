import { type Employee, employee, noAccounts } from './people-fixture.ts';
import { type FakeServer, startFake } from './start-fake.ts';
import { fixtureSecret, type VendorFixture } from './vendor-fixture.ts';

const company = 'd525dd21-ba6e-482c-be15-c2c7237f1364';
export const consentCode = 'code-of-the-consent';
const configured = (address: string) => ({
  settings: { company, clientId: 'app-1', redirectUri: 'https://ops.acme.example/', baseUrl: address },
  secrets: { clientSecret: fixtureSecret, code: consentCode },
});
const uuid = (id: number) => `7f2337f9-9b78-44b9-aeed-${String(id).padStart(12, '0')}`;

function shown({ id, number, first, last, title, department, address, hired, ended, left, manager }: Employee) {
  return {
    uuid: uuid(id),
    first_name: first,
    middle_initial: null,
    last_name: last,
    email: `${first}.${id}@home.example`.toLowerCase(),
    company_uuid: company,
    manager_uuid: manager && uuid(manager.id),
    version: 'd487dd0b55dfcacdd920ccbdaeafa351',
    department,
    terminated: left === true || ended !== null,
    work_email: address,
    onboarded: true,
    employee_code: number,
    current_employment_status: 'full_time',
    terminations: ended === null ? [] : [{ uuid: uuid(id + 1), effective_date: ended, active: true }],
    jobs: [{ uuid: uuid(id + 2), title, primary: true, hire_date: hired }],
  };
}

/** How the fake hands out tokens: what it would take next, so that a test can see what is used up. */
export type GustoState = { codeUsed: boolean; refresh: string | null; access: string; previous: string | null; handedOut: number };

/** Gusto with these people. A code works once; a refresh token ends when the access token that followed it is first used. */
export async function startGusto(people: Employee[]): Promise<{ server: FakeServer; state: GustoState }> {
  const state: GustoState = { codeUsed: false, refresh: null, access: 'none', previous: null, handedOut: 0 };
  const server = await startFake({
    routes: [
      {
        method: 'POST',
        path: '/oauth/token',
        open: true,
        answer: ({ body }) => {
          const known = body.client_id === 'app-1' && body.client_secret === fixtureSecret;
          const byCode = body.grant_type === 'authorization_code' && body.code === consentCode && !state.codeUsed;
          const byToken = body.grant_type === 'refresh_token' && [state.refresh, state.previous].includes(body.refresh_token);
          if (!known || !(byCode || byToken))
            return { status: 400, body: { error: 'invalid_grant', error_description: 'The provided authorization grant is invalid.' } };
          state.codeUsed = true;
          state.handedOut += 1;
          state.previous = byToken ? body.refresh_token : null;
          state.refresh = `refresh-${state.handedOut}`;
          state.access = `access-${state.handedOut}`;
          return {
            body: {
              access_token: state.access,
              refresh_token: state.refresh,
              token_type: 'bearer',
              expires_in: 7_200,
              created_at: 1_764_000_000,
            },
          };
        },
      },
      {
        method: 'GET',
        path: '/v1/companies/{company}/employees',
        right: 'employees:read',
        list: true,
        answer: ({ query }) => {
          const [page, per] = [Number(query.get('page') ?? 1), Math.min(100, Number(query.get('per') ?? 25))];
          return {
            body: people.slice((page - 1) * per, page * per).map(shown),
            headers: {
              'x-page': String(page),
              'x-per-page': String(per),
              'x-total-count': String(people.length),
              'x-total-pages': String(Math.ceil(people.length / per)),
            },
          };
        },
      },
    ],
    manners: {
      authorized: ({ headers }) => {
        if (headers.authorization !== `Bearer ${state.access}`) return false;
        state.previous = null;
        return true;
      },
      unauthorized: () => ({
        status: 401,
        body: { errors: [{ error_key: 'request', category: 'invalid_token', message: 'Unauthorized' }] },
      }),
      forbidden: (right) => ({
        status: 403,
        body: { errors: [{ error_key: 'request', category: 'missing_oauth_scopes', message: `${right} is missing` }] },
      }),
      tooMany: (seconds) => ({ status: 429, headers: { 'retry-after': String(seconds) }, body: { errors: [{ message: 'Rate limited' }] } }),
    },
  });
  return { server, state };
}

/** Gusto, as the sweep over all connectors starts it. */
export const fixture: VendorFixture = {
  description: {
    kind: 'none',
    source:
      'Gusto’s description of 2025-06-15 (Gusto/gusto-typescript-client), under its own terms and therefore not kept here: token, employees of a company',
  },
  configured,
  async start({ accounts }) {
    const { server } = await startGusto(Array.from({ length: accounts }, (_, index) => employee(index)));
    return { server, ...configured(server.address), ...noAccounts };
  },
};
