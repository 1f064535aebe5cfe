import { ConnectorError, hookJson, objectOf, objectsOf, sameText, textOf, type Webhook } from '../kit/index.ts';
import type { MicrosoftSession } from './call.ts';
import { rights } from './rights.ts';
import type { MicrosoftSettings } from './settings.ts';

/** What is watched. Graph lets users and groups be watched for 29 days at most (41,760 minutes); asked again long before. */
const watched = [
  { resource: 'users', right: rights.users },
  { resource: 'groups', right: rights.groups },
];
const days = 14;
const longestToken = 2_000;

/** Change notifications of Microsoft Graph (https://learn.microsoft.com/graph/change-notifications-delivery-webhooks). */
export const microsoftWebhook: Webhook<MicrosoftSettings> = {
  secret: 'subscribed',
  setUp: [{ words: 'There is nothing to do at Microsoft: Groundcrew asks for it, and asks again before it ends.' }],
  handshake: ({ method, query }) => {
    const token = query.get('validationToken');
    if (method !== 'POST' || token === null || token.length > longestToken) return null;
    return { status: 200, contentType: 'text/plain', body: token };
  },
  verify: (request, secret) => {
    const notices = objectsOf(objectOf(hookJson(request)).value);
    return notices.length > 0 && notices.every(({ clientState }) => sameText(textOf(clientState) ?? '', secret));
  },
  answer: () => ({ status: 202, contentType: 'text/plain', body: '' }),
  subscribe: async (session, { address, secret, previous, now }) => {
    const endsAt = now.add({ hours: days * 24 });
    const known = previous === null ? [] : previous.split(',');
    const ids: string[] = [];
    for (const [at, { resource, right }] of watched.entries()) {
      const renewed = known[at] ? await renew(session, known[at], endsAt, right) : null;
      ids.push(renewed ?? (await begin(session, { address, secret, resource, right, endsAt })));
    }
    return { id: ids.join(','), endsAt };
  },
  unsubscribe: async (session, id) => {
    for (const each of id.split(',')) await session.http.delete(`subscriptions/${encodeURIComponent(each)}`, { accept: [404] });
  },
};

/** null: Graph knows it no more. */
async function renew(session: MicrosoftSession, id: string, endsAt: Temporal.Instant, right: string): Promise<string | null> {
  const body = { expirationDateTime: endsAt.toString() };
  const response = await session.http.patch(`subscriptions/${encodeURIComponent(id)}`, body, { right, accept: [404] });
  return response.status === 404 ? null : id;
}

async function begin(
  session: MicrosoftSession,
  wish: { address: string; secret: string; resource: string; right: string; endsAt: Temporal.Instant },
): Promise<string> {
  const body = {
    changeType: 'updated,deleted',
    notificationUrl: wish.address,
    resource: wish.resource,
    expirationDateTime: wish.endsAt.toString(),
    clientState: wish.secret,
  };
  const made = objectOf((await session.http.post('subscriptions', body, { right: wish.right })).json());
  const id = textOf(made.id);
  if (id === null) throw new ConnectorError('broken', 'Microsoft made a subscription and did not say which.');
  return id;
}
