import { ConnectorError, type Json, objectOf, type Session } from '../kit/index.ts';

export type GithubSettings = { organization: string; baseUrl: string };
export type GithubSession = Session<GithubSettings>;

/** The permissions of a fine-grained token, as GitHub names them. */
export const rights = { members: 'Members', copilot: 'GitHub Copilot Business', administration: 'Administration' };

/** The path of something in the organization. */
export const inOrganization = ({ settings }: GithubSession, path: string) => `orgs/${encodeURIComponent(settings.organization)}/${path}`;

/**
 * That the token's owner is an owner of the organization. Nobody else sees all: GitHub shows a stranger the public members only, with the same
 * answer as to a member. Throws ConnectorError `right`.
 */
export function ownerOnly(session: GithubSession): Promise<void> {
  return session.remember('owner', async () => {
    const path = `user/memberships/orgs/${encodeURIComponent(session.settings.organization)}`;
    const response = await session.http.get(path, { accept: [404], right: rights.members });
    const { role, state } = response.status === 404 ? {} : objectOf(response.json());
    if (role === 'admin' && state === 'active') return;
    throw new ConnectorError(
      'right',
      `The token's account is not an owner of ${session.settings.organization}, or the token is not made for it (${rights.members}). GitHub shows all members to owners only: use a token of an owner, with ${session.settings.organization} as its resource owner.`,
    );
  });
}

/**
 * Names and mail addresses of users by their number, for up to 100 at once, over GraphQL (REST has neither in its lists). An answer with errors
 * beside data counts as far as it goes; what it leaves out stays unknown.
 */
export async function peopleOf(session: GithubSession, nodeIds: string[]): Promise<Map<string, Json>> {
  if (nodeIds.length === 0) return new Map();
  const query =
    'query($ids:[ID!]!,$organization:String!){nodes(ids:$ids){... on User{databaseId name email organizationVerifiedDomainEmails(login:$organization)}}}';
  const { origin, pathname } = new URL(session.settings.baseUrl);
  // Enterprise Server has REST below /api/v3 and GraphQL beside it.
  const address = pathname.startsWith('/api/v3') ? `${origin}/api/graphql` : `${origin}/graphql`;
  const body = { query, variables: { ids: nodeIds, organization: session.settings.organization } };
  const response = await session.http.post(address, body, { repeatable: true, accept: [403, 404] });
  if (response.status >= 400) return new Map();
  const { nodes } = objectOf(objectOf(response.json()).data);
  const known = new Map<string, Json>();
  for (const node of Array.isArray(nodes) ? nodes.map(objectOf) : []) known.set(String(node.databaseId), node);
  return known;
}
