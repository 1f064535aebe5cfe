import { connectors } from '../../../connectors/index.ts';
import { type Connector, connectorWith } from '../../../connectors/kit/index.ts';
import type { VendorFixture } from './vendor-fixture.ts';

/** Every connector that is reached over the network by HTTP, with its fixture. One without a fixture fails here, by name. */
export const onNetwork: { connector: Connector; fixture: VendorFixture }[] = await Promise.all(
  connectors
    .filter(({ reads, transport }) => reads === 'connection' && transport !== 'ldap')
    .map(async (connector) => {
      const { fixture } = (await import(`./${connector.id}.ts`)) as { fixture: VendorFixture };
      return { connector: connectorWith(connector, fixture.configured('https://app.example').settings), fixture };
    }),
);
