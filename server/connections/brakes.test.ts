import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brakesOf } from './brakes.ts';

const calm = {
  rows: 100,
  knownAccounts: 100,
  foundAgain: 100,
  knownPeople: 100,
  goneAccounts: 0,
  gonePeople: 0,
  gonePeopleLately: 0,
  truncated: null,
  what: 'sync' as const,
};

test('a reading is let through when at most 5 % of the people, or fewer than 3, would be gone', () => {
  assert.deepEqual(brakesOf(calm), []);
  assert.deepEqual(brakesOf({ ...calm, gonePeople: 5 }), []);
  assert.deepEqual(brakesOf({ ...calm, knownPeople: 10, knownAccounts: 10, rows: 8, foundAgain: 8, gonePeople: 2 }), []);
});

test('more are held, also when they come in small steps within a day', () => {
  assert.match(brakesOf({ ...calm, gonePeople: 6 })[0]!, /6 of 100 people/);
  assert.match(
    brakesOf({ ...calm, knownPeople: 96, gonePeople: 3, gonePeopleLately: 4 })[0]!,
    /7 of 100 people .* 4 of them since yesterday/,
  );
});

test('an empty, cut or foreign reading is held', () => {
  assert.match(brakesOf({ ...calm, rows: 0, foundAgain: 0 })[0]!, /no account at all/);
  assert.deepEqual(brakesOf({ ...calm, truncated: 'Read 5 of 100.' }), ['Read 5 of 100.']);
  assert.match(brakesOf({ ...calm, rows: 40, foundAgain: 1 })[0]!, /1 of 40, and 100 were here before/);
  assert.deepEqual(brakesOf({ ...calm, knownAccounts: 0, knownPeople: 0, foundAgain: 0 }), []);
});
