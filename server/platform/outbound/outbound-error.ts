/** What went wrong between us and the other system, as a word that code may compare. */
export type OutboundErrorKind =
  | 'host-not-pinned'
  | 'private-address'
  | 'not-encrypted'
  | 'dns'
  | 'refused'
  | 'certificate'
  | 'timeout'
  | 'stopped'
  | 'too-large'
  | 'redirect'
  | 'not-json'
  | 'too-deep'
  | 'protocol';

/**
 * An outbound call that gave no usable answer. `message` is a public sentence: it names the host, never a path, header or secret.
 * `mayHaveArrived` is false only where the other system surely received nothing, so that even an unrepeatable call may be made again.
 */
export class OutboundError extends Error {
  readonly kind: OutboundErrorKind;
  readonly host: string;
  readonly mayHaveArrived: boolean;

  constructor(kind: OutboundErrorKind, host: string, message: string, mayHaveArrived = false) {
    super(message);
    this.name = 'OutboundError';
    this.kind = kind;
    this.host = host;
    this.mayHaveArrived = mayHaveArrived;
  }
}
