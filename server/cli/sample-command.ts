import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { Refusal } from '../platform/errors.ts';
import { answering, type Options, type Said } from './answer.ts';
import { inSession, type Session } from './open-session.ts';

const mostSeconds = 300;

/** `sample`: makes the sample company in an organization of its own and waits until it is there; `sample --remove` takes it away. */
export function addSampleCommand(program: Command): void {
  program
    .command('sample')
    .description('make a sample company to look around in, in an organization of its own')
    .option('--remove', 'remove it and everything in it')
    .action(answering((options) => inSession(options, (session) => (options.remove ? remove(session) : make(session, options)))));
}

async function make({ call, settle }: Session, options: Options): Promise<Said> {
  const { organizationId } = await call('addSample');
  const [sample] = await Promise.all([untilReady(call, !options.json), settle()]);
  if (sample.problem) throw new Refusal(500, 'sample_failed', sample.problem);
  return {
    data: { organizationId, name: sample.name },
    words: `${sample.name} is ready. Switch to it on the page, or use --organization ${organizationId}.`,
  };
}

async function remove({ call }: Session): Promise<Said> {
  await call('deleteSample');
  return { data: { removed: true }, words: 'The sample is gone, with everything in it.' };
}

/** Waits until the sample is ready or has failed, and says how far it is. */
async function untilReady(call: Session['call'], aloud: boolean) {
  let said = '';
  for (let seconds = 0; seconds < mostSeconds; seconds += 0.5) {
    const { sample } = await call('getSample');
    if (!sample) throw new Refusal(404, 'not_found', 'The sample was removed meanwhile.');
    if (sample.status !== 'making') return sample;
    const line = `${Math.round((100 * sample.done) / sample.total)} %  ${sample.words}`;
    if (aloud && line !== said) process.stderr.write(`${line}\n`);
    said = line;
    await delay(500);
  }
  throw new Refusal(503, 'sample_not_ready', 'The sample is still being made. Look at it on the page; nothing has to be done again.');
}
