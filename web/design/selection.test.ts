import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countSelected, everythingSelected, isSelected, nothingSelected, rowsBetween, select } from './selection.ts';

test('rows are chosen and left one by one', () => {
  const two = select(nothingSelected, ['a', 'b'], true);
  assert.equal(countSelected(two, 188), 2);
  const one = select(two, ['a'], false);
  assert.deepEqual([...one.ids], ['b']);
  assert.equal(isSelected(one, 'a'), false);
  assert.equal(isSelected(one, 'b'), true);
});

test('all is all of the filter: also the rows that were never fetched, less those left again', () => {
  const but = select(everythingSelected, ['a'], false);
  assert.equal(countSelected(but, 188), 187);
  assert.equal(isSelected(but, 'a'), false);
  assert.equal(isSelected(but, 'never fetched'), true);
  assert.equal(countSelected(select(but, ['a'], true), 188), 188);
});

test('a range holds both its ends, in either direction, and only the row itself where the start is not shown', () => {
  const shown = ['a', 'b', 'c', 'd'];
  assert.deepEqual(rowsBetween(shown, 'b', 'd'), ['b', 'c', 'd']);
  assert.deepEqual(rowsBetween(shown, 'd', 'b'), ['b', 'c', 'd']);
  assert.deepEqual(rowsBetween(shown, null, 'c'), ['c']);
  assert.deepEqual(rowsBetween(shown, 'gone', 'c'), ['c']);
});
