import {
  type AccountTarget,
  type Answer,
  type AppGrantTarget,
  ConnectorError,
  type EntitlementTarget,
  type Json,
  type NewAccount,
  objectOf,
  objectsOf,
  type Shown,
  textOf,
} from '../kit/index.ts';
import { type DropboxSession, dropbox, scopes } from './call.ts';
import { byAddress, byId, memberOf } from './members.ts';

const gone: Answer = { answered: 'Dropbox says that there is no such member. Nothing was sent.', changed: false };
const done = (answered: string): Answer => ({ answered: `Dropbox took it: ${answered}.`, changed: true });
const stateOf = (member: Json) => String(objectOf(objectOf(member.profile).status)['.tag']);

/** A suspended member keeps files, shares and groups, and is signed out on every device. */
export async function changeState(session: DropboxSession, { externalId }: AccountTarget, active: boolean): Promise<Answer> {
  const member = await memberOf(session, byId(externalId));
  if (member === null) return gone;
  const state = active ? 'active' : 'suspended';
  if (stateOf(member) === state) return { answered: `The member is ${state} already. Nothing was sent.`, changed: false };
  if (stateOf(member) === 'invited') {
    if (active) return { answered: 'The member is invited and has not come in yet. Nothing was sent.', changed: false };
    throw new ConnectorError('refused', 'Dropbox cannot suspend somebody who is only invited: take the invitation back there.');
  }
  const user = byId(externalId);
  await (active
    ? dropbox(session, 'members/unsuspend', { user }, scopes.write)
    : dropbox(session, 'members/suspend', { user, wipe_data: false }, scopes.write));
  return done(`the member is to be ${state}`);
}

/** Removes the member. Files stay with the team for somebody to take over; with an address in the settings they go there at once. */
export async function remove(session: DropboxSession, { externalId }: AccountTarget): Promise<Answer> {
  if ((await memberOf(session, byId(externalId))) === null) return gone;
  const { filesTo } = session.settings;
  const transfer = filesTo === '' ? {} : { transfer_dest_id: byAddress(filesTo), transfer_admin_id: byAddress(filesTo) };
  await dropbox(session, 'members/remove', { user: byId(externalId), wipe_data: true, keep_account: false, ...transfer }, scopes.remove);
  return done('the member is to be removed');
}

export async function create(session: DropboxSession, account: NewAccount): Promise<Answer & { externalId: string }> {
  const email = account.address ?? account.userName;
  const there = await memberOf(session, byAddress(email));
  if (there)
    return {
      answered: 'The member was there already. Nothing was sent.',
      changed: false,
      externalId: String(objectOf(there.profile).team_member_id),
    };
  const member = {
    member_email: email,
    ...(account.givenName && { member_given_name: account.givenName }),
    ...(account.familyName && { member_surname: account.familyName }),
    ...(account.employeeNumber && { member_external_id: account.employeeNumber }),
    send_welcome_email: true,
  };
  const answer = objectOf(await dropbox(session, 'members/add_v2', { new_members: [member], force_async: false }, scopes.write));
  const [made] = objectsOf(answer.complete);
  if (made && made['.tag'] !== 'success')
    throw new ConnectorError('refused', `Dropbox did not add the member (${String(made['.tag'])}). The team may have no licence left.`);
  const found = made ?? (await memberOf(session, byAddress(email)));
  const id = textOf(objectOf(objectOf(found).profile).team_member_id);
  if (id === null) throw new ConnectorError('busy', 'Dropbox is still adding the member. Try again in a minute.', { temporary: true });
  return { ...done('the member is invited'), externalId: id };
}

export async function changeGroup(session: DropboxSession, { account, entitlement }: EntitlementTarget, held: boolean): Promise<Answer> {
  const member = await memberOf(session, byId(account.externalId));
  if (member === null) return gone;
  const groups = objectOf(member.profile).groups;
  if ((Array.isArray(groups) && groups.includes(entitlement.externalId)) === held)
    return { answered: `The member was ${held ? 'in' : 'not in'} the group already. Nothing was sent.`, changed: false };
  const group = { '.tag': 'group_id', group_id: entitlement.externalId };
  const user = byId(account.externalId);
  await (held
    ? dropbox(
        session,
        'groups/members/add',
        { group, members: [{ user, access_type: { '.tag': 'member' } }], return_members: false },
        scopes.changeGroups,
      )
    : dropbox(session, 'groups/members/remove', { group, users: [user], return_members: false }, scopes.changeGroups));
  return done(`the member is to be ${held ? 'in' : 'out of'} the group`);
}

type Sessions = { web: string[]; desktop: string[]; mobile: string[] };

async function sessionsOf(session: DropboxSession, id: string): Promise<Sessions> {
  const answer = objectOf(
    await dropbox(session, 'devices/list_member_devices', { team_member_id: id }, scopes.sessions, 'member_not_found'),
  );
  const ids = (key: string) => objectsOf(answer[key]).map((each) => String(each.session_id));
  return { web: ids('active_web_sessions'), desktop: ids('desktop_client_sessions'), mobile: ids('mobile_client_sessions') };
}

/** Ends web sessions and unlinks computers and phones; files that lie on them stay there. */
export async function endSessions(session: DropboxSession, { externalId }: AccountTarget): Promise<Answer> {
  const { web, desktop, mobile } = await sessionsOf(session, externalId);
  const revoke = (tag: string, ids: string[], more: Json = {}) =>
    ids.map((session_id) => ({ '.tag': tag, session_id, team_member_id: externalId, ...more }));
  const all = [
    ...revoke('web_session', web),
    ...revoke('desktop_client', desktop, { delete_on_unlink: false }),
    ...revoke('mobile_client', mobile),
  ];
  if (all.length === 0) return { answered: 'There is no session. Nothing was sent.', changed: false };
  await dropbox(session, 'devices/revoke_device_session_batch', { revoke_devices: all }, scopes.endSessions);
  return done(`${all.length} sessions are to be ended`);
}

export async function showsSessions(session: DropboxSession, { externalId }: AccountTarget): Promise<Shown> {
  const { web, desktop, mobile } = await sessionsOf(session, externalId);
  const left = web.length + desktop.length + mobile.length;
  return left === 0
    ? { done: true, words: 'No web session, computer or phone is signed in any more.' }
    : { done: false, words: `${web.length} web sessions, ${desktop.length} computers and ${mobile.length} phones are still signed in.` };
}

async function appsOf(session: DropboxSession, id: string): Promise<string[]> {
  const body = { team_member_id: id };
  const answer = objectOf(await dropbox(session, 'linked_apps/list_member_linked_apps', body, scopes.sessions, 'member_not_found'));
  return objectsOf(answer.linked_api_apps).map(({ app_id }) => String(app_id));
}

export async function revokeApp(session: DropboxSession, { account, grant }: AppGrantTarget): Promise<Answer> {
  if (!(await appsOf(session, account.externalId)).includes(grant.externalId))
    return { answered: 'The program is not linked. Nothing was sent.', changed: false };
  const body = { app_id: grant.externalId, team_member_id: account.externalId };
  await dropbox(session, 'linked_apps/revoke_linked_app', body, scopes.endSessions);
  return done('the program is to be shut out');
}

export async function showsApp(session: DropboxSession, { account, grant }: AppGrantTarget): Promise<Shown> {
  return (await appsOf(session, account.externalId)).includes(grant.externalId)
    ? { done: false, words: `${grant.name} is still linked.` }
    : { done: true, words: `${grant.name} is not linked any more.` };
}
