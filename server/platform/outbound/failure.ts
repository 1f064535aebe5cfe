import { certificateWords, isCertificateCode, readCertificate } from './certificate.ts';
import { OutboundError } from './outbound-error.ts';
import type { CheckedAddress } from './resolve-address.ts';

/**
 * Turns what Node says about a failed connection into an OutboundError. `sent`: the request's bytes were handed to a connection that stood,
 * so the other system may have acted on them.
 */
export async function outboundFailure(
  error: unknown,
  target: { host: string; hostname: string; port: number; addresses: CheckedAddress[] },
  sent: boolean,
): Promise<OutboundError> {
  if (error instanceof OutboundError) return error;
  const { host, hostname, port, addresses } = target;
  const code = codeOf(error);
  if (isCertificateCode(code)) {
    const facts = addresses[0] ? await readCertificate(addresses[0], port, hostname, 3_000) : null;
    return new OutboundError('certificate', host, certificateWords(code, host, facts));
  }
  if (code === 'ECONNREFUSED')
    return new OutboundError('refused', host, `Nothing answers at ${host}: the connection was refused. Nothing was sent.`);
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH' || code === 'EADDRNOTAVAIL') {
    return new OutboundError('refused', host, `There is no way from here to ${host}. Nothing was sent.`);
  }
  if (code === 'ETIMEDOUT') return new OutboundError('timeout', host, `${host} did not answer in time.`, sent);
  if (code === 'HPE_HEADER_OVERFLOW')
    return new OutboundError('too-large', host, `${host} sent headers that are too long. The answer was not read.`, true);
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
    return new OutboundError(
      'protocol',
      host,
      `${host} does not speak TLS as https needs it. Nothing was sent. Check whether the address should begin with http.`,
    );
  }
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    const effect = sent ? 'It cannot be known whether the request was taken.' : 'Nothing was sent.';
    return new OutboundError('protocol', host, `${host} closed the connection without an answer. ${effect}`, sent);
  }
  if (code.startsWith('Z_') || code.startsWith('ERR_BROTLI') || code.startsWith('ERR__ERROR_FORMAT')) {
    return new OutboundError('protocol', host, `${host} sent an answer whose compression is damaged.`, true);
  }
  if (code === 'ERR_INVALID_CHAR' || code === 'ERR_HTTP_INVALID_HEADER_VALUE') {
    return new OutboundError(
      'protocol',
      host,
      'A header holds a character that cannot be sent, such as a line break. Nothing was sent. Enter the secret again.',
    );
  }
  return new OutboundError('protocol', host, `${host} did not answer as HTTP should (${code || 'no code'}).`, sent);
}

/** With several addresses Node reports one error per address; the first one's code speaks for all. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && !('code' in error && error.code)) return codeOf(error.errors[0]);
  return String((error as { code?: unknown } | null)?.code ?? '');
}
