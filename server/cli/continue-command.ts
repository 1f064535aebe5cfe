import type { Command } from 'commander';
import { answering, type Options, type Said } from './answer.ts';
import { inSession } from './open-session.ts';

/** `continue`: what became due while paused, and with --yes the one confirmation that lets a restored installation work again. */
export function addContinueCommand(program: Command): void {
  program
    .command('continue')
    .description('after a restore: show what became due meanwhile; with --yes go on')
    .option('--yes', 'go on with all of it')
    .action(answering(goOn));
}

async function goOn(options: Options): Promise<Said> {
  return inSession(options, async ({ call }) => {
    const state = await call('getPause');
    if (!state.pause) return { data: state, words: 'Groundcrew is not paused.' };
    const due = state.due.map((each) => `  ${each.total} ${each.words}`);
    const list = due.length > 0 ? ['Became due meanwhile:', ...due] : ['Nothing became due meanwhile.'];
    if (!options.yes)
      return {
        data: state,
        words: [
          `Paused since ${state.pause.since}. ${state.pause.reason}`,
          ...list,
          'Nothing was started. Go on with: ./groundcrew continue --yes',
        ],
        failed: true,
      };
    await call('continueAfterPause');
    return { data: { ...state, continued: true }, words: [...list, 'Groundcrew goes on with it now.'] };
  });
}
