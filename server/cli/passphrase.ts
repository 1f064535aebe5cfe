import { readFileSync } from 'node:fs';
import { readVariable } from '../platform/config.ts';
import { Refusal } from '../platform/errors.ts';

/** The passphrase from `--passphrase-file`, else from GROUNDCREW_BACKUP_PASSPHRASE; null when neither is given. */
export function findPassphrase(file: unknown): string | null {
  if (typeof file !== 'string') return readVariable('GROUNDCREW_BACKUP_PASSPHRASE') || null;
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new Refusal(422, 'cannot_read', `${file} cannot be read (${(error as NodeJS.ErrnoException).code}). Nothing was done.`);
  }
}
