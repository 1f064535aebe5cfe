import { type Answer, type AutoReply, ConnectorError, type Json, type MailForward, objectOf, type Shown, textOf } from '../kit/index.ts';
import { type GoogleSession, getOrNull, inNameOf } from './call.ts';
import { existing } from './change-status.ts';
import { type Scope, scopes } from './scopes.ts';
import { placesOf } from './settings.ts';

// https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings
const settingsPath = (session: GoogleSession, rest: string) => `${placesOf(session.settings).gmail}/gmail/v1/users/me/settings/${rest}`;

async function addressOf(session: GoogleSession, externalId: string): Promise<string> {
  const address = textOf((await existing(session, externalId)).primaryEmail);
  if (address === null) throw new ConnectorError('broken', 'Google shows the account without an address. Nothing was sent.');
  return address;
}

const read = async (session: GoogleSession, address: string, what: string, scope: Scope): Promise<Json> =>
  objectOf((await session.http.get(settingsPath(session, what), inNameOf(address, scope))).json());

/** Forwards mail and leaves a copy in the inbox. An address outside the company must agree first: Google writes to it. */
export async function forwardMail(session: GoogleSession, { account, to }: MailForward): Promise<Answer> {
  const address = await addressOf(session, account.externalId);
  if (isForwardedTo(await read(session, address, 'autoForwarding', scopes.autoReply), to))
    return { answered: `Mail was forwarded to ${to} already. Nothing was sent.`, changed: false };
  const one = settingsPath(session, `forwardingAddresses/${encodeURIComponent(to)}`);
  const sharing = inNameOf(address, scopes.forwarding, { repeatable: true });
  const known = await getOrNull(session, one, inNameOf(address, scopes.autoReply));
  const accepted =
    known ?? objectOf((await session.http.post(settingsPath(session, 'forwardingAddresses'), { forwardingEmail: to }, sharing)).json());
  if (accepted.verificationStatus !== 'accepted')
    return {
      answered: `Google wrote to ${to} and waits until the mail is confirmed there. Nothing is forwarded before.`,
      changed: known === null,
    };
  const forwarding = { enabled: true, emailAddress: to, disposition: 'leaveInInbox' };
  await session.http.put(settingsPath(session, 'autoForwarding'), forwarding, sharing);
  return { answered: `Google forwards mail to ${to} from now on.`, changed: true };
}

export async function showsMailForwarded(session: GoogleSession, { account, to }: MailForward): Promise<Shown> {
  const address = await addressOf(session, account.externalId);
  const forwarding = await read(session, address, 'autoForwarding', scopes.autoReply);
  if (isForwardedTo(forwarding, to)) return { done: true, words: `Mail is forwarded to ${to}.` };
  const other = forwarding.enabled === true ? textOf(forwarding.emailAddress) : null;
  return { done: false, words: other === null ? 'Mail is not forwarded.' : `Mail is forwarded to ${other}.` };
}

const isForwardedTo = ({ enabled, emailAddress }: Json, to: string): boolean =>
  enabled === true && textOf(emailAddress)?.toLowerCase() === to.toLowerCase();

export async function setAutoReply(session: GoogleSession, target: AutoReply): Promise<Answer> {
  const address = await addressOf(session, target.account.externalId);
  const wanted = vacationOf(target);
  if (isReplying(await read(session, address, 'vacation', scopes.autoReply), wanted, session.now()))
    return { answered: 'Google answers with this text already. Nothing was sent.', changed: false };
  await session.http.put(settingsPath(session, 'vacation'), wanted, inNameOf(address, scopes.autoReply));
  const until = target.until === null ? 'until it is switched off' : `until the end of ${target.until} (UTC)`;
  return { answered: `Google answers mail with this text from now on, ${until}.`, changed: true };
}

export async function showsAutoReply(session: GoogleSession, target: AutoReply): Promise<Shown> {
  const address = await addressOf(session, target.account.externalId);
  const vacation = await read(session, address, 'vacation', scopes.autoReply);
  if (isReplying(vacation, vacationOf(target), session.now())) return { done: true, words: 'Mail is answered with this text.' };
  return {
    done: false,
    words: vacation.enableAutoReply === true ? 'Mail is answered with another text or date.' : 'Mail is not answered by itself.',
  };
}

/** The settings of Gmail (VacationSettings); its instants are milliseconds since 1970, as text. */
function vacationOf({ subject, text, until }: AutoReply): Json {
  const end = until === null ? null : Temporal.PlainDate.from(until).add({ days: 1 }).toZonedDateTime('UTC').epochMilliseconds;
  return {
    enableAutoReply: true,
    responseSubject: subject,
    responseBodyPlainText: text,
    restrictToContacts: false,
    restrictToDomain: false,
    ...(end === null ? {} : { endTime: String(end) }),
  };
}

/** Whether everybody is answered so now. Gmail may end a line in its own way. */
function isReplying(vacation: Json, wanted: Json, now: Temporal.Instant): boolean {
  const plain = (value: unknown) => (textOf(value) ?? '').replaceAll(/\s+/g, ' ').trim();
  return (
    vacation.enableAutoReply === true &&
    vacation.restrictToContacts !== true &&
    vacation.restrictToDomain !== true &&
    Number(textOf(vacation.startTime) ?? 0) <= now.epochMilliseconds &&
    plain(vacation.responseSubject) === plain(wanted.responseSubject) &&
    plain(vacation.responseBodyPlainText) === plain(wanted.responseBodyPlainText) &&
    textOf(vacation.endTime) === textOf(wanted.endTime)
  );
}
