import type { FakeAnswer, FakeManners, FakeRequest, FakeRoute } from './start-fake.ts';

type Json = Record<string, any>;

export const domain = 'acme.example';
export const customerId = 'C01fake99';
const scope = (name: string) => `https://www.googleapis.com/auth/${name}`;

/** What stands in the fake company. `audit`: the newest first. `tokens`: what was handed out, for which scope and in whose name. */
export type GoogleState = {
  users: Map<string, Json>;
  deleted: Map<string, Json>;
  groups: Map<string, Json>;
  /** By the group's id: member id to member. */
  members: Map<string, Map<string, Json>>;
  roles: Json[];
  assignments: Json[];
  licences: Json[];
  appTokens: Map<string, Json[]>;
  appPasswords: Map<string, Json[]>;
  audit: { admin: Json[]; token: Json[] };
  transfers: Json[];
  mail: Map<string, { vacation: Json; forwarding: Json; addresses: Map<string, Json> }>;
  events: Map<string, Json[]>;
  /** Who is told of changes of users, by the channel's id. */
  channels: Map<string, Json>;
  /** What time it is there, in milliseconds since 1970. */
  now: number;
  tokens: Map<string, { scope: string; subject: string }>;
  /** Scopes that the company let the key have; null: all. */
  delegated: Set<string> | null;
};

export const userId = (index: number): string => `1${String(index).padStart(20, '0')}`;

const person = (index: number): Json => {
  const primaryEmail = index === 0 ? `admin@${domain}` : `person${index}@${domain}`;
  return {
    kind: 'admin#directory#user',
    id: userId(index),
    etag: `"etag-${index}"`,
    primaryEmail,
    name: { givenName: `Given${index}`, familyName: `Family${index}`, fullName: `Given${index} Family${index}` },
    isAdmin: index === 0,
    isDelegatedAdmin: index === 3,
    lastLoginTime: index % 5 === 4 ? '1970-01-01T00:00:00.000Z' : '2026-11-30T08:15:00.000Z',
    creationTime: '2024-02-01T09:00:00.000Z',
    agreedToTerms: true,
    suspended: index % 10 === 7,
    archived: index % 50 === 8,
    changePasswordAtNextLogin: false,
    ipWhitelisted: false,
    emails: [{ address: primaryEmail, primary: true }],
    externalIds: [
      { type: 'custom', customType: 'badge', value: `B${index}` },
      { type: 'organization', value: String(1000 + index) },
    ],
    organizations: [
      { title: 'Engineer', department: 'Engines', description: 'Full-time', costCenter: '42', primary: true, customType: '' },
    ],
    relations: index < 2 ? [] : [{ type: 'manager', value: `person1@${domain}` }],
    aliases: index === 1 ? [`first.person@${domain}`] : undefined,
    nonEditableAliases: [`${primaryEmail.split('@')[0]}@${domain}.test-google-a.com`],
    customerId,
    orgUnitPath: '/',
    isMailboxSetup: true,
    isEnrolledIn2Sv: index !== 2,
    isEnforcedIn2Sv: false,
    includeInGlobalAddressList: true,
  };
};

export function audited(state: GoogleState, name: string, address: string): void {
  state.audit.admin.unshift({
    kind: 'admin#reports#activity',
    id: { time: '2026-12-01T09:00:05.123Z', uniqueQualifier: String(state.audit.admin.length), applicationName: 'admin', customerId },
    actor: { callerType: 'USER', email: `admin@${domain}`, profileId: userId(0) },
    events: [{ type: 'USER_SETTINGS', name, parameters: [{ name: 'USER_EMAIL', value: address }] }],
  });
}

export const licenceOf = (productId: string, skuId: string, skuName: string, address: string): Json => ({
  kind: 'licensing#licenseAssignment',
  etags: '"licence"',
  productId,
  productName: 'Google Workspace',
  skuId,
  skuName,
  userId: address,
  selfLink: `https://licensing.googleapis.com/apps/licensing/v1/product/${productId}/sku/${skuId}/user/${address}`,
});

/** A company of so many people and an administrator. */
export function googleState(accounts: number): GoogleState {
  const users = Array.from({ length: accounts + 1 }, (_, index) => person(index));
  const group = (id: string, name: string): [string, Json] => [
    id,
    { kind: 'admin#directory#group', id, etag: '"g"', email: `${name.toLowerCase()}@${domain}`, name, description: '', adminCreated: true },
  ];
  const member = (user: Json, role = 'MEMBER'): [string, Json] => [
    user.id,
    { kind: 'admin#directory#member', etag: '"m"', id: user.id, email: user.primaryEmail, role, type: 'USER', status: 'ACTIVE' },
  ];
  const company: Json = { kind: 'admin#directory#member', etag: '"m"', id: customerId, role: 'MEMBER', type: 'CUSTOMER' };
  const role = (roleId: string, roleName: string, isSuperAdminRole = false) => ({
    kind: 'admin#directory#role',
    etag: '"r"',
    roleId,
    roleName,
    roleDescription: '',
    rolePrivileges: [],
    isSystemRole: true,
    isSuperAdminRole,
  });
  const authorised = (index: number, name: string, minute: number): Json => ({
    kind: 'admin#reports#activity',
    id: {
      time: `2026-11-20T10:${String(minute).padStart(2, '0')}:00.000Z`,
      uniqueQualifier: `${index}`,
      applicationName: 'token',
      customerId,
    },
    actor: { email: users[index]!.primaryEmail, profileId: users[index]!.id },
    events: [
      {
        type: 'auth',
        name,
        parameters: [
          { name: 'client_id', value: '555.apps.googleusercontent.com' },
          { name: 'app_name', value: 'Notes for all' },
          { name: 'scope', multiValue: [scope('drive'), scope('contacts')] },
        ],
      },
    ],
  });
  return {
    users: new Map(users.map((user) => [user.id, user])),
    deleted: new Map(),
    groups: new Map([group('g-sales', 'Sales'), group('g-everyone', 'Everyone'), group('g-spare', 'Spare')]),
    members: new Map([
      [
        'g-sales',
        new Map(users.filter((_, index) => index % 3 === 1).map((user) => member(user, user.id === userId(1) ? 'OWNER' : 'MEMBER'))),
      ],
      ['g-everyone', new Map([[customerId, company]])],
      ['g-spare', new Map()],
    ]),
    roles: [role('101', '_SEED_ADMIN_ROLE', true), role('102', '_USER_MANAGEMENT_ADMIN_ROLE'), role('103', 'Laptop helpers')],
    assignments: [
      {
        kind: 'admin#directory#roleAssignment',
        etag: '"a"',
        roleAssignmentId: '1',
        roleId: '101',
        assignedTo: userId(0),
        assigneeType: 'user',
        scopeType: 'CUSTOMER',
      },
      {
        kind: 'admin#directory#roleAssignment',
        etag: '"a"',
        roleAssignmentId: '2',
        roleId: '102',
        assignedTo: userId(3),
        assigneeType: 'user',
        scopeType: 'CUSTOMER',
      },
    ],
    licences: [
      ...users.map(({ primaryEmail }) => licenceOf('Google-Apps', '1010020027', 'Google Workspace Business Starter', primaryEmail)),
      licenceOf('101047', '1010470008', 'Google AI Ultra for Business', `admin@${domain}`),
    ],
    appTokens: new Map([
      [
        userId(1),
        [
          {
            kind: 'admin#directory#token',
            etag: '"t"',
            clientId: '555.apps.googleusercontent.com',
            displayText: 'Notes for all',
            anonymous: false,
            nativeApp: false,
            userKey: userId(1),
            scopes: [scope('drive')],
          },
        ],
      ],
    ]),
    appPasswords: new Map([
      [
        userId(1),
        [
          {
            kind: 'admin#directory#asp',
            etag: '"p"',
            codeId: 7,
            name: 'Old phone',
            creationTime: '1600000000',
            lastTimeUsed: '0',
            userKey: userId(1),
          },
        ],
      ],
    ]),
    audit: { admin: [], token: [authorised(2, 'revoke', 40), authorised(2, 'authorize', 30), authorised(1, 'authorize', 20)] },
    transfers: [],
    mail: new Map(),
    events: new Map([[userId(1), meetingsOfSomebody()]]),
    channels: new Map(),
    now: Date.parse('2026-12-01T09:00:00Z'),
    tokens: new Map(),
    delegated: null,
  };
}

function meetingsOfSomebody(): Json[] {
  const guests = [
    { email: `person1@${domain}`, organizer: true, self: true, responseStatus: 'accepted' },
    { email: `person2@${domain}`, responseStatus: 'accepted' },
    { email: 'room1@resource.calendar.google.com', resource: true, responseStatus: 'accepted' },
  ];
  const event = (id: string, day: string, more: Json): Json => ({
    kind: 'calendar#event',
    etag: '"e"',
    id,
    status: 'confirmed',
    eventType: 'default',
    summary: id,
    organizer: { email: `person1@${domain}`, self: true },
    start: { dateTime: `${day}T10:00:00Z`, timeZone: 'UTC' },
    end: { dateTime: `${day}T11:00:00Z`, timeZone: 'UTC' },
    attendees: guests,
    ...more,
  });
  return [
    event('single', '2027-01-15', {}),
    event('weekly', '2026-09-07', { recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=MO'] }),
    event('weekly_moved', '2026-12-08', { recurringEventId: 'weekly' }),
    event('past', '2026-10-01', {}),
    event('alone', '2027-01-16', { attendees: undefined }),
    event('invited', '2027-01-17', { organizer: { email: `person2@${domain}` } }),
  ];
}

export function apiError(status: number, reason: string, message: string, headers?: Record<string, string>): FakeAnswer {
  return { status, headers, body: { error: { code: status, message, errors: [{ message, domain: 'global', reason }] } } };
}

const bearer = (request: FakeRequest) => request.headers.authorization?.replace(/^Bearer /, '') ?? '';

export const googleManners = (state: GoogleState): FakeManners => ({
  authorized: (request) => state.tokens.has(bearer(request)),
  unauthorized: () => apiError(401, 'authError', 'Invalid Credentials'),
  forbidden: () => apiError(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.'),
  tooMany: (seconds) => apiError(429, 'rateLimitExceeded', 'Quota exceeded for quota metric.', { 'retry-after': String(seconds) }),
});

/** In whose name a request is made. */
export const subjectOf = (state: GoogleState, request: FakeRequest): Json | undefined =>
  findUser(state, state.tokens.get(bearer(request))?.subject ?? '');

export const findUser = (state: GoogleState, key: string): Json | undefined =>
  state.users.get(key) ??
  [...state.users.values()].find(({ primaryEmail, aliases = [] }) => [primaryEmail, ...aliases].includes(key.toLowerCase()));

/** A route that takes a token for one of these scopes; the first is the one that a credential may be made to lack. */
export const routeFor =
  (state: GoogleState) =>
  (method: string, path: string, names: string[], answer: FakeRoute['answer'], more: Partial<FakeRoute> = {}): FakeRoute => ({
    method,
    path,
    right: scope(names[0]!),
    ...more,
    answer: (request) =>
      names.map(scope).includes(state.tokens.get(bearer(request))?.scope ?? '')
        ? answer(request)
        : apiError(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.'),
  });

/** One page of a list, and the token of the next. */
export function pageOf<T>(all: T[], query: URLSearchParams, most: number): { records: T[] | undefined; nextPageToken?: string } {
  const from = Number(query.get('pageToken')?.replace('after-', '') ?? 0);
  const size = Math.min(Number(query.get('maxResults') ?? 100), most);
  const records = all.slice(from, from + size);
  return {
    records: records.length === 0 ? undefined : records,
    ...(from + size < all.length ? { nextPageToken: `after-${from + size}` } : {}),
  };
}
