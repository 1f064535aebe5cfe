import { Command, CommanderError } from 'commander';
import { tell } from './cli/answer.ts';
import { commands } from './cli/commands.ts';

const program = new Command('groundcrew')
  .description(
    'The command line of Groundcrew. With GROUNDCREW_TOKEN it works on the server at GROUNDCREW_URL, without on the data folder of this machine.',
  )
  .option('--json', 'answer in JSON')
  .option('--organization <name>', 'which organization, where there are several')
  .helpCommand(false)
  .showHelpAfterError('(--help shows what there is)')
  .exitOverride();
for (const add of commands) add(program);

// Whoever reads the output may stop early (`| head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

/** Statuses: 0 done, 1 failed or something was found, 2 wrongly asked, 3 not reachable, 4 not allowed. */
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) tell(error, process.argv.includes('--json'));
  process.exitCode = error instanceof CommanderError ? (error.exitCode === 0 ? 0 : 2) : 1;
}
