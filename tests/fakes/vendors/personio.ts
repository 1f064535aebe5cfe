import { type Employee, employee, noAccounts } from './people-fixture.ts';
import { type FakeServer, startFake } from './start-fake.ts';
import { fixtureSecret, type VendorFixture } from './vendor-fixture.ts';

const configured = (address: string) => ({ settings: { clientId: 'papi-1', baseUrl: address }, secrets: { clientSecret: fixtureSecret } });
const accessToken = 'handed-out-by-the-fake';

const attribute = (label: string, value: unknown, universal_id: string) => ({ label, value, type: 'standard', universal_id });

function shown({ id, number, first, last, title, department, office, address, hired, ended, left, manager }: Employee) {
  const at = (day: string | null) => (day === null ? null : `${day}T00:00:00+01:00`);
  const named = (type: string, name: string) => ({ type, attributes: { id: 1, name } });
  return {
    type: 'Employee',
    attributes: {
      id: attribute('ID', id, 'id'),
      first_name: attribute('First name', first, 'first_name'),
      last_name: attribute('Last name', last, 'last_name'),
      email: attribute('Email', address, 'email'),
      status: attribute('Status', ended || left ? 'inactive' : 'active', 'status'),
      position: attribute('Position', title, 'position'),
      employment_type: attribute('Employment type', 'internal', 'employment_type'),
      hire_date: attribute('Hire date', at(hired), 'hire_date'),
      termination_date: attribute('Termination date', at(ended), 'termination_date'),
      employee_id: attribute('Employee ID', number, 'employee_id'),
      department: attribute('Department', named('Department', department), 'department'),
      office: attribute('Office', named('Office', office), 'office'),
      supervisor: attribute(
        'Supervisor',
        manager && {
          type: 'Employee',
          attributes: { id: attribute('ID', manager.id, 'id'), email: attribute('Email', manager.address, 'email') },
        },
        'supervisor',
      ),
    },
  };
}

/** Personio with these people, who may be changed while it runs. `state.told`: how many it says that it has, where that is another number. */
export function startPersonio(people: Employee[], state: { told?: number } = {}): Promise<FakeServer> {
  return startFake({
    routes: [
      {
        method: 'POST',
        path: '/v1/auth',
        open: true,
        answer: ({ body }) =>
          body.client_id === 'papi-1' && body.client_secret === fixtureSecret
            ? { body: { success: true, data: { token: accessToken, expires_in: 86_400, scope: 'employees:read' } } }
            : { status: 403, body: { success: false, error: { code: 0, message: 'Wrong credentials' } } },
      },
      {
        method: 'GET',
        path: '/v1/company/employees',
        right: 'Employees: Read',
        list: true,
        answer: ({ query }) => {
          const [offset, limit] = [Number(query.get('offset') ?? 0), Math.min(200, Number(query.get('limit') ?? 10))];
          const metadata = {
            total_elements: state.told ?? people.length,
            current_page: Math.floor(offset / limit),
            total_pages: Math.ceil(people.length / limit),
          };
          return { body: { success: true, metadata, offset, limit, data: people.slice(offset, offset + limit).map(shown) } };
        },
      },
    ],
    manners: {
      authorized: ({ headers }) => headers.authorization === `Bearer ${accessToken}`,
      unauthorized: () => ({ status: 401, body: { success: false, error: { code: 0, message: 'Token is invalid' } } }),
      forbidden: () => ({ status: 403, body: { success: false, error: { code: 0, message: 'Forbidden' } } }),
      tooMany: (seconds) => ({
        status: 429,
        headers: { 'retry-after': String(seconds) },
        body: { success: false, error: { code: 0, message: 'Too many requests' } },
      }),
    },
  });
}

/** Personio, as the sweep over all connectors starts it. */
export const fixture: VendorFixture = {
  description: {
    kind: 'openapi',
    files: ['personio/personio-personnel-data-api-oa3.yaml', 'personio/personio-auth-api.yaml'],
    below: '/v1',
    forgiven: [
      {
        fault: '/data must be object',
        why: 'The description lays the list over a general answer whose data are an object; its own example is a list.',
      },
      { fault: '/attributes/supervisor/value must be object', why: 'Nobody stands above the managing director: Personio shows null.' },
    ],
  },
  configured,
  async start({ accounts }) {
    const server = await startPersonio(Array.from({ length: accounts }, (_, index) => employee(index)));
    return { server, ...configured(server.address), ...noAccounts };
  },
};
