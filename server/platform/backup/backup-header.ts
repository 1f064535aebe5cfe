import { hkdfSync, randomBytes, type ScryptOptions, scrypt } from 'node:crypto';
import { Refusal } from '../errors.ts';

/** What opens a backup: a passphrase that somebody knows, or the installation's own secret key, which then is not in it. */
export type BackupLock = { passphrase: string } | { secretKey: Buffer };

/** The readable first line of a backup. It tells what is needed to open it, and nothing about what is inside. */
export type BackupHeader = {
  format: 'groundcrew-backup';
  version: 1;
  opensWith: 'passphrase' | 'secret-key';
  containsKey: boolean;
  createdAt: string;
  salt: string;
};

// scrypt (RFC 7914) with N = 2^17, r = 8, p = 1: about half a second and 128 MiB for each guess.
const cost: ScryptOptions = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const leastPassphrase = 12;

export function newHeader(lock: BackupLock, about: { containsKey: boolean; createdAt: string }): BackupHeader {
  if ('passphrase' in lock && lock.passphrase.length < leastPassphrase) {
    throw new Refusal(422, 'short_passphrase', `The passphrase needs at least ${leastPassphrase} characters. Nothing was written.`);
  }
  return {
    format: 'groundcrew-backup',
    version: 1,
    opensWith: 'passphrase' in lock ? 'passphrase' : 'secret-key',
    containsKey: about.containsKey,
    createdAt: about.createdAt,
    salt: randomBytes(32).toString('hex'),
  };
}

export const headerLine = (header: BackupHeader): Buffer => Buffer.from(`${JSON.stringify(header)}\n`);

/** Reads the first line of a backup file. `bytes` is how long it is, with its line feed. */
export function parseHeader(beginning: Buffer): { header: BackupHeader; line: Buffer } {
  const end = beginning.indexOf(0x0a);
  try {
    const line = beginning.subarray(0, end + 1);
    const header = JSON.parse(line.toString('utf8')) as BackupHeader;
    if (end > 0 && header.format === 'groundcrew-backup') {
      if (header.version !== 1)
        throw new Refusal(
          422,
          'newer_backup',
          'This backup was made by a newer Groundcrew. Restore it with that version. Nothing was changed.',
        );
      return { header, line };
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
  }
  throw new Refusal(422, 'no_backup', 'This file is no backup of Groundcrew. Nothing was changed.');
}

/** The key of one backup. Its salt is fresh for each file, so the key encrypts one stream only. */
export async function backupKey(lock: BackupLock, header: BackupHeader): Promise<Buffer> {
  const salt = Buffer.from(header.salt, 'hex');
  if ('secretKey' in lock) return Buffer.from(hkdfSync('sha256', lock.secretKey, salt, 'groundcrew backup', 32));
  return new Promise((resolve, reject) =>
    scrypt(lock.passphrase.normalize('NFC'), salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key))),
  );
}
