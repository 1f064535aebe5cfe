import { findHold } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import type { ClaimedAction } from '../claim-due-actions.ts';
import type { Outcome } from '../record-outcome.ts';

const day = 24 * 3600;
const hour = 3600;
/** So long a licence waits for what is handed over until a person is asked, in days. */
const licenceWaitsDays = 14;

const dayOf = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO('UTC').toPlainDate().toString();

/** What may destroy data. */
export const mayDestroy = (kind: string): boolean => kind === 'delete-account' || kind === 'take-licence';

/**
 * Why something that may destroy data is not done now; null: it may be done. A legal hold holds everything. An account is deleted not before its day
 * and only where a person approved it; a licence is taken once what hangs on it is with somebody else.
 */
export async function holdBack(ctx: Context, action: ClaimedAction): Promise<Outcome | null> {
  if (!(await hasLeft(ctx, action.personId))) return { status: 'withdrawn', words: 'They work here again. Nothing of theirs is taken.' };
  const hold = action.personId ? await findHold(ctx, action.personId) : null;
  if (hold)
    return {
      status: 'planned',
      words: `A legal hold stands since ${dayOf(hold.placedAt)}, by ${hold.placedBy}. Nothing is ${action.kind === 'delete-account' ? 'deleted' : 'taken'} until it is lifted.`,
      nextInSeconds: day,
    };
  if (action.kind === 'delete-account') {
    const left = Temporal.Instant.from(action.dueAt).since(ctx.now).total('seconds');
    if (left > 0) return { status: 'planned', words: `It is kept until ${dayOf(action.dueAt)}.`, nextInSeconds: left };
    return action.approvedBy
      ? null
      : { status: 'asked', words: `It was kept until ${dayOf(action.dueAt)}. Whether it may be deleted is for a person to say.` };
  }
  return licenceWaits(ctx, action);
}

/** Somebody who came back keeps what they left. */
async function hasLeft(ctx: Context, personId: string | null): Promise<boolean> {
  const person = await ctx.db.selectFrom('people_roster').select(['status', 'erased_at']).where('id', '=', personId).executeTakeFirst();
  return person === undefined || person.status === 'left' || person.erased_at !== null;
}

async function licenceWaits(ctx: Context, action: ClaimedAction): Promise<Outcome | null> {
  const open = await ctx.db
    .selectFrom('access_actions')
    .select(['kind', 'status'])
    .where('plan_id', '=', action.planId)
    .where('account_id', '=', action.accountId)
    .where('kind', 'in', ['hand-over-files', 'share-mailbox', 'list-owned', 'release-calendars'])
    .where('status', 'not in', ['verified', 'evidenced', 'overridden', 'withdrawn'])
    .executeTakeFirst();
  if (!open) return null;
  const waited = ctx.now.since(Temporal.Instant.from(action.dueAt)).total('seconds');
  if (waited < licenceWaitsDays * day)
    return { status: 'planned', words: 'It waits until what hangs on it is with somebody else.', nextInSeconds: hour };
  return { status: 'asked', words: 'What hangs on the licence has not been shown to be with somebody else. Look before you take it.' };
}
