import type { OutboundError, OutboundErrorKind } from '../../server/platform/outbound/index.ts';
import { plainText } from './plain-text.ts';

const longestMessage = 1_000;

/**
 * Why another system did not do what was asked, as a word that code may compare.
 * `settings`: ours are wrong. `unreachable`: no answer came. `credential`: it does not know us (401). `right`: it knows us and says no (403).
 * `busy`: not now (429, 503). `missing`: there is no such thing (404). `changed`: somebody else changed it meanwhile (409, 412, 428).
 * `unsupported`: it cannot do that (405, 501). `refused`: it takes no such request (other 4xx). `broken`: it failed itself (5xx) or answered nonsense.
 */
export type ConnectorErrorKind =
  | 'settings'
  | 'unreachable'
  | 'credential'
  | 'right'
  | 'busy'
  | 'missing'
  | 'changed'
  | 'unsupported'
  | 'refused'
  | 'broken';

type More = {
  status?: number;
  outbound?: OutboundErrorKind;
  /** Trying again later may help without anybody doing something. */
  temporary?: boolean;
  /** The other system may have done what was asked. */
  mayHaveHappened?: boolean;
  /** Not before this instant, as the other system asked. */
  retryAt?: Temporal.Instant | null;
  detail?: string | null;
};

/** A call to another system that did not succeed. `message` is a public sentence without any secret; `detail` is what the other system said. */
export class ConnectorError extends Error {
  readonly kind: ConnectorErrorKind;
  readonly status: number | null;
  readonly outbound: OutboundErrorKind | null;
  readonly temporary: boolean;
  readonly mayHaveHappened: boolean;
  readonly retryAt: Temporal.Instant | null;
  readonly detail: string | null;

  constructor(kind: ConnectorErrorKind, message: string, more: More = {}) {
    super(plainText(message, longestMessage));
    this.name = 'ConnectorError';
    this.kind = kind;
    this.status = more.status ?? null;
    this.outbound = more.outbound ?? null;
    this.temporary = more.temporary ?? false;
    this.mayHaveHappened = more.mayHaveHappened ?? false;
    this.retryAt = more.retryAt ?? null;
    this.detail = more.detail == null ? null : plainText(more.detail, longestMessage);
  }
}

/** The same error, of a call that an earlier try of it may have brought about. */
export function perhapsDone(error: ConnectorError): ConnectorError {
  const { kind, message, status, outbound, temporary, retryAt, detail } = error;
  return new ConnectorError(kind, message, {
    status: status ?? undefined,
    outbound: outbound ?? undefined,
    temporary,
    retryAt,
    detail,
    mayHaveHappened: true,
  });
}

const temporaryKinds: OutboundErrorKind[] = ['dns', 'refused', 'timeout', 'protocol', 'stopped'];

/** An outbound failure as a connector's. `isRead`: nothing can have been changed by it. */
export function unreachable(error: OutboundError, isRead: boolean): ConnectorError {
  const kind = error.kind === 'not-json' || error.kind === 'too-deep' || error.kind === 'too-large' ? 'broken' : 'unreachable';
  return new ConnectorError(kind, error.message, {
    outbound: error.kind,
    temporary: temporaryKinds.includes(error.kind),
    mayHaveHappened: !isRead && error.mayHaveArrived,
  });
}
