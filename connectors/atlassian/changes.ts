import {
  type AccountTarget,
  type Answer,
  ConnectorError,
  type EntitlementTarget,
  type NewAccount,
  objectOf,
  textOf,
} from '../kit/index.ts';
import { findAccount, groupsOfOne, readAccount } from './accounts.ts';
import { setSuspended } from './directory.ts';
import { type AtlassianSession, rights } from './settings.ts';

const api = 'rest/api/3';
const gone: Answer = { answered: 'Atlassian shows no such account on the site. Nothing was sent.', changed: false };

/** Suspends an account in the organization's directories, or restores it with the groups and roles it had. */
export async function changeSuspended(session: AtlassianSession, { externalId }: AccountTarget, suspended: boolean): Promise<Answer> {
  const before = await readAccount(session, externalId, { entitlements: 'none' });
  if (before === null) return gone;
  const state = suspended ? 'suspended' : 'active';
  if (before.status === state) return { answered: `The account was ${state} already. Nothing was sent.`, changed: false };
  const directories = await setSuspended(session, externalId, suspended);
  if (directories === 0)
    throw new ConnectorError(
      'missing',
      'The account is in none of the organization’s directories, so it cannot be suspended there. Delete it from the site, or take its groups.',
    );
  return {
    answered: `Atlassian took it in ${directories} ${directories === 1 ? 'directory' : 'directories'}: the account is to be ${state}.`,
    changed: null,
  };
}

/** Takes an account out of the site. The Atlassian account itself belongs to its person or domain and stays. */
export async function deleteFromSite(session: AtlassianSession, { externalId }: AccountTarget): Promise<Answer> {
  if ((await readAccount(session, externalId, { entitlements: 'none' })) === null) return gone;
  const response = await session.http.delete(`${api}/user`, { query: { accountId: externalId }, accept: [404], right: rights.site });
  return {
    answered: `Atlassian answered ${response.status} to taking the account out of the site.`,
    changed: response.status === 404 ? false : null,
  };
}

/** Invites an address to the site without any product: groups give those. */
export async function invite(session: AtlassianSession, account: NewAccount): Promise<Answer & { externalId: string }> {
  const emailAddress = account.address ?? account.userName;
  const before = await findAccount(session, emailAddress, { entitlements: 'none' });
  if (before) return { answered: 'The site has this account already. Nothing was sent.', changed: false, externalId: before.externalId };
  const response = await session.http.post(`${api}/user`, { emailAddress, products: [] }, { right: rights.site });
  const id = textOf(objectOf(response.json()).accountId);
  if (id === null)
    throw new ConnectorError('broken', 'Atlassian answered to the invitation without the account’s ID.', { mayHaveHappened: true });
  return { answered: `Atlassian answered ${response.status} and invited ${emailAddress}.`, changed: true, externalId: id };
}

export async function changeGroup(session: AtlassianSession, { account, entitlement }: EntitlementTarget, has: boolean): Promise<Answer> {
  const { externalId: groupId, kind, name } = entitlement;
  if (kind !== 'group')
    throw new ConnectorError('unsupported', `${name} comes through a group and cannot be changed by itself. Nothing was changed.`);
  const accountId = account.externalId;
  const held = (await groupsOfOne(session, accountId)).some(({ externalId }) => externalId === groupId);
  if (held === has) return { answered: `The account was ${has ? 'in' : 'without'} ${name} already. Nothing was sent.`, changed: false };
  const right = rights.site;
  const response = has
    ? await session.http.post(`${api}/group/user`, { accountId }, { query: { groupId }, right, repeatable: true })
    : await session.http.delete(`${api}/group/user`, { query: { groupId, accountId }, right });
  return { answered: `Atlassian answered ${response.status} to the change of ${name}.`, changed: true };
}
