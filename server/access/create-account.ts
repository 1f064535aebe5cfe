import type { AccountRecord, NewAccount, Session } from '../../connectors/kit/index.ts';
import { isAdminRole } from '../apps/index.ts';
import type { OpenConnection } from '../connections/index.ts';
import { type Context, runAsSystem } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { insistDelaySeconds, settlingDelaySeconds } from './action-state.ts';
import type { ClaimedAction } from './claim-due-actions.ts';
import { mayBeSent, type Outcome, recordAttempt } from './record-outcome.ts';

/**
 * Makes an account for a person, unless one with their user name is there: read, then write, then read back. One that is there and belongs to
 * nobody, or to them, is taken over as it is (and reopened); one that is somebody else's is not touched. Repeating it makes no second one.
 */
export async function createAccount(
  platform: Platform,
  organizationId: string,
  action: ClaimedAction,
  connection: NonNullable<OpenConnection>,
): Promise<Outcome | null> {
  const { connector } = connection;
  const session = connection.session as Session;
  if (!connector.createAccount || !connector.findAccount)
    return { status: 'asked', words: `${action.app} offers Groundcrew no way to make an account.` };
  const { personId } = action;
  const account = personId === null ? null : await runAsSystem(platform, organizationId, (ctx) => newAccountOf(ctx, personId));
  if (account === null) return { status: 'asked', words: `${action.person} has no work address, so no account could be made.` };
  // Once something was sent, an account may be there that a search does not show yet: then everything is read.
  const quick = action.attempts === 0 && action.before === null;
  const find = (entitlements: 'all' | 'none') => connector.findAccount!(session, account.userName, { entitlements, quick });
  const before = await find('none');
  // Whatever was asked for, an app may answer with an account that is somebody else's.
  const notTheirs = async (record: AccountRecord): Promise<Outcome | null> => {
    const owner = await runAsSystem(platform, organizationId, (ctx) => otherOwner(ctx, action, record));
    if (owner === null) return null;
    const words = `${action.app} has an account ${account.userName} that ${owner}. Look whose it is. Groundcrew did not touch it.`;
    return { status: 'asked', words, observed: `an account of that name, ${record.status ?? 'of unknown state'}` };
  };
  const foreign = before && (await notTheirs(before));
  if (foreign) return foreign;
  if (before !== null && before.status !== 'suspended') {
    const whole = (await find('all')) ?? before;
    return (await notTheirs(whole)) ?? there(whole, action);
  }
  if (action.previous === 'reading') return readBack(platform, action, connection, before);
  platform.boundary('action.read-before');
  const state = { status: before?.status ?? null };
  if (!(await runAsSystem(platform, organizationId, (ctx) => mayBeSent(ctx, action, state)))) return null;
  if (before !== null && !connector.restoreAccount)
    return { status: 'asked', words: `${action.app} has a suspended account ${account.userName}, and no way to reopen it.` };
  if (before !== null && isAdministrators((await find('all')) ?? before)) {
    const words = `${action.app} has a suspended account ${account.userName} that is an administrator’s, and nobody has decided whether it stays one. Groundcrew did not open it.`;
    return { status: 'asked', words, observed: 'suspended, an administrator’s' };
  }
  const answer =
    before === null
      ? await connector.createAccount.run(session, account, { idempotencyKey: action.id })
      : await connector.restoreAccount!.run(
          session,
          { externalId: before.externalId, userName: before.userName },
          { idempotencyKey: action.id },
        );
  platform.boundary('action.answered');
  await runAsSystem(platform, organizationId, (ctx) => recordAttempt(ctx, action, { answer: answer.answered, before: state }));
  platform.boundary('action.answer-recorded');
  const after = await find('all');
  return (after && (await notTheirs(after))) ?? readBack(platform, action, connection, after);
}

/** Nobody becomes an administrator by an account of which nothing was known. */
const isAdministrators = ({ isAdmin, entitlements }: AccountRecord): boolean =>
  isAdmin === true || (entitlements ?? []).some(({ name }) => isAdminRole(name));

const there = (record: AccountRecord, action: ClaimedAction): Outcome => ({
  status: 'verified',
  words: action.before === null && action.attempts === 0 ? 'It was there before anything was asked.' : 'A fresh read shows it.',
  observed: record.status ?? 'there; the app does not say whether it is active',
  record,
});

function readBack(
  platform: Platform,
  action: ClaimedAction,
  connection: NonNullable<OpenConnection>,
  record: AccountRecord | null,
): Outcome {
  if (record !== null && record.status !== 'suspended') return { ...there(record, action), words: 'A fresh read shows it.' };
  const observed = record?.status ?? 'no such account';
  const answeredAt = action.previous === 'reading' && action.answeredAt ? Temporal.Instant.from(action.answeredAt) : platform.clock.now();
  const again = settlingDelaySeconds(action.reads, platform.clock.now().since(answeredAt).total('seconds'), connection.settlingSeconds);
  if (again !== null) {
    const words = `${action.app} answered; the account may take up to ${connection.settlingSeconds} seconds to show.`;
    return { status: 'reading', words, observed, nextInSeconds: again };
  }
  return {
    status: 'did-not-obey',
    words: `${action.app} answered “done”, and there is no open account.`,
    observed,
    nextInSeconds: insistDelaySeconds(action.attempts + 1),
  };
}

/** Who the account is for, from the roster; null without a work address, which is its user name. */
async function newAccountOf(ctx: Context, personId: string): Promise<NewAccount | null> {
  const row = await ctx.db
    .selectFrom('people_roster')
    .select(['work_address', 'given_name', 'preferred_name', 'family_name', 'name', 'employee_number'])
    .where('id', '=', personId)
    .executeTakeFirstOrThrow();
  if (!row.work_address) return null;
  return {
    userName: row.work_address,
    address: row.work_address,
    givenName: row.preferred_name ?? row.given_name,
    familyName: row.family_name,
    displayName: row.name,
    employeeNumber: row.employee_number,
  };
}

/** Why an account that is there may not be this person's: whose it is as far as is known; null when nobody else has it. */
async function otherOwner(ctx: Context, action: ClaimedAction, record: AccountRecord): Promise<string | null> {
  const { rows } = await sql<{ person_id: string | null; kind: string; refused: boolean; name: string | null }>`
    select a.person_id, a.kind, ${action.personId}::uuid = any (a.not_person_ids) as refused, r.name
    from apps_accounts a left join people_roster r on r.id = a.person_id
    where a.app_id = ${action.appId} and a.external_id = ${record.externalId}`.execute(ctx.db);
  const known = rows[0];
  if (!known) return null;
  if (known.kind === 'service') return 'somebody marked as a service account';
  if (known.person_id !== null && known.person_id !== action.personId) return `is known as ${known.name ?? 'somebody else'}’s`;
  return known.refused ? 'somebody said is not theirs' : null;
}

/** For an app that is run from outside: whether what should be there is there. It is looked at again every hour until it is. */
export async function watchGive(
  action: ClaimedAction,
  connection: NonNullable<OpenConnection>,
  workAddress: string | null,
): Promise<Outcome> {
  const { connector } = connection;
  const session = connection.session as Session;
  const record =
    action.externalId && connector.readAccount
      ? await connector.readAccount(session, action.externalId, { entitlements: action.entitlement ?? 'none' })
      : workAddress && connector.findAccount
        ? await connector.findAccount(session, workAddress, { entitlements: action.entitlement ?? 'none', quick: true })
        : null;
  const holds = !action.entitlement || record?.entitlements?.some(({ externalId }) => externalId === action.entitlement!.externalId);
  if (record !== null && record.status !== 'suspended' && holds)
    return { status: 'verified', words: 'Given from outside; a fresh read shows it.', observed: record.status ?? 'there', record };
  return {
    status: 'reading',
    words: `${action.app} is run from outside. What should be there is not there yet.`,
    observed: record === null ? 'no such account' : (record.status ?? 'there'),
    nextInSeconds: 3_600,
  };
}
