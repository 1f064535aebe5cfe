import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conditionText } from './condition-text.ts';

test('rows are written as a condition that the same rows are read from', () => {
  assert.equal(
    conditionText({
      join: 'all',
      rows: [
        { field: 'leaving.now', is: '==', value: false },
        { field: 'person.directReports', is: '>', value: 0 },
        { field: 'person.title', is: '!=', value: 'A "B" \\ C' },
      ],
    }),
    '!leaving.now && person.directReports > 0 && person.title != "A \\"B\\" \\\\ C"',
  );
  assert.equal(
    conditionText({
      join: 'any',
      rows: [
        { field: 'answers.x', is: '!=', value: true },
        { field: 'answers.y', is: '==', value: true },
      ],
    }),
    '!answers.x || answers.y',
  );
});
