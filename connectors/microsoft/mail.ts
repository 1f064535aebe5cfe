import { type Answer, type AutoReply, type Json, type MailForward, objectOf, objectsOf, type Shown, textOf } from '../kit/index.ts';
import { allOf, inMailbox, type MicrosoftSession, userPath } from './call.ts';
import { existing } from './change-status.ts';
import { rights } from './rights.ts';

const options = { right: rights.mail };
const rulesPath = (id: string) => `${userPath(id)}/mailFolders/inbox/messageRules`;
const settingsPath = (id: string) => `${userPath(id)}/mailboxSettings`;

/** Sends what comes in on by a rule of the inbox, and leaves a copy there. Exchange's own forwarding is out of Graph's reach. */
export async function forwardMail(session: MicrosoftSession, { account, to }: MailForward): Promise<Answer> {
  await existing(session, account.externalId);
  if (await isForwarded(session, account.externalId, to))
    return { answered: `Mail was forwarded to ${to} already. Nothing was sent.`, changed: false };
  const rule = {
    displayName: `Groundcrew: forward to ${to}`,
    sequence: 1,
    isEnabled: true,
    actions: { redirectTo: [{ emailAddress: { address: to } }], stopProcessingRules: false },
  };
  await session.http.post(rulesPath(account.externalId), rule, options);
  return {
    answered: `Microsoft forwards mail to ${to} by a rule of the inbox. To an address outside the company, it does so only where the company allows automatic forwarding.`,
    changed: true,
  };
}

export async function showsMailForwarded(session: MicrosoftSession, { account, to }: MailForward): Promise<Shown> {
  await existing(session, account.externalId);
  return (await isForwarded(session, account.externalId, to))
    ? { done: true, words: `A rule of the inbox forwards all mail to ${to}.` }
    : { done: false, words: `No rule of the inbox forwards all mail to ${to}.` };
}

/** Whether a rule that is switched on, without fault and without condition sends everything on to the address. */
async function isForwarded(session: MicrosoftSession, userId: string, to: string): Promise<boolean> {
  const rules = await inMailbox(() => allOf(session, rulesPath(userId), options));
  return rules.some(({ isEnabled, hasError, conditions, exceptions, actions }) => {
    const { redirectTo, forwardTo } = objectOf(actions);
    const addresses = [...objectsOf(redirectTo), ...objectsOf(forwardTo)].map(({ emailAddress }) => textOf(objectOf(emailAddress).address));
    const sendsAll = isEnabled === true && hasError !== true && isEmpty(conditions) && isEmpty(exceptions);
    return sendsAll && addresses.some((address) => address?.toLowerCase() === to.toLowerCase());
  });
}

const isEmpty = (predicates: unknown): boolean =>
  Object.values(objectOf(predicates)).every((value) => value === null || (Array.isArray(value) && value.length === 0));

export async function setAutoReply(session: MicrosoftSession, target: AutoReply): Promise<Answer> {
  await existing(session, target.account.externalId);
  if (isReplying(await readReply(session, target.account.externalId), target))
    return { answered: 'Microsoft answers with this text already. Nothing was sent.', changed: false };
  const message = htmlOf(target.text);
  const end = endOf(target.until);
  const schedule =
    end === null
      ? { status: 'alwaysEnabled' }
      : { status: 'scheduled', scheduledStartDateTime: inUtc(session.now()), scheduledEndDateTime: inUtc(end) };
  const automaticRepliesSetting = { ...schedule, externalAudience: 'all', internalReplyMessage: message, externalReplyMessage: message };
  await session.http.patch(settingsPath(target.account.externalId), { automaticRepliesSetting }, { ...options, repeatable: true });
  const until = target.until === null ? 'until it is switched off' : `until the end of ${target.until} (UTC)`;
  return {
    answered: `Microsoft answers mail with this text from now on, ${until}. Each sender is answered once; the subject is Microsoft's own.`,
    changed: true,
  };
}

export async function showsAutoReply(session: MicrosoftSession, target: AutoReply): Promise<Shown> {
  await existing(session, target.account.externalId);
  const reply = await readReply(session, target.account.externalId);
  if (isReplying(reply, target)) return { done: true, words: 'Mail is answered with this text.' };
  const words = reply.status === 'disabled' ? 'Mail is not answered by itself.' : 'Mail is answered with another text or date.';
  return { done: false, words };
}

async function readReply(session: MicrosoftSession, userId: string): Promise<Json> {
  const response = await inMailbox(() => session.http.get(settingsPath(userId), options));
  return objectOf(objectOf(response.json()).automaticRepliesSetting);
}

/** The end of a local day, which is taken as one of UTC. */
const endOf = (until: string | null): Temporal.Instant | null =>
  until === null ? null : Temporal.PlainDate.from(until).add({ days: 1 }).toZonedDateTime('UTC').toInstant();

const inUtc = (at: Temporal.Instant) => ({ dateTime: at.toString({ smallestUnit: 'second' }).replace('Z', ''), timeZone: 'UTC' });

function isReplying(reply: Json, { text, until }: AutoReply): boolean {
  const end = endOf(until);
  const scheduled = textOf(objectOf(reply.scheduledEndDateTime).dateTime)?.slice(0, 19) ?? null;
  const asLong = end === null ? reply.status === 'alwaysEnabled' : reply.status === 'scheduled' && scheduled === inUtc(end).dateTime;
  const says = (message: unknown) => plainOf(textOf(message) ?? '') === plainOf(htmlOf(text));
  return asLong && reply.externalAudience === 'all' && says(reply.internalReplyMessage) && says(reply.externalReplyMessage);
}

const htmlOf = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(/\r?\n/g, '<br>');

/** Exchange wraps a message into a page of its own: what counts is the text. */
const plainOf = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&nbsp;|&#160;/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
