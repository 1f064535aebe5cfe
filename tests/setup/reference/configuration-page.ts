import type { Config } from '../../../server/platform/config.ts';
import { generatedNote, table } from './table.ts';

type Variable = { name: string; standard: string; words: string };

const variables = (config: Config): { server: Variable[]; command: Variable[]; trial: Variable[] } => ({
  server: [
    { name: 'PORT', standard: String(config.port), words: 'The port it listens on. 0 takes a free one.' },
    {
      name: 'GROUNDCREW_BIND',
      standard: config.bind,
      words: 'The address it listens on. The loopback: only this machine reaches it, directly or through a reverse proxy.',
    },
    {
      name: 'GROUNDCREW_URL',
      standard: config.publicUrl,
      words:
        'The address people use: in links and mails, for passkeys, and the one host name it answers to on the loopback. Begins with https:// in a real installation.',
    },
    {
      name: 'GROUNDCREW_DATA',
      standard: '.groundcrew',
      words: 'The data folder: the database, the key file, compiled programs. When left out it lies in the checkout.',
    },
    {
      name: 'DATABASE_URL',
      standard: 'its own PostgreSQL',
      words:
        'A PostgreSQL 18 or later of your own, as a superuser of it: used to migrate, and to make the roles that Groundcrew works with, which own nothing.',
    },
    {
      name: 'GROUNDCREW_SECRET_KEY',
      standard: 'secret.key in the data folder',
      words: 'The key that seals secrets and derives the passwords of the database roles: 64 hexadecimal digits (openssl rand -hex 32).',
    },
    {
      name: 'SMTP_URL',
      standard: 'none: mail stays in the outbox',
      words: 'The mail server: smtp://user:password@mail.example.com:587?from=it@example.com, or smtps://.',
    },
    {
      name: 'GROUNDCREW_ALLOW_PRIVATE',
      standard: 'none',
      words:
        'Hosts and networks in private ranges that connections may reach, separated by commas: 127.0.0.1:9001, 10.1.0.0/16, ldap.internal:636. Only the operator sets it, never somebody on the page.',
    },
    {
      name: 'GROUNDCREW_PEOPLE_FOLDER',
      standard: 'none',
      words:
        'A folder into which your HR system or a script puts people lists (CSV, XLSX). The newest is taken in within minutes. With several organizations: a folder named by the id of each.',
    },
    {
      name: 'GROUNDCREW_LOG',
      standard: config.logLevel,
      words: 'How much it logs, as JSON on standard output: debug, info, warn, error, silent.',
    },
  ],
  command: [
    {
      name: 'GROUNDCREW_TOKEN',
      standard: 'none',
      words: 'An API token. With it ./groundcrew works on the server at GROUNDCREW_URL, without it on the data folder of this machine.',
    },
    {
      name: 'GROUNDCREW_BACKUP_PASSPHRASE',
      standard: 'none',
      words: 'The passphrase of a backup, where no --passphrase-file is given. At least 12 characters.',
    },
  ],
  trial: [
    {
      name: 'GROUNDCREW_CLOCK_FILE',
      standard: 'the clock of the machine',
      words: 'A file that holds the time. Everything then happens by it; the page and the start say so.',
    },
    {
      name: 'GROUNDCREW_SUPERVISION_SECONDS',
      standard: String(config.supervisionSeconds),
      words: 'How soon work that a crash cut short is taken up again.',
    },
    {
      name: 'GROUNDCREW_DURABILITY',
      standard: config.durability,
      words: 'test lets PostgreSQL answer before the disk has written. Only for data that may be lost.',
    },
  ],
});

/** Every variable that the page describes. */
export const describedVariables = (config: Config): string[] =>
  Object.values(variables(config))
    .flat()
    .map(({ name }) => name);

const listed = (list: Variable[]) =>
  table(
    ['Variable', 'If left out', 'What it is'],
    list.map(({ name, standard, words }) => [`\`${name}\``, standard, words]),
  );

/** docs/reference/configuration.md: what the operator decides, in the environment and nowhere else. */
export function configurationPage(config: Config): string {
  const { server, command, trial } = variables(config);
  return `# Configuration

${generatedNote}

Everything an operator decides stands in the environment; everything else is set on the page. A value that cannot be used stops the start with one line that
names the variable. *Settings → Set-up check* says what a real installation still lacks.

## The server

${listed(server)}

## The command line

\`./groundcrew\` reads the variables above, and these:

${listed(command)}

## For trials only

${listed(trial)}
`;
}
