import { type AccountTarget, type Answer, ConnectorError, dayOf, type Json, pageByCursor, textOf } from '../kit/index.ts';
import { readUser } from './accounts.ts';
import { asAdministrator, type GoogleSession, readPage } from './call.ts';
import { scopes } from './scopes.ts';
import { idOf, restorableUntil, statusOf } from './user.ts';

export const userPath = (id: string): string => `admin/directory/v1/users/${encodeURIComponent(id)}`;

export async function suspendUser(session: GoogleSession, { externalId }: AccountTarget): Promise<Answer> {
  const user = await existing(session, externalId);
  if (statusOf(user) === 'suspended')
    return { answered: 'The account was suspended or archived already. Nothing was sent.', changed: false };
  await changeUser(session, externalId, { suspended: true });
  return { answered: 'Google suspended the account. Mail to it is refused from now on; what it holds stays.', changed: true };
}

/** Takes back a suspension or an archiving; an account that was deleted in the last 20 days is brought back. */
export async function restoreUser(session: GoogleSession, { externalId }: AccountTarget): Promise<Answer> {
  const user = await readUser(session, externalId);
  if (user === null) return undelete(session, externalId);
  if (statusOf(user) === 'active') return { answered: 'The account was active already. Nothing was sent.', changed: false };
  await changeUser(session, externalId, { ...(user.suspended ? { suspended: false } : {}), ...(user.archived ? { archived: false } : {}) });
  return { answered: 'Google made the account active again.', changed: true };
}

async function undelete(session: GoogleSession, externalId: string): Promise<Answer> {
  const deleted = await deletedUser(session, externalId);
  if (deleted === null)
    throw new ConnectorError('missing', 'Google has no such account any more, also not among those deleted in the last 20 days.');
  const options = asAdministrator(scopes.users, { repeatable: true });
  await session.http.post(`${userPath(externalId)}/undelete`, { orgUnitPath: textOf(deleted.orgUnitPath) ?? '/' }, options);
  return { answered: 'Google brought the deleted account back.', changed: true };
}

/** Deletes a user. For 20 days Google can bring it back. */
export async function deleteUser(session: GoogleSession, { externalId }: AccountTarget): Promise<Answer> {
  if ((await readUser(session, externalId)) === null) {
    const deleted = await deletedUser(session, externalId);
    const until =
      deleted === null ? null : dayOf(deleted.deletionTime) && restorableUntil(Temporal.Instant.from(textOf(deleted.deletionTime)!));
    return {
      answered: `Google has no such account any more. Nothing was sent.${until ? ` It can be restored until ${until}.` : ''}`,
      changed: false,
    };
  }
  await session.http.delete(userPath(externalId), asAdministrator(scopes.users, { accept: [404] }));
  return {
    answered: `Google deleted the account. It can be restored in the Admin console until ${restorableUntil(session.now())}.`,
    changed: true,
  };
}

async function deletedUser(session: GoogleSession, externalId: string): Promise<Json | null> {
  const query = {
    customer: session.settings.customer,
    showDeleted: 'true',
    maxResults: 500,
    fields: 'nextPageToken,users(id,deletionTime,orgUnitPath)',
  };
  const options = asAdministrator(scopes.users, { query });
  for await (const { records } of pageByCursor((token) => readPage(session, 'admin/directory/v1/users', 'users', options, token))) {
    const found = records.find((user) => idOf(user) === externalId);
    if (found) return found;
  }
  return null;
}

/** The user of this id. Throws ConnectorError `missing` where Google has none. */
export async function existing(session: GoogleSession, externalId: string): Promise<Json> {
  const user = await readUser(session, externalId);
  if (user === null) throw new ConnectorError('missing', 'Google has no such account any more. Nothing was sent.', { status: 404 });
  return user;
}

/** Changes the named properties of a user (users.patch). Sending it twice leaves the same. */
export async function changeUser(session: GoogleSession, externalId: string, properties: Json): Promise<void> {
  await session.http.patch(userPath(externalId), properties, asAdministrator(scopes.users, { repeatable: true }));
}
