import {
  type AccountTarget,
  type AutoReply,
  type CheckedAction,
  type Connector,
  ConnectorError,
  type HandOver,
  type MailForward,
  type OwnedRecord,
  type Session,
  type SharedMailbox,
} from '../../../connectors/kit/index.ts';
import { runAsSystem } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { readSimulatedAccount, removeSimulatedAccount, type SimulatedPlace } from './simulated-accounts.ts';
import type { SimulatedSettings } from './simulated-settings.ts';

/** What a simulated app keeps of an account besides the account itself. What is absent is as it was made. */
type Belongings = {
  sessionsEnded?: boolean;
  password?: string;
  secondFactor?: 'forgotten';
  filesWith?: string;
  forwardTo?: string;
  reply?: { subject: string; text: string; until: string | null };
  readers?: string[];
  meetings?: 'cancelled';
  owned?: OwnedRecord[];
};

/** What the app does not show, though it may have done it. */
type Wants = { shows: (kept: Belongings) => boolean | null; words: (kept: Belongings) => string };

export async function readBelongings(place: SimulatedPlace, externalId: string): Promise<Belongings> {
  return runAsSystem(place.platform, place.organizationId, async (ctx) => {
    const row = await ctx.db
      .selectFrom('connections_simulated')
      .select('belongings')
      .where('connection_id', '=', place.connectionId)
      .where('external_id', '=', externalId)
      .executeTakeFirst();
    return (row?.belongings ?? {}) as Belongings;
  });
}

/** Changes what a simulated app keeps of an account. False where there is no such account. */
export async function changeBelongings(place: SimulatedPlace, externalId: string, change: Belongings): Promise<boolean> {
  return runAsSystem(place.platform, place.organizationId, async (ctx) => {
    const row = await ctx.db
      .updateTable('connections_simulated')
      .set({ belongings: sql`belongings || ${JSON.stringify(change)}::jsonb` })
      .where('connection_id', '=', place.connectionId)
      .where('external_id', '=', externalId)
      .returning('external_id')
      .executeTakeFirst();
    return row !== undefined;
  });
}

type Offered = Partial<
  Pick<
    Connector<SimulatedSettings, Record<string, never>>,
    | 'endSessions'
    | 'resetPassword'
    | 'handOverFiles'
    | 'forwardMail'
    | 'setAutoReply'
    | 'convertToSharedMailbox'
    | 'releaseCalendars'
    | 'listOwned'
    | 'deleteAccount'
  >
>;

type Simulate = {
  place: SimulatedPlace;
  answerable(session: Session<SimulatedSettings>): void;
  missing(): Error;
};

/** The changes of data that a simulated app offers, as its settings say. A liar answers and changes nothing. */
export function belongingsActions(
  { place, answerable, missing }: Simulate,
  offers: readonly string[],
): Partial<Connector<SimulatedSettings>> {
  const isSuspended = async (externalId: string) => (await readSimulatedAccount(place, { externalId }))?.status === 'suspended';
  const action = <Input extends { account: AccountTarget }>(
    describe: (input: Input) => string,
    answered: string,
    change: (input: Input) => Belongings,
    read: (input: Input) => Wants,
  ): CheckedAction<Input, SimulatedSettings> => ({
    effect: 'convergent',
    describe,
    run: async (session, input) => {
      answerable(session);
      if (session.settings.onlyWhileActive && /mail|meetings|reply/i.test(answered) && (await isSuspended(input.account.externalId)))
        throw new ConnectorError('refused', 'The simulated app lets nobody act for a suspended account (403). Nothing was changed.', {
          status: 403,
        });
      if (session.settings.behaviour !== 'lies' && !(await changeBelongings(place, input.account.externalId, change(input))))
        throw missing();
      return { answered, changed: true };
    },
    shows: async (session, input) => {
      answerable(session);
      const kept = await readBelongings(place, input.account.externalId);
      const wants = read(input);
      return { done: wants.shows(kept), words: wants.words(kept) };
    },
  });
  const ofAccount = (
    made: CheckedAction<{ account: AccountTarget }, SimulatedSettings>,
  ): CheckedAction<AccountTarget, SimulatedSettings> => ({
    effect: made.effect,
    describe: (account, settings) => made.describe({ account }, settings),
    run: (session, account, options) => made.run(session, { account }, options),
    shows: (session, account) => made.shows(session, { account }),
  });
  const name = ({ account }: { account: AccountTarget }) => account.displayName ?? account.externalId;
  const all: Offered = {
    endSessions: ofAccount(
      action(
        (input) => `End the sessions and tokens of ${name(input)} in the simulated app.`,
        'All sessions are ended.',
        () => ({ sessionsEnded: true }),
        () => ({
          shows: (kept) => kept.sessionsEnded === true,
          words: (kept) => (kept.sessionsEnded ? 'No session is open, and there is no token.' : 'Two sessions are open.'),
        }),
      ),
    ),
    resetPassword: ofAccount(
      action(
        (input) => `Give ${name(input)} a password in the simulated app that nobody knows.`,
        'The password is another.',
        () => ({ password: 'another' }),
        () => ({ shows: () => null, words: () => 'The simulated app shows nobody a password.' }),
      ),
    ),
    handOverFiles: action<HandOver>(
      (input) => `Give the files of ${name(input)} to ${input.to.displayName ?? input.to.externalId} in the simulated app.`,
      'The files have another owner.',
      ({ to }) => ({ filesWith: to.externalId }),
      ({ to }) => ({
        shows: (kept) => kept.filesWith === to.externalId,
        words: (kept) => (kept.filesWith ? `The files are with ${kept.filesWith}.` : 'The files are with the account.'),
      }),
    ),
    forwardMail: action<MailForward>(
      (input) => `Forward the mail of ${name(input)} to ${input.to} in the simulated app.`,
      'Mail is forwarded.',
      ({ to }) => ({ forwardTo: to }),
      ({ to }) => ({
        shows: (kept) => kept.forwardTo === to,
        words: (kept) => (kept.forwardTo ? `Mail goes on to ${kept.forwardTo}.` : 'Mail stays in the mailbox.'),
      }),
    ),
    setAutoReply: action<AutoReply>(
      (input) => `Answer whoever writes to ${name(input)} in the simulated app.`,
      'The reply is set.',
      ({ subject, text, until }) => ({ reply: { subject, text, until } }),
      ({ text, until }) => ({
        shows: (kept) => kept.reply?.text === text && kept.reply.until === until,
        words: (kept) => (kept.reply ? `The reply is on${kept.reply.until ? ` until ${kept.reply.until}` : ''}.` : 'There is no reply.'),
      }),
    ),
    convertToSharedMailbox: action<SharedMailbox>(
      (input) => `Let others read the mailbox of ${name(input)} in the simulated app.`,
      'The mailbox is shared.',
      ({ readers }) => ({ readers: readers.map((reader) => reader.externalId) }),
      ({ readers }) => ({
        shows: (kept) => readers.every((reader) => kept.readers?.includes(reader.externalId) ?? false),
        words: (kept) => (kept.readers ? `It is read by ${kept.readers.join(', ')}.` : 'Nobody else reads it.'),
      }),
    ),
    releaseCalendars: ofAccount(
      action(
        (input) => `Cancel the meetings of ${name(input)} in the simulated app.`,
        'The meetings are cancelled.',
        () => ({ meetings: 'cancelled' }),
        () => ({
          shows: (kept) => kept.meetings === 'cancelled',
          words: (kept) => (kept.meetings === 'cancelled' ? 'No meeting is to come.' : 'Three recurring meetings are to come.'),
        }),
      ),
    ),
    deleteAccount: {
      effect: 'convergent',
      describe: ({ displayName, externalId }) =>
        `Delete ${displayName ?? externalId} in the simulated app. It can be undone there for 20 days.`,
      run: async (session, { externalId }) => {
        answerable(session);
        if (session.settings.behaviour !== 'lies') await removeSimulatedAccount(place, externalId);
        return { answered: 'The account is deleted.', changed: true };
      },
    },
    async listOwned(session, externalId) {
      answerable(session);
      return (await readBelongings(place, externalId)).owned ?? [];
    },
  };
  const keys: Record<string, (keyof Connector)[]> = {
    sessions: ['endSessions', 'resetPassword'],
    files: ['handOverFiles'],
    mail: ['forwardMail', 'setAutoReply', 'convertToSharedMailbox'],
    calendar: ['releaseCalendars'],
    owned: ['listOwned'],
    deletion: ['deleteAccount'],
  };
  const wanted = offers.flatMap((offer) => keys[offer] ?? []);
  return Object.fromEntries(Object.entries(all).filter(([key]) => wanted.includes(key as keyof Connector)));
}
