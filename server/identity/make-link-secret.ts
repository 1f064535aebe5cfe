import { randomBytes } from 'node:crypto';
import { hashSecret } from './tokens/create-token.ts';

/** A new secret for a link (256 bits) and the hash by which it is found again; only the hash is kept. */
export function makeLinkSecret(): { secret: string; hash: Buffer } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, hash: hashSecret(secret) };
}
