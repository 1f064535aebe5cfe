import assert from 'node:assert/strict';
import { joinerStory, leaverStory } from './fault-story.ts';
import { playWithFault } from './fault-world.ts';

/**
 * Kills the server, and PostgreSQL, at every boundary of a leaver run and of a joiner run (npm run faults), and checks that the end is that of one undisturbed run.
 * Arguments: `--every N` takes each Nth boundary only, `--kill server|postgres` one kind,
 * `--story leaver|joiner` one run.
 */
const option = (name: string) => process.argv[process.argv.indexOf(`--${name}`) + 1];
const every = process.argv.includes('--every') ? Number(option('every')) : 1;
const kinds = process.argv.includes('--kill') ? [option('kill') as 'server' | 'postgres'] : (['server', 'postgres'] as const);

const stories = { leaver: leaverStory, joiner: joinerStory };
const names = process.argv.includes('--story') ? [option('story') as keyof typeof stories] : (['leaver', 'joiner'] as const);

let passed = 0;
let failed = 0;
for (const name of names) {
  const story = stories[name];
  const calm = await playWithFault(story, { at: 0, kill: 'server' });
  process.stdout.write(`An undisturbed ${name} run passes ${calm.boundaries.length} boundaries.\n`);
  for (const kill of kinds) {
    for (let at = 1; at <= calm.boundaries.length; at += every) {
      try {
        const { end, died } = await playWithFault(story, { at, kill });
        // A mail may be sent again after a crash, with the same Message-ID; everything else happens once.
        assert.deepEqual({ ...end, mailsTwice: [] }, { ...calm.end, mailsTwice: [] });
        assert.ok(end.mailsTwice.length <= 1, 'at most the one mail under way is repeated');
        assert.ok(died || at > calm.boundaries.length - 3, 'nothing was killed');
        passed += 1;
      } catch (error) {
        failed += 1;
        process.stdout.write(`${name}: ${kill} killed at ${calm.boundaries[at - 1]}: ${(error as Error).message}\n`);
      }
    }
  }
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
