import {
  type AccountTarget,
  type Answer,
  ConnectorError,
  type EntitlementTarget,
  type NewAccount,
  objectOf,
  textOf,
} from '../kit/index.ts';
import { findAccount, membersOf } from './accounts.ts';
import { type NotionSession, scim } from './call.ts';

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** Takes a member out of the workspace and signs them out. The Notion account itself belongs to its person and stays. */
export async function removeMember(session: NotionSession, { externalId }: AccountTarget): Promise<Answer> {
  const path = `Users/${encodeURIComponent(externalId)}`;
  const { status } = await scim.get(session, path);
  if (status === 404) return { answered: 'Notion says that there is no such member. Nothing was sent.', changed: false };
  const response = await scim.delete(session, path);
  return {
    answered: `Notion answered ${response.status} to taking the member out of the workspace.`,
    changed: response.status === 404 ? false : null,
  };
}

/** Adds a member, unless the address is one. Somebody with a Notion account keeps it, and its id. */
export async function addMember(session: NotionSession, account: NewAccount): Promise<Answer & { externalId: string }> {
  const email = account.address ?? account.userName;
  const before = await findAccount(session, email, { entitlements: 'none' });
  if (before) return { answered: 'Notion has this member already. Nothing was sent.', changed: false, externalId: before.externalId };
  const { givenName, familyName } = account;
  const name = { ...(givenName === null ? {} : { givenName }), ...(familyName === null ? {} : { familyName }) };
  const body = {
    schemas: [core],
    userName: email,
    ...(Object.keys(name).length === 0 ? {} : { name }),
    emails: [{ value: email, primary: true }],
  };
  const response = await scim.post(session, 'Users', body, [409]);
  const id = response.status === 409 ? null : textOf(objectOf(response.json()).id);
  if (id !== null) return { answered: `Notion answered ${response.status} and added ${email}.`, changed: true, externalId: id };
  const after = await findAccount(session, email, { entitlements: 'none' });
  if (after) return { answered: 'Notion has this member.', changed: null, externalId: after.externalId };
  throw new ConnectorError('refused', `Notion answered ${response.status} and shows no member ${email}.`, { status: response.status });
}

/** Puts a member into a group or takes it out (RFC 7644, section 3.5.2). */
export async function changeGroup(session: NotionSession, { account, entitlement }: EntitlementTarget, has: boolean): Promise<Answer> {
  const { externalId: groupId, kind, name } = entitlement;
  if (kind !== 'group')
    throw new ConnectorError('unsupported', `Notion lets nobody give or take the ${kind} ${name} here. Nothing was changed.`);
  const members = await membersOf(session, groupId);
  const id = account.externalId;
  if (members?.includes(id) === has)
    return { answered: `The member was ${has ? 'in' : 'without'} ${name} already. Nothing was sent.`, changed: false };
  const operation = has ? { op: 'add', path: 'members', value: [{ value: id }] } : { op: 'remove', path: `members[value eq "${id}"]` };
  const response = await scim.patch(session, `Groups/${encodeURIComponent(groupId)}`, { schemas: [patchOp], Operations: [operation] });
  return { answered: `Notion answered ${response.status} to the change of ${name}.`, changed: members === null ? null : true };
}
