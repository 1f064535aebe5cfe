import { findUser, graphError, guid, type MicrosoftState, none, page, route, selected } from './microsoft-state.ts';
import type { FakeAnswer, FakeRequest, FakeRoute } from './start-fake.ts';

type Json = Record<string, any>;

/** What belongs to single users: second factors, programs, mail, calendar, files. */
export const serviceRoutes = (state: MicrosoftState): FakeRoute[] => [
  ...factorRoutes(state),
  ...programRoutes(state),
  ...subscriptionRoutes(state),
  ...mailRoutes(state),
  ...calendarRoutes(state),
  ...fileRoutes(state),
];

const ofUser = (state: MicrosoftState) => (answer: (user: Json, request: FakeRequest) => FakeAnswer) => (request: FakeRequest) => {
  const user = findUser(state, request.params.id!);
  return user ? answer(user, request) : none(request.params.id!);
};

/** The account without a country has no licence, and so no mailbox. */
const ofMailbox = (state: MicrosoftState) => (answer: (user: Json, request: FakeRequest) => FakeAnswer) =>
  ofUser(state)((user, request) =>
    user.id === guid(1, 9)
      ? graphError(404, 'MailboxNotEnabledForRESTAPI', 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.')
      : answer(user, request),
  );

function factorRoutes(state: MicrosoftState): FakeRoute[] {
  const of = ofUser(state);
  const right = 'UserAuthenticationMethod.ReadWrite.All';
  const report = '/reports/authenticationMethods/userRegistrationDetails';
  const registration = ({ id, userPrincipalName, displayName }: Json): Json => ({
    id,
    userPrincipalName,
    userDisplayName: displayName,
    isMfaRegistered: id !== guid(1, 2),
    isMfaCapable: id !== guid(1, 2),
    isSsprRegistered: false,
    isAdmin: id === guid(1, 0),
    lastUpdatedDateTime: '2026-12-01T03:00:00Z',
  });
  const premium = (answer: (request: FakeRequest) => FakeAnswer) => (request: FakeRequest) =>
    state.premium
      ? answer(request)
      : graphError(
          403,
          'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
          "Neither tenant is B2C or tenant doesn't have premium license",
        );
  const methodsOf = (user: Json) => state.methods.get(user.id) ?? [];
  /** The authenticator of the fake is the default method: it can go only when it is the last. */
  const remove = (kind: string) =>
    of((user, { params }) => {
      const methods = methodsOf(user);
      const method = methods.find((each) => each.id === params.id_2 && each['@odata.type'] === `#microsoft.graph.${kind}`);
      if (!method) return graphError(404, 'resourceNotFound', 'Resource not found.');
      const others = methods.filter((each) => each !== method && each['@odata.type'] !== '#microsoft.graph.passwordAuthenticationMethod');
      if (kind === 'microsoftAuthenticatorAuthenticationMethod' && others.length > 0)
        return graphError(400, 'badRequest', 'The default method cannot be deleted while the user has other methods.');
      state.methods.set(
        user.id,
        methods.filter((each) => each !== method),
      );
      return { status: 204 };
    });
  const authentication = '/users/{id}/authentication';
  return [
    route(
      'GET',
      report,
      'AuditLog.Read.All',
      premium((request) => page(request, [...state.users.values()].map(registration))),
    ),
    route('GET', `${report}/{id}`, 'AuditLog.Read.All', premium(of((user) => ({ body: registration(user) })))),
    route(
      'GET',
      `${authentication}/methods`,
      right,
      of((user, request) => page(request, methodsOf(user))),
    ),
    route('DELETE', `${authentication}/microsoftAuthenticatorMethods/{id_2}`, right, remove('microsoftAuthenticatorAuthenticationMethod')),
    route('DELETE', `${authentication}/phoneMethods/{id_2}`, right, remove('phoneAuthenticationMethod')),
  ];
}

function programRoutes(state: MicrosoftState): FakeRoute[] {
  const of = ofUser(state);
  const remove = ({ params }: FakeRequest): FakeAnswer => {
    const index = state.grants.findIndex(({ id }) => id === params.id);
    if (index < 0) return none(params.id!);
    state.grants.splice(index, 1);
    return { status: 204 };
  };
  return [
    route('GET', '/oauth2PermissionGrants', 'Directory.Read.All', (request) =>
      page(
        request,
        state.grants.filter(
          ({ consentType }) => request.query.get('$filter') !== "consentType eq 'Principal'" || consentType === 'Principal',
        ),
      ),
    ),
    route('DELETE', '/oauth2PermissionGrants/{id}', 'DelegatedPermissionGrant.ReadWrite.All', remove),
    route(
      'GET',
      '/users/{id}/oauth2PermissionGrants',
      'Directory.Read.All',
      of((user, request) =>
        page(
          request,
          state.grants.filter(({ principalId }) => principalId === user.id),
        ),
      ),
    ),
  ];
}

function subscriptionRoutes(state: MicrosoftState): FakeRoute[] {
  const right = 'User.Read.All';
  const found = (id: string | undefined, then: (subscription: Json) => FakeAnswer): FakeAnswer => {
    const subscription = state.subscriptions.get(id!);
    return subscription ? then(subscription) : none(id!);
  };
  return [
    route('POST', '/subscriptions', right, ({ body }) => {
      const id = guid(9, state.subscriptions.size + 1);
      state.subscriptions.set(id, { id, ...body });
      return { status: 201, body: state.subscriptions.get(id) };
    }),
    route('PATCH', '/subscriptions/{id}', right, ({ params, body }) =>
      found(params.id, (subscription) => ({ body: Object.assign(subscription, body) })),
    ),
    route('DELETE', '/subscriptions/{id}', right, ({ params }) =>
      found(params.id, () => {
        state.subscriptions.delete(params.id!);
        return { status: 204 };
      }),
    ),
  ];
}

function mailRoutes(state: MicrosoftState): FakeRoute[] {
  const of = ofMailbox(state);
  const right = 'MailboxSettings.ReadWrite';
  const rules = '/users/{id}/mailFolders/{id_1}/messageRules';
  const rulesOf = (user: Json) => state.rules.get(user.id) ?? [];
  const silent: Json = { status: 'disabled', externalAudience: 'none', internalReplyMessage: '', externalReplyMessage: '' };
  const wrapped = (message: string) => `<html>\n<body>\n${message}\n</body>\n</html>\n`;
  const addRule = (user: Json, { body }: FakeRequest): FakeAnswer => {
    const rule = { id: `rule-${rulesOf(user).length}`, hasError: false, isReadOnly: false, conditions: null, exceptions: null, ...body };
    state.rules.set(user.id, [...rulesOf(user), rule]);
    return { status: 201, body: { '@odata.context': '', ...rule } };
  };
  const setReply = (user: Json, { body }: FakeRequest): FakeAnswer => {
    const given = body.automaticRepliesSetting;
    const reply = {
      ...(state.replies.get(user.id) ?? silent),
      ...given,
      internalReplyMessage: wrapped(given.internalReplyMessage),
      externalReplyMessage: wrapped(given.externalReplyMessage),
    };
    const end = given.scheduledEndDateTime;
    if (end) reply.scheduledEndDateTime = { ...end, dateTime: `${end.dateTime}.0000000` };
    state.replies.set(user.id, reply);
    return { body: { automaticRepliesSetting: reply } };
  };
  return [
    route(
      'GET',
      rules,
      right,
      of((user, request) => page(request, rulesOf(user))),
    ),
    route('POST', rules, right, of(addRule)),
    route(
      'GET',
      '/users/{id}/mailboxSettings',
      right,
      of((user) => ({ body: { automaticRepliesSetting: state.replies.get(user.id) ?? silent } })),
    ),
    route('PATCH', '/users/{id}/mailboxSettings', right, of(setReply)),
  ];
}

function calendarRoutes(state: MicrosoftState): FakeRoute[] {
  const of = ofMailbox(state);
  const right = 'Calendars.ReadWrite';
  const eventsOf = (user: Json) => state.events.get(user.id) ?? [];
  const noEvent = graphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');

  /** A weekly series as its single meetings. */
  const occurrences = (event: Json, until: string): Json[] => {
    if (event.recurrence === null) return [event];
    const { type, endDate } = event.recurrence.range;
    const all: Json[] = [];
    let day = Temporal.PlainDate.from(event.start.dateTime.slice(0, 10));
    for (; day.toString() <= (type === 'endDate' ? endDate : until); day = day.add({ days: 7 })) {
      const at = (time: Json) => ({ ...time, dateTime: `${day}${time.dateTime.slice(10)}` });
      const own = { id: `${event.id}-${day}`, type: 'occurrence', seriesMasterId: event.id, recurrence: null };
      all.push({ ...event, ...own, start: at(event.start), end: at(event.end) });
    }
    return all;
  };
  const view = (user: Json, request: FakeRequest): FakeAnswer => {
    const from = request.query.get('startDateTime')!.slice(0, 19);
    const until = request.query.get('endDateTime')!.slice(0, 19);
    const all = eventsOf(user).flatMap((event) => occurrences(event, until.slice(0, 10)));
    return page(
      request,
      all.filter(({ start, end }) => end.dateTime > from && start.dateTime < until),
    );
  };
  const withEvent = (answer: (event: Json, user: Json, request: FakeRequest) => FakeAnswer) =>
    of((user, request) => {
      const event = eventsOf(user).find(({ id }) => id === request.params.id_1);
      return event ? answer(event, user, request) : noEvent;
    });
  const patch = (event: Json, _user: Json, { body }: FakeRequest): FakeAnswer => {
    Object.assign(event, body);
    return { body: event };
  };
  const cancel = (event: Json, user: Json): FakeAnswer => {
    state.events.set(
      user.id,
      eventsOf(user).filter((each) => each !== event),
    );
    return { status: 202 };
  };
  return [
    route('GET', '/users/{id}/calendarView', right, of(view)),
    route(
      'GET',
      '/users/{id}/events/{id_1}',
      right,
      withEvent((event, _user, { query }) => ({ body: selected(event, query) })),
    ),
    route('PATCH', '/users/{id}/events/{id_1}', right, withEvent(patch)),
    route('POST', '/users/{id}/events/{id_1}/cancel', right, withEvent(cancel)),
  ];
}

function fileRoutes(state: MicrosoftState): FakeRoute[] {
  const of = ofUser(state);
  const right = 'Files.ReadWrite.All';
  const owner = (user: Json): Json => ({
    id: 'owner',
    roles: ['owner'],
    grantedToV2: { user: { id: user.id, displayName: user.displayName } },
  });
  const permissionsOf = (user: Json) => state.shared.get(user.id) ?? [owner(user)];
  const invite = (user: Json, { body }: FakeRequest): FakeAnswer => {
    const made = body.recipients.map(({ objectId }: Json) => ({
      id: `permission-${objectId}`,
      roles: body.roles,
      grantedToV2: { user: { id: objectId, displayName: state.users.get(objectId)?.displayName } },
    }));
    state.shared.set(user.id, [...permissionsOf(user), ...made]);
    return { body: { value: made } };
  };
  return [
    route(
      'GET',
      '/users/{id}/drive',
      right,
      of((user) => ({ body: { id: `b!${user.id}`, quota: { used: 5_200_000_000, total: 1_099_511_627_776, state: 'normal' } } })),
    ),
    route(
      'GET',
      '/users/{id}/drive/root',
      right,
      of(() => ({ body: { id: '01ROOT' } })),
    ),
    route(
      'GET',
      '/users/{id}/drive/items/{id_1}/permissions',
      right,
      of((user, request) => page(request, permissionsOf(user))),
    ),
    route('POST', '/users/{id}/drive/items/{id_1}/invite', right, of(invite)),
  ];
}
