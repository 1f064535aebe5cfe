import { isIP } from 'node:net';
import { connect, type PeerCertificate } from 'node:tls';
import type { CheckedAddress } from './resolve-address.ts';

/** What a server's certificate says of itself. Instants are UTC. */
export type CertificateFacts = { names: string[]; issuer: string; validFrom: Temporal.Instant; validTo: Temporal.Instant };

/** Reads the certificate that a server presents, without trusting it: nothing is sent over the connection. null when it cannot be had in time. */
export function readCertificate(
  address: CheckedAddress,
  port: number,
  hostname: string,
  timeoutMs: number,
): Promise<CertificateFacts | null> {
  return new Promise((resolve) => {
    const socket = connect({
      host: address.address,
      port,
      rejectUnauthorized: false,
      ...(isIP(hostname) ? {} : { servername: hostname }),
      timeout: timeoutMs,
    });
    const end = (facts: CertificateFacts | null) => {
      socket.destroy();
      resolve(facts);
    };
    socket.once('secureConnect', () => end(factsOf(socket.getPeerCertificate())));
    socket.once('timeout', () => end(null));
    socket.on('error', () => end(null));
    socket.once('close', () => resolve(null));
  });
}

function factsOf(certificate: PeerCertificate): CertificateFacts | null {
  if (!certificate.valid_to) return null;
  const names = (certificate.subjectaltname ?? '').split(/,\s*/).map((name) => name.replace(/^(DNS|IP Address):/, ''));
  return {
    names: names.filter((name) => name !== ''),
    issuer: String(certificate.issuer?.CN ?? certificate.issuer?.O ?? 'somebody without a name'),
    validFrom: Temporal.Instant.fromEpochMilliseconds(Date.parse(certificate.valid_from)),
    validTo: Temporal.Instant.fromEpochMilliseconds(Date.parse(certificate.valid_to)),
  };
}

/** Codes by which TLS says that a certificate was not accepted. */
export function isCertificateCode(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ISSUER|CRL_|PATH_LENGTH|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)/.test(code);
}

/** The sentence for a person whose connection was refused because of a certificate. `facts` may be missing. */
export function certificateWords(code: string, host: string, facts: CertificateFacts | null): string {
  const nothing = 'Nothing was sent.';
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return `The certificate of ${host} expired${facts ? ` on ${dayInWords(facts.validTo)}` : ''}. ${nothing} Whoever runs ${host} renews it; then try again.`;
    case 'CERT_NOT_YET_VALID':
      return `The certificate of ${host} is valid only from ${facts ? dayInWords(facts.validFrom) : 'a later day'}. ${nothing} Check the clock of this machine.`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `The certificate of ${host} is made for ${facts?.names.slice(0, 5).join(', ') || 'another name'}, not for ${host}. ${nothing} Check the address: this may be another server.`;
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return `The certificate of ${host} is signed only by itself, so anybody could have made it. ${nothing} If this is your own server, add its certificate to the connection's settings.`;
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return `The certificate of ${host} is signed by ${facts?.issuer ?? 'an authority'}, which this machine does not know. ${nothing} If it is your company's own authority, add its certificate to the connection's settings.`;
    default:
      return `The certificate of ${host} was not accepted (${code}). ${nothing}`;
  }
}

/** 3 March 2020, in UTC. */
export function dayInWords(instant: Temporal.Instant): string {
  return instant.toLocaleString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
}
