import { X509Certificate } from 'node:crypto';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { invalid, type Problem } from '../../platform/errors.ts';
import { type Role, roles } from '../../platform/http/permissions.ts';
import type { CompanySignIn } from './company-sign-in.ts';

export type NewCompanySignIn = Pick<
  CompanySignIn,
  | 'kind'
  | 'issuer'
  | 'clientId'
  | 'signInAddress'
  | 'certificates'
  | 'domains'
  | 'groupsClaim'
  | 'groupRoles'
  | 'withoutGroup'
  | 'outsideRoster'
  | 'sessionHours'
> & {
  /** undefined: the one that is stored stays. */
  clientSecret?: string | undefined;
};

/** The roles that a group can give: all but owner. */
export const mappedRoles = roles.filter((role) => role !== 'owner') as [Exclude<Role, 'owner'>, ...Exclude<Role, 'owner'>[]];

/** Domains of mail that anybody in the world can have. */
const publicDomains = [
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'msn.com',
  'yahoo.com',
  'icloud.com',
  'me.com',
  'proton.me',
  'protonmail.com',
  'gmx.de',
  'gmx.net',
  'gmx.com',
  'web.de',
  't-online.de',
  'aol.com',
  'mail.com',
  'zoho.com',
  'yandex.com',
  'qq.com',
  '163.com',
];

/** Settings in the form in which they are kept: small letters, no doubles, no space around, certificates as PEM. */
export function tidied(input: NewCompanySignIn): NewCompanySignIn {
  const isSaml = input.kind === 'saml';
  return {
    ...input,
    issuer: isSaml ? input.issuer.trim() : input.issuer.trim().replace(/\/\.well-known\/openid-configuration$/, ''),
    clientId: isSaml ? null : (input.clientId?.trim() ?? ''),
    signInAddress: isSaml ? (input.signInAddress?.trim() ?? '') : null,
    certificates: isSaml ? [...new Set(input.certificates.map(asPem).filter(Boolean))] : [],
    domains: [...new Set(input.domains.map((domain) => domain.trim().toLowerCase().replace(/^@/, '')).filter(Boolean))],
    groupsClaim: input.groupsClaim?.trim() || null,
    groupRoles: input.groupRoles.map(({ group, role }) => ({ group: group.trim(), role })).filter(({ group }) => group !== ''),
  };
}

/** A certificate as PEM: with or without its heading, as metadata and consoles give it. */
function asPem(text: string): string {
  const body = text.replaceAll(/-----(BEGIN|END) CERTIFICATE-----|\s/g, '');
  return body === '' ? '' : `-----BEGIN CERTIFICATE-----\n${body.match(/.{1,64}/g)!.join('\n')}\n-----END CERTIFICATE-----`;
}

/** Refuses (422) settings that cannot work or would let strangers in, each problem beside its field. */
export async function checkSettings(ctx: Context, input: NewCompanySignIn): Promise<void> {
  const problems: Problem[] = input.kind === 'saml' ? samlProblems(input) : oidcProblems(input);
  if (input.domains.length === 0) problems.push({ field: 'domains', message: 'Name at least one domain of your work addresses.' });
  for (const domain of input.domains) {
    const message = problemOfDomain(domain) ?? (await isOurs(ctx, domain));
    if (message) problems.push({ field: 'domains', value: domain, message });
  }
  if (input.groupRoles.length > 0 && !input.groupsClaim)
    problems.push({ field: 'groupsClaim', message: 'Say in which claim the groups come, such as groups.' });
  if (problems.length > 0)
    throw invalid('bad_company_sign_in', 'The company sign-in cannot work like this. Nothing was changed.', problems);
}

function oidcProblems({ kind, issuer, clientId }: NewCompanySignIn): Problem[] {
  const problems: Problem[] = [];
  if (!clientId) problems.push({ field: 'clientId', message: 'Copy the client id from the provider.' });
  if (kind === 'google' && issuer !== 'https://accounts.google.com')
    problems.push({ field: 'issuer', message: 'For Google it is https://accounts.google.com.' });
  if (kind === 'entra' && /\/(common|organizations|consumers)\//.test(`${issuer}/`))
    problems.push({
      field: 'issuer',
      message: 'This lets every company of the world in. Use the address with the id of your own tenant instead.',
    });
  return problems;
}

function samlProblems({ issuer, signInAddress, certificates }: NewCompanySignIn): Problem[] {
  const problems: Problem[] = [];
  if (!issuer) problems.push({ field: 'issuer', message: 'Copy the entity id of the provider.' });
  if (!URL.canParse(signInAddress ?? '') || !/^https?:$/.test(new URL(signInAddress!).protocol))
    problems.push({ field: 'signInAddress', message: 'Copy the sign-in address of the provider. It begins with https://.' });
  if (certificates.length === 0) problems.push({ field: 'certificates', message: 'Paste the certificate with which the provider signs.' });
  for (const certificate of certificates) {
    const message = problemOfCertificate(certificate);
    if (message) problems.push({ field: 'certificates', message });
  }
  return problems;
}

function problemOfCertificate(pem: string): string | null {
  try {
    const { publicKey } = new X509Certificate(pem);
    if (publicKey.asymmetricKeyType === 'rsa' && (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048) return null;
    return 'The key of this certificate is too weak, or not RSA. Let the provider sign with RSA of at least 2048 bits.';
  } catch {
    return 'This is no certificate. It begins with -----BEGIN CERTIFICATE-----, or is the long text of it alone.';
  }
}

function problemOfDomain(domain: string): string | null {
  if (!/^(?=.{3,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/.test(domain))
    return `"${domain}" is no domain. Write it like fernhill.example.`;
  return publicDomains.includes(domain)
    ? `Anybody in the world can have an address at ${domain}. Name domains of your company only.`
    : null;
}

/** A domain counts as the company's once somebody who signs in here by their own means has an address there: their invitation went to it. */
async function isOurs(ctx: Context, domain: string): Promise<string | null> {
  const { rows } =
    await sql`select from identity_members where user_id is not null and disabled_at is null and lower(address) like ${`%@${domain.replaceAll(/[%_\\]/g, '\\$&')}`} limit 1`.execute(
      ctx.db,
    );
  return rows.length > 0
    ? null
    : `Nobody who signs in here has an address at ${domain}, so nothing shows that it is yours. Invite somebody there first; once they have signed in you can name it.`;
}
