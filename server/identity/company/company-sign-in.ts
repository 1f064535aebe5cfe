import { createHash } from 'node:crypto';
import type { Context } from '../../platform/context.ts';
import type { Role } from '../../platform/http/permissions.ts';
import { unseal } from '../../platform/secrets.ts';

export const kinds = ['google', 'entra', 'okta', 'oidc', 'saml'] as const;
export type Kind = (typeof kinds)[number];

/** A group at the provider (its name or id, as it comes) and the role it gives here. Owner is not among them: owners are named by hand. */
export type GroupRole = { group: string; role: Exclude<Role, 'owner'> };

/** How an organization lets its people sign in through its own provider. */
export type CompanySignIn = {
  kind: Kind;
  issuer: string;
  clientId: string | null;
  hasSecret: boolean;
  signInAddress: string | null;
  certificates: string[];
  domains: string[];
  groupsClaim: string | null;
  groupRoles: GroupRole[];
  withoutGroup: 'employee' | 'refuse';
  outsideRoster: 'refuse' | 'admit';
  sessionHours: number;
  breakGlass: string[];
  triedAt: string | null;
  triedBy: string | null;
  /** It was tried with success as it is set up now. */
  isTried: boolean;
  onSince: string | null;
  enforcedSince: string | null;
};

/** What has to be the same for a trial to count: which provider, and as whom it knows us. */
export function fingerprintOf(settings: Pick<CompanySignIn, 'kind' | 'issuer' | 'clientId' | 'signInAddress'>): Buffer {
  const { kind, issuer, clientId, signInAddress } = settings;
  return createHash('sha256')
    .update(JSON.stringify([kind === 'saml', issuer, clientId, signInAddress]))
    .digest();
}

/** The organization's company sign-in, or null where none is set up. */
export async function findCompanySignIn(ctx: Context): Promise<CompanySignIn | null> {
  const row = await ctx.db.selectFrom('identity_company_sign_in').selectAll().executeTakeFirst();
  if (!row) return null;
  const settings = {
    kind: row.kind as Kind,
    issuer: row.issuer,
    clientId: row.client_id,
    hasSecret: row.client_secret !== null,
    signInAddress: row.sign_in_address,
    certificates: row.certificates,
    domains: row.domains,
    groupsClaim: row.groups_claim,
    groupRoles: row.group_roles as unknown as GroupRole[],
    withoutGroup: row.without_group as CompanySignIn['withoutGroup'],
    outsideRoster: row.outside_roster as CompanySignIn['outsideRoster'],
    sessionHours: row.session_hours,
    breakGlass: row.break_glass,
    triedAt: row.tried_at,
    triedBy: row.tried_by,
    onSince: row.on_since,
    enforcedSince: row.enforced_since,
  };
  return { ...settings, isTried: row.tried_fingerprint !== null && fingerprintOf(settings).equals(Buffer.from(row.tried_fingerprint)) };
}

/** What a client secret is sealed to: it opens in no other organization. */
export const secretBinding = (organizationId: string): string => `company sign-in ${organizationId}`;

/** The secret by which the provider knows us, or null where there is none. Never leaves the server but for the provider. */
export async function openClientSecret(ctx: Context): Promise<string | null> {
  const row = await ctx.db.selectFrom('identity_company_sign_in').select('client_secret').executeTakeFirst();
  return row?.client_secret ? unseal(ctx.platform.secretKey, secretBinding(ctx.organizationId), row.client_secret) : null;
}

/** The addresses that are entered at the provider. They name the organization: an answer for one is of no use at another's. */
export function ourAddresses(publicUrl: string, organizationId: string) {
  const api = `${publicUrl}/api/v1/sign-in/company/${organizationId}`;
  return {
    /** OpenID Connect: the redirect address. A page of ours, which hands code and state to the server. */
    redirect: `${publicUrl}/sign-in/return/${organizationId}`,
    /** SAML: where the provider posts its answer. */
    answer: `${api}/saml`,
    /** SAML: our entity id, which is also the address of our metadata. */
    entityId: `${api}/metadata`,
    /** A link that begins the sign-in at once, for a bookmark or a tile at the provider. */
    direct: `${publicUrl}/sign-in/with/${organizationId}`,
  };
}
