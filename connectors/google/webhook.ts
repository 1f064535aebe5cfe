import { ConnectorError, hmacHex, type Json, objectOf, objectsOf, sameText, textOf, type Webhook } from '../kit/index.ts';
import { asAdministrator, type GoogleSession } from './call.ts';
import { scopes } from './scopes.ts';
import type { GoogleSettings } from './settings.ts';

/** What can happen to a user; each is a channel of its own. Groups, roles and licences cannot be watched. */
const events = ['add', 'delete', 'makeAdmin', 'undelete', 'update'];
/** Google lets a channel live some hours. */
const wishedSeconds = 21_600;
const shortestHours = 1;

/** Push notifications of the Directory API (https://developers.google.com/workspace/admin/directory/v1/guides/push). */
export const googleWebhook: Webhook<GoogleSettings> = {
  secret: 'subscribed',
  setUp: [{ words: 'There is nothing to do at Google: Groundcrew asks for it, and asks again before it ends.' }],
  verify: ({ method, headers }, secret) => method === 'POST' && sameText(headers['x-goog-channel-token'] ?? '', secret),
  subscribe: async (session, { address, secret, previous, now }) => {
    const channels: Json[] = [];
    for (const event of events) {
      // Made from our word and the moment: asked for twice, it is the same channel.
      const id = hmacHex(secret, `${event} ${now}`).slice(0, 48);
      channels.push(await watch(session, event, { id, type: 'web_hook', address, token: secret, params: { ttl: String(wishedSeconds) } }));
    }
    if (previous !== null) await stop(session, previous);
    const ends = channels.map(({ expiration }) => Number(expiration)).filter((at) => Number.isFinite(at) && at > now.epochMilliseconds);
    const endsAt =
      ends.length === channels.length ? Temporal.Instant.fromEpochMilliseconds(Math.min(...ends)) : now.add({ hours: shortestHours });
    return { id: JSON.stringify(channels.map(({ id, resourceId }) => ({ id, resourceId }))), endsAt };
  },
  unsubscribe: stop,
};

async function watch(session: GoogleSession, event: string, channel: Json): Promise<Json> {
  const query = { customer: session.settings.customer, event };
  const made = objectOf(
    (await session.http.post('admin/directory/v1/users/watch', channel, asAdministrator(scopes.users, { query }))).json(),
  );
  if (textOf(made.resourceId) === null) throw new ConnectorError('broken', 'Google opened a channel and did not say of what.');
  return made;
}

async function stop(session: GoogleSession, channels: string): Promise<void> {
  for (const { id, resourceId } of objectsOf(JSON.parse(channels)))
    await session.http.post('admin/directory_v1/channels/stop', { id, resourceId }, asAdministrator(scopes.users, { accept: [404] }));
}
