import type { AccountRecord, AccountTarget, Connector, Session } from '../../connectors/kit/index.ts';
import { ConnectorError } from '../../connectors/kit/index.ts';
import { type OpenConnection, openConnection } from '../connections/index.ts';
import { runAsSystem } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { insistDelaySeconds, retryDelaySeconds, settlingDelaySeconds } from './action-state.ts';
import type { ClaimedAction } from './claim-due-actions.ts';
import { createAccount, watchGive } from './create-account.ts';
import { beforeSuspension } from './data/before-suspension.ts';
import { isDataKind } from './data/data-kinds.ts';
import { holdBack, mayDestroy } from './data/hold-back.ts';
import { isByHand, performData } from './data/perform-data.ts';
import { giveBackNow, secondsUntilSettled } from './give-back-now.ts';
import { AccountMoved, readAccount } from './read-account.ts';
import { mayBeSent, type Outcome, recordAttempt, recordOutcome } from './record-outcome.ts';

/** What an action wants an account to be, and what a read says about that. */
type Target = { account: AccountTarget; connection: NonNullable<OpenConnection> };

const attemptSeconds = 45;

/**
 * Performs one claimed action: reads, changes what differs, reads back. Opens its own short transactions and calls the network only between
 * them. Never throws for what another system does: that becomes the action's state, and the line of the proof that shows it. What went wrong
 * in Groundcrew itself becomes its state too, so that a person is asked in the end; it throws only while not even that can be written.
 */
export async function performAction(platform: Platform, organizationId: string, action: ClaimedAction): Promise<void> {
  const record = (outcome: Outcome) => runAsSystem(platform, organizationId, (ctx) => recordOutcome(ctx, action, outcome));
  let outcome: Outcome | null;
  try {
    outcome = await outcomeOf(platform, organizationId, action);
  } catch (error) {
    outcome = failed(platform, action, error as Error);
  }
  platform.boundary('action.outcome');
  if (outcome === null) {
    await runAsSystem(platform, organizationId, (ctx) => giveBackNow(ctx, action));
  } else {
    await record(outcome).catch((error: Error) => record(failed(platform, action, error)));
  }
  platform.boundary('action.recorded');
}

/** null: the action was withdrawn or settled before anything was sent. */
async function outcomeOf(platform: Platform, organizationId: string, action: ClaimedAction): Promise<Outcome | null> {
  if (action.kind === 'ask') return { status: 'asked', words: `${action.app} is worked by hand.` };
  const held = mayDestroy(action.kind) ? await runAsSystem(platform, organizationId, (ctx) => holdBack(ctx, action)) : null;
  if (held) return held;
  if (isByHand(action)) return { status: 'asked', words: `Only people can do this in ${action.app}.` };
  await beforeSuspension(platform, organizationId, action, performAction);
  const isGroup = ['revoke-entitlement', 'grant-entitlement', 'take-licence'].includes(action.kind);
  const appId = isGroup ? action.viaAppId : action.appId;
  const deadline = platform.clock.now().add({ seconds: attemptSeconds });
  const connection = appId ? await openConnection(platform, organizationId, appId, { deadline, retry: { attempts: 2 } }) : null;
  if (!connection) {
    if (action.kind === 'watch') return { status: 'unknown', words: `${action.app} is run from outside, and Groundcrew cannot read it.` };
    return { status: 'asked', words: `Groundcrew has no connection to ${action.app}.` };
  }
  try {
    if (action.kind === 'watch' && action.direction === 'give') return await watchGive(action, connection, action.workAddress);
    if (action.kind === 'watch') return await watch(connection, action);
    if (isDataKind(action.kind) && action.kind !== 'take-licence') return await performData(platform, organizationId, action, connection);
    if (action.kind === 'create-account') return await createAccount(platform, organizationId, action, connection);
    if (isGroup) return await changeGroup(platform, organizationId, action, connection);
    return await changeAccount(platform, organizationId, action, connection);
  } finally {
    connection.session.close();
  }
}

const wantedStatus = (action: ClaimedAction) => (action.kind === 'restore' ? 'active' : 'suspended');

function isAsWanted(action: ClaimedAction, record: AccountRecord | null): boolean | null {
  if (record === null) return action.kind !== 'restore';
  if (record.status === null) return null;
  return record.status === wantedStatus(action);
}

const observedWords = (record: AccountRecord | null) =>
  record === null ? 'no such account' : (record.status ?? 'the app does not say whether it is active');

async function changeAccount(
  platform: Platform,
  organizationId: string,
  action: ClaimedAction,
  connection: Target['connection'],
): Promise<Outcome | null> {
  const { connector, session } = connection;
  const change = action.kind === 'restore' ? connector.restoreAccount : connector.suspendAccount;
  if (!action.externalId || !change || !connector.readAccount) {
    return {
      status: 'asked',
      words: `${action.app} offers Groundcrew no way to ${action.kind === 'restore' ? 'reopen' : 'suspend'} an account.`,
    };
  }
  const account: AccountTarget = { externalId: action.externalId, userName: action.userName, displayName: action.displayName };
  // What else the account holds does not matter here, and a slow list of groups must not hold up the cut-off.
  const read = () => readAccount(connection, action.app, account, { entitlements: 'none' });
  if (action.previous !== 'reading') {
    const before = await read();
    if (isAsWanted(action, before)) {
      const unsettled = await untilSettled(platform, organizationId, action, connection);
      return unsettled ?? verified(before, action.attempts === 0 ? 'It was so before anything was asked.' : 'A fresh read shows it.');
    }
    platform.boundary('action.read-before');
    const state = { status: before?.status ?? null };
    if (!(await runAsSystem(platform, organizationId, (ctx) => mayBeSent(ctx, action, state)))) return null;
    const answer = await change.run(session as Session, account, { idempotencyKey: action.id });
    platform.boundary('action.answered');
    await runAsSystem(platform, organizationId, (ctx) => recordAttempt(ctx, action, { answer: answer.answered, before: state }));
    platform.boundary('action.answer-recorded');
  }
  return readBack(platform, action, connection, await read());
}

/** What gives back is not done while what was taken may still come to show, whatever a read says before. */
async function untilSettled(
  platform: Platform,
  organizationId: string,
  action: ClaimedAction,
  connection: Target['connection'],
): Promise<Outcome | null> {
  if (action.kind !== 'restore' && action.kind !== 'grant-entitlement') return null;
  const left = await runAsSystem(platform, organizationId, (ctx) => secondsUntilSettled(ctx, action, connection.settlingSeconds));
  if (left === null) return null;
  return {
    status: 'retrying',
    words: `${action.app} shows it open, but the change that was sent before may still take ${Math.ceil(left)} seconds to show. It is read again then.`,
    nextInSeconds: Math.min(15, left),
  };
}

/** The state that one fresh read leads to: verified, or read again while the change may settle, or the app did not obey. */
function readBack(platform: Platform, action: ClaimedAction, connection: Target['connection'], record: AccountRecord | null): Outcome {
  const isRight = isAsWanted(action, record);
  if (isRight) return verified(record, 'A fresh read shows it.');
  const answeredAt = action.previous === 'reading' && action.answeredAt ? Temporal.Instant.from(action.answeredAt) : platform.clock.now();
  const waited = platform.clock.now().since(answeredAt).total('seconds');
  const again = settlingDelaySeconds(action.reads, waited, connection.settlingSeconds);
  if (again !== null) {
    return {
      status: 'reading',
      words: `${action.app} answered; the change may take up to ${connection.settlingSeconds} seconds to show.`,
      observed: observedWords(record),
      nextInSeconds: again,
    };
  }
  if (isRight === null)
    return { status: 'asked', words: `${action.app} does not say whether the account is active.`, observed: observedWords(record) };
  return {
    status: 'did-not-obey',
    words: `${action.app} answered “done” and changed nothing.`,
    observed: observedWords(record),
    nextInSeconds: insistDelaySeconds(action.attempts + 1),
  };
}

const verified = (record: AccountRecord | null, words: string): Outcome => ({
  status: 'verified',
  words,
  observed: observedWords(record),
  record: record ?? 'gone',
});

async function watch(connection: Target['connection'], action: ClaimedAction): Promise<Outcome> {
  if (!action.externalId || !connection.connector.readAccount)
    return { status: 'unknown', words: `${action.app} is run from outside, and Groundcrew cannot read it.` };
  const account: AccountTarget = { externalId: action.externalId, userName: action.userName, displayName: action.displayName };
  const record = await readAccount(connection, action.app, account, { entitlements: 'none' });
  if (isAsWanted(action, record)) return verified(record, 'Closed from outside; a fresh read shows it.');
  return { status: 'asked', words: `${action.app} is run from outside and the account is still open.`, observed: observedWords(record) };
}

async function changeGroup(
  platform: Platform,
  organizationId: string,
  action: ClaimedAction,
  connection: Target['connection'],
): Promise<Outcome | null> {
  const { connector, session } = connection;
  const change = action.kind === 'grant-entitlement' ? connector.grantEntitlement : connector.revokeEntitlement;
  const account = await accountInWriter(platform, organizationId, action, connection.connector, session as Session);
  if (!connector.readAccount || !action.entitlement || account === undefined) {
    return { status: 'asked', words: cannotChange(action) };
  }
  const entitlement = action.entitlement;
  const wanted = action.kind === 'grant-entitlement';
  const isRight = async () => {
    const record = account === null ? null : await readAccount(connection, action.app, account, { entitlements: entitlement });
    const holds = record?.entitlements?.some((each) => each.externalId === entitlement.externalId) ?? (record === null ? false : null);
    return holds === wanted;
  };
  const seen: Outcome = {
    status: 'verified',
    words: isOwnGrant(action) ? 'A fresh read shows it.' : wanted ? 'In the group, by a fresh read.' : 'Not in the group, by a fresh read.',
    observed:
      action.kind === 'take-licence'
        ? `${entitlement.name}: not held; its seat is free`
        : `${entitlement.name}: ${wanted ? 'member' : 'not a member'}`,
    ...(account?.id && action.entitlementId ? { grant: { accountId: account.id, entitlementId: action.entitlementId, held: wanted } } : {}),
  };
  if (await isRight()) return (await untilSettled(platform, organizationId, action, connection)) ?? seen;
  if (!change) return { status: 'asked', words: cannotChange(action) };
  if (account === null)
    return {
      status: 'asked',
      words: isOwnGrant(action) ? `There is no account in ${action.app} to give it to.` : 'There is no account to put into the group.',
    };
  const before = { status: wanted ? 'not a member' : 'member' };
  if (!(await runAsSystem(platform, organizationId, (ctx) => mayBeSent(ctx, action, before)))) return null;
  const answer = await change.run(session as Session, { account, entitlement }, { idempotencyKey: action.id });
  platform.boundary('action.answered');
  await runAsSystem(platform, organizationId, (ctx) => recordAttempt(ctx, action, { answer: answer.answered, before }));
  platform.boundary('action.answer-recorded');
  if (await isRight()) return seen;
  return {
    status: 'retrying',
    words: isOwnGrant(action)
      ? `${action.app} answered; ${entitlement.name} does not show the change yet.`
      : `${action.app} is granted by ${entitlement.name}; the change is not to be seen there yet.`,
    nextInSeconds: retryDelaySeconds(action.attempts + 1),
  };
}

/** The entitlement is of the app itself, not a group of another app. */
const isOwnGrant = (action: ClaimedAction) => action.viaAppId === action.appId;

const cannotChange = (action: ClaimedAction) =>
  isOwnGrant(action)
    ? `Groundcrew cannot change ${action.entitlement?.name ?? 'this'} in ${action.app}.`
    : `The group that gives ${action.app} cannot be changed by Groundcrew.`;

// The person's account in the app whose group grants this one. undefined: not known which; null: known to be none.
async function accountInWriter(
  platform: Platform,
  organizationId: string,
  action: ClaimedAction,
  connector: Connector,
  session: Session,
): Promise<(AccountTarget & { id: string | null }) | null | undefined> {
  const row = await runAsSystem(platform, organizationId, (ctx) =>
    ctx.db
      .selectFrom('apps_accounts')
      .select(['id', 'external_id', 'user_name', 'display_name', 'status'])
      .where('app_id', '=', action.viaAppId)
      .where((e) => e.or([e('id', '=', action.accountId), e('person_id', '=', action.personId)]))
      // The account that the action names, where it is one of this app; else one that is there.
      .orderBy(sql`id = ${action.accountId}::uuid`, (order) => order.desc().nullsLast())
      .orderBy(sql`status is not distinct from 'gone'`)
      .orderBy('observed_at', 'desc')
      .executeTakeFirst(),
  );
  if (row)
    return row.status === 'gone'
      ? null
      : { id: row.id, externalId: row.external_id, userName: row.user_name, displayName: row.display_name };
  if (!connector.findAccount || !action.userName) return undefined;
  const found = await connector.findAccount(session, action.userName, { entitlements: 'none' });
  return found ? { id: null, externalId: found.externalId, userName: found.userName, displayName: found.displayName } : null;
}

/** An error as a state: tried again with back-off for as long as the line is open, or asked where no machine can go on. */
function failed(platform: Platform, action: ClaimedAction, error: Error): Outcome {
  if (error instanceof AccountMoved) return { status: 'asked', words: error.message, observed: error.observed };
  const backOff = retryDelaySeconds(action.attempts + 1);
  if (!(error instanceof ConnectorError)) {
    platform.log.error({ action: action.id, problem: error.message, stack: error.stack }, 'an action failed and will be taken up again');
    const words = `Groundcrew itself failed while it worked on ${action.app}. It is tried again.`;
    return { status: 'retrying', words, problem: true, nextInSeconds: backOff };
  }
  // Of data a vendor's plain no is for a person to read; the account itself is closed in any case.
  if (isDataKind(action.kind) && ['refused', 'right', 'missing'].includes(error.kind)) return { status: 'asked', words: error.message };
  const asked = error.retryAt ? Math.ceil(error.retryAt.since(platform.clock.now()).total('seconds')) : 0;
  const words = error.message;
  if (error.kind === 'unsupported' || error.kind === 'settings') return { status: 'asked', words };
  return { status: 'retrying', words, problem: true, nextInSeconds: Math.max(backOff, Math.min(asked, 3600)) };
}
