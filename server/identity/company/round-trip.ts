import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { sameBytes, seal, unseal } from '../../platform/secrets.ts';
import { hashSecret } from '../tokens/create-token.ts';
import { refuseSignIn } from './refuse-sign-in.ts';
import { safeNext } from './safe-next.ts';

const validMinutes = 10;

export type RoundTrip = { id: string; purpose: 'sign-in' | 'try'; next: string; memberId: string | null };

const bindingOf = (organizationId: string) => `round trip ${organizationId}`;

/**
 * Remembers that a browser goes to the provider. `foundBy`: the state (OpenID Connect) or the id of the request (SAML). `secrets` are sealed. Not
 * audited: it is nobody's act yet, and anybody may begin one.
 */
export async function beginRoundTrip(
  ctx: Context,
  trip: { foundBy: string; browser: string; secrets: object | null; next: string | null; memberId: string | null },
): Promise<void> {
  await ctx.db
    .insertInto('identity_round_trips')
    .values({
      organization_id: ctx.organizationId,
      purpose: trip.memberId ? 'try' : 'sign-in',
      found_by: hashSecret(trip.foundBy),
      browser_hash: hashSecret(trip.browser),
      secret: trip.secrets && seal(ctx.platform.secretKey, bindingOf(ctx.organizationId), JSON.stringify(trip.secrets)),
      next: safeNext(trip.next),
      member_id: trip.memberId,
      created_at: ctx.now.toString(),
      expires_at: ctx.now.add({ minutes: validMinutes }).toString(),
    })
    .execute();
  if (trip.memberId)
    await appendAudit(ctx, { action: 'company-sign-in.try-begun', subject: { kind: 'organization', id: ctx.organizationId } });
}

const columns = ['id', 'purpose', 'next', 'member_id', 'browser_hash', 'secret', 'answer'] as const;
type Row = { id: string; purpose: string; next: string; member_id: string | null; secret: Buffer | null; answer: Buffer | null };

const tripOf = (row: Row): RoundTrip => ({
  id: row.id,
  purpose: row.purpose as RoundTrip['purpose'],
  next: row.next,
  memberId: row.member_id,
});

/**
 * Uses up the round trip with this state, in the browser that began it. Throws 401 for another browser's, one that is over, and one that was used:
 * of two at once one wins.
 */
export async function useRoundTrip<Secrets>(
  ctx: Context,
  { state, browser }: { state: string; browser: string },
): Promise<RoundTrip & { secrets: Secrets }> {
  const row = await ctx.db
    .updateTable('identity_round_trips')
    .set({ used_at: ctx.now.toString() })
    .where('found_by', '=', hashSecret(state))
    .where('browser_hash', '=', hashSecret(browser))
    .where('used_at', 'is', null)
    .where('answered_at', 'is', null)
    .where('expires_at', '>', ctx.now.toString())
    .returning(columns)
    .executeTakeFirst();
  if (!row?.secret) throw refuseSignIn('begin_again');
  return { ...tripOf(row), secrets: JSON.parse(unseal(ctx.platform.secretKey, bindingOf(ctx.organizationId), row.secret)) as Secrets };
}

/** Keeps the checked answer of a provider for the browser that asked, which fetches it by `handle`. Throws 401 where it was answered before, or is over. */
export async function answerRoundTrip(ctx: Context, { requestId, handle, answer }: { requestId: string; handle: string; answer: object }) {
  const row = await ctx.db
    .updateTable('identity_round_trips')
    .set({
      answered_at: ctx.now.toString(),
      handle_hash: hashSecret(handle),
      answer: seal(ctx.platform.secretKey, bindingOf(ctx.organizationId), JSON.stringify(answer)),
    })
    .where('found_by', '=', hashSecret(requestId))
    .where('answered_at', 'is', null)
    .where('used_at', 'is', null)
    .where('expires_at', '>', ctx.now.toString())
    .returning('id')
    .executeTakeFirst();
  if (!row) throw refuseSignIn('replayed');
}

/** Fetches such an answer, once, in the browser that began. Throws 401 otherwise; another browser does not use it up. */
export async function fetchAnswer<Answer>(
  ctx: Context,
  { handle, browser }: { handle: string; browser: string },
): Promise<RoundTrip & { answer: Answer }> {
  const row = await ctx.db
    .selectFrom('identity_round_trips')
    .select(columns)
    .where('handle_hash', '=', hashSecret(handle))
    .where('used_at', 'is', null)
    .where('expires_at', '>', ctx.now.toString())
    .forUpdate()
    .executeTakeFirst();
  if (!row?.answer || !sameBytes(Buffer.from(row.browser_hash), hashSecret(browser))) throw refuseSignIn('begin_again');
  await ctx.db.updateTable('identity_round_trips').set({ used_at: ctx.now.toString(), answer: null }).where('id', '=', row.id).execute();
  return { ...tripOf(row), answer: JSON.parse(unseal(ctx.platform.secretKey, bindingOf(ctx.organizationId), row.answer)) as Answer };
}
