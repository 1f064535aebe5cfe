import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Context } from '../platform/context.ts';

/** One thing that a real installation needs. `ok` null: we cannot know. `mend` says what to do, '' where nothing is to be done. */
export type SetupFinding = { key: string; title: string; ok: boolean | null; words: string; mend: string };

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host === '[::1]' || /^127\./.test(host);

/** What this installation lacks to be relied upon, in plain words. Knows only configuration and the last backup; asks nothing outside. */
export async function checkSetup(ctx: Context): Promise<SetupFinding[]> {
  const { config } = ctx.platform;
  const { last_backup_at: lastBackup } = await ctx.db
    .selectFrom('platform_installation')
    .select('last_backup_at')
    .executeTakeFirstOrThrow();
  const publicHost = new URL(config.publicUrl).hostname;
  const local = isLoopback(publicHost);
  const findings = [
    alwaysOn(config.dataFolder, local),
    config.publicUrl.startsWith('https:')
      ? fine('https', 'HTTPS', `People reach Groundcrew at ${config.publicUrl}, encrypted.`)
      : local
        ? unknown(
            'https',
            'HTTPS',
            'Only this computer reaches Groundcrew, so nothing travels unencrypted.',
            'Before others use it, put it behind HTTPS and set GROUNDCREW_URL to its address.',
          )
        : wrong(
            'https',
            'HTTPS',
            `Passwords travel unencrypted to ${config.publicUrl}.`,
            'Put a reverse proxy with a certificate in front and set GROUNDCREW_URL to its https address.',
          ),
    bindAddress(config.bind, config.publicUrl, local),
    config.smtpUrl
      ? fine('mail', 'Mail', `Mail goes out through ${new URL(config.smtpUrl).hostname}.`)
      : wrong(
          'mail',
          'Mail',
          'No mail goes out. Invitations, tasks and reminders stay in the outbox and reach nobody.',
          'Set SMTP_URL to your mail server and start again.',
        ),
    backup(lastBackup, ctx.now),
    config.secretKey
      ? fine('secret-key', 'Secret key', 'The key that opens stored secrets comes from GROUNDCREW_SECRET_KEY, apart from the data.')
      : unknown(
          'secret-key',
          'Secret key',
          'The key that opens stored secrets lies in the data folder (secret.key). Whoever copies the folder has both.',
          'Keep a copy of secret.key in your password safe: without it a backup opens no stored secret. On a shared machine use GROUNDCREW_SECRET_KEY.',
        ),
    config.databaseUrl
      ? fine(
          'database',
          'Database',
          `Data lie in your own PostgreSQL at ${new URL(config.databaseUrl).hostname}. Its backups are yours to make.`,
        )
      : fine('database', 'Database', 'Groundcrew runs its own PostgreSQL in the data folder. That carries a company of this size.'),
    config.clockIsHeld
      ? wrong(
          'clock',
          'Clock',
          'The time is read from a file (GROUNDCREW_CLOCK_FILE), for tests. Cut-offs follow that file and not the real time.',
          'Unset GROUNDCREW_CLOCK_FILE and start again.',
        )
      : fine('clock', 'Clock', 'Cut-offs follow the clock of this machine.'),
  ];
  return findings;
}

function alwaysOn(dataFolder: string, local: boolean): SetupFinding {
  if (path.resolve(dataFolder).startsWith(path.resolve(tmpdir()) + path.sep)) {
    return wrong(
      'always-on',
      'Always on',
      `Data lie in ${dataFolder}, which this machine may empty at any restart.`,
      'Set GROUNDCREW_DATA to a folder that stays, and move the data there.',
    );
  }
  return unknown(
    'always-on',
    'Always on',
    local
      ? 'Groundcrew serves this computer alone. If it sleeps, cut-offs wait until it wakes.'
      : 'We cannot see whether this machine ever sleeps. A cut-off happens only while Groundcrew runs.',
    'Run it on a machine that is never shut down, started as a service that comes back by itself after a restart.',
  );
}

function bindAddress(bind: string, publicUrl: string, local: boolean): SetupFinding {
  if (isLoopback(bind)) {
    return local
      ? fine('bind', 'Who can connect', 'Groundcrew listens on this computer only.')
      : fine('bind', 'Who can connect', `Groundcrew listens on this machine only; the reverse proxy passes ${publicUrl} on to it.`);
  }
  if (publicUrl.startsWith('https:')) {
    return unknown(
      'bind',
      'Who can connect',
      `Groundcrew listens on ${bind}. Whoever reaches that address goes past the reverse proxy.`,
      'Let a firewall admit the proxy alone, or set GROUNDCREW_BIND to 127.0.0.1.',
    );
  }
  return wrong(
    'bind',
    'Who can connect',
    `Groundcrew listens on ${bind} without encryption.`,
    'Set GROUNDCREW_BIND to 127.0.0.1 and put a reverse proxy with a certificate in front.',
  );
}

function backup(last: string | null, now: Temporal.Instant): SetupFinding {
  const mend = 'Run ./groundcrew backup FILE once a day from a timer, and keep the files on another machine.';
  if (!last) return wrong('backup', 'Backup', 'There has never been a backup. If this disk fails, everything is lost.', mend);
  const days = Math.floor(now.since(last).total('hours') / 24);
  const age = days === 0 ? 'less than a day' : days === 1 ? 'a day' : `${days} days`;
  return days >= 2
    ? wrong('backup', 'Backup', `The last backup is ${age} old.`, mend)
    : fine('backup', 'Backup', `The last backup is ${age} old.`);
}

const fine = (key: string, title: string, words: string): SetupFinding => ({ key, title, ok: true, words, mend: '' });
const wrong = (key: string, title: string, words: string, mend: string): SetupFinding => ({ key, title, ok: false, words, mend });
const unknown = (key: string, title: string, words: string, mend: string): SetupFinding => ({ key, title, ok: null, words, mend });
