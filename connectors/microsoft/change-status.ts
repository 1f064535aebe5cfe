import { type AccountTarget, type Answer, ConnectorError, instantOf, type Json } from '../kit/index.ts';
import { readUser } from './accounts.ts';
import { getOrNull, type MicrosoftSession, userPath } from './call.ts';
import { rights } from './rights.ts';
import { restorableUntil, statusOf } from './user.ts';

/** The user of this id. Throws ConnectorError `missing` where there is none. */
export async function existing(session: MicrosoftSession, externalId: string): Promise<Json> {
  const user = await readUser(session, externalId);
  if (user === null) throw new ConnectorError('missing', 'Microsoft has no such account any more. Nothing was sent.', { status: 404 });
  return user;
}

/** Throws ConnectorError `unsupported` for an account that comes from a directory of the company's own: Microsoft refuses to change it. */
export function refuseSynced(user: Json, what: string): void {
  if (user.onPremisesSyncEnabled !== true) return;
  const words = `This account comes from the company's own Active Directory, and Microsoft lets nobody change it in the cloud. Nothing was sent: ${what} there, and the next synchronisation brings it here.`;
  throw new ConnectorError('unsupported', words);
}

export async function suspendUser(session: MicrosoftSession, { externalId }: AccountTarget): Promise<Answer> {
  const user = await existing(session, externalId);
  if (statusOf(user) === 'suspended') return { answered: 'Sign-in was blocked already. Nothing was sent.', changed: false };
  refuseSynced(user, 'disable the account');
  await changeUser(session, externalId, { accountEnabled: false }, rights.enable);
  return { answered: 'Microsoft blocked the sign-in. What is open ends within the hour, unless sessions are ended too.', changed: true };
}

/** Lets the account sign in again; one that was deleted in the last 30 days is brought back first. */
export async function restoreUser(session: MicrosoftSession, { externalId }: AccountTarget): Promise<Answer> {
  let user = await readUser(session, externalId);
  const wasDeleted = user === null;
  if (user === null) {
    await undelete(session, externalId);
    user = (await readUser(session, externalId)) ?? {};
  }
  const back = wasDeleted ? 'Microsoft brought the deleted account back. ' : '';
  if (statusOf(user) === 'active') {
    const answered = wasDeleted ? `${back}It may sign in.` : 'The account was active already. Nothing was sent.';
    return { answered, changed: wasDeleted };
  }
  refuseSynced(user, 'enable the account');
  await changeUser(session, externalId, { accountEnabled: true }, rights.enable);
  return { answered: `${back}Microsoft lets the account sign in again.`, changed: true };
}

async function undelete(session: MicrosoftSession, externalId: string): Promise<void> {
  if ((await deletedUser(session, externalId)) === null)
    throw new ConnectorError('missing', 'Microsoft has no such account any more, also not among those deleted in the last 30 days.');
  await session.http.post(`${deletedPath(externalId)}/restore`, undefined, { right: rights.changeUsers, repeatable: true });
}

/** Deletes a user. For 30 days Microsoft can bring it back. */
export async function deleteUser(session: MicrosoftSession, { externalId }: AccountTarget): Promise<Answer> {
  const user = await readUser(session, externalId);
  if (user === null) {
    const deletedAt = instantOf((await deletedUser(session, externalId))?.deletedDateTime);
    const until = deletedAt === null ? '' : ` It can be restored until ${restorableUntil(deletedAt)}.`;
    return { answered: `Microsoft has no such account any more. Nothing was sent.${until}`, changed: false };
  }
  refuseSynced(user, 'delete the account');
  await ofAdministratorsToo(session.http.delete(userPath(externalId), { right: rights.changeUsers, accept: [404] }));
  return {
    answered: `Microsoft deleted the account. It can be restored, with its mail and files, until ${restorableUntil(session.now())}.`,
    changed: true,
  };
}

const deletedPath = (id: string) => `directory/deletedItems/${encodeURIComponent(id)}`;

const deletedUser = (session: MicrosoftSession, externalId: string): Promise<Json | null> =>
  getOrNull(session, deletedPath(externalId), { right: rights.users });

/** Changes the named properties of a user. Sending it twice leaves the same. */
export async function changeUser(session: MicrosoftSession, externalId: string, properties: Json, right: string): Promise<void> {
  await ofAdministratorsToo(session.http.patch(userPath(externalId), properties, { right, repeatable: true }));
}

/** Graph answers 403 also where the app has the right, but the account is an administrator's. */
async function ofAdministratorsToo(sent: Promise<unknown>): Promise<void> {
  try {
    await sent;
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== 'right') throw error;
    const words = `${error.message} If the account is an administrator's, the app itself also needs the role Privileged Authentication Administrator in Entra.`;
    throw new ConnectorError('right', words, { status: 403, detail: error.detail });
  }
}
