import type { Command } from 'commander';
import { parse } from 'yaml';
import { refusedFile } from '../configuration/parse-configuration.ts';
import { MAX_LENGTH, tooLong } from '../configuration/read-yaml.ts';
import { readVariable } from '../platform/config.ts';
import { Refusal } from '../platform/errors.ts';
import { answering, type Options, type Said } from './answer.ts';
import type { Answer } from './api-client.ts';
import { readText } from './file-text.ts';
import { inSession } from './open-session.ts';
import { releaseOf } from './release-option.ts';

/** `push FILE`: shows what the file would change, and applies it. */
export function addPushCommand(program: Command): void {
  program
    .command('push')
    .argument('<file>', 'the configuration, such as company.yaml')
    .description('apply a configuration file: shows what differs and applies it, all or nothing; a second time changes nothing')
    .option('--dry-run', 'only show what it would change')
    .option('--yes', 'as with apply; a push asks nothing, on a terminal or without one')
    .option('--release <people>', 'let it take something from this many people, though the brake holds it')
    .option('--reason <words>', 'with --release: why')
    .action(answering(push));
}

type Given = { dryRun?: boolean; release?: string; reason?: string };

async function push(options: Options, file: string): Promise<Said> {
  const given = options as Given;
  const brake = releaseOf(given);
  const yaml = readText(file, { end: 'Nothing was changed.' });
  if (yaml.length > MAX_LENGTH) throw refusedFile([{ row: 1, message: tooLong }]);
  const { secrets, missing } = resolveSecrets(yaml);
  if (missing.length > 0 && !given.dryRun) {
    throw new Refusal(
      422,
      'variable_missing',
      `${missing.length === 1 ? 'This environment variable is' : 'These environment variables are'} not set: ${missing.join(', ')}. Nothing was sent.`,
    );
  }
  return inSession(options, async ({ call, settle }) => {
    const diff = await call('previewConfiguration', { body: { yaml, secrets } });
    const words = [...diffWords(diff), ...missing.map((name) => `Not set here: ${name}. A push needs it.`)];
    if (diff.changed === 0 || given.dryRun) {
      const end = diff.changed === 0 ? ['Nothing to change.'] : ['Nothing was changed: this was a dry run.'];
      return { data: { applied: false, ...diff }, words: [...words, ...end] };
    }
    if (diff.brake && brake?.people !== diff.brake.people) {
      const end = `Nothing was changed. Look at the names; then add --release ${diff.brake.people} --reason "…".`;
      return { data: { applied: false, ...diff }, words: [...words, end], failed: true };
    }
    const done = await call('applyConfiguration', { body: { yaml, secrets, ...(diff.brake && brake ? { brake } : {}) } });
    await settle();
    return { data: { applied: true, ...done }, words: [...words, `Applied: ${counts(done)}.`] };
  });
}

type Resolved = { secrets: Record<string, Record<string, string>>; missing: string[] };

/** The values of `{ env: NAME }` in this process's environment, by app and name. What cannot be read is left to the server, which says where. */
export function resolveSecrets(yaml: string, variable: (name: string) => string | undefined = readVariable): Resolved {
  const found: Resolved = { secrets: {}, missing: [] };
  let value: { apps?: unknown } | null = null;
  try {
    value = parse(yaml, { maxAliasCount: 50, logLevel: 'silent' });
  } catch {
    return found;
  }
  for (const app of Array.isArray(value?.apps) ? value.apps : []) {
    const secrets = app?.connection?.secrets;
    if (typeof app?.name !== 'string' || secrets === null || typeof secrets !== 'object') continue;
    for (const [name, secret] of Object.entries(secrets as Record<string, { env?: unknown } | null>)) {
      const env = secret?.env;
      if (typeof env !== 'string') continue;
      const held = variable(env);
      if (held) found.secrets[app.name] = { ...found.secrets[app.name], [name]: held };
      else if (!found.missing.includes(env)) found.missing.push(env);
    }
  }
  return found;
}

type Diff = Answer<'previewConfiguration'>;
/** In the order in which they are shown: what happens, what stays, what waits. */
const signs: Record<string, string> = { new: '+', changed: '~', gone: '-', stays: '.', waits: '!' };
const rank = (change: string): number => (change === 'stays' ? 1 : change === 'waits' ? 2 : 0);

/** One line per thing that differs, stays though it is not in the file, or waits; then who loses something. */
function diffWords({ lines, losses, brake }: Diff): string[] {
  const shown = lines
    .filter(({ change }) => change !== 'same')
    .sort((one, other) => rank(one.change) - rank(other.change))
    .map(({ what, name, change, words }) => `${signs[change]} ${what} ${name}${words ? `: ${words}` : ''}`);
  if (losses.length === 0) return shown;
  const held = brake ? ` The brake holds it: more than ${brake.limit} lose something.` : '';
  return [
    ...shown,
    `${losses.length === 1 ? 'One person loses' : `${losses.length} people lose`} something by its rules.${held}`,
    ...losses.slice(0, 50).map(({ name, apps }) => `  ${name}: ${apps.join(', ')}`),
    ...(losses.length > 50 ? [`  and ${losses.length - 50} more`] : []),
  ];
}

function counts({ lines }: Diff): string {
  const of = (change: string) => lines.filter((line) => line.change === change).length;
  const said = [
    [of('new'), 'new'],
    [of('changed'), 'changed'],
    [of('gone'), 'taken away'],
  ] as const;
  return said
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
}
