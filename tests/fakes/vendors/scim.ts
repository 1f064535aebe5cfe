import type { Behaviour } from '../scim-servers/behaviour.ts';
import { identifier, seedUsers } from '../scim-servers/directory.ts';
import { startScimServer } from '../scim-servers/start-scim-server.ts';
import type { FakeServer } from './start-fake.ts';
import { fixtureSecret, type VendorFixture } from './vendor-fixture.ts';

const configured = (address: string) => ({ settings: { baseUrl: `${address}/scim/v2` }, secrets: { token: fixtureSecret } });

/** The fake SCIM server, as the sweep over all connectors starts it. */
export const fixture: VendorFixture = {
  description: { kind: 'none', source: 'RFC 7643 and RFC 7644; their examples are tests of their own' },
  configured,
  async start({ accounts }) {
    const running = await startScimServer({
      users: [...seedUsers(accounts), { userName: 'spare', groups: ['Spare'] }],
      token: fixtureSecret,
    });
    const behaviour: Behaviour = {};
    const behave = (more: Behaviour) => running.behave(Object.assign(behaviour, more));
    const server: FakeServer = {
      address: running.baseUrl.replace('/scim/v2', ''),
      get exchanges() {
        return running.requests.map((request) => ({
          ...request,
          route: null,
          query: Object.fromEntries(new URL(request.path, running.baseUrl).searchParams),
          requestBody: request.body,
          responseBody: null,
        }));
      },
      changes: () => server.exchanges.filter(({ method }) => method !== 'GET'),
      busy: (times, seconds) => behave({ busyTimes: times, retryAfter: String(seconds) }),
      lack: (right) => behave({ readOnly: right !== null }),
      misleadPages: () => behave({ nextPageElsewhere: 'https://evil.example/scim/v2/Users' }),
      stop: running.stop,
    };
    return {
      server,
      ...configured(server.address),
      account: { id: identifier('person1@acme.example'), userName: 'person1@acme.example' },
      colleague: { id: identifier('person2@acme.example'), userName: 'person2@acme.example', address: 'person2@acme.example' },
      entitlement: { kind: 'group', externalId: identifier('Spare'), name: 'Spare' },
      missingId: 'nobody',
      appGrant: null,
    };
  },
};
