import { z } from 'zod';
import {
  type Check,
  ConnectorError,
  dayOf,
  defineConnector,
  type FormMeta,
  hostOf,
  type Json,
  objectOf,
  objectsOf,
  type Page,
  type PersonRecord,
  plainAddress,
  type Session,
  textOf,
  unknownPerson,
} from './kit/index.ts';

type BambooSettings = { company: string; baseUrl?: string | undefined };
type BambooSession = Session<BambooSettings>;

const right = 'the fields of a report';
const fields = {
  number: 'employeeNumber',
  first: 'firstName',
  last: 'lastName',
  preferred: 'preferredName',
  title: 'jobTitle',
  type: 'employmentHistoryStatus',
  department: 'department',
  location: 'location',
  country: 'country',
  work: 'workEmail',
  personal: 'homeEmail',
  hired: 'hireDate',
  ended: 'terminationDate',
  status: 'status',
  manager: 'supervisorEId',
};

/** Each company has an address of its own. */
const addressOf = ({ company, baseUrl }: BambooSettings): string => baseUrl ?? `https://${company}.bamboohr.com`;

/** One report of everybody, also of those who have left or begin later: BambooHR has no pages for it. */
async function employees(session: BambooSession): Promise<Json[]> {
  const path = 'api/v1/reports/custom';
  const body = { title: 'Groundcrew', fields: Object.values(fields) };
  const query = { format: 'json', onlyCurrent: 'false' };
  const response = await session.http.post(path, body, { right, query, repeatable: true, maxBytes: 50_000_000, timeoutMs: 120_000 });
  const rows = objectOf(response.json({ maxDepth: 20, maxValues: 3_000_000 })).employees;
  if (!Array.isArray(rows)) throw new ConnectorError('broken', 'BambooHR answered with something that is no report.');
  return objectsOf(rows);
}

function toPerson(row: Json): PersonRecord {
  const text = (name: keyof typeof fields) => textOf(row[fields[name]]);
  // BambooHR writes a day that is not known as zeros.
  const day = (name: keyof typeof fields) => dayOf(row[fields[name]]);
  return {
    ...unknownPerson(String(row.id)),
    employeeNumber: text('number'),
    givenName: text('first'),
    familyName: text('last'),
    preferredName: text('preferred'),
    title: text('title'),
    employmentType: text('type'),
    department: text('department'),
    location: text('location'),
    country: text('country'),
    workAddress: text('work'),
    personalAddress: text('personal'),
    startDate: day('hired'),
    lastWorkingDay: day('ended'),
    status: row.status === 'Active' ? 'active' : row.status === 'Inactive' ? 'left' : null,
    managerExternalId: text('manager'),
  };
}

async function* listPeople(session: BambooSession): AsyncGenerator<Page<PersonRecord>> {
  const rows = await employees(session);
  yield { records: rows.map(toPerson), total: rows.length, last: true };
}

async function test(session: BambooSession): Promise<Check[]> {
  const rows = await employees(session);
  const withMail = rows.filter((row) => textOf(row.workEmail) !== null).length;
  const withStart = rows.filter((row) => dayOf(row.hireDate) !== null).length;
  return [
    { name: 'Credential', ok: true, words: `BambooHR knows the key. It shows ${rows.length} people, those who have left among them.` },
    withMail > 0 || rows.length === 0
      ? { name: 'Work addresses', ok: true, words: `${withMail} have a work address.` }
      : { name: 'Work addresses', ok: null, words: 'Nobody has a work address: the key may lack the right to see that field.' },
    withStart > 0 || rows.length === 0
      ? { name: 'Dates', ok: true, words: `${withStart} have a start date.` }
      : { name: 'Dates', ok: null, words: 'Nobody has a start date: the key may lack the right to see that field.' },
  ];
}

/** BambooHR as the source of who works here. */
export const bamboohr = defineConnector<BambooSettings, { apiKey: string }>({
  id: 'bamboohr',
  name: 'BambooHR',
  sentence: 'Tells who works here: names, departments, managers, start and last days, from BambooHR into the people list.',
  profile: {
    rights: [{ right, for: 'read people: an access level that sees names, job, status, dates and work address of everybody' }],
    plan: 'Any plan.',
    inbound: null,
    cannotKnow: [
      'Fields that the access level of the key’s owner hides: they stay as the people list has them.',
      'Leave of absence: BambooHR keeps it in its time-off pages.',
      'Until when access may stay: the last day is the termination date.',
      'Accounts in other apps, and anything about passwords.',
    ],
    verifiedLive: null,
    setUp: [
      {
        words:
          'Make a user for Groundcrew alone, with an access level that sees name, job, employment status, hire date, termination date and work e-mail of everybody.',
      },
      { words: 'Signed in as that user open the menu of its picture, API Keys, and add a key.' },
      { words: 'Enter the key here, and the name that stands before .bamboohr.com in the address.' },
    ],
  },
  reads: 'connection',
  settings: z.object({
    company: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z0-9-]{1,100}$/, 'the name before .bamboohr.com')
      .meta({ title: 'Company', description: 'What stands before .bamboohr.com in the address.' } satisfies FormMeta),
    baseUrl: plainAddress.optional().meta({
      title: 'Address of the interface',
      description: 'Only where calls go through a gateway of yours.',
      rare: true,
    } satisfies FormMeta),
  }),
  secrets: z.object({
    apiKey: z
      .string()
      .trim()
      .min(1)
      .meta({ title: 'API key' } satisfies FormMeta),
  }),
  hosts: (settings) => [hostOf(addressOf(settings))],
  baseUrl: (settings) => addressOf(settings).replace(/\/+$/, ''),
  authorization: (_settings, { apiKey }) => ({ authorization: `Basic ${Buffer.from(`${apiKey}:x`).toString('base64')}` }),
  settlingSeconds: () => 0,
  rateLimit: { perSecond: 2, burst: 10 },
  test,
  listPeople,
});
