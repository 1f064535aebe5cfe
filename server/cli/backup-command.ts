import path from 'node:path';
import type { Command } from 'commander';
import { Refusal } from '../platform/errors.ts';
import { answering, type Options, type Said } from './answer.ts';
import { isRemote, onDataFolder } from './open-session.ts';
import { findPassphrase } from './passphrase.ts';

/** `backup FILE`: everything into one encrypted file, while the server works on. */
export function addBackupCommand(program: Command): void {
  program
    .command('backup')
    .argument('<file>', 'where to write it; never replaces a file')
    .description('write everything into one encrypted file, also while the server runs')
    .option('--passphrase-file <file>', 'encrypt with the passphrase in this file (else GROUNDCREW_BACKUP_PASSPHRASE)')
    .option('--without-key', 'leave the secret key out; restoring then needs the key file as well')
    .action(answering(backup));
}

/** Backups and restores read and write the data folder itself, which a token on another machine cannot. */
export function onlyHere(what: string): void {
  if (isRemote())
    throw new Refusal(
      422,
      'only_on_the_machine',
      `${what} works on the data folder of this machine. Unset GROUNDCREW_TOKEN. Nothing was done.`,
    );
}

async function backup(options: Options, file: string): Promise<Said> {
  onlyHere('A backup');
  const { writeBackup } = await import('../platform/backup/write-backup.ts');
  const passphrase = findPassphrase(options.passphraseFile);
  return onDataFolder(async ({ platform, adminUrl, secretKey }) => {
    const report = await writeBackup(platform, {
      adminUrl,
      file: path.resolve(file),
      lock: passphrase === null ? { secretKey } : { passphrase },
      includeKey: !options.withoutKey,
    });
    const size = report.bytes < 1_000_000 ? `${Math.ceil(report.bytes / 1000)} kB` : `${(report.bytes / 1_000_000).toFixed(1)} MB`;
    const words = [`Wrote ${report.file}: ${report.rows} rows of ${report.tables} tables, ${size}, as of ${report.createdAt}.`];
    if (report.opensWith === 'secret-key') {
      words.push(
        'It is encrypted with this installation’s secret key, which is NOT in it. Keep the key file (secret.key, or GROUNDCREW_SECRET_KEY) elsewhere: without it the backup is lost.',
      );
    } else if (report.containsKey) {
      words.push('It is encrypted with your passphrase and contains the secret key: file and passphrase together are enough to restore.');
    } else {
      words.push(
        'It is encrypted with your passphrase. The secret key is NOT in it: restoring needs the key file (secret.key, or GROUNDCREW_SECRET_KEY) as well.',
      );
    }
    return { data: report, words };
  });
}
