import { employee, noAccounts } from './people-fixture.ts';
import { startFake } from './start-fake.ts';
import { fixtureSecret, type VendorFixture } from './vendor-fixture.ts';

const configured = (address: string) => ({ settings: { company: 'acme', baseUrl: address }, secrets: { apiKey: fixtureSecret } });

const row = (index: number): Record<string, string | null> => {
  const { id, number, first, last, title, department, office, address, hired, ended, manager } = employee(index);
  return {
    ...{ id: String(id), employeeNumber: number, firstName: first, lastName: last, preferredName: null, jobTitle: title },
    ...{ employmentHistoryStatus: 'Full-Time', department, location: office, country: 'Germany', workEmail: address, homeEmail: null },
    ...{ hireDate: hired, terminationDate: ended ?? '0000-00-00', status: ended ? 'Inactive' : 'Active' },
    supervisorEId: manager ? String(manager.id) : null,
  };
};

/** BambooHR, as the sweep over all connectors starts it. */
export const fixture: VendorFixture = {
  description: {
    kind: 'none',
    source:
      'BambooHR’s public description (BambooHR/bhr-api-php): Request Custom Report, against which request and answer were held on 2026-12-01; it is not kept here. An empty field comes as null, which it does not say',
  },
  configured,
  async start({ accounts }) {
    const server = await startFake({
      routes: [
        {
          method: 'POST',
          path: '/api/v1/reports/custom',
          right: 'the fields of a report',
          answer: ({ body }) => ({
            body: {
              title: body.title,
              fields: body.fields.map((id: string) => ({ id, type: 'text', name: id })),
              employees: Array.from({ length: accounts }, (_, index) => {
                const all = row(index);
                return Object.fromEntries(['id', ...body.fields].map((name) => [name, all[name] ?? null]));
              }),
            },
          }),
        },
      ],
      manners: {
        authorized: ({ headers }) => headers.authorization === `Basic ${Buffer.from(`${fixtureSecret}:x`).toString('base64')}`,
        unauthorized: () => ({ status: 401 }),
        forbidden: () => ({ status: 403 }),
        tooMany: (seconds) => ({ status: 429, headers: { 'retry-after': String(seconds) } }),
      },
    });
    return { server, ...configured(server.address), ...noAccounts };
  },
};
