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
  type PersonRecord,
  pageByIndex,
  type Session,
  textOf,
  unknownPerson,
  vendorAddress,
} from './kit/index.ts';

type PersonioSettings = { clientId: string; baseUrl: string };
type PersonioSecrets = { clientSecret: string };
type PersonioSession = Session<PersonioSettings>;

const right = 'Employees: Read';
const pageSize = 200;

/** A token for a day against client id and secret. */
async function credential({ settings, secrets, http, now }: CredentialExchange<PersonioSettings, PersonioSecrets>) {
  const body = { client_id: settings.clientId, client_secret: secrets.clientSecret };
  const response = await http.post('v1/auth', body, { accept: [400, 401, 403], repeatable: true });
  const data = response.status < 300 ? objectOf(objectOf(response.json()).data) : {};
  const token = textOf(data.token);
  if (token === null)
    throw new ConnectorError('credential', `Personio gives no token (${response.status}). Check client ID and client secret.`, {
      status: response.status,
    });
  const seconds = typeof data.expires_in === 'number' ? data.expires_in : 3_600;
  return { headers: { authorization: `Bearer ${token}` }, expiresAt: now().add({ seconds: Math.floor(seconds) }) };
}

async function pageAt(session: PersonioSession, offset: number, limit = pageSize): Promise<{ records: Json[]; total: number | null }> {
  const { data, metadata } = objectOf((await session.http.get('v1/company/employees', { right, query: { limit, offset } })).json());
  const total = objectOf(metadata).total_elements;
  return { records: objectsOf(data), total: typeof total === 'number' ? total : null };
}

/** Every attribute is an object with its value; one that names something else (a department, a supervisor) has attributes itself. */
function toPerson({ attributes }: Json): PersonRecord {
  const all = objectOf(attributes);
  const value = (name: string) => objectOf(all[name]).value;
  const named = (name: string) => textOf(objectOf(objectOf(value(name)).attributes).name);
  const supervisor = objectOf(objectOf(value('supervisor')).attributes);
  const status = value('status');
  return {
    ...unknownPerson(String(value('id'))),
    employeeNumber: textOf(value('employee_id')) ?? textOf(value('personal_number')),
    givenName: textOf(value('first_name')),
    familyName: textOf(value('last_name')),
    preferredName: textOf(value('preferred_name')),
    title: textOf(value('position')),
    employmentType: value('employment_type') === 'external' ? 'external' : textOf(value('employment_type')) && 'employee',
    department: named('department'),
    location: named('office'),
    workAddress: textOf(value('email')),
    startDate: dayOf(value('hire_date')),
    lastWorkingDay: dayOf(value('last_working_day')) ?? dayOf(value('termination_date')),
    legalEnd: dayOf(value('contract_end_date')),
    status:
      status === 'active' || status === 'onboarding' ? 'active' : status === 'leave' ? 'on leave' : status === 'inactive' ? 'left' : null,
    managerExternalId: textOf(objectOf(supervisor.id).value),
    managerAddress: textOf(objectOf(supervisor.email).value),
  };
}

async function test(session: PersonioSession): Promise<Check[]> {
  const { records, total } = await pageAt(session, 0, 50);
  const dated = records.map(toPerson).filter(({ startDate }) => startDate !== null).length;
  return [
    { name: 'Credential', ok: true, words: `Personio knows the credential. It shows ${total ?? records.length} people.` },
    dated > 0 || records.length === 0
      ? { name: 'Dates', ok: true, words: 'Start dates are readable.' }
      : { name: 'Dates', ok: null, words: 'Nobody has a start date: tick hire date among the readable attributes of the credential.' },
  ];
}

/** Personio as the source of who works here. */
export const personio = defineConnector<PersonioSettings, PersonioSecrets>({
  id: 'personio',
  name: 'Personio',
  sentence: 'Tells who works here: names, departments, supervisors, first and last days, from Personio into the people list.',
  profile: {
    rights: [{ right, for: 'read people, with the attributes that are ticked as readable' }],
    plan: 'Any plan with API credentials.',
    inbound: null,
    cannotKnow: [
      'Attributes that the credential may not read: they stay as the people list has them.',
      'From when until when somebody is on leave: Personio says only that they are.',
      'The time zone of somebody: their office has to have one here.',
      'Accounts in other apps, and anything about passwords.',
    ],
    verifiedLive: null,
    setUp: [
      { words: 'As an administrator open Settings, Integrations, API credentials, and generate a credential named Groundcrew.' },
      {
        words:
          'Give it Employees: Read, and tick as readable: first name, last name, preferred name, email, employee ID, position, department, office, supervisor, status, employment type, hire date, contract end, termination date and last working day.',
      },
      { words: 'Copy client ID and client secret, and enter them here.' },
    ],
  },
  reads: 'connection',
  settings: z.object({
    clientId: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .meta({ title: 'Client ID' } satisfies FormMeta),
    baseUrl: vendorAddress('https://api.personio.de'),
  }),
  secrets: z.object({
    clientSecret: z
      .string()
      .trim()
      .min(1)
      .meta({ title: 'Client secret' } satisfies FormMeta),
  }),
  hosts: ({ baseUrl }) => [hostOf(baseUrl)],
  baseUrl: ({ baseUrl }) => baseUrl.replace(/\/+$/, ''),
  authorization: () => ({}),
  credential,
  settlingSeconds: () => 0,
  // 300 requests a minute; a half of it is left to others.
  rateLimit: { perSecond: 2.5, burst: 20 },
  test,
  listPeople: (session) =>
    pageByIndex(
      async (offset) => {
        const { records, total } = await pageAt(session, offset);
        return { records: records.map(toPerson), total };
      },
      { idOf: ({ externalId }) => externalId, firstIndex: 0 },
    ),
});
