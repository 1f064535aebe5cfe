import type { Context } from '../../platform/context.ts';
import { runAsSystem } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Edge } from '../../platform/http/route.ts';
import { makeLinkSecret } from '../make-link-secret.ts';
import { hashSecret } from '../tokens/create-token.ts';
import { type CompanySignIn, findCompanySignIn, ourAddresses } from './company-sign-in.ts';
import { isSignInProblem, refuseSignIn } from './refuse-sign-in.ts';
import { answerRoundTrip } from './round-trip.ts';
import { readSamlAnswer } from './saml/ask-saml.ts';
import type { ReadAssertion } from './saml/read-assertion.ts';

/**
 * Takes the answer that a provider lets the browser post to us. It comes from another site, without our cookies, so it signs nobody in: once checked it
 * waits for the browser that asked, which fetches it. Returns the path where the browser goes on: a page of ours, whatever the answer says.
 */
export async function takeSamlAnswer(edge: Edge, organizationId: string, encoded: string): Promise<string> {
  const page = `/sign-in/return/${organizationId}`;
  try {
    return `${page}?handle=${await keepAnswer(edge, organizationId, encoded)}`;
  } catch (error) {
    if (!(error instanceof Refusal) || !isSignInProblem(error.code)) throw error;
    edge.platform.log.info({ organizationId, code: error.code, internal: error.internal }, 'an answer of a SAML provider was refused');
    // A tile at the provider sends one that nobody asked for: it is not taken, and the sign-in is begun from our side.
    return error.code === 'unasked' ? `/sign-in/with/${organizationId}` : `${page}?problem=${error.code}`;
  }
}

async function keepAnswer(edge: Edge, organizationId: string, encoded: string): Promise<string> {
  const { platform } = edge;
  const settings = await runAsSystem(platform, organizationId, findCompanySignIn);
  if (settings?.kind !== 'saml') throw refuseSignIn('not_offered');
  const ours = ourAddresses(platform.config.publicUrl, organizationId);
  const read = await readSamlAnswer(settings, ours, encoded, platform.clock.now());
  const { secret: handle } = makeLinkSecret();
  await runAsSystem(platform, organizationId, (ctx) => remember(ctx, settings, read, handle));
  return handle;
}

async function remember(
  ctx: Context,
  { issuer }: CompanySignIn,
  { assertionId, expiresAt, requestId, proven }: ReadAssertion,
  handle: string,
) {
  const isNew = await ctx.db
    .insertInto('identity_used_assertions')
    .values({
      organization_id: ctx.organizationId,
      assertion_hash: hashSecret(`${issuer} ${assertionId}`),
      expires_at: expiresAt.toString(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('assertion_hash')
    .executeTakeFirst();
  if (!isNew) throw refuseSignIn('replayed');
  const asked = await ctx.db
    .selectFrom('identity_round_trips')
    .select('id')
    .where('found_by', '=', hashSecret(requestId))
    .executeTakeFirst();
  if (!asked) throw refuseSignIn('unasked');
  await answerRoundTrip(ctx, { requestId, handle, answer: proven });
}
