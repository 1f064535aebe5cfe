import { appendAudit } from '../../platform/audit.ts';
import { type Actor, type Context, runAs, runAsSystem, systemActor } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Edge } from '../../platform/http/route.ts';
import type { RosterForSignIn } from '../../platform/roster-standing.ts';
import { enterByCompany } from '../sign-in/ask-auth.ts';
import { type Admitted, admit } from './admit.ts';
import { browserSecret } from './browser-cookie.ts';
import { type CompanySignIn, findCompanySignIn, openClientSecret, ourAddresses } from './company-sign-in.ts';
import { askOidc, type OidcSecrets } from './oidc/ask-oidc.ts';
import type { ProvenIdentity } from './proven-identity.ts';
import { isSignInProblem, refuseSignIn } from './refuse-sign-in.ts';
import { fetchAnswer, type RoundTrip, useRoundTrip } from './round-trip.ts';
import { noteTrial, type Trial } from './try-company-sign-in.ts';

/** What the browser brings back: what stands in the address (OpenID Connect), or the handle of a checked answer (SAML). */
export type Brought = Record<string, string>;

type Came = { trip: RoundTrip; settings: CompanySignIn; proven: ProvenIdentity };

/**
 * Finishes a sign-in through the organization's provider: the session is opened for this one membership. A try opens none and says what came.
 * Throws a Refusal in words; nobody is signed in then.
 */
export async function finishCompanySignIn(
  edge: Edge,
  organizationId: string,
  roster: RosterForSignIn,
  brought: Brought,
): Promise<{ next: string; trial: Trial | null }> {
  const { trip, settings, proven } = await whatCame(edge, organizationId, brought);
  if (trip.purpose === 'try') return { next: '/', trial: await noteTrial(edge, organizationId, roster, { trip, settings, proven }) };
  if (!settings.onSince) throw refuseSignIn('not_offered');
  const actor: Actor = { ...systemActor, name: 'Company sign-in' };
  const letIn = () => runAs(edge.platform, { organizationId, actor }, (ctx) => admit(ctx, roster, settings, proven));
  // Of two windows that make one member at once the second finds it made.
  const admitted = await letIn().catch((error) =>
    error instanceof Refusal && error.code === 'already_member' ? letIn() : Promise.reject(error),
  );
  if ('problem' in admitted) throw refuseSignIn(admitted.problem);
  await ensureUser(edge, admitted);
  await enterByCompany(edge, { userId: admitted.userId, organizationId, memberId: admitted.memberId }, settings.sessionHours);
  await runAs(edge.platform, { organizationId, actor: actorOf(admitted) }, (ctx) => noteCompanySignIn(ctx, admitted));
  return { next: trip.next, trial: null };
}

async function whatCame(edge: Edge, organizationId: string, brought: Brought): Promise<Came> {
  const { platform } = edge;
  if (brought.problem !== undefined) throw refuseSignIn(isSignInProblem(brought.problem) ? brought.problem : 'bad_answer');
  if (brought.handle !== undefined) return fetchWhatCame(edge, organizationId, brought.handle);
  const state = brought.state;
  if (!state) throw refuseSignIn('begin_again');
  const used = await runAsSystem(platform, organizationId, async (ctx) => {
    const settings = await findCompanySignIn(ctx);
    if (!settings || settings.kind === 'saml') throw refuseSignIn('not_offered');
    const trip = await useRoundTrip<OidcSecrets>(ctx, { state, browser: browserSecret(edge) });
    return { settings, trip, clientSecret: await openClientSecret(ctx) };
  });
  const { settings, trip, clientSecret } = used;
  const { redirect } = ourAddresses(platform.config.publicUrl, organizationId);
  const client = { ...settings, clientId: settings.clientId ?? '', clientSecret };
  const proven = await askOidc(platform, client, { ...trip.secrets, state, redirect }, brought);
  return { trip, settings, proven };
}

function fetchWhatCame(edge: Edge, organizationId: string, handle: string): Promise<Came> {
  return runAsSystem(edge.platform, organizationId, async (ctx) => {
    const settings = await findCompanySignIn(ctx);
    if (settings?.kind !== 'saml') throw refuseSignIn('not_offered');
    const { answer, ...trip } = await fetchAnswer<ProvenIdentity>(ctx, { handle, browser: browserSecret(edge) });
    return { trip, settings, proven: answer };
  });
}

/** The user on whom sessions by the company hang. It has no password and no passkey, and an address that nobody can be mailed at. */
async function ensureUser(edge: Edge, { userId, name }: Admitted): Promise<void> {
  await edge.platform.authPool.query(
    `insert into auth."user" (id, name, email, "emailVerified") values ($1, $2, $3, false) on conflict (id) do nothing`,
    [userId, name, `${crypto.randomUUID()}@company.invalid`],
  );
}

const actorOf = ({ memberId, name }: Admitted): Actor => ({
  kind: 'member',
  id: memberId,
  name,
  memberId,
  personId: null,
  roles: [],
  scopes: null,
});

const noteCompanySignIn = (ctx: Context, { memberId, name }: Admitted) =>
  appendAudit(ctx, { action: 'member.signed-in', subject: { kind: 'member', id: memberId, name }, after: { method: 'company' } });
