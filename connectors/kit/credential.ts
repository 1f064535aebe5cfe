import type { SessionHttp } from './session.ts';

/**
 * What a connection sends to be let in, where it is not the secret itself (a token that the vendor hands out for it). `headers`: sent with
 * every call. `expiresAt`: when it stops working; null: not known. It is never kept on disk. `keeps`: what the vendor handed out with it to ask for the next one (a refresh
 * token that takes the place of the last); it is kept, sealed, before the credential is used.
 */
export type Credential = { headers: Record<string, string>; expiresAt: Temporal.Instant | null; keeps?: Kept };

/** What a vendor handed out and wants to see again, by name. */
export type Kept = Record<string, string>;

/**
 * What a connector needs to ask for a credential: calls without one. Throws ConnectorError when it is not given. `which`: the name by which a
 * call asked for another than the usual one (`CallOptions.credential`); null: the usual one.
 */
export type CredentialExchange<Settings, Secrets> = {
  settings: Settings;
  secrets: Secrets;
  /** What was kept when the last credential was handed out. */
  kept: Kept;
  http: SessionHttp;
  which: string | null;
  now(): Temporal.Instant;
};

/** Keeps the credential of one connection, so that its sessions share one until shortly before it expires. `named`: those that calls asked for by name. */
export type CredentialHolder = { current: Promise<Credential> | null; kept?: Kept; named?: Map<string, CredentialHolder> };

const mostNamed = 200;

/** Where the credential of this name is kept; of more than 200 the oldest are dropped, and asked for again when they are needed. */
export function holderOf(holder: CredentialHolder, which: string | null): CredentialHolder {
  if (which === null) return holder;
  holder.named ??= new Map();
  const known = holder.named.get(which) ?? { current: null };
  holder.named.delete(which);
  holder.named.set(which, known);
  for (const oldest of holder.named.keys()) if (holder.named.size > mostNamed) holder.named.delete(oldest);
  return known;
}

const spareSeconds = 60;

/** The credential that is kept, or a new one where there is none or it is about to expire. A request that failed is not kept. */
export async function heldCredential(
  holder: CredentialHolder,
  now: () => Temporal.Instant,
  ask: () => Promise<Credential>,
): Promise<Credential> {
  const before = holder.current;
  const kept = before === null ? null : await before.catch(() => null);
  // Another session asked meanwhile: two would use up what can be used once.
  if (holder.current !== before && holder.current !== null) return heldCredential(holder, now, ask);
  if (kept !== null && (kept.expiresAt === null || now().until(kept.expiresAt).total('seconds') > spareSeconds)) return kept;
  const asked = ask();
  holder.current = asked;
  asked.catch(() => {
    if (holder.current === asked) holder.current = null;
  });
  return asked;
}
