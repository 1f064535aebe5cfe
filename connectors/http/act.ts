import {
  type AccountChange,
  type AccountRecord,
  type AccountTarget,
  type Answer,
  ConnectorError,
  type EntitlementTarget,
  type NewAccount,
  type PasswordTarget,
  type Session,
  textOf,
} from '../kit/index.ts';
import { descriptionOf, send } from './ask.ts';
import { methodOf, type Request } from './description.ts';
import type { Values } from './fill-template.ts';
import { findAccount, readAccount } from './read.ts';
import type { HttpSettings } from './settings.ts';
import { valueAt } from './value-at.ts';

type HttpSession = Session<HttpSettings>;

/** What may stand in braces about an account. */
const valuesOf = (account: AccountRecord): Values => ({
  id: account.externalId,
  userName: account.userName,
  address: account.addresses[0] ?? null,
  displayName: account.displayName,
  givenName: account.givenName,
  familyName: account.familyName,
  employeeNumber: account.employeeNumber,
});

/** A request as a person may read it. */
export const requestWords = (requests: Request[] | undefined): string =>
  (requests ?? []).map((request) => `${methodOf(request).method.toUpperCase()} ${methodOf(request).path}`).join(', then ');

async function present(
  session: HttpSession,
  { externalId }: AccountTarget,
  wish: Parameters<typeof readAccount>[2] = { entitlements: 'none' },
): Promise<AccountRecord> {
  const account = await readAccount(session, externalId, wish);
  if (account === null) throw new ConnectorError('missing', 'The app says that this account does not exist. Nothing was changed.');
  return account;
}

async function sendAll(session: HttpSession, requests: Request[], values: Values): Promise<string> {
  let status = 0;
  for (const request of requests) status = (await send(session, request, { values })).status;
  return `The app answered ${status}.`;
}

/** Suspends or restores, unless a read shows that it is so already. */
export async function changeStatus(session: HttpSession, target: AccountTarget, to: 'active' | 'suspended'): Promise<Answer> {
  const { suspend, restore } = descriptionOf(session.settings).actions;
  const account = await present(session, target);
  if (account.status === to) return { answered: `The account was ${to} already. Nothing was sent.`, changed: false };
  return { answered: await sendAll(session, (to === 'active' ? restore : suspend)!, valuesOf(account)), changed: true };
}

export async function deleteAccount(session: HttpSession, target: AccountTarget): Promise<Answer> {
  const account = await readAccount(session, target.externalId, { entitlements: 'none' });
  if (account === null) return { answered: 'There is no such account. Nothing was sent.', changed: false };
  return { answered: await sendAll(session, descriptionOf(session.settings).actions.delete!, valuesOf(account)), changed: true };
}

/** Creates an account, unless one with this user name or address is there. */
export async function createAccount(session: HttpSession, account: NewAccount): Promise<Answer & { externalId: string }> {
  const before = await findAccount(session, account.userName, { entitlements: 'none' });
  if (before)
    return {
      answered: `The app has an account ${account.userName} already. Nothing was created.`,
      changed: false,
      externalId: before.externalId,
    };
  const { id, ...request } = descriptionOf(session.settings).actions.create!;
  const response = await send(session, request, { values: { ...account, address: account.address ?? account.userName } });
  const externalId = textOf(valueAt(response.json(), id));
  if (externalId !== null)
    return { answered: `The app answered ${response.status} and created ${account.userName}.`, changed: true, externalId };
  const after = await findAccount(session, account.userName, { entitlements: 'none' });
  if (after === null)
    throw new ConnectorError('refused', `The app answered ${response.status} and shows no account ${account.userName}.`, {
      mayHaveHappened: true,
    });
  return { answered: `The app has an account ${account.userName}.`, changed: null, externalId: after.externalId };
}

/** Gives or takes, unless a read shows that it is so already. */
export async function changeEntitlement(
  session: HttpSession,
  { account: target, entitlement }: EntitlementTarget,
  has: boolean,
): Promise<Answer> {
  const { grant, revoke } = descriptionOf(session.settings).actions;
  const request = (has ? grant : revoke)?.[entitlement.kind];
  if (!request)
    throw new ConnectorError(
      'unsupported',
      `The description says no way to ${has ? 'give' : 'take'} a ${entitlement.kind}. Add it below actions, ${has ? 'grant' : 'revoke'}.`,
    );
  const account = await present(session, target, { entitlements: entitlement });
  const holds = account.entitlements?.some(({ kind, externalId }) => kind === entitlement.kind && externalId === entitlement.externalId);
  if (holds === has)
    return { answered: `The account was ${has ? 'with' : 'without'} ${entitlement.name} already. Nothing was sent.`, changed: false };
  const values = { ...valuesOf(account), entitlement: { id: entitlement.externalId, name: entitlement.name } };
  return { answered: await sendAll(session, [request], values), changed: true };
}

export async function changeFacts(session: HttpSession, { account: target, facts }: AccountChange): Promise<Answer> {
  const account = await present(session, target);
  const known: Record<string, unknown> = { ...account, address: account.addresses[0] ?? null };
  const differs = Object.entries(facts).some(([name, value]) => !(name in known) || known[name] !== value);
  if (!differs) return { answered: 'The app shows these values already. Nothing was sent.', changed: false };
  return {
    answered: await sendAll(session, descriptionOf(session.settings).actions.change!, { ...valuesOf(account), facts }),
    changed: true,
  };
}

export async function setPassword(session: HttpSession, { account: target, password }: PasswordTarget): Promise<Answer> {
  const account = await present(session, target);
  return {
    answered: await sendAll(session, descriptionOf(session.settings).actions.setPassword!, { ...valuesOf(account), password }),
    changed: true,
  };
}

export async function endSessions(session: HttpSession, target: AccountTarget): Promise<Answer> {
  const account = await present(session, target);
  return { answered: await sendAll(session, descriptionOf(session.settings).actions.endSessions!, valuesOf(account)), changed: null };
}
