import { type FakeAnswer, type FakeRequest, type FakeRoute, startFake } from './start-fake.ts';
import { fixtureSecret, type VendorFixture } from './vendor-fixture.ts';

const configured = (address: string) => ({
  settings: { appKey: 'groundcrewapp', baseUrl: address },
  secrets: { appSecret: fixtureSecret, refreshToken: `${fixtureSecret}-refresh` },
});

const accessToken = 'handed-out-by-the-fake';
const basic = `Basic ${Buffer.from(`groundcrewapp:${fixtureSecret}`).toString('base64')}`;
const at = '2026-11-20T08:00:00Z';

type Member = {
  id: string;
  email: string;
  given: string;
  sur: string;
  status: string;
  groups: Set<string>;
  admin: boolean;
  sessions: number;
  apps: Set<string>;
};

const memberId = (index: number) => `dbmid:A${String(index).padStart(38, 'A')}`;
const fault = (summary: string): FakeAnswer => ({
  status: 409,
  body: { error_summary: `${summary}/..`, error: { '.tag': summary } },
});

function dropboxRoutes(accounts: number) {
  let members: Member[] = Array.from({ length: accounts }, (_, index) => ({
    ...{ id: memberId(index), email: `person${index}@acme.example`, given: 'Person', sur: String(index) },
    ...{ status: index % 20 === 19 ? 'suspended' : index % 20 === 18 ? 'invited' : 'active', admin: index === 0, sessions: index % 2 },
    ...{ groups: new Set(index % 4 === 0 ? ['g:sales'] : []), apps: new Set(index % 5 === 1 ? ['dbaid:notes'] : []) },
  }));
  const groups = [
    { group_id: 'g:everyone', group_name: 'Everyone at Acme', group_management_type: { '.tag': 'system_managed' } },
    { group_id: 'g:sales', group_name: 'Sales', group_management_type: { '.tag': 'company_managed' } },
    { group_id: 'g:spare', group_name: 'Spare', group_management_type: { '.tag': 'company_managed' } },
  ];
  const infoOf = (member: Member) => ({
    profile: {
      ...{ team_member_id: member.id, email: member.email, email_verified: true, status: { '.tag': member.status } },
      name: {
        ...{ given_name: member.given, surname: member.sur, familiar_name: member.given },
        ...{ display_name: `${member.given} ${member.sur}`, abbreviated_name: 'P' },
      },
      ...{ membership_type: { '.tag': 'full' }, groups: [...member.groups], member_folder_id: '20', root_folder_id: '30', joined_on: at },
    },
    roles: member.admin ? [{ role_id: 'pid_dbtmr:1', name: 'Team admin', description: 'Can do everything.' }] : [],
  });
  const found = (user: any) =>
    members.find(({ id, email }) => (user['.tag'] === 'email' ? email === user.email : id === user.team_member_id));
  const withUser = ({ body }: FakeRequest, act: (member: Member) => FakeAnswer) => {
    const member = found(body.user);
    return member ? act(member) : fault('user_not_found');
  };
  const page = (from: number, size: number): FakeAnswer => ({
    body: {
      members: members.slice(from, from + size).map(infoOf),
      cursor: JSON.stringify([from + size, size]),
      has_more: from + size < members.length,
    },
  });
  const changed = (id: string): FakeAnswer => {
    const group = groups.find(({ group_id }) => group_id === id);
    return group ? { body: { group_info: { ...group, created: 1_700_000_000_000 }, async_job_id: 'job' } } : fault('group_not_found');
  };
  const devicesOf = ({ id, sessions }: Member) => ({
    active_web_sessions: Array.from({ length: sessions }, (_, index) => ({
      ...{ session_id: `dbwsid:${id}${index}`, user_agent: 'Mozilla/5.0', os: 'Windows', browser: 'Chrome' },
    })),
    desktop_client_sessions: [],
    mobile_client_sessions: [],
  });
  const appOf = (id: string) => ({ app_id: id, app_name: 'Notes', is_app_folder: false, linked: at });
  const byMember = ({ body }: FakeRequest) => members.find(({ id }) => id === body.team_member_id);
  const post = (path: string, right: string, answer: FakeRoute['answer'], more: Partial<FakeRoute> = {}): FakeRoute => ({
    ...{ method: 'POST', path: `/2/team/${path}`, right, answer },
    ...more,
  });

  return [
    {
      method: 'POST',
      path: '/oauth2/token',
      open: true,
      answer: ({ headers, body }) =>
        headers.authorization === basic && body.refresh_token === `${fixtureSecret}-refresh`
          ? { body: { access_token: accessToken, token_type: 'bearer', expires_in: 14_400 } }
          : { status: 400, body: { error: 'invalid_grant', error_description: 'refresh token is invalid or revoked' } },
    },
    post('get_info', 'team_info.read', () => ({
      body: {
        ...{ name: 'Acme', team_id: 'dbtid:1', num_licensed_users: accounts + 5, num_provisioned_users: members.length },
        ...{ num_used_licenses: members.length },
        policies: {
          sharing: {
            ...{ shared_folder_member_policy: { '.tag': 'team' }, shared_folder_join_policy: { '.tag': 'from_team_only' } },
            ...{ shared_link_create_policy: { '.tag': 'default_public' }, group_creation_policy: { '.tag': 'admins_only' } },
            ...{ shared_folder_link_restriction_policy: { '.tag': 'members' }, enforce_link_password_policy: { '.tag': 'optional' } },
            ...{ default_link_expiration_days_policy: { '.tag': 'none' }, shared_link_default_permissions_policy: { '.tag': 'default' } },
          },
          ...{ emm_state: { '.tag': 'disabled' }, office_addin: { '.tag': 'disabled' }, suggest_members_policy: { '.tag': 'enabled' } },
          top_level_content_policy: { '.tag': 'everyone' },
        },
      },
    })),
    post('members/list_v2', 'members.read', ({ body }) => page(0, Math.min(1_000, body.limit ?? 1_000)), { list: true }),
    post('members/list/continue_v2', 'members.read', ({ body }) => page(...(JSON.parse(body.cursor) as [number, number])), { list: true }),
    post('members/get_info_v2', 'members.read', ({ body }) => ({
      body: {
        members_info: body.members.map((user: any) => {
          const member = found(user);
          return member
            ? { '.tag': 'member_info', ...infoOf(member) }
            : { '.tag': 'id_not_found', id_not_found: user.team_member_id ?? user.email };
        }),
      },
    })),
    post('members/add_v2', 'members.write', ({ body }) => ({
      body: {
        '.tag': 'complete',
        complete: body.new_members.map((each: any) => {
          if (found({ '.tag': 'email', email: each.member_email }))
            return { '.tag': 'user_already_on_team', user_already_on_team: each.member_email };
          const [given, sur] = [each.member_given_name ?? '', each.member_surname ?? ''];
          const id = memberId(900_000 + members.length);
          members.push({
            id,
            email: each.member_email,
            given,
            sur,
            status: 'invited',
            groups: new Set(),
            admin: false,
            sessions: 0,
            apps: new Set(),
          });
          return { '.tag': 'success', ...infoOf(members.at(-1)!) };
        }),
      },
    })),
    post('members/suspend', 'members.write', (request) =>
      withUser(request, (member) => {
        if (member.status !== 'active') return fault('suspend_inactive_user');
        Object.assign(member, { status: 'suspended', sessions: 0 });
        return {};
      }),
    ),
    post('members/unsuspend', 'members.write', (request) =>
      withUser(request, (member) => {
        if (member.status !== 'suspended') return fault('unsuspend_non_suspended_member');
        member.status = 'active';
        return {};
      }),
    ),
    post('members/remove', 'members.delete', (request) =>
      withUser(request, (member) => {
        members = members.filter((each) => each !== member);
        return { body: { '.tag': 'complete' } };
      }),
    ),
    post('groups/list', 'groups.read', () => ({ body: { groups, cursor: 'x', has_more: false } })),
    post('groups/members/add', 'groups.write', ({ body }) => {
      found(body.members[0].user)?.groups.add(body.group.group_id);
      return changed(body.group.group_id);
    }),
    post('groups/members/remove', 'groups.write', ({ body }) => {
      found(body.users[0])?.groups.delete(body.group.group_id);
      return changed(body.group.group_id);
    }),
    post('devices/list_member_devices', 'sessions.list', (request) => {
      const member = byMember(request);
      return member ? { body: devicesOf(member) } : fault('member_not_found');
    }),
    post('devices/revoke_device_session_batch', 'sessions.modify', ({ body }) => {
      for (const { team_member_id } of body.revoke_devices) for (const each of members) if (each.id === team_member_id) each.sessions = 0;
      return { body: { revoke_devices_status: body.revoke_devices.map(() => ({ success: true })) } };
    }),
    post('linked_apps/list_members_linked_apps', 'sessions.list', () => ({
      body: {
        apps: members
          .filter(({ apps }) => apps.size > 0)
          .map(({ id, apps }) => ({ team_member_id: id, linked_api_apps: [...apps].map(appOf) })),
        has_more: false,
      },
    })),
    post('linked_apps/list_member_linked_apps', 'sessions.list', (request) => {
      const member = byMember(request);
      return member ? { body: { linked_api_apps: [...member.apps].map(appOf) } } : fault('member_not_found');
    }),
    post('linked_apps/revoke_linked_app', 'sessions.modify', (request) => {
      byMember(request)?.apps.delete(request.body.app_id);
      return {};
    }),
  ] satisfies FakeRoute[];
}

/** A Dropbox team, as the sweep over all connectors starts it. */
export const fixture: VendorFixture = {
  description: {
    kind: 'stone',
    files: ['async', 'common', 'team', 'team_common', 'team_policies', 'users', 'users_common'].map((name) => `dropbox/${name}.stone`),
    below: '/2',
    undescribed: [{ path: '/oauth2/token', source: 'dropbox.com/developers: OAuth guide' }],
  },
  configured,
  async start({ accounts }) {
    const server = await startFake({
      routes: dropboxRoutes(accounts),
      manners: {
        authorized: ({ headers }) => headers.authorization === `Bearer ${accessToken}`,
        unauthorized: () => ({
          status: 401,
          body: { error_summary: 'expired_access_token/..', error: { '.tag': 'expired_access_token' } },
        }),
        forbidden: (right) => ({
          status: 401,
          body: { error_summary: 'missing_scope/..', error: { '.tag': 'missing_scope', required_scope: right } },
        }),
        tooMany: (seconds) => ({
          status: 429,
          headers: { 'retry-after': String(seconds) },
          body: { error_summary: 'too_many_requests/..', error: { reason: { '.tag': 'too_many_requests' }, retry_after: seconds } },
        }),
      },
    });
    return {
      server,
      ...configured(server.address),
      account: { id: memberId(1), userName: 'person1@acme.example' },
      colleague: { id: memberId(2), userName: 'person2@acme.example', address: 'person2@acme.example' },
      entitlement: { kind: 'group', externalId: 'g:spare', name: 'Spare' },
      missingId: memberId(77_777_777),
      appGrant: { externalId: 'dbaid:notes', name: 'Notes' },
    };
  },
};
