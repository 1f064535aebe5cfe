import { employee, noAccounts } from './people-fixture.ts';
import { startFake } from './start-fake.ts';
import { fixtureSecret, type VendorFixture } from './vendor-fixture.ts';

const configured = (address: string) => ({ settings: { userId: 'SERVICE-1', baseUrl: address }, secrets: { token: fixtureSecret } });

function shown(index: number) {
  const { id, number, first, last, title, department, office, address, hired, ended, manager } = employee(index);
  return {
    ...{ id: String(id), firstName: first, surname: last, displayName: `${first} ${last}`, fullName: `${first} ${last}`, email: address },
    work: {
      ...{ title, department, site: office, startDate: hired, employeeIdInCompany: number },
      ...(manager ? { reportsToIdInCompany: manager.number } : {}),
    },
    internal: { status: ended ? 'Inactive' : 'Active', ...(ended ? { terminationDate: ended } : {}) },
  };
}

/** HiBob, as the sweep over all connectors starts it. */
export const fixture: VendorFixture = {
  description: {
    kind: 'openapi',
    files: ['hibob/hibob-public-api.generated.yml'],
    below: '/v1',
    forgiven: [
      {
        fault: '/internal is no property',
        why: 'Fields that are asked for come in their categories; the description shows the default set.',
      },
    ],
  },
  configured,
  async start({ accounts }) {
    const server = await startFake({
      routes: [
        {
          method: 'POST',
          path: '/v1/people/search',
          right: 'People’s data: View',
          answer: () => ({ body: { employees: Array.from({ length: accounts }, (_, index) => shown(index)) } }),
        },
      ],
      manners: {
        authorized: ({ headers }) => headers.authorization === `Basic ${Buffer.from(`SERVICE-1:${fixtureSecret}`).toString('base64')}`,
        unauthorized: () => ({ status: 401, body: { error: 'Unauthorized' } }),
        forbidden: () => ({ status: 403, body: { error: 'The service user lacks permissions' } }),
        tooMany: (seconds) => ({ status: 429, headers: { 'retry-after': String(seconds) }, body: { error: 'Too many requests' } }),
      },
    });
    return { server, ...configured(server.address), ...noAccounts };
  },
};
