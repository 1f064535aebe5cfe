import {
  apiError,
  customerId,
  domain,
  findUser,
  type GoogleState,
  licenceOf,
  pageOf,
  routeFor,
  subjectOf,
  userId,
} from './google-state.ts';
import type { FakeAnswer, FakeRequest, FakeRoute } from './start-fake.ts';

type Json = Record<string, any>;

/** What Google offers beside its directory: licences, the audit log, handing over, mail settings and calendars. */
export const serviceRoutes = (state: GoogleState): FakeRoute[] => [
  ...licenceRoutes(state),
  ...auditRoutes(state),
  ...transferRoutes(state),
  ...mailRoutes(state),
  ...calendarRoutes(state),
];

function licenceRoutes(state: GoogleState): FakeRoute[] {
  const route = routeFor(state);
  const scopes = ['apps.licensing'];
  const product = '/apps/licensing/v1/product/{productId}';
  const is = (params: Record<string, string>) => (each: Json) =>
    each.productId === params.productId && each.skuId === params.skuId && each.userId === params.userId;
  const none = apiError(404, 'notFound', 'Not Found');

  const list = ({ params, query }: FakeRequest): FakeAnswer => {
    if (query.get('customerId') !== customerId) return apiError(400, 'invalid', 'Invalid value for: customerId');
    const all = state.licences.filter(({ productId }) => productId === params.productId);
    const { records, nextPageToken } = pageOf(all, query, 1_000);
    return { body: { kind: 'licensing#licenseAssignmentList', etag: '"l"', items: records, nextPageToken } };
  };
  const get = ({ params }: FakeRequest): FakeAnswer => {
    const found = state.licences.find(is(params));
    return found ? { body: found } : none;
  };
  const insert = ({ params, body }: FakeRequest): FakeAnswer => {
    if (!findUser(state, body.userId)) return apiError(400, 'invalid', 'Invalid value for: userId');
    const held = state.licences.find(({ productId, userId }) => productId === params.productId && userId === body.userId);
    if (held) return apiError(412, 'conditionNotMet', 'User already has a license for the specified product and SKU');
    const made = licenceOf(params.productId!, params.skuId!, params.skuId!, body.userId);
    state.licences.push(made);
    return { body: made };
  };
  const remove = ({ params }: FakeRequest): FakeAnswer => {
    const index = state.licences.findIndex(is(params));
    if (index < 0) return none;
    state.licences.splice(index, 1);
    return { body: {} };
  };
  return [
    route('GET', `${product}/users`, scopes, list),
    route('GET', `${product}/sku/{skuId}/user/{userId}`, scopes, get),
    route('POST', `${product}/sku/{skuId}/user`, scopes, insert),
    route('DELETE', `${product}/sku/{skuId}/user/{userId}`, scopes, remove),
  ];
}

function auditRoutes(state: GoogleState): FakeRoute[] {
  const route = routeFor(state);
  const list = ({ params, query }: FakeRequest): FakeAnswer => {
    const log = params.applicationName === 'token' ? state.audit.token : state.audit.admin;
    const [name, value] = (query.get('filters') ?? '').split('==');
    const all = log.filter(({ events }) =>
      events.some(
        (event: Json) =>
          event.name === query.get('eventName') &&
          (!value || event.parameters.some((parameter: Json) => parameter.name === name && parameter.value === value)),
      ),
    );
    const { records, nextPageToken } = pageOf(all, query, 1_000);
    return { body: { kind: 'admin#reports#activities', etag: '"l"', items: records, nextPageToken } };
  };
  /** Reports are made with some days of delay. People are always signed in: only their use tells that they work. */
  const usage = ({ params, query }: FakeRequest): FakeAnswer => {
    if (params.date! > '2026-11-28')
      return apiError(400, 'invalid', 'Data for dates later than 2026-11-28 is not yet available. Please check back later');
    const { records, nextPageToken } = pageOf([...state.users.values()], query, 1_000);
    const report = (user: Json) => ({
      kind: 'admin#reports#usageReport',
      etag: '"u"',
      date: params.date,
      entity: { type: 'USER', customerId, userEmail: user.primaryEmail, profileId: user.id },
      parameters: [
        { name: 'accounts:last_login_time', datetimeValue: user.lastLoginTime },
        {
          name: 'gmail:last_interaction_time',
          datetimeValue: user.id === userId(4) ? '2026-11-28T07:00:00.000Z' : '1970-01-01T00:00:00.000Z',
        },
      ],
    });
    return { body: { kind: 'admin#reports#usageReports', etag: '"l"', usageReports: records?.map(report), nextPageToken } };
  };
  return [
    route('GET', '/admin/reports/v1/activity/users/{userKey}/applications/{applicationName}', ['admin.reports.audit.readonly'], list),
    route('GET', '/admin/reports/v1/usage/users/{userKey}/dates/{date}', ['admin.reports.usage.readonly'], usage),
  ];
}

function transferRoutes(state: GoogleState): FakeRoute[] {
  const route = routeFor(state);
  const scopes = ['admin.datatransfer'];
  const application = (id: string, name: string) => ({ kind: 'admin#datatransfer#ApplicationResource', etag: '"a"', id, name });
  const applications = [application('55656082996', 'Drive and Docs'), application('435070579839', 'Calendar')];

  /** It takes a while: the first look after asking finds it under way. */
  const list = ({ query }: FakeRequest): FakeAnswer => {
    const all = state.transfers.filter(
      ({ oldOwnerUserId, newOwnerUserId }) =>
        oldOwnerUserId === query.get('oldOwnerUserId') && newOwnerUserId === query.get('newOwnerUserId'),
    );
    const shown = all.map((transfer) => structuredClone(transfer));
    for (const transfer of all) if (transfer.overallTransferStatusCode === 'inProgress') transfer.overallTransferStatusCode = 'completed';
    const { records, nextPageToken } = pageOf(shown, query, 500);
    return { body: { kind: 'admin#datatransfer#dataTransfersList', etag: '"l"', dataTransfers: records, nextPageToken } };
  };
  const insert = ({ body }: FakeRequest): FakeAnswer => {
    const made = {
      kind: 'admin#datatransfer#DataTransfer',
      etag: '"d"',
      id: `transfer-${state.transfers.length}`,
      requestTime: '2026-12-01T09:00:05.000Z',
      overallTransferStatusCode: 'inProgress',
      ...body,
    };
    state.transfers.push(made);
    return { body: made };
  };
  return [
    route('GET', '/admin/datatransfer/v1/applications', scopes, () => ({
      body: { kind: 'admin#datatransfer#applicationsList', etag: '"l"', applications },
    })),
    route('GET', '/admin/datatransfer/v1/transfers', scopes, list),
    route('POST', '/admin/datatransfer/v1/transfers', scopes, insert),
  ];
}

function mailRoutes(state: GoogleState): FakeRoute[] {
  const route = routeFor(state);
  const [basic, sharing] = [['gmail.settings.basic'], ['gmail.settings.sharing']];
  const path = '/gmail/v1/users/{userId}/settings';
  const of =
    (answer: (mail: { vacation: Json; forwarding: Json; addresses: Map<string, Json> }, request: FakeRequest) => FakeAnswer) =>
    (request: FakeRequest) => {
      const user = subjectOf(state, request)!;
      const mail = state.mail.get(user.id) ?? {
        vacation: { enableAutoReply: false },
        forwarding: { enabled: false },
        addresses: new Map(),
      };
      state.mail.set(user.id, mail);
      return answer(mail, request);
    };
  const notFound = { status: 404, body: { error: { code: 404, message: 'Not Found', status: 'NOT_FOUND' } } };
  return [
    route(
      'GET',
      `${path}/vacation`,
      basic,
      of(({ vacation }) => ({ body: vacation })),
    ),
    route(
      'PUT',
      `${path}/vacation`,
      basic,
      of((mail, { body }) => {
        mail.vacation = { ...body, responseBodyPlainText: `${body.responseBodyPlainText}\r\n` };
        return { body: mail.vacation };
      }),
    ),
    route(
      'GET',
      `${path}/autoForwarding`,
      basic,
      of(({ forwarding }) => ({ body: forwarding })),
    ),
    route(
      'PUT',
      `${path}/autoForwarding`,
      sharing,
      of((mail, { body }) => {
        if (mail.addresses.get(body.emailAddress)?.verificationStatus !== 'accepted')
          return { status: 400, body: { error: { code: 400, message: 'Unrecognized forwarding address', status: 'FAILED_PRECONDITION' } } };
        mail.forwarding = body;
        return { body };
      }),
    ),
    route(
      'GET',
      `${path}/forwardingAddresses/{forwardingEmail}`,
      basic,
      of(({ addresses }, { params }) => {
        const found = addresses.get(params.forwardingEmail!);
        return found ? { body: found } : notFound;
      }),
    ),
    route(
      'POST',
      `${path}/forwardingAddresses`,
      sharing,
      of(({ addresses }, { body }) => {
        const verificationStatus = body.forwardingEmail.endsWith(`@${domain}`) ? 'accepted' : 'pending';
        const made = { forwardingEmail: body.forwardingEmail, verificationStatus };
        addresses.set(body.forwardingEmail, made);
        return { body: made };
      }),
    ),
  ];
}

function calendarRoutes(state: GoogleState): FakeRoute[] {
  const route = routeFor(state);
  const scopes = ['calendar.events.owned'];
  const path = '/calendar/v3/calendars/{calendarId}/events';
  const eventsOf = (request: FakeRequest) => state.events.get(subjectOf(state, request)!.id) ?? [];

  const list = (request: FakeRequest): FakeAnswer => {
    const from = request.query.get('timeMin') ?? '2000-01-01T00:00:00Z';
    const all = eventsOf(request).filter((event) => event.status !== 'cancelled' && lastEnd(event) > from);
    const { records, nextPageToken } = pageOf(all, request.query, 2_500);
    return {
      body: {
        kind: 'calendar#events',
        etag: '"l"',
        summary: 'primary',
        timeZone: 'UTC',
        accessRole: 'owner',
        items: records ?? [],
        nextPageToken,
      },
    };
  };
  const withEvent = (answer: (event: Json, request: FakeRequest) => FakeAnswer) => (request: FakeRequest) => {
    const event = eventsOf(request).find(({ id }) => id === request.params.eventId);
    if (!event) return apiError(404, 'notFound', 'Not Found');
    return event.status === 'cancelled' ? apiError(410, 'deleted', 'Resource has been deleted') : answer(event, request);
  };
  return [
    route('GET', path, scopes, list),
    route(
      'PATCH',
      `${path}/{eventId}`,
      scopes,
      withEvent((event, { body }) => ({ body: Object.assign(event, body) })),
    ),
    route(
      'DELETE',
      `${path}/{eventId}`,
      scopes,
      withEvent((event) => {
        event.status = 'cancelled';
        return { status: 204 };
      }),
    ),
  ];

  /** Until when something of an event follows; what moved within a series ends with it. */
  function lastEnd(event: Json): string {
    const series = event.recurringEventId ? [...state.events.values()].flat().find(({ id }) => id === event.recurringEventId) : event;
    const rule: string | undefined = series?.recurrence?.[0];
    if (!rule) return event.end.dateTime;
    const [, year, month, day, hour, minute, second] = /UNTIL=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(rule) ?? [];
    return year ? `${year}-${month}-${day}T${hour}:${minute}:${second}Z` : '9999-01-01T00:00:00Z';
  }
}
