import type { Kind } from './company-sign-in.ts';

/** What a provider has proved of somebody. `groups` null: it could not say (too many); a claim that is absent says that there are none. */
export type ProvenIdentity = {
  issuer: string;
  subject: string;
  address: string | null;
  /** null: the provider says nothing of it. */
  isVerified: boolean | null;
  name: string | null;
  groups: string[] | null;
  /** Everything that came, for whoever tries the settings. */
  claims: { name: string; value: string }[];
};

type Claims = Record<string, unknown>;

const textOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null);
const looksLikeAddress = (text: string | null): text is string => text !== null && text.length <= 320 && /^[^\s@]+@[^\s@]+$/.test(text);

/**
 * Reads who somebody is from the claims of an id token (OpenID Connect Core 1.0, section 5.1) that was checked. Google's issuer is the same for
 * all the world, so there only an account that its company manages (`hd`) counts as verified. Entra does not confirm `email`: there it is the user
 * name, whose domain the tenant has proved, unless Entra says that the domain of the address is verified (`xms_edov`).
 */
export function readClaims(kind: Kind, claims: Claims, groupsClaim: string | null): ProvenIdentity {
  const email = textOf(claims.email);
  const userName = textOf(claims.preferred_username);
  let address = looksLikeAddress(email) ? email : null;
  let isVerified = typeof claims.email_verified === 'boolean' ? claims.email_verified : claims.email_verified === 'true' ? true : null;
  if (kind === 'google') {
    const hosted = textOf(claims.hd)?.toLowerCase();
    isVerified = isVerified === true && hosted !== undefined && hosted === address?.split('@')[1]?.toLowerCase();
  }
  if (kind === 'entra') {
    const proved = [true, 'true', 1, '1'].includes(claims.xms_edov as boolean);
    if (proved && address) isVerified = true;
    else {
      address = looksLikeAddress(userName) ? userName : null;
      isVerified = null;
    }
  } else if (address === null && looksLikeAddress(userName)) address = userName;
  return {
    issuer: String(claims.iss),
    subject: String(claims.sub),
    address,
    isVerified,
    name: textOf(claims.name) ?? (joined(claims.given_name, claims.family_name) || null),
    groups: groupsClaim === null ? [] : groupsOf(claims, groupsClaim),
    claims: shownClaims(claims),
  };
}

const joined = (...parts: unknown[]): string => parts.map(textOf).filter(Boolean).join(' ');

/** Groups by the claim's name. Entra names a place to ask instead, or sets `hasgroups`, where there are too many for a token: nobody knows then. */
function groupsOf(claims: Claims, name: string): string[] | null {
  const value = claims[name];
  if (value === undefined) {
    const elsewhere = claims._claim_names as Claims | undefined;
    return (elsewhere && name in elsewhere) || claims.hasgroups === true ? null : [];
  }
  return textsOf(value);
}

/** Groups come as a list, as one text, or (rarely) as a list of objects with a name. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim()];
  if (value && typeof value === 'object') return textsOf((value as Claims).name ?? (value as Claims).displayName ?? []);
  return [];
}

const aboutTheToken = [
  'iss',
  'aud',
  'exp',
  'iat',
  'nbf',
  'nonce',
  'at_hash',
  'c_hash',
  's_hash',
  'azp',
  'jti',
  'sid',
  'auth_time',
  'ver',
  'rh',
  'uti',
  'aio',
];

const shownClaims = (claims: Claims) =>
  Object.entries(claims)
    .filter(([name]) => !aboutTheToken.includes(name))
    .slice(0, 50)
    .map(([name, value]) => ({ name, value: (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 500) }));
