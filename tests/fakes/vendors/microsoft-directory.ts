import {
  clientId,
  domain,
  findUser,
  graphError,
  guid,
  type MicrosoftState,
  none,
  now,
  page,
  route,
  selected,
  stateOf,
  userId,
} from './microsoft-state.ts';
import type { FakeAnswer, FakeRequest, FakeRoute } from './start-fake.ts';

type Json = Record<string, any>;

const synced = graphError(
  400,
  'Request_BadRequest',
  'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
);

/** The directory: users, groups, roles, licences, and what changed in it. */
export const directoryRoutes = (state: MicrosoftState): FakeRoute[] => [
  ...deltaRoutes(state),
  ...userRoutes(state),
  ...groupRoutes(state),
  ...roleRoutes(state),
];

const withUser = (state: MicrosoftState, answer: (user: Json, request: FakeRequest) => FakeAnswer) => (request: FakeRequest) => {
  const user = findUser(state, request.params.id!);
  return user ? answer(user, request) : none(request.params.id!);
};

function userRoutes(state: MicrosoftState): FakeRoute[] {
  let made = 0;
  const changed = (user: Json) => state.log.push({ what: 'users', id: user.id });

  /** Without Entra ID P1 nobody's sign-ins are told. */
  const told = (request: FakeRequest, answer: () => FakeAnswer): FakeAnswer =>
    request.query.get('$select')?.includes('signInActivity') && !state.premium
      ? graphError(
          403,
          'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
          "Neither tenant is B2C or tenant doesn't have premium license",
        )
      : answer();

  const list = (request: FakeRequest): FakeAnswer => {
    const mail = /^mail eq '(.*)'$/.exec(request.query.get('$filter') ?? '')?.[1];
    const withManager = request.query.has('$expand');
    const all = [...state.users.values()].filter((user) => mail === undefined || user.mail?.toLowerCase() === mail.toLowerCase());
    return told(request, () => {
      const answer = page(request, all, request.query.get('$select')?.includes('signInActivity') ? 500 : 999);
      const { value } = answer.body as { value: Json[] };
      if (withManager) for (const user of value) if (state.users.get(user.id)?.manager) user.manager = state.users.get(user.id)!.manager;
      return answer;
    });
  };

  const insert = ({ body }: FakeRequest): FakeAnswer => {
    if (!body.passwordProfile?.password || !body.displayName || !body.mailNickname)
      return graphError(400, 'Request_BadRequest', 'One or more properties are missing.');
    if (findUser(state, body.userPrincipalName))
      return graphError(400, 'Request_BadRequest', 'Another object with the same value for property userPrincipalName already exists.');
    if (!body.userPrincipalName.endsWith(`@${domain}`))
      return graphError(
        400,
        'Request_BadRequest',
        'The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.',
      );
    const { passwordProfile: _, ...given } = body;
    const user = {
      id: userId(900_000 + made++),
      mail: null,
      proxyAddresses: [],
      employeeId: null,
      department: null,
      jobTitle: null,
      userType: 'Member',
      onPremisesSyncEnabled: null,
      usageLocation: null,
      assignedLicenses: [],
      licenseAssignmentStates: [],
      lastPasswordChangeDateTime: now,
      signInSessionsValidFromDateTime: now,
      signInActivity: null,
      ...given,
    };
    state.users.set(user.id, user);
    changed(user);
    return { status: 201, body: user };
  };

  const patch = (user: Json, { body }: FakeRequest): FakeAnswer => {
    const { passwordProfile, ...given } = body;
    if (user.onPremisesSyncEnabled) return synced;
    Object.assign(user, given);
    if (passwordProfile) user.lastPasswordChangeDateTime = now;
    changed(user);
    return { status: 204 };
  };

  const remove = (user: Json): FakeAnswer => {
    state.users.delete(user.id);
    state.deleted.set(user.id, { '@odata.type': '#microsoft.graph.user', ...user, deletedDateTime: now });
    for (const members of state.members.values()) members.delete(user.id);
    state.log.push({ what: 'users', id: user.id, removed: true });
    return { status: 204 };
  };

  const deleted = ({ params, query }: FakeRequest): FakeAnswer => {
    const user = state.deleted.get(params.id!);
    return user ? { body: selected(user, query) } : none(params.id!);
  };

  const restore = ({ params }: FakeRequest): FakeAnswer => {
    const user = state.deleted.get(params.id!);
    if (!user) return none(params.id!);
    const { deletedDateTime: _, '@odata.type': __, ...rest } = user;
    state.deleted.delete(user.id);
    state.users.set(user.id, rest as Json);
    return { body: { '@odata.type': '#microsoft.graph.user', ...rest } };
  };

  const licences = (user: Json, { body }: FakeRequest): FakeAnswer => {
    if (body.addLicenses.length > 0 && !user.usageLocation)
      return graphError(400, 'Request_BadRequest', 'License assignment cannot be done for user with invalid usage location.');
    const states = user.licenseAssignmentStates.filter(
      ({ skuId, assignedByGroup }: Json) => assignedByGroup !== null || !body.removeLicenses.includes(skuId),
    );
    for (const { skuId } of body.addLicenses) states.push(stateOf(skuId, null));
    user.licenseAssignmentStates = states;
    user.assignedLicenses = [...new Set<string>(states.map(({ skuId }: Json) => skuId))].map((skuId) => ({ skuId, disabledPlans: [] }));
    changed(user);
    const { manager: _, ...shown } = user;
    return { body: { '@odata.context': '', ...shown } };
  };

  const sessions = (user: Json, { origin }: FakeRequest): FakeAnswer => {
    user.signInSessionsValidFromDateTime = now;
    return { body: { '@odata.context': `${origin}/v1.0/$metadata#Edm.Boolean`, value: true } };
  };

  const memberOf = (user: Json, request: FakeRequest): FakeAnswer => {
    const groups = [...state.groups.values()].filter(({ id }) => state.members.get(id)!.has(user.id));
    const unit = { '@odata.type': '#microsoft.graph.administrativeUnit', id: guid(4, 1), displayName: 'Berlin' };
    return page(request, [unit, ...groups.map((group) => ({ '@odata.type': '#microsoft.graph.group', ...group }))]);
  };

  const owned = (user: Json, request: FakeRequest): FakeAnswer => {
    const all = [
      { '@odata.type': '#microsoft.graph.group', ...state.groups.get(guid(2, 1)) },
      { '@odata.type': '#microsoft.graph.application', id: guid(8, 1), displayName: 'Time sheet' },
      { '@odata.type': '#microsoft.graph.device', id: guid(8, 2), displayName: 'Laptop' },
    ];
    return page(request, user.id === userId(1) ? all : []);
  };

  const of = (answer: (user: Json, request: FakeRequest) => FakeAnswer) => withUser(state, answer);
  return [
    route('GET', '/users', 'User.Read.All', list, { list: true }),
    route('POST', '/users', 'User.ReadWrite.All', insert),
    route(
      'GET',
      '/users/{id}',
      'User.Read.All',
      of((user, request) => told(request, () => ({ body: { '@odata.context': '', ...selected(user, request.query) } }))),
    ),
    route('PATCH', '/users/{id}', 'User.EnableDisableAccount.All', of(patch)),
    route('DELETE', '/users/{id}', 'User.ReadWrite.All', of(remove)),
    route('POST', '/users/{id}/assignLicense', 'LicenseAssignment.ReadWrite.All', of(licences)),
    route('POST', '/users/{id}/revokeSignInSessions', 'User.RevokeSessions.All', of(sessions)),
    route('GET', '/users/{id}/memberOf', 'GroupMember.Read.All', of(memberOf)),
    route('GET', '/users/{id}/ownedObjects', 'Directory.Read.All', of(owned)),
    route('GET', '/directory/deletedItems/{id}', 'User.Read.All', deleted),
    route('POST', '/directory/deletedItems/{id}/restore', 'User.ReadWrite.All', restore),
  ];
}

function groupRoutes(state: MicrosoftState): FakeRoute[] {
  const inGroup = (answer: (id: string, request: FakeRequest) => FakeAnswer) => (request: FakeRequest) =>
    state.groups.has(request.params.id!) ? answer(request.params.id!, request) : none(request.params.id!);
  const members = (id: string, request: FakeRequest) =>
    page(
      request,
      [...state.members.get(id)!].map((member) => ({ '@odata.type': '#microsoft.graph.user', id: member })),
    );
  const isFixed = ({ groupTypes, mailEnabled, onPremisesSyncEnabled }: Json) =>
    groupTypes.includes('DynamicMembership') || onPremisesSyncEnabled || (mailEnabled && !groupTypes.includes('Unified'));
  const insert = (id: string, { body }: FakeRequest): FakeAnswer => {
    const user = /\/directoryObjects\/([^/]+)$/.exec(body['@odata.id'])?.[1] ?? '';
    if (!state.users.has(user)) return none(user);
    if (isFixed(state.groups.get(id)!)) return graphError(400, 'Request_BadRequest', 'Insufficient privileges to complete the operation.');
    if (state.members.get(id)!.has(user))
      return graphError(
        400,
        'Request_BadRequest',
        "One or more added object references already exist for the following modified properties: 'members'.",
      );
    state.members.get(id)!.add(user);
    state.log.push({ what: 'groups', id, member: user });
    return { status: 204 };
  };
  const remove = (id: string, { params }: FakeRequest): FakeAnswer => {
    if (!state.members.get(id)!.delete(params.member!)) return none(params.member!);
    state.log.push({ what: 'groups', id, member: params.member!, removed: true });
    return { status: 204 };
  };
  return [
    route('GET', '/groups', 'GroupMember.Read.All', (request) => page(request, [...state.groups.values()]), { list: true }),
    route('GET', '/groups/{id}/members', 'GroupMember.Read.All', inGroup(members), { list: true }),
    route('POST', '/groups/{id}/members/$ref', 'GroupMember.ReadWrite.All', inGroup(insert)),
    route('DELETE', '/groups/{id}/members/{member}/$ref', 'GroupMember.ReadWrite.All', inGroup(remove)),
  ];
}

function roleRoutes(state: MicrosoftState): FakeRoute[] {
  const right = 'Directory.Read.All';
  const assignments = '/roleManagement/directory/roleAssignments';
  const list = (request: FakeRequest) => {
    const holder = /^principalId eq '(.*)'$/.exec(request.query.get('$filter') ?? '')?.[1];
    return page(
      request,
      state.assignments.filter(({ principalId }) => holder === undefined || principalId === holder),
    );
  };
  const insert = ({ body }: FakeRequest): FakeAnswer => {
    const made = { id: `assignment-${state.assignments.length + 10}`, ...body };
    state.assignments.push(made);
    return { status: 201, body: made };
  };
  const remove = ({ params }: FakeRequest): FakeAnswer => {
    const index = state.assignments.findIndex(({ id }) => id === params.id);
    if (index < 0) return none(params.id!);
    state.assignments.splice(index, 1);
    return { status: 204 };
  };
  const programs = (request: FakeRequest) => {
    const appId = /^appId eq '(.*)'$/.exec(request.query.get('$filter') ?? '')?.[1];
    return page(
      request,
      state.programs.filter((program) => appId === undefined || program.appId === appId),
    );
  };
  const given = (request: FakeRequest) => {
    const own = state.programs.find(({ id }) => id === request.params.id);
    return page(request, own?.appId === clientId ? state.appRoles : []);
  };
  return [
    route('GET', '/roleManagement/directory/roleDefinitions', right, (request) => page(request, state.roles)),
    route('GET', assignments, right, list),
    route('POST', assignments, 'RoleManagement.ReadWrite.Directory', insert),
    route('DELETE', `${assignments}/{id}`, 'RoleManagement.ReadWrite.Directory', remove),
    route('GET', '/subscribedSkus', right, (request) => page(request, state.skus)),
    route('GET', '/servicePrincipals', right, programs),
    route('GET', '/servicePrincipals/{id}/appRoleAssignments', right, given),
  ];
}

/** What changed since a token, each object once, as it stands now. */
function deltaRoutes(state: MicrosoftState): FakeRoute[] {
  const answer =
    (what: 'users' | 'groups') =>
    ({ query, origin }: FakeRequest): FakeAnswer => {
      const link = `${origin}/v1.0/${what}/delta?$deltatoken=at-${state.log.length}`;
      const token = query.get('$deltatoken');
      const place = Number(/^at-(\d+)$/.exec(token ?? '')?.[1] ?? Number.NaN);
      if (token !== 'latest' && Number.isNaN(place)) return graphError(400, 'Directory_BadRequest', 'Badly formed token.');
      if (token !== 'latest' && place < state.oldestMark)
        return graphError(410, 'syncStateNotFound', 'The sync state generation is not found; continuation token is not valid.');
      const entries = token === 'latest' ? [] : state.log.slice(place).filter((entry) => entry.what === what);
      const value = [...new Set(entries.map(({ id }) => id))].map((id) => {
        const own = entries.filter((entry) => entry.id === id);
        if (what === 'users') return own.at(-1)!.removed ? { id, '@removed': { reason: 'changed' } } : { ...state.users.get(id) };
        if (!state.groups.has(id)) return { id, '@removed': { reason: 'deleted' } };
        const members = own.map(({ member, removed }) => ({
          '@odata.type': '#microsoft.graph.user',
          id: member,
          ...(removed ? { '@removed': { reason: 'deleted' } } : {}),
        }));
        return { id, 'members@delta': members };
      });
      return { body: { '@odata.context': '', value, '@odata.deltaLink': link } };
    };
  return [
    route('GET', '/users/delta', 'User.Read.All', answer('users')),
    route('GET', '/groups/delta', 'GroupMember.Read.All', answer('groups')),
  ];
}
