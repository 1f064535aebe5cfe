import { type FakeAnswer, type FakeRequest, type FakeRoute, startFake } from './start-fake.ts';
import { fixtureSecret, type VendorFixture } from './vendor-fixture.ts';

const adminSecret = `${fixtureSecret}-admin`;
const configured = (address: string) => ({ settings: { baseUrl: address }, secrets: { token: fixtureSecret, adminToken: adminSecret } });

type User = {
  id: string;
  name: string;
  email: string;
  given: string;
  family: string;
  deleted: boolean;
  bot: boolean;
  guest: boolean;
  admin: boolean;
};

const ok = (body: object): FakeAnswer => ({ body: { ok: true, ...body } });
const no = (error: string, more: object = {}): FakeAnswer => ({ body: { ok: false, error, ...more } });

const userId = (index: number) => `U0${index.toString(36).toUpperCase().padStart(7, '0')}`;

/** As users.list shows it: a deactivated user lacks most flags. */
const shown = ({ id, name, email, given, family, deleted, bot, guest, admin }: User) => ({
  id,
  name,
  team_id: 'T0ACME001',
  deleted,
  profile: {
    ...{ real_name: `${given} ${family}`, real_name_normalized: `${given} ${family}`, display_name: name, display_name_normalized: name },
    ...{ avatar_hash: 'g1', title: '', phone: '', skype: '', status_text: '', status_emoji: '', fields: {} },
    ...{ first_name: given, last_name: family, team: 'T0ACME001', ...(bot ? {} : { email }) },
  },
  is_bot: bot,
  is_app_user: false,
  updated: 1_764_000_000,
  ...(deleted
    ? {}
    : {
        ...{ color: '9f69e7', real_name: `${given} ${family}`, tz: 'Europe/Berlin', tz_label: 'CET', tz_offset: 3600 },
        ...{ is_admin: admin, is_owner: admin, is_primary_owner: admin, is_restricted: guest, is_ultra_restricted: false, has_2fa: admin },
      }),
});

function slackRoutes(accounts: number) {
  const users: User[] = Array.from({ length: accounts }, (_, index) => ({
    id: userId(index),
    name: `person${index}`,
    email: `person${index}@acme.example`,
    given: 'Person',
    family: String(index),
    deleted: index % 20 === 19,
    bot: index % 100 === 50,
    guest: index % 30 === 7,
    admin: index === 0,
  }));
  const groups = new Map([
    ['S0SALES01', { name: 'Sales', users: users.filter(({ deleted }, index) => !deleted && index % 3 === 0).map(({ id }) => id) }],
    ['S0SPARE01', { name: 'Spare', users: [userId(2)] }],
  ]);
  const subteam = (id: string) => ({
    ...{ id, team_id: 'T0ACME001', is_usergroup: true, is_subteam: true, is_external: false, name: groups.get(id)!.name, description: '' },
    ...{ handle: groups.get(id)!.name.toLowerCase(), date_create: 1_700_000_000, date_update: 1_700_000_000, date_delete: 0 },
    ...{
      auto_type: null,
      auto_provision: false,
      enterprise_subteam_id: '',
      created_by: userId(0),
      updated_by: userId(0),
      deleted_by: null,
    },
    prefs: { channels: [], groups: [] },
    users: groups.get(id)!.users,
  });
  const byId = (id: string | null | undefined) => users.find((user) => user.id === id);
  const scimUser = (user: User) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    id: user.id,
    userName: user.name,
    name: { givenName: user.given, familyName: user.family },
    active: !user.deleted,
    emails: [{ value: user.email, primary: true }],
  });
  const scimError = (status: number, detail: string): FakeAnswer => ({
    status,
    body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status), detail },
  });

  const routes: FakeRoute[] = [
    {
      method: 'GET',
      path: '/api/auth.test',
      answer: () => ok({ url: 'https://acme.slack.com/', team: 'Acme', user: 'person0', team_id: 'T0ACME001', user_id: userId(0) }),
    },
    {
      method: 'GET',
      path: '/api/users.list',
      right: 'users:read',
      list: true,
      answer: ({ query }) => {
        const from = query.get('cursor') ? Number(atob(query.get('cursor')!).split(':')[1]) : 0;
        const to = from + Math.min(1_000, Number(query.get('limit') ?? 1_000));
        const next_cursor = to < users.length ? btoa(`user:${to}`) : '';
        return ok({ members: users.slice(from, to).map(shown), cache_ts: 1_764_000_000, response_metadata: { next_cursor } });
      },
    },
    {
      method: 'GET',
      path: '/api/users.info',
      right: 'users:read',
      answer: ({ query }) => {
        const user = byId(query.get('user'));
        return user ? ok({ user: shown(user) }) : no('user_not_found');
      },
    },
    {
      method: 'GET',
      path: '/api/usergroups.list',
      right: 'usergroups:read',
      answer: () => ok({ usergroups: [...groups.keys()].map(subteam) }),
    },
    {
      method: 'GET',
      path: '/api/usergroups.users.list',
      right: 'usergroups:read',
      answer: ({ query }) => {
        const group = groups.get(query.get('usergroup') ?? '');
        return group ? ok({ users: group.users }) : no('no_such_subteam');
      },
    },
    {
      method: 'POST',
      path: '/api/usergroups.users.update',
      right: 'usergroups:write',
      answer: ({ body }) => {
        const group = groups.get(body.usergroup);
        if (!group) return no('no_such_subteam');
        if (!body.users) return no('no_users_provided');
        group.users = body.users.split(',');
        return ok({ usergroup: subteam(body.usergroup) });
      },
    },
    {
      method: 'GET',
      path: '/api/team.accessLogs',
      right: 'admin',
      answer: ({ query }) => {
        const logins = users.slice(0, 20).map(({ id, name }, index) => ({
          ...{ user_id: id, username: name, date_first: 1_700_000_000, date_last: 1_764_000_000 - index, count: 3 },
          ...{ ip: '192.0.2.7', user_agent: 'SlackWeb', isp: null, country: null, region: null },
        }));
        return ok({ logins, paging: { count: Number(query.get('count')), total: logins.length, page: 1, pages: 1 } });
      },
    },
    {
      method: 'GET',
      path: '/scim/v2/Users',
      right: 'admin',
      answer: () => ({ body: { totalResults: users.length, itemsPerPage: 1, startIndex: 1, Resources: [scimUser(users[0]!)] } }),
    },
    {
      method: 'POST',
      path: '/scim/v2/Users',
      right: 'admin',
      answer: ({ body }) => {
        const email = body.emails[0].value as string;
        if (body.userName.length > 21 || /@/.test(body.userName)) return scimError(400, 'invalid_username');
        if (users.some((user) => user.email === email || user.name === body.userName)) return scimError(409, 'username_taken');
        const { givenName = '', familyName = '' } = body.name ?? {};
        users.push({
          ...{ id: userId(90_000 + users.length), name: body.userName, email, given: givenName, family: familyName },
          ...{ deleted: false, bot: false, guest: false, admin: false },
        });
        return { status: 201, body: scimUser(users.at(-1)!) };
      },
    },
    {
      method: 'PATCH',
      path: '/scim/v2/Users/{id}',
      right: 'admin',
      answer: ({ params, body }) => {
        const user = byId(params.id);
        if (!user) return scimError(404, 'user_not_found');
        user.deleted = !body.Operations[0].value;
        return { body: scimUser(user) };
      },
    },
  ];
  return routes;
}

const isScim = ({ path }: FakeRequest) => path.startsWith('/scim/') || path.endsWith('/team.accessLogs');

/** Slack, as the sweep over all connectors starts it. */
export const fixture: VendorFixture = {
  description: {
    kind: 'openapi',
    files: ['slack/slack_web_openapi_v2.json'],
    undescribed: [{ path: '/scim/v2', source: 'docs.slack.dev: SCIM 2.0 API reference' }],
    forgiven: [
      {
        fault: 'query: token is missing',
        why: 'The token goes in the Authorization header, as Slack recommends; the description is of 2021.',
      },
      { fault: 'GET /api/users.info answer 200', why: 'Slack says errors with 200 too; the description puts them under default.' },
    ],
  },
  configured,
  async start({ accounts }) {
    const server = await startFake({
      routes: slackRoutes(accounts),
      manners: {
        authorized: (request) => request.headers.authorization === `Bearer ${isScim(request) ? adminSecret : fixtureSecret}`,
        unauthorized: () => no('invalid_auth'),
        forbidden: (right) => no('missing_scope', { needed: right, provided: 'identify' }),
        tooMany: (seconds) => ({ status: 429, headers: { 'retry-after': String(seconds) }, body: { ok: false, error: 'ratelimited' } }),
      },
    });
    return {
      server,
      ...configured(server.address),
      account: { id: userId(1), userName: 'person1' },
      colleague: { id: userId(2), userName: 'person2', address: 'person2@acme.example' },
      entitlement: { kind: 'group', externalId: 'S0SPARE01', name: 'Spare' },
      missingId: 'U0NOBODY0',
      appGrant: null,
    };
  },
};
