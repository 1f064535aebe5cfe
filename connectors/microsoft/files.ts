import { type Answer, type HandOver, type Json, objectOf, objectsOf, type Shown, textOf } from '../kit/index.ts';
import { allOf, getOrNull, type MicrosoftSession, userPath } from './call.ts';
import { existing } from './change-status.ts';
import { rights } from './rights.ts';
import { gone, isThere } from './security.ts';
import { idOf } from './user.ts';

const right = rights.files;

/** The top folder of an account's OneDrive, or null where it has none yet. */
const rootOf = (session: MicrosoftSession, userId: string): Promise<Json | null> =>
  getOrNull(session, `${userPath(userId)}/drive/root`, { query: { $select: 'id' }, right });

/** Lets a colleague into all files of the account. They go on belonging to the account: Microsoft lets nobody hand over ownership. */
export async function handOverFiles(session: MicrosoftSession, { account, to }: HandOver): Promise<Answer> {
  await existing(session, account.externalId);
  await existing(session, to.externalId);
  const root = await rootOf(session, account.externalId);
  if (root === null) return { answered: 'The account has no OneDrive. Nothing was sent.', changed: false };
  if (await mayChange(session, account.externalId, root, to.externalId))
    return { answered: 'The colleague could open and change all files already. Nothing was sent.', changed: false };
  const body = { recipients: [{ objectId: to.externalId }], roles: ['write'], requireSignIn: true, sendInvitation: false };
  await session.http.post(`${itemPath(account.externalId, root)}/invite`, body, { right, repeatable: true });
  return {
    answered:
      'The colleague may open and change all files from now on. They still belong to the account and go with it: have what is needed moved before the account is deleted.',
    changed: true,
  };
}

export async function showsFilesHandedOver(session: MicrosoftSession, { account, to }: HandOver): Promise<Shown> {
  if (!(await isThere(session, account.externalId))) return gone;
  const root = await rootOf(session, account.externalId);
  if (root === null) return { done: null, words: 'The account has no OneDrive: there is nothing to hand over.' };
  return (await mayChange(session, account.externalId, root, to.externalId))
    ? { done: true, words: 'The colleague may open and change all files.' }
    : { done: false, words: 'The colleague may not open all files.' };
}

const itemPath = (userId: string, item: Json) => `${userPath(userId)}/drive/items/${encodeURIComponent(idOf(item))}`;

/** Whether the top folder lets the colleague write, as one of its permissions says. */
async function mayChange(session: MicrosoftSession, userId: string, root: Json, colleagueId: string): Promise<boolean> {
  const permissions = await allOf(session, `${itemPath(userId, root)}/permissions`, { right });
  return permissions.some(({ roles, grantedToV2, grantedToIdentitiesV2 }) => {
    const mayWrite = Array.isArray(roles) && roles.some((role) => role === 'write' || role === 'owner');
    const holders = [objectOf(grantedToV2), ...objectsOf(grantedToIdentitiesV2)].map(({ user }) => textOf(objectOf(user).id));
    return mayWrite && holders.includes(colleagueId);
  });
}

/** The account's OneDrive and how much it holds; null where it has none yet. */
export const driveOf = (session: MicrosoftSession, userId: string): Promise<Json | null> =>
  getOrNull(session, `${userPath(userId)}/drive`, { query: { $select: 'id,quota' }, right });
