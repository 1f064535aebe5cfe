import assert from 'node:assert/strict';
import { leaveWithFault } from './fault-world.ts';

/**
 * Kills the server, and PostgreSQL, at every boundary of a leaver run (npm run faults), and checks that the end is that of one undisturbed run.
 * Arguments: `--every N` takes each Nth boundary only, `--kill server|postgres` one kind.
 */
const option = (name: string) => process.argv[process.argv.indexOf(`--${name}`) + 1];
const every = process.argv.includes('--every') ? Number(option('every')) : 1;
const kinds = process.argv.includes('--kill') ? [option('kill') as 'server' | 'postgres'] : (['server', 'postgres'] as const);

const calm = await leaveWithFault({ at: 0, kill: 'server' });
process.stdout.write(`An undisturbed run passes ${calm.boundaries.length} boundaries.\n`);
let passed = 0;
let failed = 0;
for (const kill of kinds) {
  for (let at = 1; at <= calm.boundaries.length; at += every) {
    try {
      const { end, died } = await leaveWithFault({ at, kill });
      // A mail may be sent again after a crash, with the same Message-ID; everything else happens once.
      assert.deepEqual({ ...end, mailsTwice: [] }, { ...calm.end, mailsTwice: [] });
      assert.ok(end.mailsTwice.length <= 1, 'at most the one mail under way is repeated');
      assert.ok(died || at > calm.boundaries.length - 3, 'nothing was killed');
      passed += 1;
    } catch (error) {
      failed += 1;
      process.stdout.write(`${kill} killed at ${calm.boundaries[at - 1]}: ${(error as Error).message}\n`);
    }
  }
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
