import { apiError, audited, customerId, domain, findUser, type GoogleState, licenceOf, pageOf, routeFor, userId } from './google-state.ts';
import type { FakeAnswer, FakeRequest, FakeRoute } from './start-fake.ts';

type Json = Record<string, any>;

const users = '/admin/directory/v1/users';
const groups = '/admin/directory/v1/groups';
const customers = '/admin/directory/v1/customer';
const noUser = apiError(404, 'notFound', 'Resource Not Found: userKey');

/** The directory of Google: users, groups, roles, and what lets somebody in. */
export const directoryRoutes = (state: GoogleState): FakeRoute[] => [
  ...userRoutes(state),
  ...groupRoutes(state),
  ...roleRoutes(state),
  ...securityRoutes(state),
];

function userRoutes(state: GoogleState): FakeRoute[] {
  const route = routeFor(state);
  const scopes = ['admin.directory.user'];
  let made = 0;

  const withUser = (answer: (user: Json, request: FakeRequest) => FakeAnswer) => (request: FakeRequest) => {
    const key = request.params.userKey!;
    const user = findUser(state, key);
    if (user) return answer(user, request);
    // Of addresses in other domains Google says nothing.
    return key.includes('@') && !key.endsWith(`@${domain}`)
      ? apiError(403, 'forbidden', 'Not Authorized to access this resource/api')
      : noUser;
  };

  const insert = ({ body }: FakeRequest): FakeAnswer => {
    if (!body.password || !body.name?.givenName || !body.name?.familyName) return apiError(400, 'required', 'Missing required field');
    if (findUser(state, body.primaryEmail)) return apiError(409, 'duplicate', 'Entity already exists.');
    if (!body.primaryEmail.endsWith(`@${domain}`)) return apiError(404, 'notFound', 'Domain not found.');
    const { password: _, ...given } = body;
    const user = {
      kind: 'admin#directory#user',
      id: userId(900_000 + made++),
      etag: '"new"',
      isAdmin: false,
      isDelegatedAdmin: false,
      suspended: false,
      archived: false,
      isEnrolledIn2Sv: false,
      lastLoginTime: '1970-01-01T00:00:00.000Z',
      creationTime: '2026-12-01T09:00:00.000Z',
      customerId,
      orgUnitPath: '/',
      ...given,
      name: { ...given.name, fullName: `${given.name.givenName} ${given.name.familyName}` },
    };
    state.users.set(user.id, user);
    state.licences.push(licenceOf('Google-Apps', '1010020027', 'Google Workspace Business Starter', user.primaryEmail));
    return { body: user };
  };

  const patch = (user: Json, { body }: FakeRequest): FakeAnswer => {
    const { password, name, primaryEmail, ...given } = body;
    Object.assign(user, given);
    if (name)
      Object.assign(user.name, name, { fullName: `${name.givenName ?? user.name.givenName} ${name.familyName ?? user.name.familyName}` });
    if (primaryEmail) {
      user.aliases = [...(user.aliases ?? []), user.primaryEmail];
      user.primaryEmail = primaryEmail;
    }
    if (password) audited(state, 'CHANGE_PASSWORD', user.primaryEmail);
    return { body: user };
  };

  const remove = (user: Json): FakeAnswer => {
    state.users.delete(user.id);
    state.deleted.set(user.id, { ...user, deletionTime: '2026-12-01T09:00:00.000Z' });
    return { status: 204 };
  };

  const undelete = ({ params }: FakeRequest): FakeAnswer => {
    const user = state.deleted.get(params.userKey!);
    if (!user) return noUser;
    const { deletionTime: _, ...rest } = user;
    state.deleted.delete(user.id);
    state.users.set(user.id, rest);
    return { status: 204 };
  };

  const list = ({ query }: FakeRequest): FakeAnswer => {
    const wanted = /^email='(.*)'$/.exec(query.get('query') ?? '')?.[1];
    const from = [...(query.get('showDeleted') === 'true' ? state.deleted : state.users).values()];
    const all = wanted === undefined ? from : from.filter(({ primaryEmail }) => primaryEmail === wanted);
    const { records, nextPageToken } = pageOf(all, query, 500);
    return { body: { kind: 'admin#directory#users', etag: '"list"', users: records, nextPageToken } };
  };

  const watch = ({ body, query }: FakeRequest): FakeAnswer => {
    const expiration = String(state.now + Number(body.params?.ttl ?? 3_600) * 1_000);
    const channel = {
      kind: 'api#channel',
      id: body.id,
      resourceId: `users-${query.get('event')}`,
      resourceUri: users,
      token: body.token,
      expiration,
    };
    state.channels.set(body.id, { ...channel, address: body.address });
    return { body: channel };
  };

  const stop = ({ body }: FakeRequest): FakeAnswer =>
    state.channels.delete(body.id) ? { status: 204 } : apiError(404, 'notFound', 'Channel not found');

  return [
    route('POST', `${users}/watch`, scopes, watch),
    route('POST', '/admin/directory_v1/channels/stop', scopes, stop),
    route('GET', users, scopes, list, { list: true }),
    route('POST', users, scopes, insert),
    route(
      'GET',
      `${users}/{userKey}`,
      scopes,
      withUser((user) => ({ body: user })),
    ),
    route('PATCH', `${users}/{userKey}`, scopes, withUser(patch)),
    route('DELETE', `${users}/{userKey}`, scopes, withUser(remove)),
    route('POST', `${users}/{userKey}/undelete`, scopes, undelete),
  ];
}

function groupRoutes(state: GoogleState): FakeRoute[] {
  const route = routeFor(state);
  const reading = ['admin.directory.group.readonly'];
  const membersOf = (id: string) => state.members.get(id)!;

  const list = ({ query }: FakeRequest): FakeAnswer => {
    const user = query.get('userKey');
    const all = [...state.groups.values()]
      .filter(({ id }) => user === null || membersOf(id).has(user) || membersOf(id).has(customerId))
      .map((group) => ({ ...group, directMembersCount: String(membersOf(group.id).size) }));
    const { records, nextPageToken } = pageOf(all, query, 200);
    return { body: { kind: 'admin#directory#groups', etag: '"list"', groups: records, nextPageToken } };
  };

  const inGroup = (answer: (id: string, request: FakeRequest) => FakeAnswer) => (request: FakeRequest) =>
    state.groups.has(request.params.groupKey!)
      ? answer(request.params.groupKey!, request)
      : apiError(404, 'notFound', 'Resource Not Found: groupKey');
  const noMember = apiError(404, 'notFound', 'Resource Not Found: memberKey');

  const members = (id: string, { query }: FakeRequest): FakeAnswer => {
    const { records, nextPageToken } = pageOf([...membersOf(id).values()], query, 200);
    return { body: { kind: 'admin#directory#members', etag: '"list"', members: records, nextPageToken } };
  };

  const insert = (id: string, { body }: FakeRequest): FakeAnswer => {
    const user = findUser(state, body.email);
    if (!user) return noMember;
    if (membersOf(id).has(user.id)) return apiError(409, 'duplicate', 'Member already exists.');
    const member = {
      kind: 'admin#directory#member',
      etag: '"m"',
      id: user.id,
      email: user.primaryEmail,
      role: body.role,
      type: 'USER',
      status: 'ACTIVE',
    };
    membersOf(id).set(user.id, member);
    return { body: member };
  };

  const member = `${groups}/{groupKey}/members/{memberKey}`;
  return [
    route('GET', groups, reading, list),
    route('GET', `${groups}/{groupKey}/members`, reading, inGroup(members)),
    route('POST', `${groups}/{groupKey}/members`, ['admin.directory.group.member'], inGroup(insert)),
    route(
      'GET',
      member,
      reading,
      inGroup((id, { params }) => {
        const found = membersOf(id).get(params.memberKey!);
        return found ? { body: found } : noMember;
      }),
    ),
    route(
      'DELETE',
      member,
      ['admin.directory.group.member'],
      inGroup((id, { params }) => (membersOf(id).delete(params.memberKey!) ? { status: 204 } : noMember)),
    ),
  ];
}

function roleRoutes(state: GoogleState): FakeRoute[] {
  const route = routeFor(state);
  const scopes = ['admin.directory.rolemanagement'];
  const assignments = `${customers}/{customer}/roleassignments`;

  const listRoles = ({ query }: FakeRequest): FakeAnswer => {
    const { records, nextPageToken } = pageOf(state.roles, query, 100);
    return { body: { kind: 'admin#directory#roles', etag: '"list"', items: records, nextPageToken } };
  };
  const list = ({ query }: FakeRequest): FakeAnswer => {
    const user = query.get('userKey');
    const { records, nextPageToken } = pageOf(
      state.assignments.filter(({ assignedTo }) => user === null || assignedTo === user),
      query,
      200,
    );
    return { body: { kind: 'admin#directory#roleAssignments', etag: '"list"', items: records, nextPageToken } };
  };
  const insert = ({ body }: FakeRequest): FakeAnswer => {
    const roleAssignmentId = String(100 + state.assignments.length);
    const made = { kind: 'admin#directory#roleAssignment', etag: '"a"', roleAssignmentId, assigneeType: 'user', ...body };
    state.assignments.push(made);
    return { body: made };
  };
  const remove = ({ params }: FakeRequest): FakeAnswer => {
    const index = state.assignments.findIndex(({ roleAssignmentId }) => roleAssignmentId === params.roleAssignmentId);
    if (index < 0) return apiError(404, 'notFound', 'Resource Not Found: roleAssignmentId');
    state.assignments.splice(index, 1);
    return { status: 204 };
  };
  return [
    route('GET', `${customers}/{customer}/roles`, scopes, listRoles),
    route('GET', assignments, scopes, list),
    route('POST', assignments, scopes, insert),
    route('DELETE', `${assignments}/{roleAssignmentId}`, scopes, remove),
  ];
}

function securityRoutes(state: GoogleState): FakeRoute[] {
  const route = routeFor(state);
  const scopes = ['admin.directory.user.security'];
  const of = (answer: (user: Json, request: FakeRequest) => FakeAnswer) => (request: FakeRequest) => {
    const user = findUser(state, request.params.userKey!);
    return user ? answer(user, request) : noUser;
  };
  const without = (from: Map<string, Json[]>, user: Json, is: (each: Json) => boolean): FakeAnswer => {
    const before = from.get(user.id) ?? [];
    from.set(
      user.id,
      before.filter((each) => !is(each)),
    );
    return before.some(is) ? { status: 204 } : apiError(404, 'notFound', 'Resource Not Found');
  };
  return [
    route(
      'GET',
      `${users}/{userKey}/tokens`,
      scopes,
      of(({ id }) => ({ body: { kind: 'admin#directory#tokenList', etag: '"l"', items: state.appTokens.get(id) } })),
    ),
    route(
      'DELETE',
      `${users}/{userKey}/tokens/{clientId}`,
      scopes,
      of((user, { params }) => without(state.appTokens, user, ({ clientId }) => clientId === params.clientId)),
    ),
    route(
      'GET',
      `${users}/{userKey}/asps`,
      scopes,
      of(({ id }) => ({ body: { kind: 'admin#directory#aspList', etag: '"l"', items: state.appPasswords.get(id) } })),
    ),
    route(
      'DELETE',
      `${users}/{userKey}/asps/{codeId}`,
      scopes,
      of((user, { params }) => without(state.appPasswords, user, ({ codeId }) => String(codeId) === params.codeId)),
    ),
    route(
      'POST',
      `${users}/{userKey}/signOut`,
      scopes,
      of((user) => {
        audited(state, 'RESET_SIGNIN_COOKIES', user.primaryEmail);
        return { status: 204 };
      }),
    ),
    route(
      'POST',
      `${users}/{userKey}/twoStepVerification/turnOff`,
      scopes,
      of((user) => {
        if (!user.isEnrolledIn2Sv) return apiError(400, 'invalid', 'Invalid Input: user is not enrolled in 2-step verification');
        user.isEnrolledIn2Sv = false;
        return { status: 204 };
      }),
    ),
  ];
}
