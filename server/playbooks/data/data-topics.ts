import type { DataKind, Heir, WantedData } from '../../access/index.ts';
import type { FormPart } from '../../tasks/index.ts';
import type { DataAccount } from './data-accounts.ts';

/** The parts of a leaver's data about which somebody decides. */
export const dataTopics = ['files', 'mail', 'meetings', 'automations'] as const;
export type DataTopic = (typeof dataTopics)[number];

/**
 * What was decided about one topic. `choice`: files and automations go to somebody ('give') or to nobody ('keep'); mail is answered ('reply'),
 * answered and forwarded ('forward'), answered and read by somebody ('read') or left ('nothing'); meetings are taken over ('take') or cancelled ('cancel').
 */
export type DataWish = {
  topic: DataTopic;
  choice: string;
  to: Heir | null;
  text: string | null;
  /** A local day (ISO 8601) on which what happens to mail ends. */
  until: string | null;
  because: string;
};

export const choicesOf: Record<DataTopic, { value: string; label: string }[]> = {
  files: [
    { value: 'give', label: 'They go to somebody' },
    { value: 'keep', label: 'Nobody gets them; they stay where they are' },
  ],
  mail: [
    { value: 'reply', label: 'An automatic reply names who follows' },
    { value: 'forward', label: 'A reply, and it is forwarded to whoever follows' },
    { value: 'read', label: 'A reply, and whoever follows may read the mailbox' },
    { value: 'nothing', label: 'Nothing' },
  ],
  meetings: [
    { value: 'take', label: 'Somebody takes them over' },
    { value: 'cancel', label: 'They are cancelled' },
  ],
  automations: [
    { value: 'give', label: 'Somebody takes them over' },
    { value: 'keep', label: 'Nobody; what still runs is looked at by the app’s owner' },
  ],
};

const purposes: Record<DataTopic, RegExp> = {
  files: /\b(files?|drive|documents?|storage)\b/i,
  mail: /\b(e-?mail|mail|mailbox)\b/i,
  meetings: /\b(calendars?)\b/i,
  automations: /^$/,
};
const secretsPurpose = /\b(passwords?|vaults?|secrets?)\b/i;

const offers: Record<DataTopic, Parameters<DataAccount['offers']>[0][]> = {
  files: ['handOverFiles'],
  mail: ['forwardMail', 'setAutoReply', 'convertToSharedMailbox'],
  meetings: ['releaseCalendars'],
  automations: ['listOwned'],
};

/** Whether an account has something of the topic: its connection offers to care for it, or the catalogue says that the app is for it. */
const has = (account: DataAccount, topic: DataTopic): boolean =>
  offers[topic].some((key) => account.offers(key)) || purposes[topic].test(account.purpose ?? '');

/** The topics on which there is something to decide. */
export const topicsOf = (accounts: DataAccount[]): DataTopic[] =>
  dataTopics.filter((topic) => accounts.some((account) => has(account, topic)));

/** Whether an app keeps shared passwords. */
export const keepsSecrets = (account: DataAccount): boolean => secretsPurpose.test(account.purpose ?? '');

type Proposal = { heir: Heir | null; until: string };

/** The parts of the one question about all topics. An empty part means what is proposed. */
export function questionParts(topics: DataTopic[], { heir, until }: Proposal): FormPart[] {
  const whom = (key: string, label: string, only: FormPart['only']): FormPart => ({
    key,
    label,
    kind: 'person',
    options: [],
    only,
    otherwise: heir ? { value: heir.personId, words: heir.name } : { value: null, words: 'nobody' },
    words: heir ? `Left empty: ${heir.name}.` : 'Left empty: nobody.',
  });
  const choice = (topic: DataTopic, label: string, value: string, words: string | null = null): FormPart => ({
    key: topic,
    label,
    kind: 'choice',
    options: choicesOf[topic],
    only: null,
    otherwise: { value, words: choicesOf[topic].find((each) => each.value === value)!.label },
    words,
  });
  const parts: Record<DataTopic, FormPart[]> = {
    files: [
      choice('files', 'What becomes of their files?', 'give'),
      whom('files_to', 'Who gets the files?', { key: 'files', values: ['give'] }),
    ],
    mail: [
      choice(
        'mail',
        'What happens to mail that still arrives?',
        'reply',
        'Some countries allow forwarding and reading only for a short time, or not at all. Ask HR when you are not sure.',
      ),
      whom('mail_to', 'Who follows them for mail?', { key: 'mail', values: ['reply', 'forward', 'read'] }),
      {
        key: 'mail_text',
        label: 'What the automatic reply says',
        kind: 'text',
        options: [],
        only: { key: 'mail', values: ['reply', 'forward', 'read'] },
        otherwise: { value: null, words: 'the usual words' },
        words: 'Left empty: that they do not work here any more, that the message was not read, and who follows.',
      },
      {
        key: 'mail_until',
        label: 'Until when?',
        kind: 'date',
        options: [],
        only: { key: 'mail', values: ['reply', 'forward', 'read'] },
        otherwise: { value: until, words: until },
        words: `Left empty: ${until}.`,
      },
    ],
    meetings: [
      choice('meetings', 'What becomes of the meetings they invited to, recurring ones too?', 'take'),
      whom('meetings_to', 'Who takes the meetings over?', { key: 'meetings', values: ['take'] }),
    ],
    automations: [
      choice('automations', 'Who takes over what runs by itself under their account (programs, tokens, groups)?', 'give'),
      whom('automations_to', 'Who takes that over?', { key: 'automations', values: ['give'] }),
    ],
  };
  return topics.flatMap((topic) => parts[topic]);
}

/** The kinds of actions that follow from what was decided. */
export const decidedKinds = [
  'hand-over-files',
  'forward-mail',
  'set-auto-reply',
  'share-mailbox',
  'end-mail',
  'release-calendars',
  'list-owned',
  'take-over',
] as const satisfies DataKind[];

type Wished = { wishes: DataWish[]; reply: { subject: string; text: string }; mailEndsAt: string | null };

/** What has to be done with the accounts of a leaver as it was decided. Where an app's connection cannot do it, a person is asked. */
export function wantedFor(accounts: DataAccount[], { wishes, reply, mailEndsAt }: Wished): WantedData[] {
  const wish = (topic: DataTopic) => wishes.find((each) => each.topic === topic);
  return accounts.flatMap((account) => {
    const made = maker(account);
    return [
      ...filesOf(account, wish('files'), wish('meetings'), made),
      ...mailOf(account, wish('mail'), reply, mailEndsAt, made),
      ...meetingsOf(account, wish('files'), wish('meetings'), made),
      ...automationsOf(account, wish('automations'), made),
    ];
  });
}

type Make = (
  kind: DataKind,
  key: Parameters<DataAccount['offers']>[0] | null,
  input: NonNullable<WantedData['input']>,
  more?: Partial<WantedData>,
) => WantedData;

const maker =
  (account: DataAccount): Make =>
  (kind, key, input, more = {}) => {
    const can = key !== null && account.offers(key);
    const open = (account.capability?.connector.onlyWhileActive ?? []) as readonly string[];
    return {
      appId: account.appId,
      accountId: account.accountId,
      kind,
      first: account.signIn,
      whileOpen: can && open.includes(key),
      input: { ...input, ...(can ? {} : { byHand: true }) },
      ...more,
    };
  };

const takesMeetings = (account: DataAccount) =>
  account.offers('handOverFiles') && account.capability?.connector.filesGoWithMeetings === true;

function filesOf(account: DataAccount, files: DataWish | undefined, meetings: DataWish | undefined, make: Make): WantedData[] {
  if (!has(account, 'files') || files?.choice !== 'give' || !files.to) return [];
  const along = takesMeetings(account) && meetings?.choice === 'take';
  return [make('hand-over-files', 'handOverFiles', { to: files.to, because: files.because, ...(along ? { meetings: true } : {}) })];
}

function mailOf(account: DataAccount, mail: DataWish | undefined, reply: Wished['reply'], endsAt: string | null, make: Make): WantedData[] {
  if (!has(account, 'mail') || !mail || mail.choice === 'nothing') return [];
  const { to, until, because } = mail;
  const made = [make('set-auto-reply', 'setAutoReply', { subject: reply.subject, text: reply.text, until, because })];
  if (!to || mail.choice === 'reply') return made;
  if (mail.choice === 'forward') made.push(make('forward-mail', 'forwardMail', { to, until, because }));
  else made.push(make('share-mailbox', 'convertToSharedMailbox', { to, until, because }));
  if (endsAt) made.push(make('end-mail', null, { to, until, because }, { dueAt: endsAt }));
  return made;
}

function meetingsOf(account: DataAccount, files: DataWish | undefined, meetings: DataWish | undefined, make: Make): WantedData[] {
  if (!has(account, 'meetings') || !meetings) return [];
  const { to, because } = meetings;
  if (meetings.choice === 'cancel') return [make('release-calendars', 'releaseCalendars', { because })];
  // Handed over together with the files: nothing is left to take over.
  if (takesMeetings(account) && files?.choice === 'give' && files.to) return [];
  return [make('release-calendars', null, { ...(to ? { to } : {}), because })];
}

function automationsOf(account: DataAccount, automations: DataWish | undefined, make: Make): WantedData[] {
  if (!account.offers('listOwned') || !automations) return [];
  const { to, because } = automations;
  return [make('list-owned', 'listOwned', { ...(to && automations.choice === 'give' ? { to } : {}), because })];
}
