/** A value as the page shows it. `link`: it names a thing by its id. `moment`: a time on the clock of a place, without a zone. */
export type Value =
  | { kind: 'text'; text: string }
  | { kind: 'instant'; instant: string }
  | { kind: 'link'; of: 'person' | 'app' | 'run' | 'import'; id: string };

/** One field that an event changed; null: it was not there. `key` is its name in the event. */
export type Change = { key: string; label: string; from: Value | null; to: Value | null };

export type Values = Record<string, unknown>;

export const isRecord = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);

const labels: Record<string, string> = {
  accounts: 'accounts',
  acceptedUnknownLines: 'unknown lines accepted',
  answer: 'it answered',
  asOf: 'as of',
  assignee: 'given to',
  attempts: 'attempts',
  complete: 'said to be complete',
  cutOffAt: 'access cut-off',
  cutOffLocal: 'on the clock there',
  cutOffZone: 'time zone of the cut-off',
  declaredComplete: 'said to be complete',
  deepLink: 'admin page',
  deputyPersonId: 'deputy',
  despite: 'in spite of',
  dueAt: 'due',
  expiresAt: 'valid until',
  instructionsGrant: 'how to open an account by hand',
  instructionsRevoke: 'how to close an account by hand',
  label: 'read from',
  left: 'has left',
  legalEnd: 'legal end',
  lines: 'lines in it',
  managerId: 'manager',
  onlyAdminOf: 'apps with no other administrator',
  ownerName: 'who answers for it',
  ownerPersonId: 'owner',
  personId: 'person',
  provisional: 'for the time being',
  reasons: 'why',
  secrets: 'secret',
  sensitive: 'sensitive',
  serviceOwner: 'who answers for it',
  signIn: 'people sign in with it',
  slowSeconds: 'seconds until a change shows',
  syncEveryMinutes: 'read every so many minutes',
  to: 'to',
  toldAt: 'told from',
  withdrawn: 'changes withdrawn',
  words: 'what was found',
  writer: 'who changes accounts',
  zone: 'time zone',
};

const people = ['assignee', 'managerId', 'owner', 'ownerPersonId', 'deputyPersonId', 'person', 'personId', 'serviceOwner'];
const apps = ['app', 'appId', 'writerAppId'];

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const machine = /^[0-9a-f]{40,}$/;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(?:Z|[+-]\d\d:\d\d)$/;
const moment = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/;
const day = /^\d{4}-\d\d-\d\d$/;

const camel = (key: string): string => key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const labelOf = (key: string): string =>
  labels[key] ??
  key
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();

const dayWords = (text: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
    .format(new Date(`${text}T00:00:00Z`))
    .replace(',', '');

/** A value in words; null where nothing is there, undefined where only a machine reads it: an id without a page, a hash. */
function shownValue(key: string, value: unknown): Value | null | undefined {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value)) return listOf(value);
  if (typeof value === 'boolean') return { kind: 'text', text: value ? 'yes' : 'no' };
  if (typeof value === 'number') return { kind: 'text', text: value.toLocaleString('en') };
  if (typeof value !== 'string') return undefined;
  if (uuid.test(value)) {
    if (people.includes(key)) return { kind: 'link', of: 'person', id: value };
    if (apps.includes(key)) return { kind: 'link', of: 'app', id: value };
    return key === 'run' || key === 'import' ? { kind: 'link', of: key, id: value } : undefined;
  }
  if (machine.test(value)) return undefined;
  if (instant.test(value)) return { kind: 'instant', instant: value };
  if (day.test(value)) return { kind: 'text', text: dayWords(value) };
  const local = moment.exec(value);
  return { kind: 'text', text: local === null ? value : `${dayWords(local[1]!)}, ${local[2]}` };
}

function listOf(value: unknown[]): Value | null | undefined {
  if (value.length === 0) return null;
  if (value.every((one) => typeof one === 'string' && uuid.test(one))) return { kind: 'text', text: value.length.toLocaleString('en') };
  if (!value.every((one) => typeof one === 'string' || typeof one === 'number')) return undefined;
  const isSentences = value.every((one) => /[.?!]$/.test(String(one)));
  return { kind: 'text', text: value.join(isSentences ? ' ' : ', ') };
}

const fieldsOf = (value: unknown): [string, unknown][] => {
  if (!isRecord(value)) return value === null || value === undefined ? [] : [['value', value]];
  return Object.entries(value).flatMap(([key, one]) => (isRecord(one) ? Object.entries(one) : [[key, one] as [string, unknown]]));
};

/** The fields that differ between what was and what is, in words. What only a machine reads is left out. */
export function changesOf(before: unknown, after: unknown): Change[] {
  const [from, to] = [before, after].map((value) => new Map(fieldsOf(value).map(([key, one]) => [camel(key), one]))) as [
    Map<string, unknown>,
    Map<string, unknown>,
  ];
  return [...new Set([...from.keys(), ...to.keys()])].flatMap((key) => {
    const [was, is] = [shownValue(key, from.get(key)), shownValue(key, to.get(key))];
    if (was === undefined || is === undefined || JSON.stringify(was) === JSON.stringify(is)) return [];
    return [{ key, label: labelOf(key), from: was, to: is }];
  });
}

/** Everything that an event recorded, as it was recorded. */
export const rawOf = (before: unknown, after: unknown): { field: string; from: string; to: string }[] => {
  const [from, to] = [before, after].map((value) => (isRecord(value) ? value : value === null || value === undefined ? {} : { value })) as [
    Values,
    Values,
  ];
  const text = (value: unknown) => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].map((field) => ({ field, from: text(from[field]), to: text(to[field]) }));
};
