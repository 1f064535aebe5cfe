import path from 'node:path';
import type { Command } from 'commander';
import { readConfig } from '../platform/config.ts';
import { Refusal } from '../platform/errors.ts';
import { answering, type Options, type Said } from './answer.ts';
import { onlyHere } from './backup-command.ts';
import { findPassphrase } from './passphrase.ts';

/** `restore FILE`: brings a backup into an empty data folder or database. What comes back is paused until somebody confirms. */
export function addRestoreCommand(program: Command): void {
  program
    .command('restore')
    .argument('<file>', 'a backup')
    .description('restore a backup into an empty data folder or database; it comes back paused')
    .option('--passphrase-file <file>', 'the file with the passphrase (else GROUNDCREW_BACKUP_PASSPHRASE)')
    .action(answering(restore));
}

async function restore(options: Options, given: string): Promise<Said> {
  onlyHere('A restore');
  const file = path.resolve(given);
  const [
    { readHeader, openBackup, settleSecretKey, checkTarget, loadBackup },
    { withServerLock },
    { startDatabase },
    { migrate },
    { loadSecretKey },
    { default: pg },
  ] = await Promise.all([
    import('../platform/backup/restore-backup.ts'),
    import('../platform/hold-data-folder.ts'),
    import('../platform/postgres/start-database.ts'),
    import('../platform/migrate.ts'),
    import('../platform/secrets.ts'),
    import('pg'),
  ]);
  const config = readConfig();
  const { header } = await readHeader(file);
  const passphrase = header.opensWith === 'passphrase' ? findPassphrase(options.passphraseFile) : null;
  if (header.opensWith === 'passphrase' && passphrase === null) {
    throw new Refusal(
      422,
      'passphrase_needed',
      'This backup opens with a passphrase. Give it with --passphrase-file or GROUNDCREW_BACKUP_PASSPHRASE. Nothing was changed.',
    );
  }
  const { mkdir } = await import('node:fs/promises');
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  const loaded = await withServerLock(config.dataFolder, async () => {
    const backup = await openBackup(file, passphrase === null ? { secretKey: await keyAtHand(config) } : { passphrase });
    await settleSecretKey(config, backup.manifest);
    const secretKey = await loadSecretKey(config);
    const { adminUrl } = await startDatabase(config, (line) => void process.stderr.write(`${line}\n`));
    await migrate(adminUrl, secretKey, { until: backup.manifest.migrations.at(-1)?.name });
    const client = new pg.Client({ connectionString: adminUrl, application_name: 'groundcrew restore' });
    await client.connect();
    try {
      await checkTarget(client, backup.manifest);
      const totals = await loadBackup(client, backup, config.clock.now());
      await migrate(adminUrl, secretKey);
      return { manifest: backup.manifest, ...totals };
    } finally {
      await client.end();
    }
  });
  return checkAndTell(loaded);
}

async function keyAtHand(config: ReturnType<typeof readConfig>): Promise<Buffer> {
  const [{ existsSync }, { loadSecretKey }] = await Promise.all([import('node:fs'), import('../platform/secrets.ts')]);
  const keyFile = path.join(config.dataFolder, 'secret.key');
  if (!config.secretKey && !existsSync(keyFile)) {
    throw new Refusal(
      422,
      'key_missing',
      `This backup opens with the installation’s secret key, which is not in it. Put the key file to ${keyFile}, or set GROUNDCREW_SECRET_KEY. Nothing was changed.`,
    );
  }
  return loadSecretKey(config);
}

type Loaded = { manifest: import('../platform/backup/frames.ts').Manifest; tables: number; rows: number };

// The chains are checked against the heads that the backup carries, so a backup of tampered data says so.
async function checkAndTell({ manifest, tables, rows }: Loaded): Promise<Said> {
  const [{ onDataFolder }, { verifyAudit }] = await Promise.all([import('./open-session.ts'), import('../platform/verify-audit.ts')]);
  return onDataFolder(async ({ platform }) => {
    const audits = [];
    for (const { id, name } of manifest.organizations) {
      const report = await verifyAudit(
        platform,
        id,
        manifest.heads.filter((head) => head.organizationId === id),
      );
      audits.push({ organization: name, ok: report.ok, events: report.events, problems: report.problems });
    }
    const bad = audits.filter((audit) => !audit.ok);
    const words = [
      `Restored the backup of ${manifest.createdAt}: ${rows} rows of ${tables} tables. ${manifest.organizations.length} organizations: ${manifest.organizations.map((each) => each.name).join(', ') || 'none'}.`,
    ];
    for (const audit of bad) words.push(`The audit of ${audit.organization} does not verify: ${audit.problems[0]?.words}`);
    if (bad.length === 0) words.push('Every audit chain verifies against the heads in the backup.');
    words.push(
      'It is paused. Start Groundcrew: the page lists what became due meanwhile, and goes on after one confirmation (or run ./groundcrew continue).',
    );
    return {
      data: { createdAt: manifest.createdAt, tables, rows, organizations: manifest.organizations, audits, paused: true },
      words,
      failed: bad.length > 0,
    };
  });
}
