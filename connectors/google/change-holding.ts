import { type Answer, ConnectorError, type EntitlementRecord, type EntitlementTarget, type Json, textOf } from '../kit/index.ts';
import { asAdministrator, type GoogleSession } from './call.ts';
import { existing } from './change-status.ts';
import { holds, isForEveryone, memberOf, roleAssignments } from './holdings-of-one.ts';
import { licenceParts, productPath } from './licences.ts';
import { scopes } from './scopes.ts';
import { idOf } from './user.ts';

export async function grantEntitlement(session: GoogleSession, { account, entitlement }: EntitlementTarget): Promise<Answer> {
  const user = await existing(session, account.externalId);
  if (await holds(session, user, entitlement))
    return { answered: `The account had ${entitlement.name} already. Nothing was sent.`, changed: false };
  await give(session, user, entitlement);
  return { answered: `Google gave the account ${entitlement.name}.`, changed: true };
}

/** 409 says that it is held: another call was first, or ours arrived although its answer was lost. */
async function give(session: GoogleSession, user: Json, { kind, externalId }: EntitlementRecord): Promise<void> {
  const repeatable = { repeatable: true, accept: [409] };
  if (kind === 'group') {
    const path = `admin/directory/v1/groups/${encodeURIComponent(externalId)}/members`;
    await session.http.post(path, { email: textOf(user.primaryEmail), role: 'MEMBER' }, asAdministrator(scopes.members, repeatable));
  } else if (kind === 'role') {
    const path = `admin/directory/v1/customer/${session.settings.customer}/roleassignments`;
    const body = { roleId: externalId, assignedTo: idOf(user), scopeType: 'CUSTOMER' };
    await session.http.post(path, body, asAdministrator(scopes.roles, repeatable));
  } else {
    const { productId, skuId } = licenceParts(externalId);
    const path = `${productPath(session, productId)}/sku/${encodeURIComponent(skuId)}/user`;
    await session.http.post(path, { userId: textOf(user.primaryEmail) }, asAdministrator(scopes.licences, repeatable));
  }
}

export async function revokeEntitlement(session: GoogleSession, { account, entitlement }: EntitlementTarget): Promise<Answer> {
  const user = await existing(session, account.externalId);
  if (!(await holds(session, user, entitlement)))
    return { answered: `The account was without ${entitlement.name} already. Nothing was sent.`, changed: false };
  await take(session, user, entitlement);
  return { answered: `Google took ${entitlement.name} from the account.`, changed: true };
}

/** 404 says that it is not held any more. */
async function take(session: GoogleSession, user: Json, { kind, externalId, name }: EntitlementRecord): Promise<void> {
  const gone = { accept: [404] };
  if (kind === 'group') {
    if ((await memberOf(session, externalId, idOf(user))) === null && (await isForEveryone(session, externalId, user))) {
      const words = `Everybody in the company is in ${name}, without being listed one by one. Nobody can be taken out alone. Nothing was sent.`;
      throw new ConnectorError('unsupported', words);
    }
    const path = `admin/directory/v1/groups/${encodeURIComponent(externalId)}/members/${encodeURIComponent(idOf(user))}`;
    await session.http.delete(path, asAdministrator(scopes.members, gone));
  } else if (kind === 'role') {
    const assignments = (await roleAssignments(session, idOf(user))).filter(({ roleId }) => roleId === externalId);
    for (const { roleAssignmentId } of assignments) {
      const path = `admin/directory/v1/customer/${session.settings.customer}/roleassignments/${encodeURIComponent(textOf(roleAssignmentId) ?? '')}`;
      await session.http.delete(path, asAdministrator(scopes.roles, gone));
    }
  } else {
    const { productId, skuId } = licenceParts(externalId);
    const address = encodeURIComponent(textOf(user.primaryEmail) ?? '');
    await session.http.delete(
      `${productPath(session, productId)}/sku/${encodeURIComponent(skuId)}/user/${address}`,
      asAdministrator(scopes.licences, gone),
    );
  }
}
