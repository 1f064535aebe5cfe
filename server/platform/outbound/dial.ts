import net from 'node:net';
import tls, { type SecureContext } from 'node:tls';
import type { CheckedAddress } from './resolve-address.ts';

/**
 * A host whose address was checked, for protocols other than HTTP. Every socket goes to that address and no other; a secure one is verified against
 * the host's name. `isPrivate`: only because the operator's list says so.
 */
export type Dialled = {
  isPrivate: boolean;
  connect(): net.Socket;
  connectSecurely(): tls.TLSSocket;
  /** Goes on securely over a connection that is open (StartTLS). */
  secure(socket: net.Socket): tls.TLSSocket;
};

/** Sockets to a checked address. `host`: the name that its certificate must bear. */
export function dialTo({ address, isPrivate }: CheckedAddress, host: string, port: number, secureContext: () => SecureContext): Dialled {
  const servername = net.isIP(host) ? undefined : host;
  // An address has no name to ask for; the certificate is then held against the address itself.
  const checkServerIdentity = (_: string, certificate: tls.PeerCertificate) => tls.checkServerIdentity(host, certificate);
  const secured = () => ({ servername, secureContext: secureContext(), checkServerIdentity, minVersion: 'TLSv1.2' as const });
  return {
    isPrivate,
    connect: () => net.connect({ host: address, port }),
    connectSecurely: () => tls.connect({ host: address, port, ...secured() }),
    secure: (socket) => tls.connect({ socket, ...secured() }),
  };
}
