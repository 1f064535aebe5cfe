import type { StatusKind } from '../design/status-kind.ts';
import type { OutputOf } from '../shell/call.ts';

type Event = OutputOf<'getPersonTimeline'>['rows'][number];

const words: Record<string, string> = {
  'person.added': 'Came onto the list',
  'person.changed': 'Changed',
  'person.difference-decided': 'Somebody decided which source is right',
  'directory.user-added': 'A directory pushed them',
  'directory.user-changed': 'A directory changed what it says of them',
  'directory.user-removed': 'A directory removed them',
  'directory.person-suspended': 'A directory took them out: suspended until somebody says what it means',
  'directory.suspension-held': 'A directory wanted to take them out: held',
  'directory.suspension-let-go': 'What a directory wanted was let go',
  'person.rehired': 'Came back: a new employment began',
  'person.linked': 'Linked to who signs in here',
  'person.leave-set': 'Leave of absence set',
  'person.leave-ended': 'Leave of absence ended',
  'absence.planned': 'Accounts are to be suspended for a leave',
  'absence.began': 'The leave began: accounts are suspended',
  'absence.returned': 'The leave is over: what was suspended is given back',
  'absence.over': 'Everything is as it was before the leave',
  'absence.cancelled': 'The leave was called off before it began',
  'person.leaving-dates-set': 'Leaving dates set',
  'person.leaving-dates-cleared': 'Leaving dates taken back',
  'person.erased': 'Data erased',
  'leaving.confirmed': 'Exit confirmed',
  'leaving.moved': 'Exit moved',
  'leaving.rescinded': 'They stay after all: what was closed is given back',
  'leaving.cancelled': 'Exit called off',
  'run.paused': 'Run paused',
  'run.resumed': 'Run goes on',
  'run.done': 'Run is over',
  'access.opening-set': 'It was set when access opens',
  'account.create-sent': 'The app was told to make an account',
  'account.suspend-sent': 'The app was told to close the account',
  'account.restore-sent': 'The app was told to open the account again',
  'account.verified': 'Read back: it is as it should be',
  'account.did-not-obey': 'The app did not obey',
  'account.reading': 'The app answered: it is read back',
  'account.waiting': 'Waits for another app',
  'account.retrying': 'The app did not do it yet: it is tried again',
  'account.asked': 'Somebody was asked to do it by hand',
  'account.unknown': 'Nobody can tell how it stands',
  'account.evidenced': 'Somebody vouched that it is done',
  'account.overridden': 'Somebody decided otherwise',
  'account.reappeared': 'The account can be used again',
  'account.observed': 'The account was read',
  'account.matched': 'The account was given to them',
  'account.unmatched': 'The account was taken from them',
  'account.marked-service': 'The account serves a program',
  'account.unmarked-service': 'The account serves a program no more',
  'action.retried': 'Tried again by hand',
  'task.opened': 'A task was opened',
  'task.done': 'A task is done',
  'task.cancelled': 'A task is not needed any more',
  'task.escalated': 'A task went on to the next',
  'task.reassigned': 'A task was given to somebody else',
  'task.reminded': 'Somebody was reminded of a task',
  'evidence.attached': 'Evidence was attached',
  'step.done': 'A step is done',
  'step.skipped': 'A step does not apply',
  'step.waiting': 'A step waits for an answer',
  'step.working': 'A step has begun',
  'step.failed': 'A step failed',
  'step.asks': 'A step waits for a decision',
  'step.unknown': 'Nobody can tell whether a step worked',
  'step.overridden': 'A step was left out',
  'step.refused': 'A step was answered with no',
  'step.retried': 'A step is tried again',
  'ownership.moved': 'What they answered for fell to somebody else',
  'ownership.confirmed': 'An heir was confirmed',
  'ownership.decided': 'An heir was chosen',
  'ownership.overridden': 'Settled without an heir',
  'proof.section-signed': 'A section of the proof was signed',
  'proof.closed': 'The proof is closed',
  'proof.reopened': 'The proof is open again',
  'first-morning.answered': 'Said whether everything was there',
  'first-password.chosen': 'Chose the first password',
  'grant.decided': 'Somebody decided about what no rule gives',
  'grant.give-sent': 'The app was told to give it',
  'grant.gone': 'What they had is gone',
  'grant.observed': 'What they have was read',
  'grant.take-sent': 'The app was told to take it',
  'hire.confirmed': 'Hire confirmed',
  'hire.ended': 'The hire is over',
  'hire.moved': 'The start was moved',
  'hire.no-show': 'They do not come: what was opened closes again',
  'joining.something-missing': 'Something was missing',
  'joining.there-now': 'What was missing is there now',
  'milestone.reached': 'A milestone was reached',
  'milestone.taken-back': 'A milestone was not reached after all',
  'plan.made': 'What changes in the apps was worked out',
  'plan.released': 'A held plan was let through',
  'plan.undone': 'A plan was undone',
  'plan.withdrawn': 'What was planned in the apps was taken back',
  'welcome.answered': 'They said something on the welcome page',
  'welcome.sent': 'The link to the welcome page was sent',
  'mail.failed': 'A mail did not arrive',
  'mail.withheld': 'A mail was held back',
  'people.missing-decided': 'Was missing on a list: decided',
};

const kinds: Record<string, StatusKind> = {
  'account.verified': 'good-read',
  'account.did-not-obey': 'wrong',
  'account.reappeared': 'wrong',
  'account.retrying': 'waiting',
  'account.asked': 'waiting',
  'account.unknown': 'unknown',
  'account.evidenced': 'good-vouched',
  'first-morning.answered': 'good-vouched',
  'hire.no-show': 'decided',
  'joining.something-missing': 'wrong',
  'milestone.reached': 'good-vouched',
  'account.overridden': 'decided',
  'task.done': 'good-vouched',
  'task.cancelled': 'decided',
  'task.escalated': 'waiting',
  'evidence.attached': 'good-vouched',
  'step.waiting': 'waiting',
  'step.asks': 'waiting',
  'step.failed': 'wrong',
  'step.unknown': 'unknown',
  'step.overridden': 'decided',
  'step.refused': 'decided',
  'ownership.confirmed': 'good-vouched',
  'ownership.overridden': 'decided',
  'proof.section-signed': 'good-vouched',
  'proof.closed': 'good-vouched',
  'proof.reopened': 'waiting',
  'leaving.rescinded': 'decided',
  'leaving.cancelled': 'decided',
  'mail.failed': 'wrong',
  'person.leave-set': 'away',
};

/** How an event is known: read by a machine, vouched by a person, decided, wrong. What merely happened is none of these. */
export const eventKind = ({ action }: Pick<Event, 'action'>): StatusKind => kinds[action] ?? 'working';

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
  const about = subjectKind === 'person' || subjectKind === 'run' || subjectName === null ? '' : `: ${subjectName}`;
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
  return [...changes, reason?.trim().replace(/\.+$/, ''), actorName].filter(Boolean).join('. ');
}

const asValues = (values: unknown): Record<string, unknown> =>
  typeof values === 'object' && values !== null ? (values as Record<string, unknown>) : {};
const text = (value: unknown): string => (typeof value === 'string' ? dayText(value) : typeof value === 'number' ? String(value) : '');

const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
/** A day as people write it; any other text as it is. */
const dayText = (value: string): string => (/^\d{4}-\d\d-\d\d$/.test(value) ? days.format(new Date(value)) : value);

/** `account.suspended` → “Account suspended”. */
const sentence = (action: string): string => {
  const plain = action.replaceAll(/[.-]/g, ' ');
  return `${plain[0]?.toUpperCase() ?? ''}${plain.slice(1)}`;
};
