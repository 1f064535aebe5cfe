import type { OutboundResponse } from '../../server/platform/outbound/index.ts';
import { ConnectorError, type ConnectorErrorKind } from './connector-error.ts';

/** Turns an answer that is an error into words. What the other system said is added, scrubbed and shortened. */
export function answerError(
  host: string,
  response: OutboundResponse,
  more: { isRead: boolean; retryAt: Temporal.Instant | null; scrub: (text: string) => string; right?: string; busy?: boolean },
): ConnectorError {
  const { status } = response;
  const detail = detailOf(response, more.scrub);
  const [kind, words] = more.busy ? kindOf(429, host) : kindOf(status, host, more.right);
  return new ConnectorError(kind, detail === null ? words : `${words} It said: "${detail}".`, {
    status,
    detail,
    temporary: kind === 'busy' || (kind === 'broken' && status !== 501) || status === 408,
    mayHaveHappened: !more.isRead && status >= 500 && status !== 501 && status !== 503,
    retryAt: more.retryAt,
  });
}

function kindOf(status: number, host: string, right?: string): [ConnectorErrorKind, string] {
  switch (status) {
    case 401:
      return ['credential', `${host} does not accept the credential (401). It may be wrong, expired or withdrawn: enter a new one.`];
    case 403:
      return [
        'right',
        right === undefined
          ? `${host} knows the credential, but it lacks the right for this (403). Give it more rights there, or use another one.`
          : `${host} knows the credential, but it lacks the right ${right} (403). Give it that right there, or use another one.`,
      ];
    case 404:
    case 410:
      return ['missing', `${host} says that this does not exist (${status}).`];
    case 405:
    case 501:
      return ['unsupported', `${host} does not support this kind of request (${status}).`];
    case 409:
    case 412:
    case 428:
      return ['changed', `${host} refused, because the record is in another state than expected (${status}).`];
    case 429:
    case 503:
      return ['busy', `${host} says that it is too busy right now (${status}).`];
    default:
      if (status >= 500) return ['broken', `${host} failed by itself (${status}).`];
      if (status >= 300 && status < 400) return ['broken', `${host} answered with a redirect that leads nowhere (${status}).`];
      return ['refused', `${host} did not take the request (${status}).`];
  }
}

/** The sentence that an error body holds, in the usual places (RFC 7644 `detail`, RFC 9457 `detail` and `title`, `message`, `error`, `error.message`). */
function detailOf(response: OutboundResponse, scrub: (text: string) => string): string | null {
  try {
    const body = response.json({ maxDepth: 20, maxValues: 10_000 });
    if (typeof body !== 'object' || body === null) return null;
    const { detail, error_description, message, title, error, errorSummary, reason, errorMessages } = body as Record<string, unknown>;
    const inner = typeof error === 'object' && error !== null ? (error as Record<string, unknown>).message : undefined;
    const first = Array.isArray(errorMessages) ? errorMessages[0] : undefined;
    const found = [detail, error_description, message, title, error, inner, errorSummary, reason, first].find(
      (text) => typeof text === 'string' && text.trim() !== '',
    );
    return typeof found === 'string' ? scrub(found).replace(/[."]+$/, '') : null;
  } catch {
    return null;
  }
}
