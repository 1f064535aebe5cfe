import { createHmac } from 'node:crypto';
import { deriveKey, sameBytes } from '../platform/secrets.ts';

const idLength = 16;

const proofOf = (secretKey: Buffer, id: Buffer): Buffer => createHmac('sha256', deriveKey(secretKey, 'task link')).update(id).digest();

/**
 * The secret of a person's link to their tasks: the link's id and 256 bits that only this installation's key gives (HMAC-SHA256, RFC 2104).
 * It is derived, so that it can be written into a mail again while only its hash is kept.
 */
export function linkSecret(secretKey: Buffer, linkId: string): string {
  const id = Buffer.from(linkId.replaceAll('-', ''), 'hex');
  return Buffer.concat([id, proofOf(secretKey, id)]).toString('base64url');
}

/** Whether a text can be the secret of a link at all. What somebody made up is refused here, before the database is asked. */
export function isLinkSecret(secretKey: Buffer, text: string): boolean {
  const bytes = Buffer.from(text, 'base64url');
  return (
    bytes.length === idLength + 32 &&
    bytes.toString('base64url') === text &&
    sameBytes(bytes.subarray(idLength), proofOf(secretKey, bytes.subarray(0, idLength)))
  );
}
