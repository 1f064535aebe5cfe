import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { Refusal } from '../platform/errors.ts';
import { answering, type Options, type Said } from './answer.ts';
import { inSession } from './open-session.ts';

/** `pull [FILE]`: the configuration as it stands, without secrets. */
export function addPullCommand(program: Command): void {
  program
    .command('pull')
    .argument('[file]', 'where to write it; without it, to standard output')
    .description('write the configuration as one file that push accepts, without secrets')
    .action(answering(pull));
}

async function pull(options: Options, file?: string): Promise<Said> {
  return inSession(options, async ({ call }) => {
    const { yaml, value, notes } = await call('exportConfiguration');
    for (const note of notes) process.stderr.write(`${note}\n`);
    if (file === undefined) return { data: { yaml, value, notes }, words: yaml.replace(/\n$/, '') };
    try {
      writeFileSync(file, yaml);
    } catch (error) {
      throw new Refusal(422, 'cannot_write', `${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
    }
    return { data: { file, value, notes }, words: `Written to ${file}.` };
  });
}
