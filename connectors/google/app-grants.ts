import { type AppGrantRecord, type Json, objectOf, objectsOf, type Page, pageByCursor, textOf } from '../kit/index.ts';
import { activityPage, activityTime, parameterOf } from './audit.ts';
import type { GoogleSession } from './call.ts';

const atOnce = 500;

/**
 * What accounts allowed programs in the last 180 days and did not take back, as the audit log tells it. Older grants are not in it, so the list
 * never says that it is complete; what one account allows now is read from the account itself.
 */
export async function* listAppGrants(session: GoogleSession): AsyncGenerator<Page<AppGrantRecord>> {
  const revokedAt = new Map<string, number>();
  for await (const { account, clientId, at } of tokenEvents(session, 'revoke')) {
    const key = `${account} ${clientId}`;
    revokedAt.set(key, Math.max(revokedAt.get(key) ?? 0, at.epochMilliseconds));
  }
  const grants = new Map<string, AppGrantRecord>();
  for await (const { event, account, clientId, at } of tokenEvents(session, 'authorize')) {
    const key = `${account} ${clientId}`;
    if (at.epochMilliseconds <= (revokedAt.get(key) ?? 0)) continue;
    const known = grants.get(key);
    const scopes = new Set(
      [...(known?.scopes ?? []), ...(parameterOf(event, 'scope')?.split(/\s+/) ?? [])].filter((scope) => scope !== ''),
    );
    // The newest comes first; the oldest that was not taken back says since when.
    const name = known?.name ?? parameterOf(event, 'app_name') ?? clientId;
    grants.set(key, { accountExternalId: account, externalId: clientId, name, scopes: [...scopes], grantedAt: at, lastUsedAt: null });
  }
  const all = [...grants.values()];
  for (let from = 0; from < all.length; from += atOnce) yield { records: all.slice(from, from + atOnce), total: null };
}

type TokenEvent = { event: Json; account: string; clientId: string; at: Temporal.Instant };

async function* tokenEvents(session: GoogleSession, eventName: 'authorize' | 'revoke'): AsyncGenerator<TokenEvent> {
  const read = (token: string | null) => activityPage(session, 'token', { eventName, maxResults: 1_000 }, token);
  for await (const { records } of pageByCursor(read)) {
    for (const activity of records) {
      const account = textOf(objectOf(activity.actor).profileId);
      const at = activityTime(activity);
      for (const event of objectsOf(activity.events)) {
        const clientId = parameterOf(event, 'client_id');
        if (account !== null && at !== null && clientId !== null && event.name === eventName) yield { event, account, clientId, at };
      }
    }
  }
}
