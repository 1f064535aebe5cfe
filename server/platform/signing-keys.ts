import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type pg from 'pg';
import type { Clock } from './clock.ts';
import { seal, unseal } from './secrets.ts';

/** The installation's Ed25519 key (RFC 8032) for proofs and audit heads. The fingerprint is the SHA-256 of the public key's DER, in hex. */
export type SigningKey = { fingerprint: string; publicKeyPem: string; privateKey: KeyObject };

export const keyFingerprint = (publicKeyPem: string): string =>
  createHash('sha256')
    .update(createPublicKey(publicKeyPem).export({ type: 'spki', format: 'der' }))
    .digest('hex');

/** Reads the newest signing key; makes the first one when there is none. Concurrent first calls end with the same key. */
export async function loadSigningKey(pool: pg.Pool, secretKey: Buffer, clock: Clock): Promise<SigningKey> {
  const read = async () =>
    (await pool.query('select fingerprint, public_key, private_sealed from platform_keys order by created_at desc limit 1')).rows[0];
  let row = await read();
  if (!row) {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const fingerprint = keyFingerprint(publicKeyPem);
    const sealed = seal(secretKey, `signing key ${fingerprint}`, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    await pool.query(
      'insert into platform_keys (fingerprint, public_key, private_sealed, created_at) select $1, $2, $3, $4 where not exists (select from platform_keys)',
      [fingerprint, publicKeyPem, sealed, clock.now().toString()],
    );
    row = await read();
  }
  return {
    fingerprint: row.fingerprint,
    publicKeyPem: row.public_key,
    privateKey: createPrivateKey(unseal(secretKey, `signing key ${row.fingerprint}`, row.private_sealed)),
  };
}
