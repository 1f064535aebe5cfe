import { ConnectorError, type EntitlementRecord, type Json } from '../kit/index.ts';
import { allOf, type MicrosoftSession, userPath } from './call.ts';
import { groupFields, groupOf, type Holdings, licenceNames, rolesByHolder, wanted } from './holdings.ts';
import { rights } from './rights.ts';
import { idOf, licencesOf } from './user.ts';

/** The holdings of one user, read afresh. */
export const holdingsOf = async (session: MicrosoftSession, user: Json): Promise<Holdings> => ({
  groups: await wanted(session, 'group', async () => new Map([[idOf(user), await groupsOf(session, idOf(user))]])),
  roles: await wanted(session, 'role', rolesByHolder),
  names: await wanted(session, 'licence', licenceNames),
});

/** The groups that a user is in directly. */
async function groupsOf(session: MicrosoftSession, userId: string): Promise<EntitlementRecord[]> {
  const options = { query: { $select: groupFields, $top: 999 }, right: rights.groups };
  const all = await allOf(session, `${userPath(userId)}/memberOf`, options);
  return all.filter((each) => each['@odata.type'] === '#microsoft.graph.group').map(groupOf);
}

/** Whether a user holds one thing, read afresh. Throws ConnectorError `refused` for a kind that Microsoft does not have. */
export async function holds(session: MicrosoftSession, user: Json, { kind, externalId }: EntitlementRecord): Promise<boolean> {
  switch (kind) {
    case 'group':
    case 'dynamic group':
    case 'synced group':
    case 'mail group':
      return (await groupsOf(session, idOf(user))).some((group) => group.externalId === externalId);
    case 'role':
      return ((await rolesByHolder(session)).get(idOf(user)) ?? []).some((role) => role.externalId === externalId);
    case 'licence':
      return licencesOf(user).some(({ skuId, byGroupOnly }) => skuId === externalId && !byGroupOnly);
    case 'licence by group':
      return licencesOf(user).some(({ skuId, byGroupOnly }) => skuId === externalId && byGroupOnly);
    default:
      throw new ConnectorError('refused', `Microsoft knows groups, roles and licences, and no ${kind}. Nothing was sent.`);
  }
}
