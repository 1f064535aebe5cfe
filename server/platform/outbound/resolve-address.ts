import { lookup as dnsLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type AllowPrivate, isPublicAddress, plainAddress } from './address-rules.ts';
import { OutboundError } from './outbound-error.ts';

/** Finds the addresses of a name; the system's resolver unless a test gives its own. */
export type Resolve = (hostname: string) => Promise<{ address: string; family: number }[]>;

export const systemResolve: Resolve = (hostname) => dnsLookup(hostname, { all: true, verbatim: true });

/** An address that a connection may be made to. `isPrivate`: only because the operator's list says so. */
export type CheckedAddress = { address: string; family: 4 | 6; isPrivate: boolean };

/**
 * The addresses of a host that may be connected to: public ones, and private ones on the operator's list. Throws OutboundError `dns`
 * when the name has none, `private-address` when it has only refused ones.
 */
export async function resolveAddress(hostname: string, port: number, allow: AllowPrivate, resolve: Resolve): Promise<CheckedAddress[]> {
  const bare = hostname.replace(/^\[|\]$/g, '');
  const found = isIP(bare) ? [{ address: bare, family: isIP(bare) }] : await resolveName(bare, resolve);
  const checked = found.flatMap(({ address, family }): CheckedAddress[] => {
    const isPrivate = !isPublicAddress(address);
    if (isPrivate && !allow(plainAddress(address), bare, port)) return [];
    return [{ address, family: family === 6 ? 6 : 4, isPrivate }];
  });
  if (checked.length > 0) return checked;
  const shown = [...new Set(found.map(({ address }) => plainAddress(address)))].join(', ');
  const named = isIP(bare) ? `${bare} is a private address` : `${bare} leads to the private address ${shown}`;
  throw new OutboundError(
    'private-address',
    bare,
    `${named}, which connections may not reach. Nothing was sent. If this is your own server, whoever runs Groundcrew adds ${isIP(bare) === 6 ? `[${bare}]` : bare}:${port} to GROUNDCREW_ALLOW_PRIVATE.`,
  );
}

async function resolveName(hostname: string, resolve: Resolve): Promise<{ address: string; family: number }[]> {
  const missing = `The name ${hostname} could not be found. Nothing was sent. Check the spelling of the address, then the network's name server.`;
  try {
    const found = (await resolve(hostname)).filter(({ address }) => isIP(address) !== 0);
    if (found.length > 0) return found;
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === 'EAI_AGAIN' || code === 'ETIMEOUT') {
      throw new OutboundError('dns', hostname, `The name server did not answer when asked for ${hostname}. Nothing was sent.`);
    }
  }
  throw new OutboundError('dns', hostname, missing);
}
