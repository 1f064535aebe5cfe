import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Refusal } from './errors.ts';

const keyLength = 32;

/** Reads GROUNDCREW_SECRET_KEY (64 hex digits, or base64 of 32 bytes, or a passphrase of at least 32 characters) as a 32-byte key. */
export function parseSecretKey(text: string): Buffer {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  const decoded = Buffer.from(text, 'base64');
  if (decoded.length === keyLength && decoded.toString('base64') === text) return decoded;
  if (text.length >= 32) return Buffer.from(hkdfSync('sha256', text, 'groundcrew', 'secret key', keyLength));
  throw new Refusal(500, 'bad_configuration', 'GROUNDCREW_SECRET_KEY is too short. Use 64 hexadecimal digits (openssl rand -hex 32).');
}

/** The installation's secret key: from the configuration, else from `secret.key` in the data folder, which is made (mode 600) when missing. */
export async function loadSecretKey(config: { secretKey: string | null; dataFolder: string }): Promise<Buffer> {
  if (config.secretKey) return parseSecretKey(config.secretKey);
  const file = path.join(config.dataFolder, 'secret.key');
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(`${randomBytes(keyLength).toString('hex')}\n`);
    await handle.sync();
    await handle.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  await chmod(file, 0o600);
  const text = (await readFile(file, 'utf8')).trim();
  if (!/^[0-9a-f]{64}$/i.test(text)) {
    throw new Refusal(
      500,
      'bad_secret_key',
      `The key file ${file} is damaged. Put back the one from your backup; without it no stored secret can be read.`,
    );
  }
  return Buffer.from(text, 'hex');
}

/** A key for one purpose, derived from the installation's key (HKDF-SHA256, RFC 5869). */
export const deriveKey = (secretKey: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secretKey, 'groundcrew', purpose, keyLength));

/**
 * Seals a text with AES-256-GCM (NIST SP 800-38D). `binding` ties it to its place (organization and row): moved elsewhere it does not open.
 * Layout: version byte 1, 12 bytes nonce, 16 bytes tag, ciphertext.
 */
export function seal(secretKey: Buffer, binding: string, text: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', deriveKey(secretKey, 'seal'), nonce);
  cipher.setAAD(Buffer.from(binding));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(1), nonce, cipher.getAuthTag(), body]);
}

/** Opens what `seal` made. Throws a Refusal when the key or the binding is another. */
export function unseal(secretKey: Buffer, binding: string, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed);
  try {
    const decipher = createDecipheriv('aes-256-gcm', deriveKey(secretKey, 'seal'), bytes.subarray(1, 13), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(binding));
    decipher.setAuthTag(bytes.subarray(13, 29));
    return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new Refusal(
      500,
      'cannot_unseal',
      'A stored secret does not open with this installation’s key. Put back the key file, or enter the secret again.',
      {
        cause,
      },
    );
  }
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);
