import { type Answer, type AppGrantRecord, type AppGrantTarget, type Json, type Page, type Shown, textOf } from '../kit/index.ts';
import { allOf, type MicrosoftSession, pagesOf, quoted, userPath } from './call.ts';
import { existing } from './change-status.ts';
import { rights } from './rights.ts';
import { gone, isThere } from './security.ts';
import { idOf } from './user.ts';

const atOnce = 500;
const right = rights.directory;

type Program = { externalId: string; name: string };

/** The programs that the company knows, by the id they have here. A program is named by its client ID, which is the same in all companies. */
async function programs(session: MicrosoftSession): Promise<Map<string, Program>> {
  const known = new Map<string, Program>();
  const query = { $select: 'id,appId,displayName', $top: 999 };
  for await (const { records } of pagesOf(session, 'servicePrincipals', { query, right })) {
    for (const { id, appId, displayName } of records) {
      const externalId = textOf(appId);
      if (textOf(id) !== null && externalId !== null) known.set(textOf(id)!, { externalId, name: textOf(displayName) ?? externalId });
    }
  }
  return known;
}

/** What single accounts allowed programs. What an administrator allowed for everybody stands in no account and is not among them. */
export async function* listAppGrants(session: MicrosoftSession): AsyncGenerator<Page<AppGrantRecord>> {
  const known = await programs(session);
  const grants = new Map<string, AppGrantRecord>();
  const query = { $filter: "consentType eq 'Principal'" };
  for await (const { records } of pagesOf(session, 'oauth2PermissionGrants', { query, right })) {
    for (const { principalId, clientId, scope } of records) {
      const account = textOf(principalId);
      const client = textOf(clientId);
      if (account === null || client === null) continue;
      const { externalId, name } = known.get(client) ?? { externalId: client, name: client };
      const key = `${account} ${externalId}`;
      const scopes = [...(grants.get(key)?.scopes ?? []), ...(textOf(scope)?.split(/\s+/) ?? [])].filter((each) => each !== '');
      grants.set(key, { accountExternalId: account, externalId, name, scopes: [...new Set(scopes)], grantedAt: null, lastUsedAt: null });
    }
  }
  const all = [...grants.values()];
  for (let from = 0; from < all.length; from += atOnce)
    yield { records: all.slice(from, from + atOnce), total: all.length, last: from + atOnce >= all.length };
  if (all.length === 0) yield { records: [], total: 0, last: true };
}

export async function revokeAppGrant(session: MicrosoftSession, { account, grant }: AppGrantTarget): Promise<Answer> {
  await existing(session, account.externalId);
  const held = await grantsOf(session, account.externalId, grant.externalId);
  if (held.length === 0) return { answered: `${grant.name} was not allowed to act for the account. Nothing was sent.`, changed: false };
  for (const each of held)
    await session.http.delete(`oauth2PermissionGrants/${encodeURIComponent(idOf(each))}`, { right: rights.programs, accept: [404] });
  return { answered: `Microsoft took from ${grant.name} what it may do in the name of the account.`, changed: true };
}

export async function showsAppGrantRevoked(session: MicrosoftSession, { account, grant }: AppGrantTarget): Promise<Shown> {
  if (!(await isThere(session, account.externalId))) return gone;
  const isGranted = (await grantsOf(session, account.externalId, grant.externalId)).length > 0;
  return { done: !isGranted, words: `${grant.name} may ${isGranted ? 'still act' : 'not act'} in the name of the account.` };
}

/** What one account allowed one program, each interface by itself. */
async function grantsOf(session: MicrosoftSession, userId: string, appId: string): Promise<Json[]> {
  const query = { $filter: `appId eq ${quoted(appId)}`, $select: 'id' };
  const [found, held] = await Promise.all([
    allOf(session, 'servicePrincipals', { query, right }),
    allOf(session, `${userPath(userId)}/oauth2PermissionGrants`, { right }),
  ]);
  const ids = new Set([appId, ...found.map(idOf)]);
  return held.filter(({ clientId }) => ids.has(textOf(clientId) ?? ''));
}
