import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ImportWeight, weighImport } from './brakes.ts';

const calm: ImportWeight = {
  peopleNow: 182,
  changedCount: 0,
  endingCount: 0,
  missingCount: 0,
  fileRows: 182,
  declaredComplete: false,
  window: { ended: 0, changed: 0 },
};
const weigh = (more: Partial<ImportWeight>) => weighImport({ ...calm, ...more });

test('ordinary lists pass: few endings, many new people, a list that is not declared complete', () => {
  assert.equal(weigh({ endingCount: 9, changedCount: 30 }).held, false);
  assert.equal(weigh({ fileRows: 40 }).held, false);
  assert.equal(weigh({ peopleNow: 0, fileRows: 400 }).held, false);
  assert.equal(weigh({ peopleNow: 20, endingCount: 2 }).held, false, 'two of twenty are more than 5 %, and fewer than three');
});

test('more than 5 % of the people and at least 3 that end or are missing hold the list', () => {
  assert.equal(weigh({ endingCount: 10 }).held, true);
  assert.deepEqual(weigh({ endingCount: 4, missingCount: 8, declaredComplete: true }).reasons, [
    '4 would get an end, 8 are not on the list any more: together 12 of 182 people. Nobody was changed. Is that right?',
  ]);
  assert.equal(weigh({ peopleNow: 20, endingCount: 3 }).held, true);
});

test('what the same source ended in the last day counts, unless this list ends nobody', () => {
  assert.equal(weigh({ endingCount: 2, window: { ended: 8, changed: 0 } }).held, true);
  assert.equal(weigh({ endingCount: 0, window: { ended: 80, changed: 0 } }).held, false);
});

test('a list declared complete with far fewer people stops at once', () => {
  const verdict = weigh({ fileRows: 71, missingCount: 111, declaredComplete: true });
  assert.equal(verdict.cutShort, true);
  assert.equal(verdict.reasons[0], 'The file has 71 of 182 people. Nobody was changed. Is it complete?');
});

test('a wrong file and a slipped column are said', () => {
  assert.deepEqual(weigh({ wrongFile: 'The headings look like the user list of an app.' }), {
    held: true,
    cutShort: true,
    reasons: ['The headings look like the user list of an app.'],
  });
  assert.match(weigh({ changedCount: 118 }).reasons[0] ?? '', /118 of 182 people would change.*column slipped/);
});
