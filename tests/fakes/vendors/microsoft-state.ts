import type { FakeAnswer, FakeManners, FakeRequest, FakeRoute } from './start-fake.ts';

type Json = Record<string, any>;

export const domain = 'acme.example';
export const tenantId = '11111111-2222-4333-8444-555555555555';
export const clientId = '22222222-2222-4333-8444-555555555555';
/** When everything in the fake happens. */
export const now = '2026-12-01T09:00:00Z';

export const guid = (kind: number, index: number): string =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(index).padStart(12, '0')}`;
export const userId = (index: number): string => guid(1, index);

/** What stands in the fake company. `log`: what changed, the oldest first; a delta token is a place in it. */
export type MicrosoftState = {
  users: Map<string, Json>;
  deleted: Map<string, Json>;
  groups: Map<string, Json>;
  members: Map<string, Set<string>>;
  roles: Json[];
  assignments: Json[];
  skus: Json[];
  methods: Map<string, Json[]>;
  grants: Json[];
  programs: Json[];
  appRoles: Json[];
  rules: Map<string, Json[]>;
  replies: Map<string, Json>;
  events: Map<string, Json[]>;
  shared: Map<string, Json[]>;
  log: { what: 'users' | 'groups'; id: string; member?: string; removed?: boolean }[];
  /** Who asked to be told of changes, by the subscription's id. */
  subscriptions: Map<string, Json>;
  /** Marks before this place are too old. */
  oldestMark: number;
  tokens: Set<string>;
  /** The company has Entra ID P1. */
  premium: boolean;
};

export const skus = { business: '4b9405b0-7788-4568-add1-99614e613b69', copilot: '639dec6b-bb19-468b-871c-c5c441c4b0cb' };

const person = (index: number): Json => {
  const guest = index === 4;
  const address = index === 0 ? `admin@${domain}` : `person${index}@${domain}`;
  const byGroup = index === 6;
  return {
    id: userId(index),
    userPrincipalName: guest ? `ada_other.example#EXT#@${domain}` : address,
    displayName: `Given${index} Family${index}`,
    givenName: `Given${index}`,
    surname: `Family${index}`,
    mail: guest ? 'ada@other.example' : address,
    proxyAddresses: guest ? ['SMTP:ada@other.example'] : [`smtp:p${index}@${domain}`, `SMTP:${address}`],
    employeeId: String(1_000 + index),
    department: 'Engines',
    jobTitle: 'Engineer',
    employeeType: 'Full-time',
    employeeHireDate: '2024-02-01T00:00:00Z',
    employeeOrgData: { costCenter: '42', division: null },
    officeLocation: 'Berlin',
    usageLocation: index === 9 ? null : 'DE',
    accountEnabled: index % 10 !== 7,
    userType: guest ? 'Guest' : 'Member',
    onPremisesSyncEnabled: index === 5 ? true : null,
    assignedLicenses: guest ? [] : [{ skuId: skus.business, disabledPlans: [] }],
    licenseAssignmentStates: guest ? [] : [stateOf(skus.business, byGroup ? guid(2, 1) : null)],
    createdDateTime: '2024-02-01T09:00:00Z',
    lastPasswordChangeDateTime: '2025-03-01T09:00:00Z',
    signInSessionsValidFromDateTime: '2025-03-01T09:00:00Z',
    signInActivity: {
      lastSignInDateTime: '2026-11-30T08:15:00Z',
      lastNonInteractiveSignInDateTime: '2026-11-30T09:15:00Z',
      lastSuccessfulSignInDateTime: index % 3 === 0 ? null : '2026-11-30T09:15:00Z',
    },
    manager: index < 2 ? null : { '@odata.type': '#microsoft.graph.user', id: userId(1), mail: `person1@${domain}` },
  };
};

export const stateOf = (skuId: string, assignedByGroup: string | null): Json => ({
  skuId,
  assignedByGroup,
  state: 'Active',
  error: 'None',
  disabledPlans: [],
  lastUpdatedDateTime: '2025-03-01T09:00:00Z',
});

const group = (index: number, displayName: string, more: Json = {}): [string, Json] => [
  guid(2, index),
  {
    id: guid(2, index),
    displayName,
    groupTypes: [],
    mailEnabled: false,
    securityEnabled: true,
    onPremisesSyncEnabled: null,
    membershipRule: null,
    resourceProvisioningOptions: [],
    ...more,
  },
];

const sku = (skuId: string, skuPartNumber: string): Json => ({
  id: `${tenantId}_${skuId}`,
  skuId,
  skuPartNumber,
  appliesTo: 'User',
  capabilityStatus: 'Enabled',
  consumedUnits: 5,
  prepaidUnits: { enabled: 25, suspended: 0, warning: 0, lockedOut: 0 },
  servicePlans: [],
  subscriptionIds: [],
});

/** A company of so many people and an administrator. */
export function microsoftState(accounts: number): MicrosoftState {
  const users = Array.from({ length: accounts + 1 }, (_, index) => person(index));
  const everyThird = new Set(users.filter((_, index) => index % 3 === 1).map(({ id }) => id));
  const assignment = (index: number, principalId: string, role: number, directoryScopeId = '/') => ({
    id: `assignment-${index}`,
    principalId,
    roleDefinitionId: guid(3, role),
    directoryScopeId,
  });
  return {
    users: new Map(users.map((user) => [user.id, user])),
    deleted: new Map(),
    groups: new Map([
      group(1, 'Sales', { groupTypes: ['Unified'], mailEnabled: true, resourceProvisioningOptions: ['Team'] }),
      group(2, 'Spare'),
      group(3, 'Everybody in Berlin', { groupTypes: ['DynamicMembership'], membershipRule: '(user.city -eq "Berlin")' }),
      group(4, 'News', { mailEnabled: true, securityEnabled: false }),
      group(5, 'From the cellar', { onPremisesSyncEnabled: true }),
      group(6, 'Helpers'),
    ]),
    members: new Map([
      [guid(2, 1), everyThird],
      [guid(2, 2), new Set()],
      [guid(2, 3), new Set([userId(2)])],
      [guid(2, 4), new Set([userId(2)])],
      [guid(2, 5), new Set([userId(2)])],
      [guid(2, 6), new Set([userId(2)])],
    ]),
    roles: ['Global Administrator', 'User Administrator', 'Helpdesk Administrator'].map((displayName, index) => ({
      id: guid(3, index + 1),
      displayName,
    })),
    assignments: [
      assignment(1, userId(0), 1),
      assignment(2, userId(3), 2, `/administrativeUnits/${guid(4, 1)}`),
      assignment(3, guid(2, 6), 3),
    ],
    skus: [sku(skus.business, 'SPB'), sku(skus.copilot, 'Microsoft_365_Copilot')],
    methods: new Map([[userId(1), methodsOfSomebody()]]),
    grants: [
      {
        id: 'grant-1',
        clientId: guid(5, 1),
        consentType: 'Principal',
        principalId: userId(1),
        resourceId: guid(5, 9),
        scope: 'Files.Read offline_access',
      },
      { id: 'grant-2', clientId: guid(5, 1), consentType: 'AllPrincipals', principalId: null, resourceId: guid(5, 9), scope: 'User.Read' },
    ],
    programs: [
      { id: guid(5, 1), appId: guid(6, 1), displayName: 'Notes for all' },
      { id: guid(5, 2), appId: clientId, displayName: 'Groundcrew' },
    ],
    appRoles: [],
    rules: new Map(),
    replies: new Map(),
    events: new Map([[userId(1), meetingsOfSomebody()]]),
    shared: new Map(),
    log: [],
    subscriptions: new Map(),
    oldestMark: 0,
    tokens: new Set(),
    premium: true,
  };
}

const methodsOfSomebody = (): Json[] => [
  {
    '@odata.type': '#microsoft.graph.passwordAuthenticationMethod',
    id: '28c10230-6103-485e-b985-444c60001490',
    password: null,
    createdDateTime: null,
  },
  {
    '@odata.type': '#microsoft.graph.microsoftAuthenticatorAuthenticationMethod',
    id: guid(7, 1),
    displayName: 'Phone of Given1',
    deviceTag: 'SoftwareTokenActivated',
    phoneAppVersion: '6.2',
    createdDateTime: '2025-03-01T09:00:00Z',
  },
  {
    '@odata.type': '#microsoft.graph.phoneAuthenticationMethod',
    id: '3179e48a-750b-4051-897c-87b9720928f7',
    phoneNumber: '+49 30000000',
    phoneType: 'mobile',
    smsSignInState: 'notConfigured',
    createdDateTime: null,
  },
];

function meetingsOfSomebody(): Json[] {
  const event = (id: string, day: string, more: Json): Json => ({
    id,
    type: 'singleInstance',
    seriesMasterId: null,
    isOrganizer: true,
    isCancelled: false,
    start: { dateTime: `${day}T10:00:00.0000000`, timeZone: 'UTC' },
    end: { dateTime: `${day}T11:00:00.0000000`, timeZone: 'UTC' },
    attendees: [{ type: 'required', emailAddress: { name: 'Given2 Family2', address: `person2@${domain}` } }],
    recurrence: null,
    ...more,
  });
  const weekly = (startDate: string): Json => ({
    pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'] },
    range: { type: 'noEnd', startDate, endDate: '0001-01-01', recurrenceTimeZone: 'UTC', numberOfOccurrences: 0 },
  });
  return [
    event('single', '2027-01-15', {}),
    event('weekly', '2026-09-07', { type: 'seriesMaster', recurrence: weekly('2026-09-07') }),
    event('planned', '2027-02-01', { type: 'seriesMaster', recurrence: weekly('2027-02-01') }),
    event('past', '2026-10-01', {}),
    event('alone', '2027-01-16', { attendees: [] }),
    event('invited', '2027-01-17', { isOrganizer: false }),
  ];
}

export function graphError(status: number, code: string, message: string, headers?: Record<string, string>): FakeAnswer {
  const innerError = { date: '2026-12-01T09:00:00', 'request-id': guid(9, 1), 'client-request-id': guid(9, 2) };
  return { status, headers, body: { error: { code, message, innerError } } };
}

export const none = (id: string): FakeAnswer =>
  graphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );

export const microsoftManners = (state: MicrosoftState): FakeManners => ({
  authorized: (request) => state.tokens.has(request.headers.authorization?.replace(/^Bearer /, '') ?? ''),
  unauthorized: () => graphError(401, 'InvalidAuthenticationToken', 'Access token has expired or is not yet valid.'),
  forbidden: () => graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'),
  tooMany: (seconds) => graphError(429, 'TooManyRequests', 'Too many requests', { 'retry-after': String(seconds) }),
});

export const findUser = (state: MicrosoftState, key: string): Json | undefined =>
  state.users.get(key) ?? [...state.users.values()].find(({ userPrincipalName }) => userPrincipalName.toLowerCase() === key.toLowerCase());

export const route = (
  method: string,
  path: string,
  right: string,
  answer: FakeRoute['answer'],
  more: Partial<FakeRoute> = {},
): FakeRoute => ({
  method,
  path: `/v1.0${path}`,
  right,
  answer,
  ...more,
});

/** The properties that were asked for. */
export function selected(record: Json, query: URLSearchParams): Json {
  const fields = query.get('$select')?.split(',');
  return fields === undefined
    ? record
    : Object.fromEntries(Object.entries(record).filter(([name]) => fields.includes(name) || name.startsWith('@')));
}

/** One page of a list, and the address of the next. */
export function page(request: FakeRequest, all: Json[], most = 999): FakeAnswer {
  const { query, path, origin } = request;
  const from = Number(query.get('$skiptoken')?.replace('after-', '') ?? 0);
  const size = Math.min(Number(query.get('$top') ?? 100), most);
  const next = new URLSearchParams(query);
  next.set('$skiptoken', `after-${from + size}`);
  const value = all.slice(from, from + size).map((record) => selected(record, query));
  const more = from + size < all.length ? { '@odata.nextLink': `${origin}${path}?${next}` } : {};
  return { body: { '@odata.context': `${origin}/v1.0/$metadata`, value, ...more } };
}
