import { ResultCodeError } from 'ldapts';
import { ConnectorError, type ConnectorErrorKind } from '../kit/index.ts';

/** Result codes of RFC 4511, appendix A, and what they mean for us. */
const kinds: Record<number, [ConnectorErrorKind, string]> = {
  4: ['broken', 'gives only part of the list to this account (size limit). Raise its limit, or allow paged results'],
  8: ['settings', 'wants a stronger sign-in. Use ldaps:// or StartTLS'],
  13: ['settings', 'wants an encrypted connection. Use ldaps:// or StartTLS'],
  19: ['refused', 'does not take this value: its rules forbid it'],
  32: ['missing', 'says that this place or entry does not exist'],
  34: ['settings', 'cannot read a name (DN) in the settings'],
  49: ['credential', 'does not accept the name and password'],
  50: ['right', 'knows the account that Groundcrew signs in as, but it lacks the right for this'],
  51: ['busy', 'says that it is too busy right now'],
  52: ['busy', 'is not available right now'],
  53: ['refused', 'refuses to do this'],
  65: ['refused', 'refuses it, because an entry must keep what its kind requires (a group may need one member)'],
  68: ['changed', 'has such an entry already'],
};

const certificateCodes = /CERT|TLS_CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/;

/** What went wrong with a directory, in words. `isRead`: nothing can have been changed by it. */
export function ldapError(error: unknown, host: string, scrub: (text: string) => string, isRead: boolean): ConnectorError {
  if (error instanceof ConnectorError) return error;
  const { message, code } = error as Error & { code?: number | string };
  if (error instanceof ResultCodeError) {
    const [kind, words] = kinds[error.code] ?? ['refused', `did not take the request (${error.code})`];
    const said = scrub(message.replace(/\s*Code: 0x[0-9a-f]+\s*$/i, '')).replace(/[."]+$/, '');
    return new ConnectorError(kind, `${host} ${words}.${said ? ` It said: "${said}".` : ''}`, {
      temporary: kind === 'busy',
      detail: said || null,
    });
  }
  if (certificateCodes.test(String(code)) || /certificate|altname/i.test(message))
    return new ConnectorError('unreachable', `The certificate of ${host} is not accepted: ${scrub(message)}. Nothing was sent.`, {
      outbound: 'certificate',
    });
  return new ConnectorError('unreachable', `${host} did not answer: ${scrub(message)}.`, { temporary: true, mayHaveHappened: !isRead });
}
