import { createHmac } from 'node:crypto';
import { deriveKey } from '../../../platform/secrets.ts';

const idLength = 16;
const proofLength = 32;

/**
 * The secret of a new colleague's invitation: the run's id and 256 bits that only this installation's key gives (HMAC-SHA256, RFC 2104) for this
 * run and the number of the invitation. It is derived, so that it can be written into a later mail while only its hash is kept.
 */
export function welcomeSecret(secretKey: Buffer, run: { id: string; welcome_number: number }): string {
  const id = Buffer.from(run.id.replaceAll('-', ''), 'hex');
  const proof = createHmac('sha256', deriveKey(secretKey, 'welcome link')).update(id).update(String(run.welcome_number)).digest();
  return Buffer.concat([id, proof]).toString('base64url');
}

/** Whether a text has the form of such a secret; what has not is refused before the database is asked. */
export function hasWelcomeForm(text: string): boolean {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length === idLength + proofLength && bytes.toString('base64url') === text;
}
