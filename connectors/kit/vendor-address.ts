import { z } from 'zod';
import type { FormMeta } from './form-field.ts';

/** An http(s) address without name, password, query or fragment. */
export const plainAddress = z
  .string()
  .trim()
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    return (
      url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.search === '' && url.hash === ''
    );
  }, 'an address like https://app.example/api, without name, password, ? or #');

/** The setting by which calls of a vendor with a fixed address go elsewhere: a regional or government cloud, a server of one's own, a gateway. */
export const vendorAddress = (standard: string) =>
  plainAddress.default(standard).meta({
    title: 'Address of the interface',
    description: 'Only where yours is another one: a regional cloud, a server of your own, or a gateway that calls go through.',
    rare: true,
  } satisfies FormMeta);

/** `host:port` of an address, as a connection pins it. */
export function hostOf(address: string): string {
  const url = new URL(address);
  return `${url.hostname}:${url.port || (url.protocol === 'http:' ? 80 : 443)}`;
}
