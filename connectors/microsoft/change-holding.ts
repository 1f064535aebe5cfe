import { type Answer, ConnectorError, type EntitlementRecord, type EntitlementTarget, type Json, textOf } from '../kit/index.ts';
import { allOf, type MicrosoftSession, quoted, userPath } from './call.ts';
import { changeUser, existing } from './change-status.ts';
import { holds } from './holdings-of-one.ts';
import { rights } from './rights.ts';
import { graphOf } from './settings.ts';
import { idOf } from './user.ts';

const assignments = 'roleManagement/directory/roleAssignments';

/** Why Microsoft lets nobody change who holds something of this kind by this way. */
const unchangeable: Record<string, string> = {
  'dynamic group': 'Microsoft itself keeps this group by its rule: change the rule, or what the rule looks at',
  'synced group': "This group comes from the company's own Active Directory: change it there",
  'mail group': 'Distribution lists and mail-enabled security groups can be changed only in the Exchange admin center',
  'licence by group': 'This licence comes from a group: take the account out of the group',
};

function refuseUnchangeable({ kind }: EntitlementRecord): void {
  const why = unchangeable[kind];
  if (why !== undefined) throw new ConnectorError('unsupported', `${why}. Nothing was sent.`);
}

export async function grantEntitlement(session: MicrosoftSession, { account, entitlement }: EntitlementTarget): Promise<Answer> {
  const user = await existing(session, account.externalId);
  if (await holds(session, user, entitlement))
    return { answered: `The account had ${entitlement.name} already. Nothing was sent.`, changed: false };
  refuseUnchangeable(entitlement);
  await give(session, user, entitlement);
  return { answered: `Microsoft gave the account ${entitlement.name}.`, changed: true };
}

async function give(session: MicrosoftSession, user: Json, { kind, externalId }: EntitlementRecord): Promise<void> {
  if (kind === 'group') {
    const body = { '@odata.id': `${graphOf(session.settings)}/directoryObjects/${idOf(user)}` };
    await unlessThere(() => session.http.post(`${membersPath(externalId)}/$ref`, body, { right: rights.members, repeatable: true }));
  } else if (kind === 'role') {
    const { roleDefinitionId, directoryScopeId } = roleParts(externalId);
    const body = { principalId: idOf(user), roleDefinitionId, directoryScopeId };
    await unlessThere(() => session.http.post(assignments, body, { right: rights.roles, repeatable: true }));
  } else {
    await ensureCountry(session, user);
    await changeLicences(session, user, { addLicenses: [{ skuId: externalId, disabledPlans: [] }], removeLicenses: [] });
  }
}

/** Graph answers 400 where it stands so already: another call was first, or ours arrived although its answer was lost. */
async function unlessThere(send: () => Promise<unknown>): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.status !== 400 || !/already exists?|conflicting object/i.test(error.detail ?? ''))
      throw error;
  }
}

/** Microsoft gives a licence only to an account with a country. */
async function ensureCountry(session: MicrosoftSession, user: Json): Promise<void> {
  if (textOf(user.usageLocation) !== null) return;
  const { usageLocation } = session.settings;
  if (usageLocation === undefined)
    throw new ConnectorError(
      'settings',
      'Microsoft gives no licence to an account without a country. Enter "Country of new accounts" in the connection, or set the usage location of this account in Entra. Nothing was sent.',
    );
  await changeUser(session, idOf(user), { usageLocation }, rights.changeUsers);
}

export async function revokeEntitlement(session: MicrosoftSession, { account, entitlement }: EntitlementTarget): Promise<Answer> {
  const user = await existing(session, account.externalId);
  if (!(await holds(session, user, entitlement)))
    return { answered: `The account was without ${entitlement.name} already. Nothing was sent.`, changed: false };
  refuseUnchangeable(entitlement);
  await take(session, user, entitlement);
  return { answered: `Microsoft took ${entitlement.name} from the account.`, changed: true };
}

/** 404 says that it is not held any more. */
async function take(session: MicrosoftSession, user: Json, { kind, externalId }: EntitlementRecord): Promise<void> {
  if (kind === 'group') {
    const path = `${membersPath(externalId)}/${encodeURIComponent(idOf(user))}/$ref`;
    await session.http.delete(path, { right: rights.members, accept: [404] });
  } else if (kind === 'role') {
    const { roleDefinitionId, directoryScopeId } = roleParts(externalId);
    const query = { $filter: `principalId eq ${quoted(idOf(user))}` };
    const held = (await allOf(session, assignments, { query, right: rights.directory })).filter(
      (each) => each.roleDefinitionId === roleDefinitionId && (textOf(each.directoryScopeId) ?? '/') === directoryScopeId,
    );
    for (const each of held)
      await session.http.delete(`${assignments}/${encodeURIComponent(idOf(each))}`, { right: rights.roles, accept: [404] });
  } else {
    await changeLicences(session, user, { addLicenses: [], removeLicenses: [externalId] });
  }
}

async function changeLicences(session: MicrosoftSession, user: Json, body: Json): Promise<void> {
  await session.http.post(`${userPath(idOf(user))}/assignLicense`, body, { right: rights.licences, repeatable: true });
}

const membersPath = (groupId: string) => `groups/${encodeURIComponent(groupId)}/members`;

/** Role and scope, from an id `definition` or `definition/scope`. */
function roleParts(externalId: string): { roleDefinitionId: string; directoryScopeId: string } {
  const slash = externalId.indexOf('/');
  if (slash < 0) return { roleDefinitionId: externalId, directoryScopeId: '/' };
  return { roleDefinitionId: externalId.slice(0, slash), directoryScopeId: externalId.slice(slash) };
}
