import { type Answer, ConnectorError, type PasswordTarget, type Session } from '../kit/index.ts';
import { changeResource, writable } from './change-resource.ts';
import type { ScimSettings } from './settings.ts';

/**
 * Sets an account's `password` (RFC 7643, section 4.1.1: write-only, never returned), so nothing can be read back. Only where the connection says
 * that passwords are chosen with the invitation. Repeating it with the same password is harmless.
 */
export async function setPassword(session: Session<ScimSettings>, { account, password }: PasswordTarget): Promise<Answer> {
  if (session.settings.firstPassword !== 'invitation')
    throw new ConnectorError('unsupported', 'This app invites people itself. Nothing was changed.');
  return changeResource(session, {
    endpoint: 'Users',
    id: account.externalId,
    isDone: () => null,
    patches: () => [[{ op: 'replace', path: 'password', value: password }], [{ op: 'replace', value: { password } }]],
    replaced: (user) => ({ ...writable(user), password }),
    words: {
      done: 'took the password',
      notDone: 'did not take the password',
      already: 'Nothing was sent.',
      gone: 'The app says that there is no such account any more. Nothing was sent.',
    },
  });
}
