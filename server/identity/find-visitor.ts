import { runAsSystem } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { notFound, Refusal } from '../platform/errors.ts';
import type { FindVisitor, Visitor } from '../platform/http/create-app.ts';
import type { Platform } from '../platform/platform.ts';
import { membershipsOf, membershipsOfSession } from './memberships-of.ts';
import { findSession } from './sign-in/find-session.ts';
import { hashSecret } from './tokens/create-token.ts';

const useIsNotedEverySeconds = 300;

/**
 * Who sends this request: the bearer of an API token, or whoever is signed in on the page with a passkey or with password and code.
 * `X-Organization` chooses among the organizations of a signed-in person; without it the first that is no sample. Throws a Refusal (404) for any other.
 */
export const findVisitor: FindVisitor = async (platform, request) => {
  const wanted = request.headers.get('x-organization');
  const authorization = request.headers.get('authorization');
  if (authorization) {
    const token = authorization.match(/^Bearer (gc_[\w-]+)$/i)?.[1];
    return token ? visitorOfToken(platform, token, wanted) : null;
  }
  return visitorOfSession(platform, request, wanted);
};

type TokenRow = {
  organization_id: string;
  token_id: string;
  member_id: string;
  name: string;
  roles: string[];
  person_id: string | null;
  scopes: string[];
  expires_at: string;
  last_used_at: string | null;
};

async function visitorOfToken(platform: Platform, token: string, wanted: string | null): Promise<Visitor | null> {
  const { rows } = await sql<TokenRow>`select * from visitor_of_token(${hashSecret(token)})`.execute(platform.database);
  const found = rows[0];
  const now = platform.clock.now();
  if (!found || Temporal.Instant.compare(found.expires_at, now) <= 0) return null;
  if (wanted && wanted.toLowerCase() !== found.organization_id) throw notFound('organization');
  if (!found.last_used_at || now.since(found.last_used_at).total('seconds') > useIsNotedEverySeconds) {
    await runAsSystem(platform, found.organization_id, (ctx) =>
      ctx.db.updateTable('identity_tokens').set({ last_used_at: now.toString() }).where('id', '=', found.token_id).execute(),
    );
  }
  return {
    organizationId: found.organization_id,
    via: 'token',
    actor: {
      kind: 'token',
      id: found.token_id,
      name: found.name,
      memberId: found.member_id,
      personId: found.person_id,
      roles: found.roles,
      scopes: found.scopes,
    },
  };
}

async function visitorOfSession(platform: Platform, request: Request, wanted: string | null): Promise<Visitor | null> {
  const session = await findSession(platform, request);
  if (!session?.complete) return null;
  const memberships = await membershipsOfSession(platform, session);
  const chosen = wanted ? memberships.find((each) => each.organizationId === wanted.toLowerCase()) : memberships[0];
  if (session.company && memberships.length === 0) return null;
  if (!chosen) await refuseWhereCompanyOnly(platform, session.userId, wanted);
  if (wanted && !chosen) throw notFound('organization');
  const actor = { kind: 'member' as const, name: chosen?.name ?? session.name, scopes: null };
  if (!chosen) return { organizationId: '', via: 'session', actor: { ...actor, id: null, memberId: null, personId: null, roles: [] } };
  return {
    organizationId: chosen.organizationId,
    via: 'session',
    actor: { ...actor, id: chosen.memberId, memberId: chosen.memberId, personId: chosen.personId, roles: chosen.roles },
  };
}

/** Says which way in is left where somebody's own passkey or password opens an organization no more. */
async function refuseWhereCompanyOnly(platform: Platform, userId: string, wanted: string | null): Promise<void> {
  const closed = (await membershipsOf(platform, userId)).find(
    (each) => each.companyOnly && (!wanted || each.organizationId === wanted.toLowerCase()),
  );
  if (!closed) return;
  throw new Refusal(
    403,
    'company_sign_in_only',
    `${closed.organizationName} lets people in through its own sign-in alone. Sign out, then type your work address on the sign-in page and go on with your company.`,
  );
}
