import type { AccountTarget, CheckedAction, Session, Shown } from '../../../connectors/kit/index.ts';
import type { OpenConnection } from '../../connections/index.ts';
import { runAsSystem } from '../../platform/context.ts';
import type { Platform } from '../../platform/platform.ts';
import { insistDelaySeconds, settlingDelaySeconds } from '../action-state.ts';
import type { ClaimedAction } from '../claim-due-actions.ts';
import { readAccount } from '../read-account.ts';
import { mayBeSent, type Outcome, recordAttempt } from '../record-outcome.ts';
import { checkedActionOf, type DataKind, isDataKind, kindRules } from './data-kinds.ts';
import { holdBack, mayDestroy } from './hold-back.ts';
import { inputFor } from './input-for.ts';
import { listOwned } from './list-owned.ts';

type Connection = NonNullable<OpenConnection>;
type Change = { run(): Promise<{ answered: string }>; shows(): Promise<Shown>; effect: string };

/** Kinds that only people do, whatever the app offers; and any kind that is decided to be done by hand. */
export const isByHand = ({ kind, input }: Pick<ClaimedAction, 'kind' | 'input'>): boolean =>
  isDataKind(kind) && (kindRules[kind].by === null || input?.byHand === true);

/**
 * Does one thing with the data of a leaver and reads it back: verified only if a fresh read says so; where nobody can see it, unknown with what
 * the app answered. null: it was withdrawn or settled before anything was sent. Throws ConnectorError.
 */
export async function performData(
  platform: Platform,
  organizationId: string,
  action: ClaimedAction,
  connection: Connection,
): Promise<Outcome | null> {
  if (action.kind === 'list-owned') return listOwned(platform, organizationId, action, connection);
  if (await waitsForMeetings(platform, organizationId, action))
    return { status: 'planned', words: 'It waits until the meetings are cancelled, which would go along else.', nextInSeconds: 10 };
  const made = await changeOf(platform, organizationId, action, connection);
  if ('status' in made) return made;
  if (action.previous !== 'reading') {
    const before = await made.shows();
    if (before.done === true)
      return verified(before, action.attempts === 0 ? 'It was so before anything was asked.' : 'A fresh read shows it.');
    // An earlier process may have sent what must not be sent twice.
    if (made.effect === 'unrepeatable' && action.before !== null)
      return {
        status: 'unknown',
        words: 'Groundcrew was stopped while it asked. Whether it happened cannot be known. Look there, then decide.',
      };
    platform.boundary('action.read-before');
    const held = await runAsSystem(platform, organizationId, async (ctx) => {
      // Asked once more in the last moment: a hold may have been placed since.
      const back = mayDestroy(action.kind) ? await holdBack(ctx, action) : null;
      return back ?? ((await mayBeSent(ctx, action, { status: before.words })) ? null : 'ended');
    });
    if (held === 'ended') return null;
    if (held) return held;
    const answer = await made.run();
    platform.boundary('action.answered');
    await runAsSystem(platform, organizationId, (ctx) =>
      recordAttempt(ctx, action, { answer: answer.answered, before: { status: before.words } }),
    );
    platform.boundary('action.answer-recorded');
    return judge(platform, { ...action, answer: answer.answered, answeredAt: null }, connection, await made.shows());
  }
  return judge(platform, action, connection, await made.shows());
}

/** Meetings that are to be cancelled must not go to whoever gets the files. */
async function waitsForMeetings(platform: Platform, organizationId: string, action: ClaimedAction): Promise<boolean> {
  if (action.kind !== 'hand-over-files' || action.input?.meetings || action.previous === 'reading') return false;
  const open = await runAsSystem(platform, organizationId, (ctx) =>
    ctx.db
      .selectFrom('access_actions')
      .select('id')
      .where('plan_id', '=', action.planId)
      .where('account_id', '=', action.accountId)
      .where('kind', '=', 'release-calendars')
      .where('status', 'in', ['planned', 'attempting', 'retrying'])
      .executeTakeFirst(),
  );
  return open !== undefined;
}

async function changeOf(
  platform: Platform,
  organizationId: string,
  action: ClaimedAction,
  connection: Connection,
): Promise<Change | Outcome> {
  const { connector, session } = connection;
  const kind = action.kind as DataKind;
  const account: AccountTarget | null = action.externalId
    ? { externalId: action.externalId, userName: action.userName, displayName: action.displayName }
    : null;
  const cannot: Outcome = { status: 'asked', words: `${action.app} offers Groundcrew no way to do this.` };
  if (!account) return cannot;
  if (kind === 'delete-account') {
    const change = connector.deleteAccount;
    if (!change || !connector.readAccount) return cannot;
    return {
      effect: change.effect,
      run: () => change.run(session as Session, account, { idempotencyKey: action.id }),
      shows: async () => {
        const record = await readAccount(connection, action.app, account, { entitlements: 'none' });
        return record === null
          ? { done: true, words: 'no such account' }
          : { done: false, words: `the account is there (${record.status ?? 'state unknown'})` };
      },
    };
  }
  const change = checkedActionOf(connector, kind) as CheckedAction<object, unknown> | undefined;
  if (!change) return cannot;
  const input = await inputFor(platform, organizationId, action, connection, account);
  if ('status' in input) return input;
  return {
    effect: change.effect,
    run: () => change.run(session as Session, input, { idempotencyKey: action.id }),
    shows: () => change.shows(session as Session, input),
  };
}

const observed = (shown: Shown) => shown.words.replace(/\.$/, '');

const verified = (shown: Shown, words: string): Outcome => ({ status: 'verified', words, observed: observed(shown) });

/** So long an app may take to hand files over in the background. */
const underWayHours = 72;

type Judged = Pick<ClaimedAction, 'app' | 'answeredAt' | 'previous' | 'reads' | 'attempts' | 'kind'> & { answer?: string };

function judge(platform: Platform, action: Judged, connection: Connection, shown: Shown): Outcome {
  if (shown.done === true)
    return { ...verified(shown, 'A fresh read shows it.'), ...(action.kind === 'delete-account' ? { record: 'gone' as const } : {}) };
  const answeredAt = action.previous === 'reading' && action.answeredAt ? Temporal.Instant.from(action.answeredAt) : platform.clock.now();
  const waited = platform.clock.now().since(answeredAt).total('seconds');
  if (shown.done === null && action.kind === 'hand-over-files' && waited < underWayHours * 3600)
    return {
      status: 'reading',
      words: `${shown.words} It is read again every quarter of an hour.`,
      observed: observed(shown),
      nextInSeconds: 900,
    };
  if (shown.done === null)
    return {
      status: 'unknown',
      words: `${action.answer ? `${action.app} answered: ${action.answer} ` : ''}${shown.words} No read can show whether it is so.`,
      observed: observed(shown),
    };
  const again = settlingDelaySeconds(action.reads, waited, connection.settlingSeconds);
  if (again !== null)
    return {
      status: 'reading',
      words: `${action.app} answered; the change may take up to ${connection.settlingSeconds} seconds to show.`,
      observed: observed(shown),
      nextInSeconds: again,
    };
  return {
    status: 'did-not-obey',
    words: `${action.app} answered “done”, and a read does not show it.`,
    observed: observed(shown),
    nextInSeconds: insistDelaySeconds(action.attempts + 1),
  };
}
