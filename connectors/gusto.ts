import { z } from 'zod';
import {
  type Check,
  ConnectorError,
  type CredentialExchange,
  dayOf,
  defineConnector,
  type FormMeta,
  hostOf,
  type Json,
  objectOf,
  objectsOf,
  type Page,
  type PersonRecord,
  type Session,
  textOf,
  unknownPerson,
  vendorAddress,
} from './kit/index.ts';

type GustoSettings = { company: string; clientId: string; redirectUri: string; baseUrl: string };
type GustoSecrets = { clientSecret: string; code: string };
type GustoSession = Session<GustoSettings>;

const right = 'employees:read';
const headers = { 'X-Gusto-API-Version': '2025-06-15' };
const pageSize = 100;

/**
 * A token for two hours: first against the code of the consent, from then on against the refresh token that came with the last one, which takes the place of the one
 * before (docs.gusto.com: Authentication). The old refresh token ends when the new access token is first used.
 */
async function credential({ settings, secrets, kept, http, now }: CredentialExchange<GustoSettings, GustoSecrets>) {
  const { clientId, redirectUri } = settings;
  const body = {
    client_id: clientId,
    client_secret: secrets.clientSecret,
    redirect_uri: redirectUri,
    ...(kept.refreshToken === undefined
      ? { grant_type: 'authorization_code', code: secrets.code }
      : { grant_type: 'refresh_token', refresh_token: kept.refreshToken }),
  };
  const response = await http.post('oauth/token', body, { accept: [400, 401, 403], headers });
  const given = response.status < 300 ? objectOf(response.json()) : {};
  const [token, refreshToken] = [textOf(given.access_token), textOf(given.refresh_token)];
  if (token === null || refreshToken === null)
    throw new ConnectorError(
      'credential',
      kept.refreshToken === undefined
        ? `Gusto gives no token for this code (${response.status}). A code works once and for a few minutes: give your consent again, and enter the new one.`
        : `Gusto takes the kept token no more (${response.status}). Give your consent again, and enter the new code.`,
      { status: response.status },
    );
  const seconds = typeof given.expires_in === 'number' ? given.expires_in : 3_600;
  return {
    headers: { authorization: `Bearer ${token}` },
    expiresAt: now().add({ seconds: Math.floor(seconds) }),
    keeps: { refreshToken },
  };
}

const employmentWords: Record<string, string> = {
  full_time: 'full time',
  part_time: 'part time',
  seasonal: 'seasonal',
  variable: 'part time',
};

function toPerson(row: Json): PersonRecord {
  const jobs = objectsOf(row.jobs);
  const job = jobs.find(({ primary }) => primary === true) ?? jobs[0] ?? {};
  const [end] = objectsOf(row.terminations)
    .map(({ effective_date: day }) => dayOf(day))
    .filter((day) => day !== null)
    .toSorted()
    .reverse();
  const hired = [dayOf(job.hire_date), dayOf(row.hired_at)].find((day) => day !== null) ?? null;
  // Of somebody who was hired again the termination before is told, too.
  const ends = end !== undefined && (row.terminated === true || hired === null || end >= hired) ? end : null;
  return {
    ...unknownPerson(String(row.uuid)),
    employeeNumber: textOf(row.employee_code),
    givenName: textOf(row.first_name),
    familyName: textOf(row.last_name),
    preferredName: textOf(row.preferred_first_name),
    title: textOf(job.title) ?? textOf(row.title),
    employmentType: employmentWords[textOf(row.current_employment_status) ?? ''] ?? null,
    department: textOf(row.department),
    workAddress: textOf(row.work_email),
    personalAddress: textOf(row.email),
    startDate: hired,
    lastWorkingDay: ends,
    status: row.terminated === true ? 'left' : row.terminated === false ? 'active' : null,
    managerExternalId: textOf(row.manager_uuid),
  };
}

async function pageAt(session: GustoSession, page: number): Promise<{ rows: Json[]; total: number | null; pages: number | null }> {
  const path = `v1/companies/${encodeURIComponent(session.settings.company)}/employees`;
  const response = await session.http.get(path, { right, headers, query: { page, per: pageSize } });
  const rows = response.json();
  if (!Array.isArray(rows)) throw new ConnectorError('broken', 'Gusto answered with something that is no list of employees.');
  const count = (name: string) => {
    const text = response.headers[name];
    return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
  };
  return { rows: objectsOf(rows), total: count('x-total-count'), pages: count('x-total-pages') };
}

/** Employees who work, begin and have left, page by page; the answer's headers say how many there are. */
async function* listPeople(session: GustoSession): AsyncGenerator<Page<PersonRecord>> {
  for (let page = 1; ; page += 1) {
    const { rows, total, pages } = await pageAt(session, page);
    const last = pages === null ? rows.length < pageSize : page >= pages;
    yield { records: rows.map(toPerson), total, last };
    if (last) return;
    if (rows.length === 0) throw new ConnectorError('broken', `Gusto says that there are ${pages} pages, and page ${page} is empty.`);
  }
}

async function test(session: GustoSession): Promise<Check[]> {
  const { rows, total } = await pageAt(session, 1);
  const addressed = rows.filter(({ work_email: address }) => textOf(address) !== null).length;
  return [
    {
      name: 'Credential',
      ok: true,
      words: `Gusto knows the consent. It shows ${total ?? rows.length} people, those who have left among them.`,
    },
    addressed > 0 || rows.length === 0
      ? { name: 'Work addresses', ok: true, words: 'Work addresses are filled in.' }
      : {
          name: 'Work addresses',
          ok: null,
          words: 'Nobody has a work address in Gusto: people are recognised by their employee code alone.',
        },
  ];
}

const text = (title: string, words: string) =>
  z
    .string()
    .trim()
    .min(1)
    .max(500)
    .meta({ title, description: words } satisfies FormMeta);

/** Gusto as the source of who works here. */
export const gusto = defineConnector<GustoSettings, GustoSecrets>({
  id: 'gusto',
  name: 'Gusto',
  sentence: 'Tells who works here: names, departments, managers, first and last days, from Gusto into the people list.',
  profile: {
    rights: [{ right, for: 'read people; pay is not asked for' }],
    plan: 'Any plan. Gusto has to approve the app that you make in its developer portal before it may reach your real company.',
    inbound: null,
    cannotKnow: [
      'Leave of absence, and the office somebody works in.',
      'Contractors: Gusto keeps them apart, and they are not read.',
      'Accounts in other apps, and anything about passwords.',
    ],
    verifiedLive: null,
    setUp: [
      {
        words:
          'In Gusto’s developer portal make an organization and an app named Groundcrew with the scope employees:read. Enter as redirect address one of your own that begins with https://, for example that of this page.',
        link: 'https://dev.gusto.com/',
      },
      { words: 'Ask Gusto there for production access. Until then only its demo companies can be reached, at https://api.gusto-demo.com.' },
      { words: 'Enter the client ID, the redirect address exactly as it stands there, and the client secret here.' },
      {
        words:
          'Give your consent, as an administrator of Gusto. The browser comes back to the redirect address: copy what stands behind code= in it.',
        link: ({ clientId, redirectUri, baseUrl }) =>
          `${typeof baseUrl === 'string' ? baseUrl : 'https://api.gusto.com'}/oauth/authorize?client_id=${encodeURIComponent(String(clientId ?? ''))}&redirect_uri=${encodeURIComponent(String(redirectUri ?? ''))}&response_type=code`,
      },
      {
        words:
          'Enter the code, and the UUID of the company, which stands in its address in Gusto. The code works once and for a few minutes.',
      },
    ],
  },
  reads: 'connection',
  settings: z.object({
    company: z
      .string()
      .trim()
      .regex(/^[0-9a-f-]{36}$/i, 'a UUID such as d525dd21-ba6e-482c-be15-c2c7237f1364')
      .meta({ title: 'UUID of the company' } satisfies FormMeta),
    clientId: text('Client ID', 'Of the app in the developer portal.'),
    redirectUri: text('Redirect address', 'Exactly as it stands at the app in the developer portal.'),
    baseUrl: vendorAddress('https://api.gusto.com'),
  }),
  secrets: z.object({
    clientSecret: z
      .string()
      .trim()
      .min(1)
      .meta({ title: 'Client secret' } satisfies FormMeta),
    code: z
      .string()
      .trim()
      .min(1)
      .meta({ title: 'Code of the consent' } satisfies FormMeta),
  }),
  hosts: ({ baseUrl }) => [hostOf(baseUrl)],
  baseUrl: ({ baseUrl }) => baseUrl.replace(/\/+$/, ''),
  authorization: () => ({}),
  credential,
  settlingSeconds: () => 0,
  // 200 requests a minute.
  rateLimit: { perSecond: 2.5, burst: 20 },
  test,
  listPeople,
});
