import type { AccountTarget, Answer, Session } from '../kit/index.ts';
import { resourcePath } from './resource.ts';
import type { ScimSettings } from './settings.ts';

/** Deletes a user (RFC 7644, section 3.6). One that is not there is an answer, not an error. */
export async function deleteUser(session: Session<ScimSettings>, target: AccountTarget): Promise<Answer> {
  const response = await session.http.delete(resourcePath('Users', target.externalId), { accept: [404, 410] });
  if (response.status >= 400) return { answered: 'The app says that there is no such account. Nothing was deleted.', changed: false };
  return { answered: `The app answered ${response.status} to the deletion.`, changed: null };
}
