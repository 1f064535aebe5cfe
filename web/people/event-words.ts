import type { OutputOf } from '../shell/call.ts';

type Event = OutputOf<'getPersonTimeline'>['rows'][number];

const words: Record<string, string> = {
  'person.added': 'Came onto the list',
  'person.changed': 'Changed',
  'person.rehired': 'Came back: a new employment began',
  'person.linked': 'Linked to who signs in here',
  'person.leave-set': 'Leave of absence set',
  'person.leave-ended': 'Leave of absence ended',
  'person.leaving-dates-set': 'Leaving dates set',
  'person.leaving-dates-cleared': 'Leaving dates taken back',
  'person.erased': 'Data erased',
  'leaving.confirmed': 'Exit confirmed',
  'leaving.moved': 'Exit moved',
  'leaving.rescinded': 'Exit called off',
};

const fieldWords: Record<string, string> = {
  givenName: 'given name',
  familyName: 'family name',
  preferredName: 'preferred name',
  employeeNumber: 'employee number',
  title: 'title',
  employmentType: 'employment',
  department: 'department',
  location: 'location',
  timeZone: 'time zone',
  country: 'country',
  costCentre: 'cost centre',
  workAddress: 'work address',
  personalAddress: 'personal address',
  startDate: 'start',
  lastWorkingDay: 'last working day',
  accessCutOff: 'access cut-off',
  cutOffLocal: 'access cut-off',
  legalEnd: 'legal end',
  aliases: 'other addresses',
  from: 'from',
  until: 'until',
};

/** What an event of the audit did, in words: “Changed: title, department”. */
export function eventWords({ action, subjectKind, subjectName, after }: Event): string {
  const said = words[action] ?? sentence(action);
  const about = subjectKind === 'person' || subjectKind === 'run' || subjectName === null ? '' : ` (${subjectName})`;
  if (action !== 'person.changed') return `${said}${about}`;
  const fields = Object.keys(asValues(after)).map(
    (field) => fieldWords[field] ?? (field === 'managerId' ? 'manager' : field.endsWith('Id') ? field.slice(0, -2) : field),
  );
  return fields.length === 0 ? said : `${said}: ${fields.join(', ')}`;
}

/** The values that were and became, and who did it: “Engineer → Lead. Ines Halvorsen”. */
export function eventDetail({ actorName, before, after, reason, action }: Event): string {
  const [was, became] = [asValues(before), asValues(after)];
  const shown = action === 'person.added' ? [] : Object.keys(became).filter((field) => field in fieldWords && field !== 'aliases');
  const changes = shown.flatMap((field) => {
    const [from, to] = [text(was[field]), text(became[field])];
    return from === '' && to === '' ? [] : [from === '' ? to : `${from} → ${to === '' ? 'nothing' : to}`];
  });
  return [...changes, reason, actorName].filter(Boolean).join('. ');
}

const asValues = (values: unknown): Record<string, unknown> =>
  typeof values === 'object' && values !== null ? (values as Record<string, unknown>) : {};
const text = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '');

/** `account.suspended` → “Account suspended”. */
const sentence = (action: string): string => {
  const plain = action.replaceAll(/[.-]/g, ' ');
  return `${plain[0]?.toUpperCase() ?? ''}${plain.slice(1)}`;
};
