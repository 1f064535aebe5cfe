import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillPlaceholders, unknownPlaceholders } from './fill-placeholders.ts';

test('every placeholder is filled; what is not known says so, and a value is never read as a placeholder itself', () => {
  assert.equal(
    fillPlaceholders('{{person.name}} and {{ manager.name }}', { 'person.name': '{{run.link}} $&' }),
    '{{run.link}} $& and (not known)',
  );
  assert.equal(fillPlaceholders('{{constructor}}', {}), '(not known)');
});

test('names that cannot be filled in are listed', () => {
  assert.deepEqual(unknownPlaceholders('{{person.name}} {{shoe}} {{}}'), ['shoe', '']);
});
