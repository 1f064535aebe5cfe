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
  type Session,
  textOf,
  unknownPerson,
  vendorAddress,
} from './kit/index.ts';

type BobSettings = { userId: string; baseUrl: string };
type BobSession = Session<BobSettings>;

const right = 'People’s data: View';
const fields = [
  ...['root.id', 'root.firstName', 'root.surname', 'root.displayName', 'root.email', 'work.title', 'work.department', 'work.site'],
  ...['work.startDate', 'work.employeeIdInCompany', 'work.reportsToIdInCompany', 'internal.terminationDate', 'internal.status'],
];

/** Everybody at once, also those who have left: Bob’s search has no pages. */
async function employees(session: BobSession): Promise<Json[]> {
  const body = { fields, showInactive: true, humanReadable: 'REPLACE' };
  const options = { right, repeatable: true, maxBytes: 50_000_000, timeoutMs: 120_000 };
  const response = await session.http.post('v1/people/search', body, options);
  const rows = objectOf(response.json({ maxDepth: 20, maxValues: 3_000_000 })).employees;
  if (!Array.isArray(rows)) throw new ConnectorError('broken', 'HiBob answered with something that is no list of people.');
  return objectsOf(rows);
}

/** A field by its id: inside its category, at the root, or written with slashes, as Bob does for fields that are asked for. */
function fieldOf(row: Json, id: string): unknown {
  const [category, name] = id.split('.') as [string, string];
  const slashed = row[`/${category}/${name}`];
  if (slashed !== undefined) return objectOf(slashed).value ?? slashed;
  return category === 'root' ? row[name] : objectOf(row[category])[name];
}

function toPerson(row: Json): PersonRecord {
  const text = (id: string) => textOf(fieldOf(row, id));
  const status = text('internal.status')?.toLowerCase();
  const first = text('root.firstName');
  return {
    ...unknownPerson(text('root.id') ?? ''),
    employeeNumber: text('work.employeeIdInCompany'),
    givenName: first,
    familyName: text('root.surname'),
    title: text('work.title'),
    department: text('work.department'),
    location: text('work.site'),
    workAddress: text('root.email'),
    startDate: dayOf(fieldOf(row, 'work.startDate')),
    lastWorkingDay: dayOf(fieldOf(row, 'internal.terminationDate')),
    status: status === 'inactive' || status === 'terminated' ? 'left' : status === 'active' ? 'active' : null,
    managerExternalId: text('work.reportsToIdInCompany'),
  };
}

/** Bob names a manager by their number in the company, which is put in place of the id here. */
async function* listPeople(session: BobSession): AsyncGenerator<Page<PersonRecord>> {
  const people = (await employees(session)).map(toPerson);
  const byNumber = new Map(people.flatMap((person) => (person.employeeNumber === null ? [] : [[person.employeeNumber, person] as const])));
  const records = people.map((person) => ({
    ...person,
    managerExternalId: person.managerExternalId === null ? null : (byNumber.get(person.managerExternalId)?.externalId ?? null),
  }));
  yield { records, total: records.length, last: true };
}

async function test(session: BobSession): Promise<Check[]> {
  const people = (await employees(session)).map(toPerson);
  const dated = people.filter(({ startDate }) => startDate !== null).length;
  return [
    {
      name: 'Credential',
      ok: true,
      words: `HiBob knows the service user. It shows ${people.length} people, those who have left among them.`,
    },
    dated > 0 || people.length === 0
      ? { name: 'Dates', ok: true, words: `${dated} have a start date.` }
      : { name: 'Dates', ok: null, words: 'Nobody has a start date: the permission group lacks the right to view the category Work.' },
  ];
}

/** HiBob as the source of who works here. */
export const hibob = defineConnector<BobSettings, { token: string }>({
  id: 'hibob',
  name: 'HiBob',
  sentence: 'Tells who works here: names, departments, managers, first and last days, from HiBob into the people list.',
  profile: {
    rights: [{ right, for: 'read people: the categories Basic info, Work, Employment and Lifecycle, for everybody' }],
    plan: 'Any plan.',
    inbound: null,
    cannotKnow: [
      'Fields that the permission group of the service user hides: they stay as the people list has them.',
      'Leave of absence: Bob keeps it among time off.',
      'Whether somebody is employed or a contractor, and the time zone of their site.',
      'Accounts in other apps, and anything about passwords.',
    ],
    verifiedLive: null,
    setUp: [
      {
        words:
          'Open Settings, Integrations, Automation, Service users, and make one named Groundcrew. Copy its ID and token, which is shown once.',
      },
      {
        words:
          'Under Settings, Account, Permission groups make a group with this service user as member, access to everybody, and the right to view Basic info, Work, Employment and Lifecycle.',
      },
      { words: 'Enter ID and token here.' },
    ],
  },
  reads: 'connection',
  settings: z.object({
    userId: z
      .string()
      .trim()
      .regex(/^[^:\s]{1,200}$/, 'the ID of the service user')
      .meta({ title: 'ID of the service user' } satisfies FormMeta),
    baseUrl: vendorAddress('https://api.hibob.com'),
  }),
  secrets: z.object({
    token: z
      .string()
      .trim()
      .min(1)
      .meta({ title: 'Token' } satisfies FormMeta),
  }),
  hosts: ({ baseUrl }) => [hostOf(baseUrl)],
  baseUrl: ({ baseUrl }) => baseUrl.replace(/\/+$/, ''),
  authorization: ({ userId }, { token }) => ({ authorization: `Basic ${Buffer.from(`${userId}:${token}`).toString('base64')}` }),
  settlingSeconds: () => 0,
  // 50 searches a minute.
  rateLimit: { perSecond: 0.8, burst: 5 },
  test,
  listPeople,
});
