import type { Command } from 'commander';
import { mergeYaml } from '../configuration/merge-yaml.ts';
import { Refusal } from '../platform/errors.ts';
import { answering, type Options, type Said } from './answer.ts';
import type { Call } from './api-client.ts';
import { readText, refuseSpecial, writeText } from './file-text.ts';
import { inSession } from './open-session.ts';

/** `pull [FILE]`: the configuration as it stands, without secrets. */
export function addPullCommand(program: Command): void {
  program
    .command('pull')
    .argument('[file]', 'where to write it; without it, to standard output')
    .description('write the configuration as one file that push accepts, without secrets; comments and order of a file that is there stay')
    .action(answering(pull));
}

async function pull(options: Options, file?: string): Promise<Said> {
  if (file !== undefined) refuseSpecial(file);
  const text = file === undefined ? null : readText(file, { missing: null, end: 'Nothing was written.' });
  return inSession(options, async ({ call }) => {
    const { yaml, value, notes } = await call('exportConfiguration');
    for (const note of notes) process.stderr.write(`${note}\n`);
    if (file === undefined) return { data: { yaml, value, notes }, words: yaml.replace(/\n$/, '') };
    const merged = text === null ? { text: yaml, lines: [] } : await merge(call, { file, text, fresh: yaml });
    if (merged.text === text) return { data: { file, value, notes, lines: [] }, words: `${file} stays as it is: it says what is there.` };
    writeText(file, merged.text);
    const words = merged.lines.map(({ change, what, name }) => `${signs[change]} ${kindWords[what] ?? what} ${name}`);
    return { data: { file, value, notes, lines: merged.lines }, words: [...words, `Written to ${file}.`] };
  });
}

const signs = { new: '+', changed: '~', gone: '-' };
const kindWords: Record<string, string> = {
  locations: 'location',
  departments: 'department',
  apps: 'app',
  access: 'rule',
  milestones: 'milestone',
  signIn: 'company sign-in',
  playbooks: 'playbook',
};

async function merge(call: Call, { file, text, fresh }: { file: string; text: string; fresh: string }) {
  // Who may not look people up keeps the owners whom the file names.
  const isWaiting = async (address: string) => {
    try {
      return (await call('search', { query: { q: address.slice(0, 100) } })).people.length === 0;
    } catch (error) {
      if (error instanceof Refusal && error.status === 403) return true;
      throw error;
    }
  };
  try {
    return await mergeYaml({ text, fresh, isWaiting });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'configuration_invalid') throw error;
    const mend = 'Mend it, or write to another file: groundcrew pull other.yaml';
    throw new Refusal(error.status, error.code, `${file} is there and cannot be read as a configuration. Nothing was written. ${mend}`, {
      problems: error.problems,
    });
  }
}
