import { fixture as scim } from './scim.ts';
import type { VendorFixture } from './vendor-fixture.ts';

/** 1Password's SCIM bridge, as the sweep over all connectors starts it: a SCIM server that deletes nobody. */
export const fixture: VendorFixture = {
  ...scim,
  description: { kind: 'none', source: 'RFC 7643 and RFC 7644, and support.1password.com: SCIM bridge' },
};
