import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinerStory, leaverStory } from './fault-story.ts';
import { playWithFault } from './fault-world.ts';

// A slice of the loop over all boundaries, which `npm run faults` runs.
test('a run whose server or database is killed in the middle ends as an undisturbed one', { timeout: 300_000 }, async (t) => {
  const calm = await playWithFault(leaverStory, { at: 0, kill: 'server' });
  assert.equal(calm.end.users['directory camille@acme.example'], false);
  assert.equal(calm.end.users['chat camille@acme.example'], false);
  assert.equal(calm.end.users['chat owen@acme.example'], true);
  assert.equal(calm.end.auditIsWhole, true);
  const firstOf = (name: string) => calm.boundaries.findIndex((line) => line.endsWith(` ${name}`)) + 1;
  const cuts = [
    { at: firstOf('action.answered'), kill: 'server' },
    { at: firstOf('run.advanced'), kill: 'server' },
    { at: firstOf('action.answer-recorded'), kill: 'postgres' },
  ] as const;
  for (const cut of cuts) {
    await t.test(`${cut.kill} killed at ${calm.boundaries[cut.at - 1]}`, async () => {
      const { end, died } = await playWithFault(leaverStory, cut);
      assert.ok(died);
      assert.deepEqual({ ...end, mailsTwice: [] }, { ...calm.end, mailsTwice: [] });
    });
  }
});

test('a hire whose server is killed in the middle ends as an undisturbed one: no account twice', {
  timeout: 300_000,
}, async (t) => {
  const calm = await playWithFault(joinerStory, { at: 0, kill: 'server' });
  assert.equal(calm.end.users['directory amara.okafor@acme.example'], true);
  assert.equal(calm.end.users['chat amara.okafor@acme.example'], true);
  assert.equal(calm.end.created, 2);
  const firstOf = (name: string) => calm.boundaries.findIndex((line) => line.endsWith(` ${name}`)) + 1;
  const cuts = [{ at: firstOf('action.answered'), kill: 'server' }] as const;
  for (const cut of cuts) {
    await t.test(`${cut.kill} killed at ${calm.boundaries[cut.at - 1]}`, async () => {
      const { end, died } = await playWithFault(joinerStory, cut);
      assert.ok(died);
      assert.deepEqual({ ...end, mailsTwice: [] }, { ...calm.end, mailsTwice: [] });
    });
  }
});
